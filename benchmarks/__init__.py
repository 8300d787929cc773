"""Speed, measured: ratios of one run on one machine."""

"""What the papers say. Knows councils only through a profile."""

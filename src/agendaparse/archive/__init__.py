"""Many packs: batch conversion into one DuckDB file."""

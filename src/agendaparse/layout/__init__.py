"""Where things stand on a page. Knows PDF; knows no council."""

"""What the GRID reads from the tables of supervision."""

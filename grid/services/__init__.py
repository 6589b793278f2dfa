"""What is done in the GRID: placing, judging, deciding, setting its policy."""

"""What staff fill in on pages about one case."""

"""What pages about cases read, a fixed number of statements each, ready to be placed."""

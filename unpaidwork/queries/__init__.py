"""What unpaid work reads from its own tables and those of supervision."""

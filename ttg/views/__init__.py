"""Pages of Through the Gate."""

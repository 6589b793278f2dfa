"""Forms of Through the Gate."""

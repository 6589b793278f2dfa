"""The API of Through the Gate."""

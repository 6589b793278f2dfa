"""The codes of Through the Gate. They are only ever added to."""

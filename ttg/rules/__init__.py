"""The rules of Through the Gate: pure functions of plain values."""

"""The API of cases: the same door, services and audit as the pages."""

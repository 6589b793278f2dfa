"""Codes, coefficients and tables of the GRID that do not change from case to case, each with its source."""

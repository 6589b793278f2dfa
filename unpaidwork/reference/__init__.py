"""Codes and catalogues of unpaid work that do not change from case to case, each with its source."""

"""How the addresses of lists are written: their state as codes, and never a name or free text.

Source: product rules, sharing.
"""

from datetime import date
from urllib.parse import urlencode

LARGEST = 10**18  # beyond any key of a row


def address(path, **codes):
    """The address with these codes; what is blank or False is left out."""
    kept = {name: 1 if code is True else code for name, code in codes.items() if code}
    return f"{path}?{urlencode(kept)}" if kept else path


def day(text):
    """A day as an address gives it, 2018-10-08; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2018-10-08") else None
    except ValueError:
        return None


def number(text):
    """The key of a row as an address gives it; None for anything else."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return found if 0 < found < LARGEST else None

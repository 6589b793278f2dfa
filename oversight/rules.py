"""How the GRID's groups are laid out, and how addresses of lists are written.

Source: HMIP Thames Valley CRC 2018, Annex 3.
"""

from urllib.parse import urlencode

LEVELS = {"L": "Low", "LC": "Low complex", "M": "Medium", "MC": "Medium complex"}
BANDS = {"0": "0 to 49", "50": "50 to 74", "75": "75 to 89", "90": "90 and over"}


def group_name(code):
    """A group in words: "MC75" is "Medium complex, 75 to 89"."""
    level = code.rstrip("0123456789")
    return f"{LEVELS[level]}, {BANDS[code.removeprefix(level)]}"


GROUPS = {level + band: group_name(level + band) for level in LEVELS for band in BANDS}


def address(path, **codes):
    """The address of a list with its state as codes; what is blank or False is left out."""
    kept = {name: 1 if code is True else code for name, code in codes.items() if code}
    return f"{path}?{urlencode(kept)}" if kept else path

"""The sixteen groups of the GRID by name: harm and complexity down, likelihood across.

Sources: HMIP Thames Valley CRC 2018, Annex 3 (the rows); the national bands of OGRS3 (the columns).
"""

from cases.reference.codes import Titled


class Level(Titled):
    """A row of the GRID. The order is that of the matrix, least harm first."""

    LOW = "L", "Low"
    LOW_COMPLEX = "LC", "Low complex"
    MEDIUM = "M", "Medium"
    MEDIUM_COMPLEX = "MC", "Medium complex"


class Band(Titled):
    """A column of the GRID: the OGRS3 percentage within two years at which it starts."""

    FIRST = "0", "0 to 49"
    SECOND = "50", "50 to 74"
    THIRD = "75", "75 to 89"
    FOURTH = "90", "90 and over"


GROUPS = {f"{level}{band}": (level, band) for level in Level for band in Band}
WIDER = {level.value: f"{level.title}, every score" for level in Level} | {
    band.value: f"Every level, {band.title}" for band in Band
}  # a row of the table, and a column, as codes beside those of the groups


def groups_of(code):
    """The groups of a row or of a column of the table; of a group, it alone."""
    return [group for group, (level, band) in GROUPS.items() if code in (group, level, band)]


def group_name(code):
    """What staff call a group: "Medium complex, 75 to 89". Raises KeyError for what is no group."""
    level, band = GROUPS[code]
    return f"{level.title}, {band.title}"

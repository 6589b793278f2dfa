"""What a measure is: what it counts, how, by which source; and the days it may be asked of.

Codes stand in addresses, so they are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Period(Titled):
    YEAR = "365", "The last twelve months"
    QUARTER = "91", "The last thirteen weeks"
    MONTH = "28", "The last four weeks"


@dataclass(frozen=True, slots=True)
class Measure:
    """`of`: what is counted. `target`: its name in the policy; blank: none is set."""

    code: str
    title: str
    part: Titled
    of: str
    how: str
    source: str
    target: str = ""

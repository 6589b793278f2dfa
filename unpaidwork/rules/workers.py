"""One person as the rules of sites and groups know them.

Source: unpaid work reference 5.
"""

from dataclasses import dataclass

from cases.reference.codes import Sex
from unpaidwork.reference.dangers import Body, Danger, Supervised
from unpaidwork.reference.risk import Choice


@dataclass(frozen=True, slots=True)
class Worker:
    """What is known of one person that bears on where they may work."""

    case: int
    sex: Sex = Sex.UNKNOWN
    woman: bool = False  # by sex, or by her own account
    choice: Choice = Choice.NOT_ASKED
    dangers: frozenset[Danger] = frozenset()
    body: frozenset[Body] = frozenset()
    supervised: frozenset[Supervised] = frozenset()
    kept_from: frozenset[str] = (
        frozenset()
    )  # kinds of project, and who is near, that could go wrong
    apart: frozenset[int] = frozenset()  # cases they are to be kept apart from

"""Why somebody who is in the diary is not to be expected: they have died, or cannot be seen as usual.

Source: product rules, clocks; `cases.reference.pauses`.
"""

from cases.models import Case, Pause
from cases.reference.holding import LeftAs
from cases.reference.pauses import WANTED, PauseKind
from cases.rules.pauses import SINCE
from staff.kit import on

DIED = "They have died: nobody rings or writes to them"
ASK_AT_ONCE = "if they come, ring whoever holds the case before they leave"


def not_expected(case_ids):
    """{case: why, in words} of these. Two statements."""
    running = Pause.objects.running().filter(case__in=case_ids).order_by("from_on", "pk")
    found = {case: _said(PauseKind(kind), day) for case, kind, day in running.values_list("case", "kind", "from_on")}  # fmt: skip
    died = Case.objects.filter(pk__in=case_ids, left_as=LeftAs.DIED).values_list("pk", flat=True)
    return found | dict.fromkeys(died, DIED)


def why_not_expected(case):
    """Why, of one case; blank where they are. One statement."""
    if case.left_as == LeftAs.DIED:
        return DIED
    running = Pause.objects.running().filter(case=case).order_by("from_on", "pk").last()
    return _said(PauseKind(running.kind), running.from_on) if running else ""


def _said(kind, day):
    since = f"{SINCE[kind]} {on(day)}"
    return f"{since}: {ASK_AT_ONCE}" if kind in WANTED else since

"""Officers who have left: on which lists of officers they still stand, and until when.

Source: product rules, GRID (a case is theirs until somebody else has it). Their last day has passed, whether or not their
account is closed yet; one that is closed stands on no list. What they still hold or owe keeps them on it, so that
somebody sees to it; after that there is nothing to plan, to arrange or to give them.
"""

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from cases.models import Case, Departure
from cases.reference.senior_actions import SeniorActionState
from cases.rules.departures import has_left
from oversight.models import AgreedAction, Supervision
from oversight.reference.supervision import UNFINISHED
from staff.kit import Tag, on

HAS_LEFT = Tag("Has left", "grey")
_OF_THEM = OuterRef("pk")
_LEAVING = Departure.objects.filter(user=_OF_THEM, cancelled_on=None)
LAST_DAY = Subquery(_LEAVING.order_by().values("user").annotate(last=Max("last_on")).values("last"))


def holding_or_here(officers, today):
    """Those of these officers who work here, or have left and hold a case of ours still."""
    return _here_or(officers, today, Exists(Case.objects.ours().filter(officer=_OF_THEM)))


def supervised_or_here(officers, today):
    """Those of these officers who work here, or have left a session unfinished or something agreed undone; with `last_day`.

    What was agreed on a case is owed by whoever holds the case.
    """
    sessions = Supervision.objects.filter(officer=_OF_THEM, state__in=UNFINISHED)
    here = Q(on_case__state=SeniorActionState.OPEN, on_case__case__officer=_OF_THEM)
    agreed = AgreedAction.objects.filter(
        Q(on_case=None) | here, supervision__officer=_OF_THEM, state=SeniorActionState.OPEN
    )
    found = _here_or(officers, today, Exists(sessions) | Exists(agreed))
    return found.annotate(last_day=LAST_DAY)


def works_here(officer, today):
    return not Departure.objects.filter(user=officer, cancelled_on=None, last_on__lt=today).exists()


def _here_or(officers, today, owing):
    left = Exists(_LEAVING.filter(last_on__lt=today))
    return officers.filter(~left | owing)


def left_on(last_day, today):
    """ "Left on 3 May 2018.", of somebody whose last day has passed; blank of anybody else."""
    return f"Left on {on(last_day)}." if last_day and has_left(last_day, today) else ""

"""The warrant of a breach and prison at its end, as states in which the person cannot be seen. Source: product rules, clocks.

What staff recorded by hand is theirs: it is neither begun a second time nor ended here.
"""

from django.db.models import F

from cases.models import Breach
from cases.reference.enforcement import BreachState
from cases.reference.pauses import PauseKind
from cases.rules.pauses import LONGEST_BECAUSE, LONGEST_SOURCE
from cases.rules.words import shortened
from cases.services.pauses import begin_pause, correct_pause, end_pause, withdraw_pause

OURS = "Court, breach "


def begin_warrant(breach, court, *, on, by, now):
    """They are wanted from that day on, unless that is recorded already."""
    _begin(breach, PauseKind.WARRANT, "", f"{_of(breach)}: {court}", on=on, by=by, now=now)


def end_warrant(breach, because, *, on, by, now):
    """The warrant of this breach is over. One that staff recorded, or that another breach has out, goes on."""
    pause = _running(breach, PauseKind.WARRANT)
    others = Breach.objects.filter(case=breach.case, state=BreachState.WARRANT)
    ours = pause is not None and pause.source.startswith(OURS)
    if not ours or others.exclude(pk=breach.pk).exists():
        return
    end_pause(
        pause=pause,
        to_on=max(on, pause.from_on),
        because=shortened(because, LONGEST_BECAUSE),
        by=by,
        now=now,
    )


def taken_to_prison(breach, prison, decided, *, on, by, now):
    """They went to prison from court, unless that is recorded already."""
    source = f"{_of(breach)}: {decided}"
    _begin(breach, PauseKind.CUSTODY, prison, source, on=on, by=by, now=now)


def put_prison_right(breach, prison, decided, *, on, by, now):
    """Prison follows a decision that is put right: where they are, or that they were never taken there. What is over stays."""
    ours, known = _prison(breach), {"by": by, "now": now}
    if ours is None:
        if prison:
            taken_to_prison(breach, prison, decided, on=on, **known)
    elif ours.ended_at is None and prison:
        source = shortened(f"{_of(breach)}: {decided}", LONGEST_SOURCE)
        correct_pause(
            pause=ours, kind=PauseKind.CUSTODY, from_on=on, where=prison, source=source,
            last_seen_on=ours.last_seen_on, **known,
        )  # fmt: skip
    elif ours.ended_at is None:
        withdraw_pause(pause=ours, because="The court’s decision was recorded wrongly", **known)


def prison_of(breach):
    """Where the decision of this breach took them, as it is recorded; blank where it took them nowhere."""
    ours = _prison(breach)
    return ours.where if ours else ""


def _prison(breach):
    """The stay that began with the decision of this breach; None where there is none, or it was taken back."""
    found = breach.case.pauses.filter(kind=PauseKind.CUSTODY, source__startswith=f"{_of(breach)}: ")
    return found.exclude(to_on=F("from_on")).order_by("-pk").first()


def _begin(breach, kind, where, source, *, on, by, now):
    if _running(breach, kind):
        return
    begin_pause(
        case=breach.case,
        kind=kind,
        from_on=on,
        where=where,
        source=shortened(source, LONGEST_SOURCE),
        last_seen_on=None,
        by=by,
        now=now,
    )


def _running(breach, kind):
    return breach.case.pauses.running().filter(kind=kind).order_by("pk").first()


def _of(breach):
    return f"{OURS}{breach.pk}"

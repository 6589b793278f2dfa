"""Why somebody cannot be seen as usual, what stands still meanwhile, and what was asked about where they are.

Source: product rules, GRID and clocks.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Whereabouts
from cases.queries.curfew_only import curfew_only_of
from cases.queries.due import due_rows
from cases.queries.suggested_pauses import suggestions_of
from cases.reference.deadlines import KINDS
from cases.reference.pauses import STAND_STILL, WANTED, PauseKind
from cases.rules.addresses import address
from cases.rules.curfew_only import CurfewOnly
from cases.rules.pauses import SINCE, ask_the_police
from cases.rules.words import counted, days_ago, ended, within_a_sentence
from staff.kit import DueRow, Happening, Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

NOT_KNOWN = "Not recorded"
NOBODY = "Whom we asked where they are, and what they said, would be here. Nobody has asked yet."
LABELS = {PauseKind.CUSTODY: "Prison", PauseKind.HOSPITAL: "Hospital", PauseKind.DEPORTED: "Country"}  # fmt: skip


@dataclass(frozen=True)
class PauseShown:
    """One that runs."""

    key: int
    kind: PauseKind
    title: str  # "Warrant out since 3 May 2018"
    lines: list[Line]
    wanted: bool  # nobody knows where they are
    asked: list[Happening]  # who was asked, the latest first
    nobody: str  # in their place, while nobody was
    actions: list[Link]  # what this reader may do, the first of them next


@dataclass(frozen=True)
class Proposed:
    """What the record suggests, and where it is recorded if it is so."""

    words: str
    next: Link | None


@dataclass(frozen=True)
class StandingStillPage:
    running: list[PauseShown]
    proposed: list[Proposed]
    still: list[Line]  # what stands still, and how it stood
    due: list[DueRow]  # what is owed all the same
    over: list[Happening]
    curfew: str
    may_begin: bool


@dataclass(frozen=True)
class Coming:
    """An appointment to come, which may be called off as a pause begins."""

    key: int
    words: str


def standing_still_page(case, names, may, today):
    """For the reader whose page this is, in a fixed number of statements."""
    may_write = Action.PAUSE_CASE in may and not case.left_as
    found = list(case.pauses.select_related("begun_by", "ended_by").order_by("-from_on", "-pk"))
    running = [one for one in found if one.ended_at is None]
    asked = _asked(running, names)
    return StandingStillPage(
        running=[_shown(one, case, names, asked, may_write, today) for one in running],
        proposed=[
            _proposed(one, case, may_write) for one in suggestions_of([case.pk]).get(case.pk, ())
        ],  # fmt: skip
        still=_still(case, running),
        due=due_rows(case, names, may, today),
        over=[_over(one, names) for one in found if one.ended_at],
        curfew=_curfew(case),
        may_begin=may_write,
    )


def coming_of(case, now):
    """[Coming] of the appointments that stand."""
    return [
        Coming(one.pk, f"{one.type_name or one.type_code}, {_when(one.started_at)}")
        for one in case.contacts.to_come(now).order_by("started_at", "pk")
    ]


def find_pause(case, pk):
    """One that runs, or None."""
    found = case.pauses.running().filter(pk=pk).first()
    if found:
        found.case = case
    return found


def last_seen_on(case, today):
    """The last day on which the log has them seen, or None."""
    seen = case.contacts.filter(attended=True, started_at__date__lte=today).order_by("-started_at")
    found = seen.values_list("started_at", flat=True).first()
    return localtime(found).date() if found else None


def asking_of(case, today):
    """By when the police are to be asked where they are, in a sentence; blank where that is not owed."""
    owed = case.deadlines.unmet().filter(kind="ask_whereabouts", paused_on=None)
    due_on = owed.values_list("due_on", flat=True).first()
    return ask_the_police(due_on, today) if due_on else ""


def title_of(pause):
    return f"{SINCE[PauseKind(pause.kind)]} {say_date(pause.from_on)}"


def seen_in_words(pause, today):
    """When anybody of ours last saw them, and how long ago that is."""
    if pause.last_seen_on is None:
        return NOT_KNOWN
    return f"{on(pause.last_seen_on)}, {days_ago((today - pause.last_seen_on).days)}"


def _shown(one, case, names, asked, may_write, today):
    kind = PauseKind(one.kind)
    return PauseShown(
        key=one.pk,
        kind=kind,
        title=title_of(one),
        lines=list(_lines(one, kind, names, today)),
        wanted=kind in WANTED,
        asked=asked.get(one.pk, []),
        nobody=_nobody(case, today) if kind in WANTED and not asked.get(one.pk) else "",
        actions=_actions(one, kind, case) if may_write else [],
    )


def _nobody(case, today):
    return f"{NOBODY} {asking_of(case, today)}".strip()


def _lines(one, kind, names, today):
    days = (today - one.from_on).days
    yield Line("Since", on(one.from_on), detail=counted(days, "day") if days else "From today")
    if kind in LABELS:
        yield Line(LABELS[kind], names.text(one.where) or NOT_KNOWN)
    yield Line("Last seen by us", seen_in_words(one, today))
    yield Line("Who told us", names.text(one.source))
    by = one.begun_by.name if one.begun_by else "by the record"
    yield Line("Recorded", f"{on(localtime(one.begun_at).date())}, {by}")


def _actions(one, kind, case):
    where = [case.crn, one.pk]
    over = Link("Say that it is over", reverse("end-pause", args=where))
    right = Link("Put it right", reverse("correct-pause", args=where))
    if kind in WANTED:
        asked = Link("Say what they answered", reverse("record-whereabouts", args=where))
        return [asked, over, right]
    return [over, right]


def _asked(running, names):
    """{pause: [Happening]} of who was asked where they are. One statement."""
    found: dict[int, list[Happening]] = {}
    wanted = [one.pk for one in running if one.kind in WANTED]
    rows = Whereabouts.objects.filter(pause__in=wanted).select_related("by")
    for one in rows.order_by("-on", "-pk"):
        said = Happening(
            title=names.text(one.asked),
            when=on(one.on),
            by=one.by.name,
            text=names.text(one.said),
            on=one.on.isoformat(),
        )
        found.setdefault(one.pause_id, []).append(said)
    return found


def _still(case, running):
    """What is owed with them and waits, by the day on which it stopped."""
    kinds = frozenset().union(*(STAND_STILL[PauseKind(one.kind)] for one in running))
    waits = case.deadlines.unmet().filter(paused_on__isnull=False, kind__in=sorted(kinds))
    return [
        Line(
            KINDS[one.kind].title,
            f"Stopped on {on(one.paused_on)}",
            detail=f"It was due on {on(one.due_on)}",
        )
        for one in waits.order_by("due_on", "pk")
    ]


def _over(one, names):
    at = localtime(one.ended_at)
    return Happening(
        title=f"{title_of(one)}, until {say_date(one.to_on)}",
        when=on(at.date()),
        by=one.ended_by.name,
        text=names.text(ended(one.ended_because)),
        on=at.date().isoformat(),
    )


def _proposed(one, case, may_write):
    begin = address(reverse("begin-pause", args=[case.crn]), kind=str(one.kind))
    since = f" since {say_date(one.since)}" if one.since else ""
    where = f" ({one.where})" if one.where else ""
    return Proposed(
        words=f"{one.words}{since}{where}. Find out whether it is so.",
        next=Link(f"Record it: {within_a_sentence(one.kind.title)}", begin) if may_write else None,
    )


def _curfew(case):
    found = curfew_only_of([case.pk]).get(case.pk, CurfewOnly.NO)
    return "" if found == CurfewOnly.NO else f"{found.title}."


def _when(at):
    local = localtime(at)
    return f"{on(local.date())}, {say_time(local.time())}"

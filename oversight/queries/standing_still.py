"""Who cannot be seen as usual, across cases: since when, when they were last seen, whom we asked; and what the record suggests.

Source: product rules, GRID and clocks; report 2.3 (people who vanish).
"""

from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import IntegerField, Max, Value
from django.db.models import When as Then
from django.urls import reverse

from cases.models import Case, Deadline, Pause, Whereabouts
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.queries.standing_still import seen_in_words
from cases.queries.suggested_pauses import suggestions_of, with_suggestions
from cases.reference.pauses import WANTED, PauseKind
from cases.rules.addresses import address
from cases.rules.words import within_a_sentence
from staff.kit import Link, on
from staff.models import Team
from staff.permissions import Action

RECORDED, SUGGESTED = "recorded", "suggested"
SHOWN = {RECORDED: "What is recorded", SUGGESTED: "What the record suggests"}


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    kind: str = ""
    show: str = RECORDED


@dataclass(frozen=True)
class StillRow:
    """Somebody who cannot be seen, or of whom the record suggests it."""

    crn: str
    name: str
    href: str
    officer: str
    what: str
    where: str
    since: str
    seen: str
    asked: str  # when anybody was last asked where they are; blank: it is known
    late: str  # how late asking again is
    next: Link
    anchor: str = ""


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_MOVEMENTS).supervised()
    return cases.filter(team=team) if team else cases


def matching(user, wanted):
    """The pauses that run, those first of whom nobody knows where they are."""
    found = Pause.objects.running().filter(case__in=cases_of(user, wanted.team))
    found = found.filter(kind=wanted.kind) if wanted.kind else found
    looked_for = Then(kind__in=WANTED, then=Value(0))
    return found.annotate(
        rank=When(looked_for, default=Value(1), output_field=IntegerField())
    ).select_related("case__officer", "case__team")


def page_of_pauses(user, wanted, *, after, size):
    """One page: whoever is looked for first, and of each sort the longest away."""
    found = matching(user, wanted)
    return page_of(found, keys=("rank", "from_on", "id"), after=after, size=size, known_by="pk")


def suggested(user, team):
    """The cases of which the record suggests what nobody has said."""
    return with_suggestions(cases_of(user, team)).select_related("officer", "team")


def page_of_suggestions(user, wanted, *, after, size):
    return page_of(suggested(user, wanted.team), keys=("sort_name", "id"), after=after, size=size)


def pause_rows(pauses, user, today):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in pauses}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    asked, owed = _asked(pauses), _owed(cases)
    return anchored(
        _row(one, names[one.case_id], may[one.case_id], asked, owed, today) for one in pauses
    )


def suggestion_rows(cases, user):
    """One for each thing that the record suggests of each of these."""
    may = actions_on_each(cases, user)
    found = suggestions_of([case.pk for case in cases])
    return anchored(
        _suggestion(case, one, may[case.pk]) for case in cases for one in found.get(case.pk, ())
    )


def _asked(pauses):
    """{pause: the day on which anybody was last asked where they are}"""
    rows = Whereabouts.objects.filter(pause__in=[one.pk for one in pauses])
    return dict(rows.values("pause").annotate(last=Max("on")).values_list("pause", "last"))


def _owed(case_ids):
    """{case: the day by which somebody is to ask}"""
    owed = Deadline.objects.unmet().ours().filter(case__in=case_ids, kind="ask_whereabouts")
    return dict(owed.values_list("case", "due_on"))


def _row(one, names, may, asked, owed, today):
    case, kind = one.case, PauseKind(one.kind)
    wanted, due_on = kind in WANTED, owed.get(one.case_id)
    return StillRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        what=kind.title,
        where=names.text(one.where),
        since=on(one.from_on),
        seen=seen_in_words(one, today),
        asked=_last_asked(asked.get(one.pk)) if wanted else "",
        late=how_late(due_on, today) if wanted and due_on else "",
        next=_next(one, may, wanted),
    )


def _last_asked(day):
    return f"Asked {on(day)}" if day else "Nobody has asked yet"


def _next(one, may, wanted):
    case = one.case
    if Action.PAUSE_CASE not in may:
        words, href = "See it", reverse("standing-still", args=[case.crn])
    elif wanted:
        words = "Say what they answered"
        href = reverse("record-whereabouts", args=[case.crn, one.pk])
    else:
        words, href = "Say that it is over", reverse("end-pause", args=[case.crn, one.pk])
    return Link(words, href, hidden=f" for {case.name}")


def _suggestion(case, one, may):
    title = within_a_sentence(one.kind.title)
    begin = address(reverse("begin-pause", args=[case.crn]), kind=str(one.kind))
    see = reverse("standing-still", args=[case.crn])
    records = Action.PAUSE_CASE in may
    return StillRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        what=one.words,
        where=one.where,
        since=on(one.since) if one.since else "Not recorded",
        seen="",
        asked="",
        late="",
        next=Link(
            f"Record it: {title}" if records else "See it",
            begin if records else see,
            hidden=f" for {case.name}",
        ),
    )

"""What the pages of waiting lists say: who stands where on one of them, and how many wait on each.

Sources: product rules, how it should feel, limited access; report 2.3 (long waits that nobody saw together). Rows are of cases that
are open to the reader; positions, and what each may expect, are worked out over the whole list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.among import among
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.rules.addresses import address
from cases.rules.words import sentence
from grid.queries.series import open_series
from grid.queries.waiting import OnList, waiting_list, waiting_lists
from grid.reference.interventions import INTERVENTIONS
from grid.rules.coming import earliest_day
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.outlook import Outlook, say_waited
from grid.rules.when_where import times_free, within_reach
from staff.kit import Tag, on
from staff.models import Team
from staff.permissions import Action

ANOTHER_WAY = Tag("Needs another way", "orange")
HELD = Tag("In custody", "grey")
KEPT = Tag("A place is kept", "blue")
MASKED_AT_ONCE = 100


@dataclass(frozen=True)
class Wanted:
    """What was asked of a list, as codes."""

    expects: str = ""  # an Outlook
    site: str = ""  # key of a place to which they could be sent
    time: str = ""  # a TimeOfWeek at which they could come
    women: bool = False
    team: str = ""  # code of the team that holds the case


@dataclass(frozen=True)
class WaitingRow:
    """One person on one list."""

    anchor: str
    position: int
    name: str
    crn: str
    href: str
    officer: str
    team: str
    since: str
    waited: str
    expects: str
    why: tuple[str, ...]
    ends: str
    no_longer: str = ""  # why it suits them no more; blank: it does
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    rows: list[OnList]
    next_after: str
    count: int  # of those that answer to the filters
    whole: int  # of the whole list, whoever may read it


@dataclass(frozen=True)
class Number:
    """How many, and where the list of them is; blank where there is none."""

    count: int
    href: str


@dataclass(frozen=True)
class ListRow:
    """One intervention: how many wait, and what they may expect."""

    code: str
    title: str
    href: str
    wait: Number
    longest: str
    place: Number
    late: Number
    nothing: Number
    places_left: int
    places_href: str  # of the series with a place left


def found_on(code, user, wanted, policy, now, *, besides: Action | None = None) -> tuple[list[OnList], int]:  # fmt: skip
    """(those on the list who are open to this user and answer to the filters, how long the whole list is).

    `besides`: what this user must be allowed on each besides reading the list, as to take it away.
    """
    today = localtime(now).date()
    listed = waiting_list(code, policy, now, today)
    seen = open_of(listed, user, Action.VIEW_WAITING)
    if besides:
        seen &= open_of(listed, user, besides)
    minutes = policy.terms[code].dose.minutes
    kept = [
        one
        for one in listed
        if one.referral.case_id in seen and _answers(one, wanted, minutes, policy, today)
    ]
    return kept, len(listed)


def page_found(listed: list[OnList], whole: int, *, after: str, size: int) -> Found:
    """So many after the one of this CRN; from the start where it is not, or no longer, there."""
    crns = [one.referral.case.crn for one in listed]
    start = crns.index(after) + 1 if after in crns else 0
    rows = listed[start : start + size]
    more = len(listed) > start + size
    return Found(rows, rows[-1].referral.case.crn if more else "", len(listed), whole)


def open_of(listed: Iterable[OnList], user, action) -> set[int]:
    """The cases of these that are open to this user."""
    ids = [one.referral.case_id for one in listed]
    return set(Case.objects.open_to(user, action).filter(pk__in=among(ids)).values_list("pk", flat=True))  # fmt: skip


def _answers(one, wanted, minutes, policy, today):
    if wanted.expects and one.outlook != wanted.expects:
        return False
    if wanted.women and not one.seeker.company.woman:
        return False
    if wanted.site and int(wanted.site) not in within_reach(one.seeker, policy.waiting):
        return False
    if wanted.team and (one.referral.case.team is None or one.referral.case.team.code != wanted.team):  # fmt: skip
        return False
    return not wanted.time or wanted.time in times_free(one.seeker, minutes, policy.waiting, today)


def rows_of(listed: list[OnList], user, today, no_longer: Mapping[int, str]) -> list[WaitingRow]:
    """`no_longer`: as `grid.queries.referrals.no_longer_suits` has it."""
    may = actions_on_each([one.referral.case for one in listed], user)
    return [
        _row(one, may[one.referral.case_id], today, no_longer.get(one.referral.pk, ""))
        for one in listed
    ]


def _row(one, may, today, no_longer):
    case = one.referral.case
    return WaitingRow(
        anchor=case.crn,
        position=one.expected.position,
        name=case.list_name,
        crn=case.crn,
        href=reverse("case-offers", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        since=on(one.referral.waiting_since),
        waited=say_waited(one.referral.waiting_since, today),
        expects=one.words,
        why=one.why if Action.VIEW_PLACEMENT in may else one.why_unscored,
        ends=say_end(one),
        no_longer=no_longer,
        tags=tags_of(one),
    )


def say_end(one: OnList) -> str:
    """When what brings them to it ends, in a sentence."""
    end = one.expected.waiting.suited.end
    return sentence(f"{end}.") if end.on else f"Nobody recorded {end}."


def tags_of(one: OnList) -> list[Tag]:
    found = [HELD] if one.held else []
    found += [ANOTHER_WAY] if one.another_way and not one.held else []
    series = one.expected.series
    return found + ([KEPT] if series and one.referral.case_id in series.kept else [])


CSV_HEAD = [
    "Position", "CRN", "Name", "Officer", "Team", "On the list since", "Waited", "What they may expect",
    "When their order or licence ends", "Needs another way", "No longer suits",
]  # fmt: skip


def csv_lines(listed: list[OnList], user, today, no_longer: Mapping[int, str]):
    yield CSV_HEAD
    for one, row in zip(listed, rows_of(listed, user, today, no_longer), strict=True):
        yield [
            row.position, row.crn, row.name, row.officer, row.team, row.since, row.waited, row.expects, row.ends,
            "Yes" if one.another_way else "No", row.no_longer,
        ]  # fmt: skip


def list_rows(user, policy: InterventionPolicy, now) -> list[ListRow]:
    """One row of each intervention that somebody waits for, or of which a series is planned, by title."""
    today = localtime(now).date()
    planned = open_series(now)
    lists = waiting_lists(policy, now, today, planned=planned)
    seen = open_of([one for those in lists.values() for one in those], user, Action.VIEW_WAITING)
    left = _places_left(planned, policy, today)
    shown = {code: [one for one in those if one.referral.case_id in seen] for code, those in lists.items()}  # fmt: skip
    rows = [
        _list_row(code, those, left.get(code, 0), today)
        for code, those in shown.items()
        if those or code in left
    ]
    return sorted(rows, key=lambda row: row.title)


def _list_row(code, those, left, today):
    here = reverse("waiting-list", args=[code])

    def number(outlook=None):
        count = sum(outlook in (None, one.outlook) for one in those)
        return Number(count, address(here, expects=outlook or "") if count else "")

    first = min((one.referral.waiting_since for one in those), default=None)
    return ListRow(
        code=code,
        title=INTERVENTIONS[code].title,
        href=here,
        wait=number(),
        longest=say_waited(first, today) if first else "Nobody waits",
        place=number(Outlook.PLACE),
        late=number(Outlook.LATE),
        nothing=number(Outlook.NOTHING),
        places_left=left,
        places_href=address(reverse("groups"), code=code, left="yes") if left else "",
    )


def _places_left(planned, policy, today):
    """{intervention: places that nobody has, in series that somebody told today could still join}"""
    first_day = earliest_day(policy.waiting, today)
    found: dict[str, int] = {}
    for one in planned:
        free = max(0, one.places - len(one.there)) if one.sessions_from(first_day) else 0
        found[one.code] = found.get(one.code, 0) + free
    return found


def kept_from(user):
    """The masked rows. They answer to the reach alone, so that no filter and no list tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_WAITING).supervised()
    return list(reached.masked_to(user)[:MASKED_AT_ONCE])


def teams_of(user):
    """Teams of the cases that are open to this reader: {code: name}, by name."""
    held = Case.objects.open_to(user, Action.VIEW_WAITING).values("team")
    return dict(Team.objects.filter(pk__in=held).order_by("name").values_list("code", "name"))

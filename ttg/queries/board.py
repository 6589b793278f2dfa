"""Everybody who is to leave prison: filtered, page by page, with what each lacks. It begins at the one door.

Source: Through the Gate reference 7 ("releases in 14 days with any need not accepted", by officer and team); product
rules, limited access, every number opens its list.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Case
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from staff.kit import Tag, on
from staff.models import Team, User
from staff.permissions import Action
from ttg.models import Custody, Prison
from ttg.queries.first_days import first_days_of
from ttg.queries.readiness import readiness_of
from ttg.queries.release_page import TAGS, short_tag
from ttg.reference.readiness import Must, Stands
from ttg.rules.days_left import NEAR, Band, band_of, is_in, say_leaves, say_left
from ttg.rules.first_days import Problem
from ttg.rules.readiness import is_ready

NEVER = date(9999, 12, 31)  # sorts those whose day is not known last
LATELY = timedelta(days=28)  # since release
MASKED_AT_ONCE = 100
KEYS = ("leaves", "case__sort_name", "pk")
HELD, RELEASED = "held", "released"
CSV_HEAD = ["CRN", "Name", "Officer", "Prison", "Leaves", "Ready", "Lacks", "Contact with the officer", "Hand-over", "Warnings"]  # fmt: skip
SHOW = {HELD: "In prison", RELEASED: "Released in the last 28 days"}


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as codes."""

    show: str = HELD
    band: str = ""
    prison: str = ""  # its number
    officer: str = ""  # their number
    team: str = ""  # its code
    not_ready: bool = False
    drugs: bool = False  # a drug or alcohol need that is not answered
    first_days: bool = False  # something in the first days that cannot be kept as it stands
    mine: bool = False


@dataclass(frozen=True)
class Row:
    anchor: str
    name: str
    crn: str
    href: str
    officer: str
    prison: str
    leaves: str
    leaves_on: str
    warns: list[str]  # of the day they leave and of the first days after it; it stops nothing
    ready: Tag
    lacks: list[str]  # what is missing or at risk by the gate, in words
    spoken: Tag
    spoken_words: str
    hand_over: Tag
    hand_over_words: str


@dataclass(frozen=True)
class Counted:
    """How many leave in one band, and how many of them are not ready."""

    band: Band
    people: int
    not_ready: int


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    next_after: str
    count: int
    bands: list[Counted]


def page_of_releases(user, wanted, today, *, after, size):
    """A page of the board, and the counts of every band under the same filters. A fixed number of statements."""
    stays = _with(asked_for(user, Action.VIEW_RELEASE, wanted, today))
    found = readiness_of(stays, today)
    short = _short_of(stays, found, wanted, today)
    picked = _picked(short, found, wanted, today)
    rows = Custody.objects.filter(pk__in=[one.pk for one in picked])
    rows = rows.annotate(leaves=Coalesce("released_on", "release_on", Value(NEVER)))
    page = page_of(
        rows.select_related("prison", "case__officer"),
        keys=KEYS,
        after=after,
        size=size,
        known_by="pk",
    )
    warned = warnings_of(page.rows, today)
    return Found(
        rows=[_row(one, found[one.pk], warned[one.pk], today) for one in page.rows],
        next_after=page.next_after,
        count=len(picked),
        bands=_bands(short, found, today) if wanted.show == HELD else [],
    )


def asked_for(user, action, wanted, today):
    """The stays asked for, bands and readiness left aside, of cases open to this reader."""
    cases = Case.objects.open_to(user, action).filter(left_as="")
    if wanted.mine:
        cases = cases.filter(officer=user)
    if wanted.team:
        cases = cases.filter(team__code=wanted.team)
    if wanted.officer:
        cases = cases.filter(officer=int(wanted.officer))
    stays = Custody.objects.filter(case__in=cases, ended_on=None)
    if wanted.prison:
        stays = stays.filter(prison=int(wanted.prison))
    if wanted.show == RELEASED:
        return stays.released_since(today - LATELY)
    return stays.held()


@dataclass(frozen=True)
class Leaving:
    """Of the cases of one team: how many are in prison, were to have left, leave within four weeks, and are not ready of those."""

    held: int
    late: int
    near: int
    not_ready: int


def leaving_by_team(user, team, today):
    """{key of the team, or None: Leaving}, of one team or of all: the same people as the lists. Fixed statements."""
    wanted = Wanted(team=team.code if team else "")
    stays = _with(asked_for(user, Action.VIEW_RELEASE, wanted, today))
    near = [one for one in stays if is_in(NEAR, one.release_on, today)]
    found = readiness_of(near, today)
    short = Counter(one.case.team_id for one in near if not is_ready(found[one.pk]))
    held, soon = (Counter(one.case.team_id for one in some) for some in (stays, near))
    late = Counter(one.case.team_id for one in stays if is_in(Band.OVERDUE, one.release_on, today))
    return {team: Leaving(held[team], late[team], soon[team], short[team]) for team in held}


def csv_lines(user, wanted, today):
    """The same list as lines of a file."""
    yield CSV_HEAD
    stays = _with(asked_for(user, Action.EXPORT_CASES, wanted, today))
    found = readiness_of(stays, today)
    picked = _picked(_short_of(stays, found, wanted, today), found, wanted, today)
    warned = warnings_of(picked, today)
    for one in sorted(picked, key=lambda one: (one.released_on or one.release_on or NEVER, one.case.sort_name, one.pk)):  # fmt: skip
        row = _row(one, found[one.pk], warned[one.pk], today)
        yield [
            row.crn, row.name, row.officer, row.prison, row.leaves_on, row.ready.text, "; ".join(row.lacks),
            row.spoken_words, row.hand_over_words, " ".join(row.warns),
        ]  # fmt: skip


def kept_from(user):
    """The masked rows of those in prison. They answer to the reach alone, so that no filter tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_RELEASE)
    held = reached.filter(pk__in=Custody.objects.held().values("case"))
    return list(held.masked_to(user)[:MASKED_AT_ONCE])


def choices_of(user):
    """Prisons, officers and teams of those in prison who are open to this reader: {code: words} each."""
    cases = Case.objects.open_to(user, Action.VIEW_RELEASE)
    stays = Custody.objects.filter(case__in=cases, ended_on=None)
    held = Case.objects.filter(pk__in=stays.values("case"))
    prisons = Prison.objects.filter(pk__in=stays.values("prison")).order_by("name")
    officers = User.objects.filter(pk__in=held.values("officer")).order_by("last_name", "pk")
    teams = Team.objects.filter(pk__in=held.values("team")).order_by("name")
    return (
        {str(one.pk): one.name for one in prisons},
        {str(one.pk): one.name for one in officers},
        {one.code: one.name for one in teams},
    )


def _with(stays):
    return list(stays.select_related("prison", "case__officer").order_by("pk"))


def _short_of(stays, found, wanted, today):
    """Those of them who are short of what was asked for, whenever they leave: of whom the bands count."""
    if wanted.drugs:
        stays = [one for one in stays if _stands(found[one.pk], Must.DRUGS) == Stands.MISSING]
    if wanted.first_days:
        first = first_days_of(stays, today)
        stays = [one for one in stays if one.pk in first and first[one.pk].cannot]
    return stays


def _picked(stays, found, wanted, today):
    """Those of them in the band asked for, and not ready where that was asked for."""
    return [
        one
        for one in stays
        if (not wanted.band or is_in(wanted.band, one.release_on, today))
        and (not wanted.not_ready or not is_ready(found[one.pk]))
    ]


def _bands(stays, found, today):
    people = Counter(band_of(one.release_on, today) for one in stays)
    short = Counter(band_of(one.release_on, today) for one in stays if not is_ready(found[one.pk]))
    return [Counted(one, people[one], short[one]) for one in Band if people[one]]


def warnings_of(stays, today):
    """{key of the stay: [what is said of the day they leave, and of the first days]}, without a place or a name."""
    first = first_days_of(stays, today)
    return {one.pk: _warnings(first[one.pk]) if one.pk in first else [] for one in stays}


def _warnings(found):
    what = {each.problem for each in found.cannot}
    kinds = [each.title.lower() for each in Problem if each in what]
    days = f"First days: {'; '.join(kinds)}." if kinds else ""
    return [each for each in (found.hard, days) if each]


def _row(stay, found, warns, today):
    case, must = stay.case, {one.code: one for one in found}
    spoken, hand_over = must[Must.SPOKEN], must[Must.HAND_OVER]
    return Row(
        anchor=case.crn,
        name=case.list_name,
        crn=case.crn,
        href=reverse("case-release", args=[case.crn]),
        officer=officer_of(case),
        prison=stay.prison.name if stay.prison else "Prison not recorded",
        leaves=say_left(stay.released_on)
        if stay.released_on
        else say_leaves(stay.release_on, today),  # fmt: skip
        leaves_on=on(stay.released_on or stay.release_on),
        warns=warns,
        ready=short_tag(found),
        lacks=[
            f"{one.code.title}: {one.stands.title.lower()}"
            for one in found
            if one.by_the_gate and one.lacks
        ],  # fmt: skip
        spoken=TAGS[spoken.stands],
        spoken_words=spoken.words,
        hand_over=TAGS[hand_over.stands],
        hand_over_words=hand_over.words,
    )


def _stands(found, code):
    return next(one.stands for one in found if one.code == code)

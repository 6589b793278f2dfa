"""What victim liaison officers are still to hear, across cases; and cases of a victim in contact on which nobody is named.

Source: product rules, clocks; `cases.reference.victim_liaison`. Nobody reads here who or where a victim is.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Registration, VictimLiaison, VictimNotice
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.codes import Register
from cases.reference.victim_liaison import VictimCause
from cases.services.deadlines import due_under
from cases.services.policy import clocks
from staff.kit import Link, on
from staff.models import Team
from staff.permissions import Action

OWED, NOBODY = "owed", "nobody"
SHOWN = {OWED: "Still to be told", NOBODY: "Nobody named"}
NOT_NAMED = "Nobody is recorded"
KIND = "tell_victim_liaison"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = OWED


@dataclass(frozen=True)
class VictimRow:
    crn: str
    name: str
    href: str
    officer: str
    what: str
    words: str
    happened: str
    whom: str  # the victim liaison officer
    late: str
    next: Link
    anchor: str = ""


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_VICTIM_LIAISON)
    return cases.filter(team=team) if team else cases


def owed(user, wanted):
    found = VictimNotice.objects.owed().filter(case__in=cases_of(user, wanted.team))
    return found.select_related("case__officer", "case__team")


def unnamed(user, wanted):
    """Of ours, those with a victim in contact and nobody recorded who speaks to them."""
    registers = Registration.objects.current().filter(
        case=OuterRef("pk"), type_code=Register.VICTIM_CONTACT
    )
    named = VictimLiaison.objects.standing().filter(case=OuterRef("pk"))
    cases = cases_of(user, wanted.team).ours()
    return cases.filter(Exists(registers), ~Exists(named)).select_related("officer", "team")


def page_of_owed(user, wanted, *, after, size):
    return page_of(owed(user, wanted), keys=("raised_at", "id"), after=after, size=size, known_by="pk")  # fmt: skip


def page_of_unnamed(user, wanted, *, after, size):
    return page_of(unnamed(user, wanted), keys=("sort_name", "id"), after=after, size=size)


def owed_rows(notices, user, today):
    """In a fixed number of statements: what has waited longest first."""
    cases = {one.case_id: one.case for one in notices}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    standing = VictimLiaison.objects.standing().filter(case__in=cases)
    named = dict(standing.values_list("case", "officer"))
    policy = clocks(today)
    return anchored(
        _owed(one, names[one.case_id], may[one.case_id], named, policy, today) for one in notices
    )


def _owed(one, names, may, named, policy, today):
    case = one.case
    due_on = due_under(policy, KIND, localdate(one.raised_at))
    tells = Action.TELL_VICTIM_LIAISON in may
    told = reverse("tell-victim-liaison", args=[case.crn, one.pk])
    return VictimRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        what=VictimCause(one.cause).title,
        words=names.text(one.words),
        happened=on(one.happened_on),
        whom=names.text(named.get(case.pk, "")) or NOT_NAMED,
        late=how_late(due_on, today),
        next=_link("Say that they were told", told, case) if tells else _see(case),
    )


def unnamed_rows(cases, user):
    may = actions_on_each(cases, user)
    return anchored(_unnamed(case, may[case.pk]) for case in cases)


def _unnamed(case, may):
    name = reverse("name-victim-liaison", args=[case.crn])
    names = Action.TELL_VICTIM_LIAISON in may
    return VictimRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        what="Victim contact is registered",
        words="Ring the victim liaison unit of the NPS and ask who it is",
        happened="",
        whom=NOT_NAMED,
        late="",
        next=_link("Say who it is", name, case) if names else _see(case),
    )


def _see(case):
    return _link("See it", reverse("victim-liaison", args=[case.crn]), case)


def _link(words, href, case):
    return Link(words, href, hidden=f" for {case.name}")

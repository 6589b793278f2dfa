"""What the people of a team wait for: an agency, a service, a place on unpaid work, a day of rehabilitation activity.

Source: features, H (waiting lists and how long they are); report 2.3, 4.1 (days and hours that stood unused). Each is counted from
the rows of its list. An agency's list is the checks desk, and that of rehabilitation activity its own page.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.due import anchored
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.rar import rar_of_cases
from cases.queries.reach import actions_on_each
from cases.rules.words import days_ago
from oversight.queries import checks
from oversight.queries.rar import Stands, is_under
from oversight.queries.team import cases_of
from staff.kit import DueRow, Link, on
from staff.models import Team
from staff.permissions import Action
from ttg.models import Referral
from unpaidwork.models import Work
from unpaidwork.queries.concerned import concerned
from unpaidwork.queries.waiting import without_a_place
from unpaidwork.reference.work import WorkState

SERVICE, PLACE = "service", "place"
FOR = {
    SERVICE: "A service has not answered a referral",
    PLACE: "Hours left, and no place on unpaid work",
}
COUNTED = {SERVICE: "referral", PLACE: "requirement"}


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    of: str = SERVICE


@dataclass
class Waited:
    """By team, or None: since when each of them has waited, how many of those are late, and of how many they are."""

    since: dict[int | None, list[date]] = field(default_factory=lambda: defaultdict(list))
    late: Counter[int | None] = field(default_factory=Counter)
    of: Counter[int | None] = field(default_factory=Counter)


def for_an_agency(user, team, today):
    """Enquiries that were sent and wait for an answer, as on the checks desk; late is chasing one."""
    wanted = checks.Wanted(step="chase", team=team.code if team else "")
    found = Waited()
    rows = checks.matching(user, wanted, today)
    for of_team, sent_on, due_on in rows.values_list("case__team", "sent_on", "due_on"):
        found.since[of_team].append(sent_on or today)
        found.late[of_team] += due_on is not None and due_on < today
        found.of[of_team] += 1
    return found


def for_a_service(user, team):
    """Referrals that no service has answered, of those that were sent and run."""
    waiting, found = _to_services(user, team), Waited()
    for of_team, sent_at in waiting.values_list("need__custody__case__team", "sent_at"):
        found.since[of_team].append(localdate(sent_at))
    sent = Referral.objects.running().filter(
        sent_at__isnull=False, need__custody__case__in=cases_of(user, team)
    )
    found.of.update(sent.values_list("need__custody__case__team", flat=True))
    return found


def for_a_place(user, team, today):
    """Requirements of unpaid work that run, and have no place."""
    found = Waited()
    waiting = _without_a_place(user, team, today)
    for of_team, arrived_on in waiting.values_list("case__team", "arrived_on"):
        found.since[of_team].append(arrived_on)
    found.of.update(_works(user, team).values_list("case__team", flat=True))
    return found


def for_a_day(user, team, today, weeks):
    """Rehabilitation activity that has stalled, as on its own page."""
    cases, found = Case.objects.open_to(user, Action.VIEW_PLAN), Waited()
    cases = cases.filter(team=team) if team else cases
    for one in rar_of_cases(cases.ours().values("pk"), today, weeks):
        found.of[one.case.team_id] += 1
        if is_under(one, Stands.STALLED):
            found.since[one.case.team_id].append(one.since)
    return found


def matching(user, wanted, today):
    """The referrals, or the works, that are listed."""
    if wanted.of == PLACE:
        return _without_a_place(user, wanted.team, today).annotate(waits_since=F("arrived_on"))
    return _to_services(user, wanted.team).annotate(waits_since=F("sent_at"))


def page_of_waits(user, wanted, today, *, after, size):
    """One page, whoever has waited longest first."""
    found = matching(user, wanted, today)
    about = "case" if wanted.of == PLACE else "need__custody__case"
    found = found.select_related(f"{about}__officer", f"{about}__team")
    found = found if wanted.of == PLACE else found.select_related("service")
    return page_of(found, keys=("waits_since", "pk"), after=after, size=size, known_by="pk")


def wait_rows(rows, wanted, user, today):
    """As due rows: for what, since when, and where it is read. Nothing of what anybody wrote."""
    words = _for_a_place if wanted.of == PLACE else _for_a_service
    cases = {case_of(one).pk: case_of(one) for one in rows}
    may = actions_on_each(cases.values(), user)
    return anchored(words(one, case_of(one), may[case_of(one).pk], today) for one in rows)


def case_of(one):
    return one.case if isinstance(one, Work) else one.need.custody.case


def since(one):
    """The day from which this one waits."""
    return one.arrived_on if isinstance(one, Work) else localdate(one.sent_at)


def _for_a_service(referral, case, may, today):
    sent_on = since(referral)
    href = reverse("referral", args=[case.crn, referral.pk])
    return DueRow(
        what=f"An answer of {referral.service.name}",
        due=f"Sent on {on(sent_on)}, {_ago(sent_on, today)}",
        by=officer_of(case),
        rule="Ring the service, or refer to another.",
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may else "",
        next=Link("See the referral", href, hidden=f"for {case.name}: {referral.service.name}")
        if Action.VIEW_RELEASE in may
        else None,
    )


def _for_a_place(work, case, may, today):
    href = reverse("case-unpaid-work", args=[case.crn])
    return DueRow(
        what="A place on unpaid work",
        due=f"With us since {on(work.arrived_on)}, {_ago(work.arrived_on, today)}",
        by=officer_of(case),
        rule="The page of their unpaid work says what stands before a place.",
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may else "",
        next=Link("See what stands before it", href, hidden=f"for {case.name}")
        if Action.VIEW_UNPAID_WORK in may
        else None,
    )


def _ago(day, today):
    return days_ago((today - day) // timedelta(days=1))


def _to_services(user, team):
    return Referral.objects.unanswered().filter(need__custody__case__in=cases_of(user, team))


def _works(user, team):
    cases = cases_of(user, team).filter(pk__in=concerned().values("pk"))
    return Work.objects.filter(state=WorkState.OPEN, case__in=cases)


def _without_a_place(user, team, today):
    return without_a_place(today).filter(pk__in=_works(user, team).values("pk"))

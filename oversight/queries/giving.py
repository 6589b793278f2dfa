"""Officers beside one case, for whoever gives it to one of them: what is compared, and what refuses it.

Sources: features 120 and 124; `oversight.rules.comparing`. Whoever decides has before them what the record knows of each,
and what it does not know is said once.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from cases.models import Case
from cases.queries.holding import active_holder
from cases.queries.where_seen import SeenAt
from cases.rules.gaps import warnings
from cases.rules.holding import Considered, check_nobody_holds
from oversight.queries.case_facts import case_facts_of, with_holder
from oversight.queries.policy import workload_policy
from oversight.queries.where_seen import with_places
from oversight.queries.workload import Load, loads_of
from oversight.rules.comparing import VERSION, for_the_holder
from oversight.rules.comparing_facts import CaseFacts
from oversight.rules.comparing_list import Compared, compare
from oversight.rules.policy import WorkloadPolicy
from staff.errors import RuleBroken
from staff.models import Team, User
from staff.permissions import Action, Role, reach


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each officer of a team beside one case, in the order of their names."""

    facts: CaseFacts
    rows: tuple[Compared, ...]
    loads: dict[int, Load]  # by officer
    seen: dict[int, SeenAt]
    policy: WorkloadPolicy
    today: date

    @property
    def may(self):
        return [row for row in self.rows if not row.refused]

    @property
    def left_out(self):
        return [row for row in self.rows if row.refused]

    def of(self, officer):
        """The row of one officer, by their key; None where they are not of the team."""
        return next((row for row in self.rows if row.officer.key == officer), None)


def officers_of(team):
    """Officers who work in a team, by name. Where there is none: nobody."""
    found = User.objects.filter(is_active=True, role=Role.OFFICER, team=team) if team else User.objects.none()  # fmt: skip
    return found.select_related("team").order_by("last_name", "first_name", "pk")


def teams_to_compare(own=None):
    """Teams that somebody could be chosen from, by name. `own`: the key of one that is among them though nobody is in it."""
    officers = User.objects.filter(is_active=True, role=Role.OFFICER, team__isnull=False)
    teams = Team.objects.filter(Q(pk__in=officers.values("team")) | Q(pk=own))
    return list(teams.order_by("name", "pk"))


def all_officers():
    """Everybody who could be asked to hold a case, by name."""
    found = User.objects.filter(is_active=True, role=Role.OFFICER).select_related("team")
    return found.order_by("last_name", "first_name", "pk")


def beside(officer):
    """Those with whom an officer is compared: their team, or they alone where they are in none."""
    return officers_of(officer.team) if officer.team_id else all_officers().filter(pk=officer.pk)


def comparison_of(case, officers, today):
    """`Comparison` of a case with these officers, given as a queryset; None where the case is not ours.

    In a fixed number of statements, however many officers there are and however many cases they hold.
    """
    policy = workload_policy(today)
    facts = case_facts_of(Case.objects.filter(pk=case.pk), today, policy)
    if case.pk not in facts:
        return None
    loads = {one.user.pk: one for one in loads_of(officers, today, policy)}
    teams = {key: load.user.team_id for key, load in loads.items()}
    known, compared, seen = with_places(facts, [one.facts for one in loads.values()], teams, today)
    one = known[case.pk]
    if case.officer_id in loads:
        one = with_holder(one, case.officer_id, today)
    rows = compare(one, [_without(each, case, loads, one) for each in compared], policy, today)
    return Comparison(one, tuple(rows), loads, seen, policy, today)


def _without(officer, case, loads, facts):
    """Of whoever holds the case now its points are counted already, and are not counted twice."""
    if case.officer_id != officer.key or all(
        each.case != case.pk for each in loads[officer.key].cases
    ):
        return officer
    return replace(officer, points=max(0, officer.points - facts.points))


def names_officers(user):
    """Whether this member of staff may name an officer, and so read what stands beside each."""
    return bool(reach(user.role, Action.NAME_OFFICER))


def warned_of_offer(case, officer, user, today):
    """What this reader is to answer who offers a case that somebody holds; nothing where it is refused whatever they say."""
    found = comparison_of(case, beside(officer), today)
    row = found.of(officer.pk) if found else None
    if row is None or row.refused:
        return []
    try:
        told = row.found if names_officers(user) else for_the_holder(row.found, officer.name)
    except RuleBroken:
        return []
    return warnings(told)


def why_not(case):
    """Why no officer can be named for this case now, in words; blank where one can."""
    holder = active_holder(case)
    try:
        check_nobody_holds(
            holder=holder.name if holder else "",
            officer_active=bool(holder),
            ours=case.is_ours,
            offered=case.transfers.waiting().exists(),
        )
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def considered(comparison, row, said):
    """What is kept of a decision. `said`: {key of a warning: what was said to it}."""
    return Considered(
        warned=tuple(
            {"key": one.key, "sentence": one.sentence, "said": said[one.key]}
            for one in warnings(row.found)
        ),
        points=comparison.facts.points,
        percent_before=row.percent[0],
        percent_after=row.percent[1],
        compared=len(comparison.may),
        left_out=len(comparison.left_out),
        rules_version=VERSION,
        policy_version=comparison.policy.version,
    )

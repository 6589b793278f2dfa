"""Sharing out many cases: who may, which cases a proposal is about, and what the record says of them and of the officers.

Source: features 123. A senior shares out what they reach; what is kept from them takes no part.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Q

from cases.models import Case, NonAssociation, Transfer
from cases.queries.cover import teams_of
from cases.queries.holding import last_days
from oversight.models import SharingOut
from oversight.queries.case_facts import case_facts_of, with_holder
from oversight.queries.unowned import NOBODY
from oversight.queries.where_seen import with_places
from oversight.queries.workload import loads_of
from oversight.reference.sharing import Demand, Which
from oversight.rules.sharing_facts import ToShare
from staff.models import Team, User
from staff.permissions import Action, Reach, Role, reach

PEOPLE = ("team", "officer", "asked_by", "published_by", "closed_by")


def teams_to_share(user):
    """Teams whose cases this member of staff may share out, by name."""
    far = reach(user.role, Action.SHARE_OUT_CASES)
    teams = Team.objects.order_by("name", "pk")
    if far >= Reach.PROVIDER:
        return teams.filter(members__role=Role.OFFICER, members__is_active=True).distinct()
    return teams.filter(pk__in=teams_of(user)) if far else teams.none()


def sharings_within(user):
    """Proposals of those teams, the latest first."""
    far = reach(user.role, Action.SHARE_OUT_CASES)
    found = SharingOut.objects.select_related(*PEOPLE).order_by("-asked_at", "-pk")
    if far >= Reach.PROVIDER:
        return found
    return found.filter(team__in=teams_of(user)) if far else found.none()


def officers_of(team):
    """Officers of a team who might take part, by name."""
    found = User.objects.filter(is_active=True, role=Role.OFFICER, team=team)
    return found.order_by("last_name", "first_name", "pk")


def leaving_of(officers):
    """Keys of those of them who are down to leave, or have left."""
    return set(last_days([one.pk for one in officers]))


def cases_to_share(user, team, which, officer=None, taking_part=()):
    """The cases of ours that this member of staff may share out, and that wait for nobody's answer.

    Of a whole team: those that somebody who takes part holds, and those that nobody holds.
    """
    cases = Case.objects.open_to(user, Action.SHARE_OUT_CASES).ours()
    cases = cases.exclude(pk__in=Transfer.objects.waiting().values("case"))
    if which == Which.OFFICER:
        return cases.filter(officer=officer)
    whose = NOBODY | Q(officer__in=list(taking_part)) if which == Which.TEAM else NOBODY
    return cases.filter(whose, team=team)


def cases_of(sharing):
    """Those of a proposal as the record stands now, but for what was left out by hand."""
    keys = list(sharing.officers.values_list("officer", flat=True))
    found = cases_to_share(sharing.asked_by, sharing.team, sharing.which, sharing.officer, keys)
    by_hand = sharing.moves.filter(settled_at__isnull=False)
    left_out = by_hand.exclude(left_out="").values("case")
    return found.exclude(pk__in=left_out)


@dataclass(frozen=True)
class Question:
    """What is asked of the solver, and {case: who holds it}, whether or not they take part."""

    asked: ToShare
    holders: dict[int, int | None]


def question_of(sharing, today, policy):
    """What is asked, from the record as it stands. Some thirty-five statements, however many cases."""
    keys = set(sharing.officers.values_list("officer", flat=True))
    holders = dict(cases_of(sharing).values_list("pk", "officer"))
    asked = asked_about(holders, User.objects.filter(pk__in=keys), today, policy)
    settled = sharing.moves.taking_part().filter(settled_at__isnull=False)
    known = {one.key for one in asked.cases}
    locked = {
        case: officer
        for case, officer in settled.values_list("case", "to_officer")
        if case in known and officer in keys
    }
    demands = frozenset(map(Demand, sharing.demands))
    return Question(replace(asked, locked=locked, demands=demands), holders)


def asked_about(holders, officers, today, policy):
    """These cases and these officers, by name. `holders`: {case: who holds it}; `officers`: a queryset."""
    loads = loads_of(officers.order_by("last_name", "first_name", "pk"), today, policy)
    teams = {one.user.pk: one.user.team_id for one in loads}
    facts = case_facts_of(Case.objects.filter(pk__in=list(holders)), today, policy)
    facts = {pk: _with_holder(one, holders[pk], teams, today) for pk, one in facts.items()}
    facts, known, _ = with_places(facts, [one.facts for one in loads], teams, today)
    facts, apart = _kept_apart(facts, today)
    return ToShare(
        cases=tuple(facts[pk] for pk in sorted(facts)),
        officers=tuple(_besides(one, facts.values()) for one in known),
        today=today,
        apart=apart,
    )


def _kept_apart(facts, today):
    """The same facts with who holds whoever else they must be kept apart from, and the pairs who both take part."""
    pairs = set(NonAssociation.objects.in_force(today).filter(
        Q(one__in=list(facts)) | Q(other__in=list(facts))
    ).values_list("one", "other"))  # fmt: skip
    besides = {key for pair in pairs for key in pair} - facts.keys()
    holders = dict(Case.objects.filter(pk__in=besides, officer__isnull=False).values_list("pk", "officer"))  # fmt: skip
    hold: defaultdict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if other in holders:
                hold[one].add(holders[other])
    found = {key: replace(one, apart=frozenset(hold[key])) for key, one in facts.items()}
    both = frozenset(tuple(sorted(pair)) for pair in pairs if facts.keys() >= set(pair))
    return found, both


def _with_holder(facts, holder, taking_part, today):
    """Where whoever holds it takes part, it may stay with them: nobody knows it better."""
    return with_holder(facts, holder, today) if holder in taking_part else facts


def _besides(officer, cases):
    """With the points of what they hold besides these cases."""
    of_them = sum(one.points for one in cases if one.holder == officer.key)
    return replace(officer, points=max(0, officer.points - of_them))

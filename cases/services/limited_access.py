"""Setting and lifting limits on access to cases, and letting in those who follow from officer and team.

Source: product rules, limited access: with no list of users, only the current officer, their senior
probation officer and the head of service may open the case.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.models import Case, Limit, Named
from staff.audit import record_many
from staff.models import User
from staff.permissions import Role

ASK = "the current officer, their senior probation officer or the head of service"
MESSAGE = "Access to this case is limited."
BY_NAME = "Named by nDelius"
FOLLOWS = "Officer, senior probation officer or head of service: no list of users was given"
OURS = (BY_NAME, FOLLOWS)  # reasons given here; an emergency view has its own, and an end


@dataclass(frozen=True)
class Person:
    """Somebody let in to a case or kept out of it. With an end they are let in until then."""

    user_id: int
    let_in: bool
    until_at: datetime | None = None


@dataclass(frozen=True)
class Limited:
    """Limited access as it should be. Not `listed`: nobody said who may open the case."""

    case_id: int
    restricted: bool
    message: str = MESSAGE
    ask: str = ASK
    listed: bool = True
    people: frozenset[Person] = frozenset()


@transaction.atomic
def limit_case(*, case, restricted, by, message=MESSAGE, ask=ASK, people=None):
    """Limit access to a case. `people`: None where nobody said who may open it."""
    limit_cases(
        limits=[
            Limited(
                case_id=case.pk,
                restricted=restricted or people is None,
                message=message,
                ask=ask,
                listed=people is not None,
                people=frozenset(people or ()),
            )
        ],
        by=by,
    )


@transaction.atomic
def limit_cases(*, limits, by):
    """Bring each of these cases to its limit, writing only what differs. Returns the cases changed."""
    wanted = {one.case_id: one for one in limits}
    held = {one.pk: one for one in Limit.objects.select_for_update().filter(pk__in=wanted)}
    new = [_row(one) for pk, one in wanted.items() if pk not in held]
    differing = [_row(one, held[pk]) for pk, one in wanted.items() if pk in held]
    differing = [row for row in differing if row]
    Limit.objects.bulk_create(new)
    fields = ["restricted", "message", "ask", "listed"]
    Limit.objects.bulk_update(differing, fields, batch_size=1000)
    people = {pk: one.people for pk, one in wanted.items() if one.listed}
    people |= _followers([pk for pk, one in wanted.items() if not one.listed])
    changed = {row.pk for row in new + differing} | _name(people)
    _audit("limited_access", changed, by)
    return changed


@transaction.atomic
def lift_limits(*, case_ids, by):
    """Take the limits off these cases, emergency views with them. Returns the cases changed."""
    limits = Limit.objects.filter(pk__in=case_ids)
    changed = set(limits.values_list("pk", flat=True))
    Named.objects.filter(limit__in=changed).delete()
    limits.delete()
    _audit("lifted_limit", changed, by)
    return changed


@transaction.atomic
def follow_officers(*, case_ids, by):
    """After a change of officer or team: let in those who now follow from it, and nobody else."""
    unlisted = Limit.objects.select_for_update().filter(pk__in=case_ids, listed=False)
    changed = _name(_followers([limit.pk for limit in unlisted]))
    _audit("limited_access", changed, by)
    return changed


def _row(wanted, held=None):
    """The row as wanted, or None when it stands so already."""
    said = (wanted.restricted, wanted.message, wanted.ask, wanted.listed)
    row = held or Limit(case_id=wanted.case_id)
    if held and (held.restricted, held.message, held.ask, held.listed) == said:
        return None
    row.restricted, row.message, row.ask, row.listed = said
    return row


def _followers(case_ids):
    """{case: those let in where nobody said who may open it}."""
    if not case_ids:
        return {}
    seniors, heads = defaultdict(set), set()
    leaders = User.objects.filter(is_active=True, role__in=(Role.SPO, Role.HEAD))
    for pk, role, team_id in leaders.values_list("pk", "role", "team"):
        if role == Role.HEAD:
            heads.add(pk)
        elif team_id:
            seniors[team_id].add(pk)
    cases = Case.objects.filter(pk__in=case_ids).values_list("pk", "officer", "team")
    return {
        pk: frozenset(
            Person(user, let_in=True)
            for user in heads | seniors.get(team, set()) | ({officer} - {None})
        )
        for pk, officer, team in cases
    }


def _name(people):
    """Bring the people named on each limit to those given, emergency views aside."""
    limits = Limit.objects.filter(pk__in=people).in_bulk()
    held: defaultdict[int, dict] = defaultdict(dict)
    ours = Q(until_at=None) | Q(reason__in=OURS)
    for row in Named.objects.filter(ours, limit__in=people):
        held[row.limit_id][Person(row.user_id, row.let_in, row.until_at)] = row
    gone, new = [], []
    for pk, wanted in people.items():
        reason = BY_NAME if limits[pk].listed else FOLLOWS
        gone += [row for person, row in held[pk].items() if person not in wanted]
        new += [
            Named(
                limit_id=pk,
                user_id=person.user_id,
                let_in=person.let_in,
                until_at=person.until_at,
                reason=reason,
            )
            for person in sorted(wanted - held[pk].keys(), key=lambda one: one.user_id)
        ]
    Named.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Named.objects.bulk_create(new, batch_size=1000)
    return {row.limit_id for row in gone + new}


def _audit(action, case_ids, by):
    crns = Case.objects.filter(pk__in=case_ids).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action=action, crns=crns)

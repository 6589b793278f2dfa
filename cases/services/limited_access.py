"""Setting and lifting limits on access to cases, and letting in those who follow from officer and team.

Source: product rules, limited access: with no list of users, only the current officer, their senior
probation officer and the head of service may open the case. While a serious further offence is looked at, these and the
quality managers may, whatever else an extract says: a limit that it gives is kept, and only made narrower.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.models import Case, FurtherOffence, Limit, Named, Transfer
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
    cases = [one.case_id for one in limits]
    theirs = FurtherOffence.objects.standing().filter(case__in=cases, limited_by_it=True)
    theirs.update(limited_by_it=False)
    return _limit(limits, by)


@transaction.atomic
def lift_limits(*, case_ids, by):
    """Take the limits off these cases, emergency views with them. Returns the cases changed.

    Where a serious further offence is looked at, its own limit takes the place of the one taken off.
    """
    charged = _charged(case_ids)
    FurtherOffence.objects.standing().filter(case__in=charged, limited_by_it=False).update(
        limited_by_it=True
    )
    ours = [Limited(pk, restricted=True, listed=False) for pk in sorted(charged)]
    kept = _limit(ours, by)
    limits = Limit.objects.filter(pk__in=set(case_ids) - charged)
    changed = set(limits.values_list("pk", flat=True))
    Named.objects.filter(limit__in=changed).delete()
    limits.delete()
    _audit("lifted_limit", changed, by)
    return changed | kept


@transaction.atomic
def narrow_access(*, case, by):
    """A serious further offence stands on this case: those who look at it may open it, and nobody else.

    A limit that the case has is kept. Returns whether it had none.
    """
    limit = Limit.objects.filter(case=case).first()
    said = _as_it_is(limit) if limit else Limited(case.pk, restricted=True, listed=False)
    _limit([said], by)
    return limit is None


@transaction.atomic
def widen_access(*, case, ours, restricted, by):
    """No serious further offence stands on this case any more. `ours`: the limit on it was made for one.

    `restricted`: whether the limit that it had besides was a restriction before.
    """
    limit = Limit.objects.filter(case=case).first()
    if ours or limit is None:
        lift_limits(case_ids=[case.pk], by=by)
        return
    said = _as_it_is(limit)
    let_in = limit.listed and any(one.let_in for one in said.people)
    narrow = restricted or let_in or not limit.listed
    _limit([replace(said, restricted=narrow)], by)


@transaction.atomic
def follow_officers(*, case_ids, by):
    """After a change of officer or team: let in those who now follow from it, and nobody else."""
    limits = Limit.objects.select_for_update().filter(pk__in=case_ids)
    charged = _charged(case_ids)
    told = [one for one in limits if not one.listed or one.pk in charged]
    listed = {one.pk: _as_it_is(one) for one in told if one.listed}
    people = {pk: one.people for pk, one in listed.items()}
    people |= _followers([one.pk for one in told if not one.listed])
    changed = _name(people, _beside(listed))
    _audit("limited_access", changed, by)
    return changed


def _limit(limits, by):
    """As `limit_cases`, whoever says so."""
    wanted = {one.case_id: one for one in limits}
    beside = _beside(wanted)
    wanted |= {pk: replace(wanted[pk], restricted=True) for pk in beside}
    held = {one.pk: one for one in Limit.objects.select_for_update().filter(pk__in=wanted)}
    new = [_row(one) for pk, one in wanted.items() if pk not in held]
    differing = [_row(one, held[pk]) for pk, one in wanted.items() if pk in held]
    differing = [row for row in differing if row]
    Limit.objects.bulk_create(new)
    fields = ["restricted", "message", "ask", "listed"]
    Limit.objects.bulk_update(differing, fields, batch_size=1000)
    people = {pk: one.people for pk, one in wanted.items() if one.listed}
    people |= _followers([pk for pk, one in wanted.items() if not one.listed])
    changed = {row.pk for row in new + differing} | _name(people, beside)
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


def _charged(case_ids):
    """Those of these cases on which a serious further offence stands."""
    standing = FurtherOffence.objects.standing().filter(case__in=case_ids)
    return set(standing.values_list("case", flat=True))


def _as_it_is(limit):
    """What an extract, or whoever set it, said of a limit: without those let in for a serious further offence."""
    named = Named.objects.filter(Q(until_at=None) | Q(reason__in=OURS), limit=limit)
    people = named.exclude(reason=FOLLOWS) if limit.listed else Named.objects.none()
    return Limited(
        limit.pk,
        limit.restricted,
        limit.message,
        limit.ask,
        limit.listed,
        frozenset(Person(one.user_id, one.let_in, one.until_at) for one in people),
    )


def _beside(wanted):
    """{case: whom a serious further offence lets in besides those listed}; nobody whom the list keeps out."""
    listed = [pk for pk in _charged(wanted) if wanted[pk].listed]
    return {
        pk: followers
        - wanted[pk].people
        - {Person(one.user_id, let_in=True) for one in wanted[pk].people if not one.let_in}
        for pk, followers in _followers(listed).items()
    }


def _followers(case_ids):
    """{case: those let in where nobody said who may open it}, and those who look at a serious further offence."""
    if not case_ids:
        return {}
    charged = _charged(case_ids)
    seniors, heads, quality = defaultdict(set), set(), set()
    leaders = User.objects.filter(is_active=True, role__in=(Role.SPO, Role.HEAD, Role.QUALITY))
    for pk, role, team_id in leaders.values_list("pk", "role", "team"):
        if role == Role.HEAD:
            heads.add(pk)
        elif role == Role.QUALITY:
            quality.add(pk)
        elif team_id:
            seniors[team_id].add(pk)
    cases = Case.objects.filter(pk__in=case_ids).values_list("pk", "officer", "team")
    # Whoever is offered a case must read what they would answer for, until they have answered
    offered: defaultdict[int, set] = defaultdict(set)
    waiting = Transfer.objects.waiting().filter(case__in=case_ids)
    for pk, *users in waiting.values_list("case", "to_officer", "caretaker"):
        offered[pk].update(users)
    return {
        pk: frozenset(
            Person(user, let_in=True)
            for user in (
                heads
                | seniors.get(team, set())
                | {officer}
                | offered[pk]
                | (quality if pk in charged else set())
            )
            - {None}
        )
        for pk, officer, team in cases
    }


def _name(people, beside):
    """Bring the people named on each limit to those given, emergency views aside. `beside`: {case: who else}."""
    limits = Limit.objects.filter(pk__in=people).in_bulk()
    held: defaultdict[int, dict] = defaultdict(dict)
    ours = Q(until_at=None) | Q(reason__in=OURS)
    for row in Named.objects.filter(ours, limit__in=people):
        held[row.limit_id][Person(row.user_id, row.let_in, row.until_at)] = row
    gone, new = [], []
    for pk, wanted in people.items():
        follow = beside.get(pk, frozenset()) if limits[pk].listed else wanted
        wanted = wanted | follow
        gone += [row for person, row in held[pk].items() if person not in wanted]
        new += [
            Named(
                limit_id=pk,
                user_id=person.user_id,
                let_in=person.let_in,
                until_at=person.until_at,
                reason=FOLLOWS if person in follow else BY_NAME,
            )
            for person in sorted(wanted - held[pk].keys(), key=lambda one: one.user_id)
        ]
    Named.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Named.objects.bulk_create(new, batch_size=1000)
    return {row.limit_id for row in gone + new}


def _audit(action, case_ids, by):
    crns = Case.objects.filter(pk__in=case_ids).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action=action, crns=crns)

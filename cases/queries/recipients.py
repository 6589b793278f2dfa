"""Who hears of a case: its officer and cover, or the seniors of its team; never anybody shut out of it.

Somebody always does, while there is a senior or a head of service whom the case does not shut out.
Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from cases.models import Absence, Assignment, Limit
from cases.reference.codes import Capacity
from staff.models import User
from staff.permissions import Role


def owner_and_cover(case, today):
    """Its officer unless away, and whoever covers and is here; where there is neither, the seniors."""
    absences = Absence.objects.on(today)
    cover = absences.filter(user=case.officer_id).values("cover")
    assigned = Assignment.objects.on(today).filter(case=case, capacity=Capacity.COVER)
    owner = _staff().filter(pk=case.officer_id)
    held_by = (
        owner | _staff().filter(pk__in=cover) | _staff().filter(pk__in=assigned.values("user"))
    )
    here = _here(held_by, absences)
    return _let_in(case, here) or seniors_of(case, today) or _let_in(case, owner)


def seniors_of(case, today, but=None):
    """The SPOs of its team, and cover for those who are away; where there is none, the heads.

    When everybody is away they are told all the same, and last of all any senior: better told twice
    than owned by nobody. `but`: whoever is not to decide, because they asked.
    """
    absences = Absence.objects.on(today)
    others = _staff().exclude(pk=but.pk) if but else _staff()
    seniors = others.filter(role=Role.SPO, team__isnull=False, team=case.team_id)
    heads = others.filter(role=Role.HEAD)
    anybody = others.filter(role=Role.SPO)
    for users in (
        _here_or_covered(seniors, absences),
        _here_or_covered(heads, absences),
        seniors,
        heads,
        anybody,
    ):
        if told := _let_in(case, users):
            return told
    return []


def told_at_once(case, today, by):
    """The seniors, and its officer and cover where `by`, who says so, is not its officer; never `by`. None: the record."""
    told = {one.pk: one for one in seniors_of(case, today)}
    if by is None or case.officer_id != by.pk:
        told |= {one.pk: one for one in owner_and_cover(case, today)}
    if by:
        told.pop(by.pk, None)
    return [told[pk] for pk in sorted(told)]


def deciders_of(case, but):
    """The quality managers and heads of service, those apart (by key) who had a part in it."""
    others = _staff().filter(role__in=(Role.QUALITY, Role.HEAD)).exclude(pk__in=but)
    return _let_in(case, others)


def let_in(case, keys):
    """Of these members of staff, by key, those who work here and whom the case does not shut out."""
    return _let_in(case, _staff().filter(pk__in=keys))


def seniors_over(member, today, but=()):
    """The seniors of the team of a member of staff, or cover; where there is none, the heads; last, any senior.

    For what is about that member and not about a case: whom a case does not let in is told as well. `but`: keys
    of those who are not, with whoever comes next told in their place.
    """
    absences = Absence.objects.on(today)
    others = _staff().exclude(pk=member.pk).exclude(pk__in=but)
    seniors = others.filter(role=Role.SPO, team__isnull=False, team=member.team_id)
    heads = others.filter(role=Role.HEAD)
    choices = (
        _here_or_covered(seniors, absences),
        _here_or_covered(heads, absences),
        seniors | heads,
        others.filter(role=Role.SPO),
    )
    told = (list(users.exclude(pk__in=but).order_by("pk")) for users in choices)
    return next(filter(None, told), [])


def _staff():
    return User.objects.filter(is_active=True)


def _here(users, absences):
    return users.exclude(pk__in=absences.values("user")).distinct()


def _here_or_covered(users, absences):
    """Those of them who are here, and whoever is here and covers for the others."""
    cover = _staff().filter(pk__in=absences.filter(user__in=users).values("cover"))
    return _here(users | cover, absences)


def _let_in(case, users):
    """Those of them who may open the case as far as its limits go."""
    ordered = users.order_by("pk")
    if not Limit.objects.filter(case=case).exists():
        return list(ordered)
    return [one for one in ordered if not Limit.objects.against(one).filter(case=case).exists()]

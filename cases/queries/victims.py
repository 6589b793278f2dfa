"""Who could be hurt, as they are chosen and found. Names only to those allowed."""

from cases.reference.harm import HarmGroup
from cases.rules.words import sentence
from staff.kit import Line, on


def find_victim(case, pk):
    return case.potential_victims.select_related("person", "case").filter(pk=pk).first()


def no_longer(case, names):
    """Those who could have been hurt and no longer could be, with why, the latest first."""
    ended = case.potential_victims.filter(ended_on__isnull=False).select_related("person")
    return [
        Line(
            names.of(one.person),
            names.text(one.ended_because),
            detail=f"{HarmGroup(one.group).title}. Ended {on(one.ended_on)}",
        )
        for one in ended.order_by("-ended_on", "-pk")
    ]


def to_choose_from(case, names):
    """[(key, name, hint)] of those around the case now who are not yet named as somebody who could be hurt."""
    named = case.potential_victims.current().values("person")
    around = case.related_people.filter(to_on=None).exclude(pk__in=named).order_by("kind", "pk")
    return [
        (one.pk, names.of(one), sentence(names.text(one.relationship) or one.get_kind_display()))
        for one in around
    ]

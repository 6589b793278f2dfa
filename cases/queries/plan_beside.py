"""Two versions of a plan side by side, so that what changed is seen and what did not is too."""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.plan_pages import TAGS, day_of, how_it_stands, title_of
from cases.reference.plans import PlanState
from staff.kit import Happening, on, tag


@dataclass(frozen=True)
class Beside:
    """One thing that both plans say or do not say."""

    what: str
    one: list[str]
    other: list[str]

    @property
    def same(self):
        return self.one == self.other


def beside(one, other):
    """[Beside] of two PlanViews."""
    rows = [
        ("Objectives", _objectives(one), _objectives(other)),
        ("Who is protected", _lines(one.protected), _lines(other.protected)),
        ("What happens if", _words(one.contingencies), _words(other.contingencies)),
        ("Requirements", _ordered(one), _ordered(other)),
    ]
    for (part, mine), (_, theirs) in zip(one.said, other.said, strict=True):
        rows.append((part, _lines(mine), _lines(theirs)))
    return [Beside(*row) for row in rows]


def _objectives(view):
    return [f"{one.what}: {'; '.join(step.what for step in one.steps)}" for one in view.objectives]


def _words(rows):
    return [one.words for one in rows]


def _lines(lines):
    return [f"{one.label}: {one.value}" for one in lines if one.value]


def _ordered(view):
    return [f"{one.name}: {one.words}" for one in view.ordered]


def versions_of(case, shown):
    """Every other plan there was, the newest first; each beside the one that is shown, where one is."""
    found = case.plans.exclude(state=PlanState.DRAFT).select_related("begun_by", "signed_by")
    return [
        Happening(
            title=title_of(one),
            when=on(day_of(one)),
            text=how_it_stands(one),
            href=_href(case, one, shown),
            tag=tag(TAGS[PlanState(one.state)]),
        )
        for one in found.order_by("-pk")
        if shown is None or one.pk != shown.pk
    ]


def _href(case, one, shown):
    if shown is None:
        return reverse("see-plan", args=[case.crn, one.pk])
    return reverse("compare-plans", args=[case.crn, one.pk, shown.pk])

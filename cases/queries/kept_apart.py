"""Who is to be kept apart from whom, as the reader of a case may see it.

Source: product rules, information in and limited access.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import NonAssociation
from cases.models.worded_once import worded_once
from cases.queries.reach import open_among
from staff.kit import on
from staff.permissions import Action

SAID_OF_PAIRS = (  # on every page of a case
    "why", "from_on", "one__crn", "one__surname", "one__forename", "other__crn", "other__surname", "other__forename",
)  # fmt: skip


@dataclass(frozen=True)
class Apart:
    """Somebody from whom the person is to be kept apart."""

    who: str
    href: str
    why: str
    since: str
    end: str  # the page that ends it


def kept_apart(case, user, today, may=frozenset(), names=None):
    """Those from whom the person must be kept apart. By name only where the reader may open the case.

    `names`: how the reader reads this case, where why is said as well.
    """
    pairs = _pairs(case.pk, today)
    others = [one.other if one.one_id == case.pk else one.one for one in pairs]
    opened = open_among([one.pk for one in others], user, Action.VIEW_CASE)
    return [
        Apart(
            who=f"{other.name} ({other.crn})" if other.pk in opened else other.crn,
            href=reverse("case", args=[other.crn]) if other.pk in opened else "",
            why=names.text(pair.why) if names else "",
            since=on(pair.from_on),
            end=reverse("end-non-association", args=[case.crn, pair.pk])
            if Action.READ_INFORMATION in may
            else "",
        )
        for pair, other in zip(pairs, others, strict=True)
    ]


@worded_once
def _pairs(case, today):
    pairs = NonAssociation.objects.of(case).in_force(today).select_related("one", "other")
    return pairs.only(*SAID_OF_PAIRS).order_by("pk")


def find_non_association(case, pk):
    return NonAssociation.objects.of(case).select_related("one", "other").filter(pk=pk).first()

"""Who answers to a search: by number exactly, by name from the start of each word.

Source: product rules, limited access: others find nothing by name, date of birth or number; an
exact CRN gives a masked row.
"""

from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case, Identifier, OtherName
from cases.rules.search import understand
from staff.permissions import Action

MOST = 50  # results shown; more than that asks for a fuller name


@dataclass(frozen=True)
class Results:
    cases: list
    masked: list
    more: bool


def answers(user, text):
    """The cases this user may find, and the masked row of an exact CRN kept from them."""
    asked = understand(text)
    reached = Case.objects.within_reach(user, Action.SEARCH_CASES)
    cases = Case.objects.open_to(user, Action.SEARCH_CASES)
    masked = list(reached.filter(crn=asked.crn).masked_to(user)) if asked.crn else []
    found = cases.filter(_answering(asked)).select_related("officer", "team", "standing")
    rows = list(found.order_by("sort_name", "pk")[: MOST + 1])
    return Results(rows[:MOST], masked, len(rows) > MOST)


def _answering(asked):
    if asked.crn:
        merged = Identifier.objects.filter(kind=Identifier.Kind.MERGED_CRN, match=asked.crn)
        return Q(crn=asked.crn) | Q(pk__in=merged.values("case"))
    if asked.number:
        return Q(pk__in=Identifier.objects.filter(match=asked.number).values("case"))
    if asked.born_on:
        return Q(born_on=asked.born_on)
    if not asked.words:
        return Q(pk__in=[])
    others = OtherName.objects.filter(_named(asked.words))
    return _named(asked.words) | Q(pk__in=others.values("case"))


def _named(words):
    """Every word starts a word of the name, in either order of surname and forename."""
    named = Q()
    for word in words:
        named &= Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
    return named

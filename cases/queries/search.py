"""Who answers to a search: by number exactly, by name from the start of each word; and apart from them, who nearly does.

A word may be of their own name, a half of a double surname, a middle name, or of another name they are known by.

Source: product rules, limited access: others find nothing by name, date of birth or number; an
exact CRN gives a masked row.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from cases.models import Case, Identifier
from cases.models.looked_up import looked_up
from cases.queries.near_names import named_nearly, who_bear
from cases.rules.search import numbers_one_slip_from, understand
from staff.permissions import Action

MOST = 50  # results shown; more than that asks for a fuller name
MOST_NEAR = 10


@dataclass(frozen=True)
class Results:
    cases: list
    masked: list
    more: bool
    near: list  # those who nearly answer, the nearest first, none of whom is among the others

    @property
    def shown(self):
        """Everybody who is named to the reader, and so stands in the trail."""
        return [*self.cases, *self.near]


def answers(user, text):
    """The cases this user may find, and the masked row of an exact CRN kept from them."""
    asked = understand(text)
    reached = Case.objects.within_reach(user, Action.SEARCH_CASES)
    cases = Case.objects.open_to(user, Action.SEARCH_CASES)
    cases = cases.select_related("officer", "team", "standing")
    masked = list(reached.filter(crn=asked.crn).masked_to(user)) if asked.crn else []
    answering = _answering(asked)
    rows = list(cases.filter(answering).order_by(*_order(asked.words))[: MOST + 1])
    near = _nearly(cases.exclude(answering), asked, text, found=bool(rows or masked))
    return Results(rows[:MOST], masked, len(rows) > MOST, near)


def _order(words):
    """By name; but whoever is listed under what was typed stands above whom it finds by half a surname or another name."""
    if not words:
        return ("sort_name", "pk")
    begins, holds = Q(), Q()
    for word in words:
        first = Q(sort_name__startswith=word)
        begins |= first
        holds &= first | Q(sort_name__contains=f" {word}")
    listed = ExpressionWrapper(begins & holds, output_field=BooleanField())
    return (listed.desc(), "sort_name", "pk")


def _nearly(others, asked, text, *, found):
    """Of a name whoever is named nearly so; of a number whoever has nearly that, where nobody is found by it itself."""
    if asked.words and not any(letter.isdigit() for letter in text):
        return named_nearly(others, asked.words, most=MOST_NEAR)
    return [] if found or asked.born_on else _numbered_nearly(others, text)


def _answering(asked):
    if asked.crn:
        merged = Identifier.objects.filter(kind=Identifier.Kind.MERGED_CRN, match=asked.crn)
        return Q(crn=asked.crn) | looked_up("pk", merged.values("case"))
    if asked.number:
        return _numbered([asked.number])
    if asked.born_on:
        return Q(born_on=asked.born_on)
    if not asked.words:
        return Q(pk__in=[])
    return who_bear([Q(word__startswith=word) for word in asked.words])


def _numbered(numbers):
    return looked_up("pk", Identifier.objects.filter(match__in=numbers).values("case"))


def _numbered_nearly(cases, text):
    """Whose number it would be but for one slip: a figure of a CRN read out wrongly over the telephone."""
    crns, numbers = numbers_one_slip_from(text)
    if not crns and not numbers:
        return []
    found = cases.filter(Q(crn__in=sorted(crns)) | _numbered(sorted(numbers)))
    return list(found.order_by("sort_name", "pk")[:MOST_NEAR])

"""Who answers to a search: by number exactly, by name from the start of each word; and apart from them, who nearly does.

A word may be of their own name, a half of a double surname, a middle name, or of another name they are known by.

Source: product rules, limited access: others find nothing by name, date of birth or number; an
exact CRN gives a masked row.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from cases.models import Case, Identifier, OtherName
from cases.models.looked_up import looked_up
from cases.models.names import HYPHENS
from cases.queries.near_names import named_nearly, who_bear
from cases.rules.near_names import answering_name
from cases.rules.search import folded, numbers_one_slip_from, understand
from staff.permissions import Action

MOST = 50  # results shown; more than that asks for a fuller name
MOST_NEAR = 10
KEPT_NAME = "Found by another name of theirs"
APART = str.maketrans(HYPHENS, " " * len(HYPHENS))


@dataclass(frozen=True)
class Results:
    cases: list
    masked: list
    more: bool
    near: list  # those who nearly answer, the nearest first, none of whom is among the others
    by_another: dict[int, OtherName]  # the other name that answers, by key of whoever has it

    @property
    def shown(self):
        """Everybody who is named to the reader, and so stands in the trail."""
        return [*self.cases, *self.near]

    def answered_by(self, case, opened):
        """Which other name of theirs it is that answers, named to those who may open the case; blank where their own does."""
        other = self.by_another.get(case.pk)
        if other is None:
            return ""
        kind = "Previous name" if other.previous else "Also known as"
        return (
            f"{kind}: {other.forename} {other.surname}".replace("  ", " ") if opened else KEPT_NAME
        )


def answers(user, text):
    """The cases this user may find, and the masked row of an exact CRN kept from them."""
    asked = understand(text)
    reached = Case.objects.within_reach(user, Action.SEARCH_CASES)
    cases = Case.objects.open_to(user, Action.SEARCH_CASES)
    cases = cases.select_related("officer", "team", "standing")
    cases = cases.annotate(has_another_name=Exists(OtherName.objects.filter(case=OuterRef("pk"))))
    masked = list(reached.filter(crn=asked.crn).masked_to(user)) if asked.crn else []
    answering = _answering(asked)
    rows = list(cases.filter(answering).order_by(*_order(asked.words))[: MOST + 1])
    near = _nearly(cases.exclude(answering), asked, text, found=bool(rows or masked))
    cases = rows[:MOST]
    by_another = _by_another_name([*cases, *near], asked.words)
    return Results(cases, masked, len(rows) > MOST, near, by_another)


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


def _by_another_name(cases, words):
    """{case: the other name of theirs that answers where their own does not}; one statement where any of them has one."""
    having = [case for case in cases if case.has_another_name] if words else []
    if not having:
        return {}
    others = defaultdict(list)
    names = OtherName.objects.filter(case__in=having).select_related("case__person")
    for one in names.order_by("pk"):
        others[one.case_id].append(one)
    return {key: other for key, those in others.items() if (other := _answering_of(those, words))}


def _answering_of(others, words):
    """Which of these other names of somebody answers; None where their own name does as well."""
    case = others[0].case
    person = getattr(case, "person", None)
    own = [*_words_of(case), *_parts(person.middle_names if person else "")]
    which = answering_name(words, own, [_words_of(one) for one in others])
    return None if which is None else others[which]


def _words_of(name):
    return [*name.sort_name.split(), *_parts(f"{name.surname} {name.forename}")]


def _parts(text):
    """Its words, and each half of those with a hyphen."""
    return [*folded(text).split(), *folded(text.translate(APART)).split()]


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

"""Whom and which addresses an enquiry about a case may ask about, as choices for its reader.

Source: product rules, checks: an enquiry lists its subjects, and a reply covers only those.
"""

from dataclasses import dataclass

from django.db.models import F

from cases.queries.enquiries import (
    about_address,
    about_related,
    about_the_person,
    homes_of,
    written,
)
from cases.queries.names import Names
from cases.reference.checks import SubjectKind
from cases.rules.enquiries import About
from cases.rules.words import sentence, within_a_sentence
from staff.kit import on


@dataclass(frozen=True)
class Choice:
    """Somebody or somewhere to ask about. `code` stands in the form; `words` are for its reader."""

    code: str
    words: str
    hint: str
    about: About


def subjects_to_choose(case, names: Names):
    """The person first, then those around them now, then where they live now."""
    person = about_the_person(case, homes_of([case.pk])[case.pk])
    found = [Choice("person", case.name, f"Born {on(case.born_on)}", person)]
    found += [_around(one, names) for one in case.related_people.filter(to_on=None).order_by("pk")]
    current = case.addresses.filter(to_on=None, no_fixed_abode=False)
    ordered = current.order_by(F("from_on").desc(nulls_last=True), "pk")
    return found + [_address(one) for one in ordered if written(one)]


def _around(one, names):
    kind = within_a_sentence(SubjectKind(one.kind).title)
    seen = names.may_see(one)
    born = f", born {on(one.born_on)}" if one.born_on and seen else ""
    relationship = names.text(one.relationship) or kind
    words = names.of(one) if seen else f"{sentence(relationship)}, name protected"
    return Choice(f"related-{one.pk}", words, f"{sentence(relationship)}{born}", about_related(one))


def _address(one):
    return Choice(f"address-{one.pk}", written(one), f"Since {on(one.from_on)}", about_address(one))

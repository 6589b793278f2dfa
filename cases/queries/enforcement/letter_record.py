"""What letters of enforcement are made from besides themselves, read at once for all that are made together.

`cases.queries.enforcement.letters.facts_of` makes each from it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Contact, Failure, Hearing, Letter
from cases.models.person import Address
from cases.queries.enforcement.answered_anew import breaches_of, of_breaches
from cases.queries.enquiries import homes_of
from cases.queries.reminders import About, about_each
from cases.reference.enforcement import LetterKind, LetterState, SentBy


@dataclass(frozen=True)
class OfRecord:
    """By the key of the case, and of failures and hearings by that of the letter."""

    about: dict[int, About]
    homes: dict[int, list[Address]]
    meetings: dict[int, Contact]  # the next
    failures: dict[int, list[Failure]]
    hearings: dict[int, Hearing]  # the next, of a letter that tells them of the court
    came_back: dict[tuple[int, str], date]  # by the address as well: when the last by post did

    @classmethod
    def of(cls, letters, now):
        """Eleven statements at most, however many letters."""
        cases = list({one.case_id: one.case for one in letters}.values())
        keys = [case.pk for case in cases]
        return cls(
            about=about_each(cases),
            homes=homes_of(keys),
            meetings=_meetings(keys, now),
            failures=_failures(letters),
            hearings=_hearings(letters, now),
            came_back=_came_back(keys),
        )


def _meetings(keys, now):
    to_come = Contact.objects.filter(case__in=keys).to_come(now).select_related("booking__place")
    first = to_come.order_by("case", "started_at", "pk").distinct("case")
    return {one.case_id: one for one in first}


def _failures(letters):
    """In the order in which they happened. Of a withdrawal those that are withdrawn as well."""
    warnings = [one.warning_id for one in letters if one.warning_id]
    breaches = [one.breach for one in letters if one.breach_id]
    rows = Failure.objects.filter(Q(warning__in=warnings) | of_breaches(breaches))
    of_warning, of_breach = defaultdict(list), defaultdict(list)
    for one in rows.select_related("decision__appointment__contact").order_by("happened_on", "pk"):
        of_warning[one.warning_id].append(one)
        for breach in breaches_of(one):
            of_breach[breach].append(one)
    found = {}
    for letter in letters:
        key = letter.warning_id or letter.breach_id
        of_cause = (of_warning if letter.warning_id else of_breach)[key] if key else []
        every = letter.kind == LetterKind.WITHDRAWAL
        found[letter.pk] = [one for one in of_cause if every or one.withdrawn_on is None]
    return found


def _hearings(letters, now):
    told = {one.pk: one.breach_id for one in letters if one.kind == LetterKind.BREACH}
    breaches = filter(None, told.values())
    to_come = Hearing.objects.filter(breach__in=breaches, said_at=None, called_off=False)
    first = to_come.filter(at__gt=now).order_by("breach", "at", "pk").distinct("breach")
    found = {one.breach_id: one for one in first}
    return {key: found[breach] for key, breach in told.items() if breach in found}


def _came_back(keys):
    back = Letter.objects.filter(
        case__in=keys, state=LetterState.RETURNED, sent_how=SentBy.POST
    ).order_by("returned_on")
    return {
        (case, address): on
        for case, address, on in back.values_list("case", "address", "returned_on")
    }

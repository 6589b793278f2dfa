"""How we get in touch with somebody: what they answered, what is safe, and reminders that follow it at once.

Source: product rules, safe contact. Once staff have asked the person, no extract says otherwise.
"""

from datetime import date

from django.db import transaction

from cases.models import Message, Person, Reachable
from cases.queries.contact_details import (
    ASKED_OF_PERSON,
    OF_NUMBER,
    OFFERED,
    WORDS_OF_PERSON,
    contact_answers,
)
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.agencies import Delivery, MessageKind
from cases.reference.contact_details import STANDS_FOR, Asked
from cases.rules.contact_details import check_way, same_way
from cases.services.checks import lock_case
from cases.services.reminders import arrange_reminders_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

GONE = "One of these numbers or addresses is no longer on record. Look again."


@transaction.atomic
def set_contact_details(*, case, given, by, today, now, seen=None):
    """Keep what the person answered today: `given` as `contact_answers` says what stands; any part of it.

    `seen`: marks of what stood when it was asked; None: what stands now is written over. What two people
    answered differently meanwhile is not written. Returns what became of it (`staff.rules.merging.Merged`).
    """
    case = lock_case(case)
    names = names_for(case, actions_on(case, by))
    stands = contact_answers(case, names)
    if not given.keys() <= stands.keys():
        raise RuleBroken(GONE)
    outcome = merged(marks(stands, given) if seen is None else seen, given, stands)
    person, _ = Person.objects.get_or_create(case=case)
    _write_person(person, outcome.write, names)
    for row in case.reachable.select_for_update().order_by("pk"):
        _write_number(row, outcome.write, names)
    for home in case.addresses.select_for_update().order_by("pk"):
        if f"write_{home.pk}" in outcome.write:
            home.safe_to_write = STANDS_FOR[Asked(outcome.write[f"write_{home.pk}"])]
            home.save(update_fields=["safe_to_write"])
    if not outcome.conflicts:
        person.contact_asked_on, person.contact_asked_by = today, by
        person.save(update_fields=["contact_asked_on", "contact_asked_by"])
    record(by=by, action="set_contact_details", crn=case.crn, answers=_answers(outcome.write))
    arrange_reminders_of(case=case, now=now)
    return outcome


@transaction.atomic
def add_contact(*, case, kind, value, safe, by, today, now, shared_with="", note=""):
    """Keep another number or e-mail address. `safe`: True, False, or None where nobody has asked yet."""
    case = lock_case(case)
    value = check_way(kind, value)
    if any(same_way(value, one) for one in case.reachable.values_list("value", flat=True)):
        raise RuleBroken("This is on record already. Say there whether it is safe.")
    made = Reachable.objects.create(
        case=case,
        kind=kind,
        value=value,
        safe=safe,
        shared_with=" ".join(shared_with.split()),
        note=" ".join(note.split()),
    )
    record(by=by, action="added_contact", crn=case.crn, reachable=made.pk, kind=kind, safe=safe)
    arrange_reminders_of(case=case, now=now)
    return made


@transaction.atomic
def remove_contact(*, case, reachable, by, now):
    """Take out a number or address that is not theirs any more.

    Never one that nDelius sent: the next extract would bring it back as one nobody has asked about.
    """
    case = lock_case(case)
    row = case.reachable.select_for_update().filter(pk=reachable.pk).first()
    if row is None:
        raise RuleBroken(GONE)
    if row.imported:
        raise RuleBroken(
            "This came from nDelius and is taken out there. Until then say that it is not safe to use."
        )
    key = row.pk
    row.delete()
    record(by=by, action="removed_contact", crn=case.crn, reachable=key)
    arrange_reminders_of(case=case, now=now)


def being_sent(case):
    """Whether a reminder was being handed over at this moment, so that it could not be stopped any more."""
    going = Message.objects.filter(kind=MessageKind.REMINDER, delivery=Delivery.GOING)
    return going.filter(appointment__contact__case=case).exists()


def _write_person(person, write, names):
    for name in write.keys() & {*ASKED_OF_PERSON}:
        setattr(person, name, STANDS_FOR[Asked(write[name])])
    for name in write.keys() & {*WORDS_OF_PERSON}:
        setattr(person, name, names.put_back(write[name].strip(), getattr(person, name)))
    if OFFERED in write:
        person.welsh_offered_on = date.fromisoformat(write[OFFERED]) if write[OFFERED] else None
    person.save()


def _write_number(row, write, names):
    given = {
        column: write[f"{name}_{row.pk}"]
        for name, column in OF_NUMBER.items()
        if f"{name}_{row.pk}" in write
    }
    if not given:
        return
    for column, value in given.items():
        answer = column == "safe"
        said = STANDS_FOR[Asked(value)] if answer else names.put_back(value, getattr(row, column))
        setattr(row, column, said)
    row.save()


def _answers(write):
    """What was answered yes, no or not asked, by the codes of the questions; never words."""
    return {name: value for name, value in write.items() if value in set(Asked)}

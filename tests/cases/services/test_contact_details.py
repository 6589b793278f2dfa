"""How we get in touch: kept with who asked and when, and reminders follow what was said at once."""

import pytest

from cases.models import Message, Person
from cases.queries.contact_details import contact_answers, how_reminded, when_asked
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.agencies import Delivery
from cases.services.contact_details import add_contact, remove_contact, set_contact_details
from cases.services.messages import send_waiting
from cases.services.reminders import arrange_reminder
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases.a_reminder import booked, set_up, somebody, texts
from tests.cases.services.test_reminders import AT, DUE
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    CaseFactory,
    ReachableFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    set_up(settings, tmp_path)
    return tmp_path


@pytest.fixture
def case():
    return somebody()


def answer(case, seen=None, **given):
    return set_contact_details(
        case=case, given=given, by=case.officer, today=TODAY, now=NOW, seen=seen
    )


def the(case):
    return case.reachable.get()


def stands(case):
    return contact_answers(case, names_for(case, ()))


def test_what_they_said_is_kept_with_the_day_and_who_asked(case):
    home = AddressFactory(case=case)

    answer(
        case,
        **{
            "may_text": "no",
            "may_email": "yes",
            "wants_welsh": "yes",
            "welsh_offered_on": "2018-09-03",
            "needs_interpreter": "no",
            "first_language": "Welsh",
            f"safe_{the(case).pk}": "no",
            f"shared_{the(case).pk}": "His sister",
            f"write_{home.pk}": "no",
        },
    )

    person = Person.objects.get(case=case)
    assert (person.may_text, person.may_email, person.wants_welsh) == (False, True, True)
    assert (person.contact_asked_on, person.contact_asked_by) == (TODAY, case.officer)
    assert (the(case).safe, the(case).shared_with) == (False, "His sister")
    home.refresh_from_db()
    assert home.safe_to_write is False
    entry = Entry.objects.get(action="set_contact_details")
    assert entry.by == case.officer
    assert entry.detail["answers"]["may_text"] == "no"
    assert "sister" not in str(entry.detail)
    assert when_asked(case) == f"Asked on 1 October 2018 by {case.officer.name}"


@pytest.mark.parametrize("what", ["safe", "may_text"])
@pytest.mark.parametrize("said", ["no", "not_asked"])
def test_a_no_stops_the_reminder_that_waits_at_once(case, folder, what, said):
    arrange_reminder(appointment=booked(case, at=AT), now=NOW)

    answer(case, **{what if what == "may_text" else f"safe_{the(case).pk}": said})

    assert Message.objects.get().delivery == Delivery.CANCELLED
    assert send_waiting(now=DUE) == 0
    assert not texts(folder)


def test_a_yes_writes_the_reminder_of_what_is_booked_already():
    case = somebody(may_text=None)
    assert arrange_reminder(appointment=booked(case, at=AT), now=NOW) is None

    answer(case, may_text="yes")

    assert Message.objects.get().delivery == Delivery.WAITING


def test_a_yes_after_a_no_writes_it_anew(case, folder):
    arrange_reminder(appointment=booked(case, at=AT), now=NOW)
    answer(case, may_text="no")

    answer(case, may_text="yes")

    assert send_waiting(now=DUE) == 1
    assert len(texts(folder)) == 1


def test_what_is_written_over_keeps_the_names_that_its_writer_may_not_see(case):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    answer(case, language_notes="Beryl interprets.", **{f"note_{the(case).pk}": "Not Beryl's."})
    hub = UserFactory(role=Role.HUB)
    drawn = contact_answers(case, names_for(case, actions_on(case, hub)))
    name = f"note_{the(case).pk}"
    written = {key: f"{drawn[key]} Ring first." for key in ("language_notes", name)}

    set_contact_details(case=case, given=written, by=hub, today=TODAY, now=NOW)

    assert drawn[name] == "Not [name protected]'s."
    assert the(case).note == "Not Beryl's. Ring first."
    assert Person.objects.get(case=case).language_notes == "Beryl interprets. Ring first."


def test_a_page_that_was_open_meanwhile_does_not_undo_that_it_is_not_safe(case):
    name = f"safe_{the(case).pk}"
    drawn = stands(case)
    answer(case, **{name: "no"})

    done = answer(case, seen=marks(drawn, drawn), **drawn | {"may_email": "yes"})

    assert not done.conflicts
    assert the(case).safe is False
    assert Person.objects.get(case=case).may_email is True


def test_two_who_heard_different_answers_are_told_so(case):
    name = f"safe_{the(case).pk}"
    drawn = stands(case)
    answer(case, **{name: "no"})

    done = answer(case, seen=marks(drawn, drawn), **drawn | {name: "not_asked"})

    assert done.conflicts == (name,)
    assert the(case).safe is False


def test_what_is_no_longer_on_record_is_refused(case):
    with pytest.raises(RuleBroken, match="no longer on record"):
        answer(case, safe_999999="yes")


def add(case, **given):
    known = {"kind": "mobile", "value": "07700 900999", "safe": True} | given
    return add_contact(case=case, by=case.officer, today=TODAY, now=NOW, **known)


def test_a_number_that_is_added_as_safe_has_the_reminders_sent_to_it():
    case = somebody(safe=False)
    arrange_reminder(appointment=booked(case, at=AT), now=NOW)

    add(case)

    assert Message.objects.get().address == "07700900999"
    assert how_reminded(case) == (
        "Reminders of appointments go by text to the mobile that ends in 999."
    )


@pytest.mark.parametrize(
    "kind, value, refusal",
    [
        ("mobile", "+44 7700 900123", "on record already"),
        ("mobile", "0118 496 0123", "mobile number that can be texted"),
        ("telephone", "496 0123", "whole number with its area"),
        ("email", "alex at post", "whole e-mail address"),
    ],
)
def test_what_cannot_be_used_or_is_there_is_refused(case, kind, value, refusal):
    with pytest.raises(RuleBroken, match=refusal):
        add(case, kind=kind, value=value)


def test_one_that_is_not_theirs_any_more_is_taken_out_and_its_reminder_with_it(case):
    arrange_reminder(appointment=booked(case, at=AT), now=NOW)

    remove_contact(case=case, reachable=the(case), by=case.officer, now=NOW)

    assert not case.reachable.exists()
    assert Message.objects.get().delivery == Delivery.CANCELLED


def test_one_that_ndelius_sent_is_not_taken_out_here():
    case = CaseFactory()
    row = ReachableFactory(case=case, imported=True)

    with pytest.raises(RuleBroken, match="taken out there"):
        remove_contact(case=case, reachable=row, by=case.officer, now=NOW)


def test_how_they_are_reminded_says_why_by_nothing(case):
    answer(case, **{f"safe_{the(case).pk}": "no"})

    assert how_reminded(case) == (
        "No reminder of an appointment goes to them. It is not safe to text or e-mail them."
    )

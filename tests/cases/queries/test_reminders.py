"""A reminder as it is shown: as it will go, as it went, or why none goes. Never the whole of a number."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.models import Appointment, Contact, Message
from cases.queries.names import names_for
from cases.queries.reminders import reminder_preview, reminder_shown
from cases.reference.agencies import Delivery
from cases.services.messages import cancel_message, send_waiting
from cases.services.policy import meeting_policy
from cases.services.reminders import arrange_reminder
from tests.cases.a_reminder import booked, set_up, somebody
from tests.factories import NOW, TODAY, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 9, 13, 30, tzinfo=UTC)
DUE = datetime(2018, 10, 8, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    set_up(settings, tmp_path)


def shown(appointment, now=NOW):
    case = appointment.contact.case
    return reminder_shown(appointment, meeting_policy(TODAY), now, names_for(case, ()))


def test_as_it_will_go():
    appointment = booked(somebody(), at=AT)

    arrange_reminder(appointment=appointment, now=NOW)

    found = shown(appointment)
    assert (found.goes, found.means, found.to) == (True, "Text message", "ends in 123")
    assert found.when == "8 October 2018, 10am"
    assert found.words.startswith("Hello Alex.")
    assert found.state == "It will go by itself."


@pytest.mark.parametrize(
    "delivery, says, failed",
    [
        (Delivery.SENT, "It has been sent.", False),
        (Delivery.FAILED, "It could not be delivered. Tell them another way that is safe.", True),
        (Delivery.UNSURE, "It may not have arrived.", True),
    ],
)
def test_as_it_went_also_when_it_could_not_go_any_more(delivery, says, failed):
    case = somebody()
    appointment = booked(case, at=AT)
    message = arrange_reminder(appointment=appointment, now=NOW)
    Message.objects.filter(pk=message.pk).update(delivery=delivery, settled_at=DUE)
    case.reachable.update(safe=False)

    found = shown(appointment, DUE)

    assert (found.goes, found.failed) == (True, failed)
    assert found.state.startswith(says)


def test_why_none_goes_and_whether_to_ask():
    found = shown(booked(somebody(safe=None), at=AT))

    assert (found.goes, found.to_ask, found.words) == (False, True, "")
    assert found.because == "They have not been asked whether it is safe to text or e-mail them"


def test_a_number_that_is_unsafe_as_a_telephone_is_not_texted_as_a_mobile():
    case = somebody()
    case.reachable.create(kind="telephone", value="+44 7700 900 123", safe=False)

    found = shown(booked(case, at=AT))

    assert (found.goes, found.to_ask) == (False, False)


def test_that_somebody_stopped_it():
    appointment = booked(somebody(), at=AT)
    message = arrange_reminder(appointment=appointment, now=NOW)
    cancel_message(message=message, by=UserFactory(), now=NOW)

    assert shown(appointment).because == "Somebody decided that it is not to go"


def test_one_that_waits_in_its_last_hours_is_still_shown_as_waiting():
    appointment = booked(somebody(), at=AT)
    arrange_reminder(appointment=appointment, now=NOW)

    assert shown(appointment, AT - timedelta(hours=2)).state == "It will go by itself."


def test_one_that_was_sent_is_shown_with_when():
    appointment = booked(somebody(), at=AT)
    arrange_reminder(appointment=appointment, now=NOW)
    send_waiting(now=DUE)

    assert shown(appointment, DUE).when == "8 October 2018, 10am"


def test_before_it_is_booked_it_is_shown_as_it_would_go():
    case = somebody()
    planned = Appointment(
        contact=Contact(case=case, type_code="COPT", started_at=AT), where="telephone", remind=True
    )

    found = reminder_preview(
        case, meeting_policy(TODAY), NOW, names_for(case, ()), appointment=planned
    )

    assert found.words.startswith("Hello Alex. We will ring you on Tuesday 9 October at 2:30pm.")
    assert not Message.objects.exists()

"""Reminders: one of each appointment and time, none that no longer may go, asked again as it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connections

from cases.models import Appointment, Message, Reachable
from cases.reference.agencies import Delivery, Means
from cases.reference.codes import CaseState, CustodyStatus
from cases.reference.reminders import NoReminder
from cases.services.messages import (
    cancel_message,
    find_unsure,
    say_it_went,
    send_again,
    send_waiting,
)
from cases.services.reminders import arrange_reminder, arrange_reminders_of, drop_reminders
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_reminder import MOBILE, booked, set_up, somebody, texts
from tests.factories import (
    NOW,
    AgencyFactory,
    PlaceFactory,
    ReachableFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 9, 13, 30, tzinfo=UTC)  # a Tuesday, 2:30pm by the clock on the wall
DUE = datetime(2018, 10, 8, 9, tzinfo=UTC)  # 10am the day before
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    set_up(settings, tmp_path)
    return tmp_path


@pytest.fixture
def case():
    return somebody()


@pytest.fixture
def appointment(case):
    return booked(case, at=AT)


def the_message():
    return Message.objects.get()


def as_stands():
    return (the_message().delivery, the_message().problem)


def say(case, **answers):
    type(case.person).objects.filter(case=case).update(**answers)


# Written when it is booked


def test_a_reminder_waits_for_ten_in_the_morning_of_the_day_before(appointment):
    message = arrange_reminder(appointment=appointment, now=NOW)

    assert (message.means, message.address) == (Means.TEXT, MOBILE)
    assert (message.delivery, message.not_before) == (Delivery.WAITING, DUE)
    assert message.body == (
        "Hello Alex. You have an appointment on Tuesday 9 October at 2:30pm. If you cannot, please tell us."
    )
    entry = Entry.objects.get(action="arranged_reminder")
    assert entry.crn == appointment.contact.case.crn
    assert MOBILE not in str(entry.detail)


def test_arranged_again_it_is_the_same_one(appointment):
    first = arrange_reminder(appointment=appointment, now=NOW)

    again = arrange_reminder(appointment=appointment, now=NOW + timedelta(days=2))

    assert again == first
    assert again.not_before == DUE
    assert Entry.objects.filter(action="arranged_reminder").count() == 1


@pytest.mark.parametrize("answers", [{"may_text": None}, {"may_text": False}])
def test_none_is_written_without_their_yes(answers):
    appointment = booked(somebody(**answers), at=AT)

    assert arrange_reminder(appointment=appointment, now=NOW) is None
    assert not Message.objects.exists()


@pytest.mark.parametrize("safe", [None, False])
def test_none_is_written_to_a_mobile_that_is_not_known_to_be_safe(safe):
    appointment = booked(somebody(safe=safe), at=AT)

    assert arrange_reminder(appointment=appointment, now=NOW) is None


def test_an_email_goes_from_an_address_that_does_not_say_who_we_are(case, settings):
    settings.DEFAULT_FROM_EMAIL = "desk@thamesvalleycrc.example"
    say(case, may_text=False, may_email=True)
    ReachableFactory(case=case, kind="email", value="alex@post.example")
    place = PlaceFactory(
        name="Reading Probation Office", telephone="0118 496 0123", how_to_find="Canal Street"
    )
    arrange_reminder(appointment=booked(case, at=AT, place=place), now=NOW)

    assert send_waiting(now=DUE) == 1

    (sent,) = mail.outbox
    whole = sent.message().as_string()
    assert sent.to == ["alex@post.example"]
    assert sent.from_email == "appointments@post.example"
    assert sent.subject == "Reminder: Tuesday 9 October"
    assert "Where: Canal Street." in sent.body
    assert "please ring 0118 496 0123" in sent.body
    for word in ("crc", "probation", "supervision"):
        assert word not in whole.lower()


def test_no_email_goes_where_no_such_address_is_set_up(case, settings):
    settings.REMIND_FROM = ""
    say(case, may_text=False, may_email=True)
    ReachableFactory(case=case, kind="email", value="alex@post.example")

    assert arrange_reminder(appointment=booked(case, at=AT), now=NOW) is None


def test_in_welsh_for_whoever_chose_it(case):
    say(case, wants_welsh=True)

    message = arrange_reminder(appointment=booked(case, at=AT), now=NOW)

    assert message.body.startswith(
        "Helo Alex. Mae gennych apwyntiad ddydd Mawrth 9 Hydref am 14:30."
    )


def test_by_the_name_they_like_to_be_called(case):
    say(case, preferred_name="Lex")

    assert "Hello Lex." in arrange_reminder(appointment=booked(case, at=AT), now=NOW).body


# What changes before it goes


def test_one_that_is_called_off_is_dropped_with_the_reason_kept(appointment):
    arrange_reminder(appointment=appointment, now=NOW)
    call_off(appointment)

    assert drop_reminders(appointment=appointment, now=NOW) == 1

    assert as_stands() == (Delivery.CANCELLED, NoReminder.CALLED_OFF)
    assert send_waiting(now=DUE) == 0


def call_off(appointment):
    Appointment.objects.filter(pk=appointment.pk).update(
        called_off_at=NOW, asked_by="service", called_off_because="We cannot be there."
    )


def at_another_time(appointment, starts_at):
    type(appointment.contact).objects.filter(pk=appointment.contact_id).update(started_at=starts_at)


def test_at_another_time_the_old_one_is_dropped_and_a_new_one_written(appointment):
    arrange_reminder(appointment=appointment, now=NOW)
    at_another_time(appointment, AT + timedelta(days=1))

    new = arrange_reminder(appointment=appointment, now=NOW)

    assert new.not_before == DUE + timedelta(days=1)
    old = Message.objects.exclude(pk=new.pk).get()
    assert (old.delivery, old.problem) == (Delivery.CANCELLED, NoReminder.OTHER_TIME)


def test_back_at_its_time_the_one_that_was_dropped_is_written_anew(appointment):
    first = arrange_reminder(appointment=appointment, now=NOW)
    at_another_time(appointment, AT + timedelta(days=1))
    arrange_reminder(appointment=appointment, now=NOW)
    at_another_time(appointment, AT)

    again = arrange_reminder(appointment=appointment, now=NOW)

    assert again.pk == first.pk
    assert (again.delivery, again.problem, again.not_before) == (Delivery.WAITING, "", DUE)


def test_what_has_gone_is_never_written_again(appointment, folder):
    arrange_reminder(appointment=appointment, now=NOW)
    send_waiting(now=DUE)

    arrange_reminder(appointment=appointment, now=DUE + MINUTE)
    drop_reminders(appointment=appointment, now=DUE + MINUTE)
    arrange_reminder(appointment=appointment, now=DUE + MINUTE)

    assert send_waiting(now=DUE + MINUTE) == 0
    assert len(texts(folder)) == 1
    assert the_message().delivery == Delivery.SENT


def test_what_somebody_stopped_by_hand_is_not_written_again(appointment):
    cancel_message(
        message=arrange_reminder(appointment=appointment, now=NOW),
        by=UserFactory(role=Role.HUB),
        now=NOW,
    )

    arrange_reminder(appointment=appointment, now=NOW)

    assert the_message().delivery == Delivery.CANCELLED


def test_what_waits_follows_the_number_that_is_safe_now(case, appointment):
    arrange_reminder(appointment=appointment, now=NOW)
    Reachable.objects.filter(case=case).update(safe=False)
    ReachableFactory(case=case, value="07700 900456")

    arrange_reminders_of(case=case, now=NOW)

    assert (the_message().address, the_message().delivery) == ("07700900456", Delivery.WAITING)


# Asked again as it is about to go


def held(case):
    SentenceFactory(case=case, custody_status=CustodyStatus.IN_CUSTODY)


STOPS = {
    "called off": (lambda one: call_off(one), NoReminder.CALLED_OFF),
    "recorded": (
        lambda one: type(one.contact).objects.filter(pk=one.pk).update(outcome_code="AACL"),
        NoReminder.RECORDED,
    ),
    "moved": (lambda one: at_another_time(one, AT + MINUTE), NoReminder.OTHER_TIME),
    "unsafe": (
        lambda one: Reachable.objects.filter(case=one.contact.case).update(safe=False),
        NoReminder.NOT_SAFE,
    ),
    "not known to be safe": (
        lambda one: Reachable.objects.filter(case=one.contact.case).update(safe=None),
        NoReminder.SAFETY_NOT_ASKED,
    ),
    "another number": (
        lambda one: Reachable.objects.filter(case=one.contact.case).update(value="07700 900999"),
        NoReminder.OTHER_WAY,
    ),
    "no number": (
        lambda one: Reachable.objects.filter(case=one.contact.case).delete(),
        NoReminder.NO_WAY,
    ),
    "said no": (lambda one: say(one.contact.case, may_text=False), NoReminder.REFUSED),
    "in custody": (lambda one: held(one.contact.case), NoReminder.HELD),
    "no longer supervised": (
        lambda one: (
            type(one.contact.case)
            .objects.filter(pk=one.contact.case_id)
            .update(state=CaseState.NO_SENTENCE)
        ),
        NoReminder.NOT_SUPERVISED,
    ),
    "not wanted": (
        lambda one: Appointment.objects.filter(pk=one.pk).update(remind=False),
        NoReminder.NOT_WANTED,
    ),
}


@pytest.mark.parametrize("what", sorted(STOPS))
def test_what_changed_where_nobody_told_the_outbox_stops_it_at_the_last_moment(
    appointment, folder, what
):
    arrange_reminder(appointment=appointment, now=NOW)
    happens, because = STOPS[what]
    happens(appointment)

    assert send_waiting(now=DUE) == 0

    assert as_stands() == (Delivery.CANCELLED, because)
    assert not texts(folder)
    dropped = Entry.objects.get(action="dropped_reminder")
    assert dropped.detail["because"] == because


def test_one_that_was_held_up_until_night_goes_in_the_morning(case, folder):
    appointment = booked(case, at=AT)
    arrange_reminder(appointment=appointment, now=NOW)

    assert send_waiting(now=datetime(2018, 10, 8, 20, 30, tzinfo=UTC)) == 0  # 9:30pm
    assert the_message().not_before == datetime(2018, 10, 9, 7, tzinfo=UTC)
    assert send_waiting(now=datetime(2018, 10, 9, 6, 59, tzinfo=UTC)) == 0
    assert send_waiting(now=datetime(2018, 10, 9, 7, tzinfo=UTC)) == 1
    assert len(texts(folder)) == 1


def test_one_that_was_held_up_until_the_last_hour_does_not_go(appointment, folder):
    arrange_reminder(appointment=appointment, now=NOW)

    assert send_waiting(now=AT - timedelta(minutes=59)) == 0
    assert as_stands() == (Delivery.CANCELLED, NoReminder.TOO_LATE)
    assert not texts(folder)


def test_without_anybody_to_carry_texts_one_that_waits_is_dropped(appointment, settings):
    arrange_reminder(appointment=appointment, now=NOW)
    settings.TEXTS, settings.TEXT_READY = {}, False

    assert send_waiting(now=DUE) == 0
    assert as_stands() == (Delivery.CANCELLED, NoReminder.NOT_SET_UP)


def test_one_that_does_not_go_holds_up_no_other(case, folder):
    stopped, goes = booked(case, at=AT), booked(case, at=AT + timedelta(minutes=30))
    arrange_reminder(appointment=stopped, now=NOW)
    arrange_reminder(appointment=goes, now=NOW)
    call_off(stopped)

    assert send_waiting(now=DUE) == 1
    assert [key for key, _ in texts(folder)] == [Message.objects.get(appointment=goes).key]


@pytest.mark.django_db(transaction=True)
def test_while_somebody_is_at_work_on_the_case_its_reminder_is_left_for_the_next_sweep(folder):

    case = somebody()
    arrange_reminder(appointment=booked(case, at=AT), now=NOW)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT FROM cases_case WHERE id = %s FOR NO KEY UPDATE", [case.pk])
            assert send_waiting(now=DUE) == 0
            cursor.execute("UPDATE cases_reachable SET safe = false WHERE case_id = %s", [case.pk])
            cursor.execute("COMMIT")
    finally:
        other.close()

    assert the_message().delivery == Delivery.WAITING
    assert send_waiting(now=DUE + MINUTE) == 0
    assert as_stands() == (Delivery.CANCELLED, NoReminder.NOT_SAFE)
    assert not texts(folder)


# What a person decides of one that may have gone


def unsure(appointment):
    message = arrange_reminder(appointment=appointment, now=NOW)
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.GOING)
    find_unsure(now=DUE)
    return the_message()


def test_one_that_may_have_gone_is_sent_again_by_nobody_but_a_person(appointment, folder):
    message = unsure(appointment)
    arrange_reminder(appointment=appointment, now=DUE)

    assert send_waiting(now=DUE) == 0

    send_again(message=message, by=UserFactory(role=Role.HUB), now=DUE)
    assert send_waiting(now=DUE) == 1
    assert len(texts(folder)) == 1


def test_a_person_sends_none_again_to_where_it_is_no_longer_safe(case, appointment):
    message = unsure(appointment)
    Reachable.objects.filter(case=case).update(safe=False)

    with pytest.raises(RuleBroken, match="It is not safe to text or e-mail them"):
        send_again(message=message, by=UserFactory(role=Role.HUB), now=DUE)


def test_a_person_sends_it_again_to_the_mobile_that_is_safe_now(case, appointment, folder):
    message = unsure(appointment)
    Reachable.objects.filter(case=case).update(value="07700 900999")

    send_again(message=message, by=UserFactory(role=Role.HUB), now=DUE)

    send_waiting(now=DUE)
    ((_, sent),) = texts(folder)
    assert "To: 07700900999" in sent


def test_a_person_may_say_that_it_went(appointment):
    say_it_went(message=unsure(appointment), by=UserFactory(role=Role.HUB), now=DUE)

    assert the_message().delivery == Delivery.SENT


def test_requests_to_agencies_go_as_ever_beside_reminders(appointment, folder):
    arrange_reminder(appointment=appointment, now=NOW)
    agency = AgencyFactory()
    Message.objects.create(
        key="request-1-1", kind="request", agency=agency, address=agency.email, subject="EN", body="Asked.",
        not_before=NOW, at=NOW,
    )  # fmt: skip

    assert send_waiting(now=DUE) == 2
    assert len(mail.outbox) == 1
    assert len(texts(folder)) == 1

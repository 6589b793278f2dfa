from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Message
from cases.queries.work import ENDS_AT
from cases.services.digests import write_digests
from staff.permissions import Role
from tests.factories import (
    AbsenceFactory,
    CaseFactory,
    DeadlineFactory,
    FlagFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = date(2018, 10, 16), date(2018, 10, 17)


def write(today=TUESDAY, size=50):
    """Run to the end, and say how many were written."""
    step = write_digests(today=today, now=now(), size=size)
    after, written = 0, 0
    while after is not None:
        after, counts = step(after)
        written += counts["written"]
    return written


@pytest.fixture
def officer():
    return UserFactory(email="officer@crc.example")


def owed(officer, due_on=date(2018, 10, 15), **columns):
    return DeadlineFactory(
        case=CaseFactory(officer=officer, team=officer.team), due_on=due_on, **columns
    )


def test_an_officer_is_told_how_much_and_on_whose_cases_and_no_name(officer):
    late, today = owed(officer), owed(officer, TUESDAY, kind="place_person")
    owed(officer, WEDNESDAY)

    write()

    message = Message.objects.get()
    assert (message.user, message.address, message.kind) == (officer, officer.email, "digest")
    assert message.subject == "Your work today: 2 due or late"
    assert message.body.startswith("2 things for today or late, 1 of them late.\n")
    assert message.body.index(late.case.crn) < message.body.index(today.case.crn)
    assert f"/cases/{late.case.crn}/\n" in message.body
    assert f"{reverse('my-work')}\n" in message.body
    assert late.case.surname not in message.body + message.subject
    assert "{" not in message.body


def test_nothing_is_written_to_whoever_owes_nothing_or_has_no_address_or_has_left():
    owed(UserFactory(email="a@crc.example"), WEDNESDAY)
    owed(UserFactory(email=""))
    owed(UserFactory(email="b@crc.example", is_active=False))

    assert write() == 0


def test_a_second_run_of_the_same_day_writes_nothing_more(officer):
    owed(officer)

    write()
    write()

    assert Message.objects.count() == 1
    write(WEDNESDAY)
    assert Message.objects.count() == 2


def test_whoever_is_away_is_not_written_to_and_their_cover_holds_their_rows(officer):
    deadline = owed(officer)
    cover = UserFactory(email="cover@crc.example")
    today = localdate()
    AbsenceFactory(user=officer, cover=cover, from_on=today, to_on=today)

    write(today)

    message = Message.objects.get()
    assert message.user == cover
    assert deadline.case.crn in message.body


def test_without_cover_the_senior_holds_them(officer):
    deadline = owed(officer)
    senior = UserFactory(role=Role.SPO, team=officer.team, email="spo@crc.example")
    today = localdate()
    AbsenceFactory(user=officer, from_on=today, to_on=today)

    write(today)

    message = Message.objects.get()
    assert message.user == senior
    assert deadline.case.crn in message.body


def test_a_head_is_written_to_on_the_first_working_day_of_the_week(officer):
    head = UserFactory(role=Role.HEAD, email="head@crc.example")
    FlagFactory(deadline=owed(officer), told=Role.HEAD)

    days = [date(2018, 10, 15) + timedelta(days=n) for n in range(5)]
    for day in days:
        write(day)

    written = Message.objects.filter(user=head).values_list("key", flat=True)
    assert list(written) == [f"digest-{head.pk}-2018-10-15"]


def test_a_case_of_limited_access_is_told_to_nobody_shut_out(officer):
    deadline = owed(officer)
    limit(deadline.case, restricted=True)

    assert write() == 0


def test_a_long_list_names_the_first_of_it_and_counts_the_rest(officer):
    for _ in range(ENDS_AT + 2):
        owed(officer)

    write()

    assert "And 2 more things.\n" in Message.objects.get().body


@pytest.mark.parametrize("size", [1, 2, 50])
def test_digests_do_not_depend_on_the_size_of_a_chunk(size):
    team = TeamFactory()
    for n in range(4):
        owed(UserFactory(team=team, email=f"{n}@crc.example"))

    assert write(size=size) == 4

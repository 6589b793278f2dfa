"""The board of releases: whom it shows to whom, what narrows it, and that its counts are its lists."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Limit
from cases.rules.calendar import add_working_days, is_working_day
from staff.permissions import Role
from tests.factories import (
    NOW,
    AppointmentFactory,
    NeedFactory,
    PrisonFactory,
    ReferralFactory,
    TeamFactory,
    UserFactory,
)
from tests.ttg.a_release import at, leaving, ready, worker_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def in_days(days, **columns):
    return leaving(release_on=localdate() + timedelta(days=days), **columns)


def board(client, user, **codes):
    client.force_login(user)
    return client.get(reverse("releases"), codes)


def next_weekday(weekday):
    """The first such day from tomorrow on that is neither a bank holiday nor before one."""
    day = localdate() + timedelta(days=1)
    while day.weekday() != weekday or not is_working_day(day) or (weekday < 4 and add_working_days(day, 1) != day + timedelta(days=1)):  # fmt: skip
        day += timedelta(days=1)
    return day


def csv_of(client, **codes):
    answer = client.get(reverse("releases-csv"), codes)
    return b"".join(answer.streaming_content).decode()


def crns(answer):
    return re.findall(r'data-row id="(\w+)"', answer.content.decode())


def found(client, user, **codes):
    return crns(board(client, user, **codes))


def test_whoever_leaves_first_stands_first_and_whose_day_is_not_known_last(client, head):
    later, first = in_days(40), in_days(3)
    unknown = leaving(release_on=None, release_kind="")

    assert found(client, head) == [first.case.crn, later.case.crn, unknown.case.crn]


def test_an_officer_sees_their_team_and_a_worker_those_they_work_with(client):
    stay, other = in_days(3), in_days(4)

    assert found(client, stay.case.officer) == [stay.case.crn]
    assert found(client, worker_on(other)) == [other.case.crn]


def test_a_worker_begins_their_day_on_the_board(client):
    client.force_login(UserFactory(role=Role.RESETTLEMENT))

    answer = client.get(reverse("home"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("releases")


@pytest.mark.parametrize(
    ("band", "days"),
    [("overdue", -1), ("week", 7), ("2", 8), ("4", 28), ("8", 30), ("12", 84), ("later", 85)],
)
def test_each_band_lists_whoever_leaves_in_it(client, head, band, days):
    stay = in_days(days)
    in_days(200 if band != "later" else 7)

    assert found(client, head, band=band) == [stay.case.crn]


def test_the_count_of_a_band_is_the_length_of_the_list_it_opens(client, head):
    for days in (1, 2, 30):
        in_days(days)
    page = board(client, head).content.decode()

    (count, href) = re.search(
        r'data-label="People"><a [^>]*href="([^"]*band=week[^"]*)">(\d+)<', page
    ).group(2, 1)

    client.force_login(head)
    assert int(count) == len(crns(client.get(href.replace("&amp;", "&")))) == 2


def test_the_count_of_those_not_ready_opens_them_alone(client, head):
    in_days(3)
    stay = ready(release_on=localdate() + timedelta(days=3))
    stay.case.contacts.filter(type_code="COAP").update(started_at=f"{stay.release_on} 10:00+00:00")
    referral = stay.needs.get().referrals.get()
    referral.first_at = f"{stay.release_on} 11:00+00:00"
    referral.save()

    page = board(client, head)

    assert len(crns(page)) == 2
    assert stay.case.crn not in found(client, head, not_ready="1")
    assert len(found(client, head, not_ready="1")) == 1


def test_a_drug_need_with_no_service_asked_is_found_by_itself(client, head):
    unanswered, asked = in_days(3), in_days(3)
    NeedFactory(custody=unanswered)
    ReferralFactory(need=NeedFactory(custody=asked), sent_at=NOW)

    page = found(client, head, drugs="1")

    assert page == [unanswered.case.crn]


def test_prison_officer_and_team_narrow_it_by_codes(client, head):
    stay = in_days(3, prison=PrisonFactory(name="HMP Woodhill"))
    in_days(4, prison=PrisonFactory(name="HMP Springhill"))
    case = stay.case

    assert found(client, head, prison=stay.prison_id) == [case.crn]
    assert found(client, head, officer=case.officer_id) == [case.crn]
    assert found(client, head, team=case.team.code) == [case.crn]


def test_a_code_that_is_not_on_offer_narrows_nothing_and_breaks_nothing(client, head):
    stay = in_days(3)

    assert found(client, head, prison="x", band="y", officer="0") == [stay.case.crn]


def test_those_released_lately_are_listed_apart(client, head):
    in_days(3)
    left = in_days(-5, released_on=localdate() - timedelta(days=5))
    in_days(-60, received_on=localdate() - timedelta(days=90), released_on=localdate() - timedelta(days=60))  # fmt: skip

    assert found(client, head, show="released") == [left.case.crn]


def test_a_case_of_limited_access_is_a_masked_row_and_no_count(client, head):
    stay = in_days(3)
    Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")

    page = board(client, head).content.decode()

    assert stay.case.surname not in page
    assert "Pat Lane" in page
    assert "0 people" in page


def test_pages_of_a_long_board_go_on_where_the_one_before_ended(client, head):
    team = TeamFactory()
    officer = UserFactory(team=team)
    stays = [in_days(3 + n // 2, case__team=team, case__officer=officer) for n in range(53)]

    first = board(client, head)
    href = re.search(r'href="([^"]*after=\d+)"', first.content.decode()).group(1)
    rest = client.get(href.replace("&amp;", "&"))

    assert len(crns(first)) == 50
    assert sorted(crns(first) + crns(rest)) == sorted(one.case.crn for one in stays)


@pytest.mark.parametrize("number", [5, 60])
def test_the_board_takes_as_many_statements_for_sixty_as_for_five(client, head, number):
    team = TeamFactory()
    officer = UserFactory(team=team)
    for n in range(number):
        in_days(n, case__team=team, case__officer=officer)
    board(client, head)

    with CaptureQueriesContext(connection) as asked:
        board(client, head)

    assert len(asked) == 41


def test_a_bad_day_to_leave_is_said_on_the_row(client, head):
    friday = leaving(release_on=next_weekday(4))
    wednesday = leaving(release_on=next_weekday(2))

    page = board(client, head).content.decode()

    row = page[page.index(f'id="{friday.case.crn}"') :].split("</tr>")[0]
    assert "do not open again until" in row
    other = page[page.index(f'id="{wednesday.case.crn}"') :].split("</tr>")[0]
    assert "do not open again" not in other


def two_of_whom_one_cannot_keep_their_first_days():
    day = next_weekday(2)
    stay, other = leaving(release_on=day), leaving(release_on=day)
    for one in (stay, other):
        ReferralFactory(
            need=NeedFactory(custody=one), state="booked", received_by="Jo Hale", first_at=at(day, 11), first_where="Hidden Lane",
        )  # fmt: skip
    AppointmentFactory(case=stay.case, at=at(day, 11), officer=stay.case.officer)
    return stay, other


def test_what_cannot_be_kept_in_the_first_days_is_said_on_the_row_without_what_or_where(
    client, head
):
    stay, _ = two_of_whom_one_cannot_keep_their_first_days()

    answer = board(client, head).content.decode()

    row = answer[answer.index(f'id="{stay.case.crn}"') :].split("</tr>")[0]
    assert "First days: at the same time." in row
    assert "Hidden Lane" not in answer
    assert answer.count("First days:") == 1
    assert "First days: at the same time." in csv_of(client)


def test_those_whose_first_days_cannot_be_kept_are_found_by_themselves_on_the_page_and_in_the_file(
    client, head
):
    stay, other = two_of_whom_one_cannot_keep_their_first_days()
    unknown = leaving(release_on=None, release_kind="")
    assert len(found(client, head)) == 3

    page = board(client, head, first_days="1")

    assert crns(page) == [stay.case.crn]
    assert "First days cannot be kept" in page.content.decode()
    file = csv_of(client, first_days="1")
    assert stay.case.crn in file
    for one in (other, unknown):
        assert one.case.crn not in file


@pytest.mark.parametrize("filtered", ["drugs", "first_days"])
def test_the_count_of_a_band_is_the_length_of_the_list_it_opens_also_where_more_is_asked_for(
    client, head, filtered
):
    stay, other = two_of_whom_one_cannot_keep_their_first_days()
    NeedFactory(custody=stay)
    page = board(client, head, **{filtered: "1"}).content.decode()

    (href, count) = re.search(r'data-label="People"><a [^>]*href="([^"]*band=[^"]*)">(\d+)<', page).groups()  # fmt: skip

    assert f"{filtered}=1" in href
    assert int(count) == len(crns(client.get(href.replace("&amp;", "&")))) == 1


@pytest.mark.parametrize("number", [2, 20])
def test_who_cannot_keep_their_first_days_is_told_in_as_many_statements_for_many_as_for_few(
    client, head, number
):
    officer = UserFactory()
    for _ in range(number):
        two_of_whom_one_cannot_keep_their_first_days()
    Case.objects.update(team=officer.team, officer=officer)
    board(client, head, first_days="1")

    with CaptureQueriesContext(connection) as asked:
        board(client, head, first_days="1")

    assert len(asked) == 50


def test_the_file_holds_the_same_people_and_is_for_those_who_may_export(client, head):
    stay = in_days(3)
    client.force_login(head)

    answer = client.get(reverse("releases-csv"))
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert lines[1].startswith(stay.case.crn)
    client.force_login(UserFactory(role=Role.RESETTLEMENT))
    assert client.get(reverse("releases-csv")).status_code == 403

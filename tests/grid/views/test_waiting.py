"""Waiting lists: who stands where on one, and how many wait on each. Positions are of the whole list, whoever reads it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Limit
from cases.reference.codes import Rosh, Sex
from grid.models import Referral
from grid.reference.groups import PlaceState
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import RegistrationFactory, TeamFactory, UserFactory
from tests.grid.a_man_at_work import at_work, by_day, by_night
from tests.grid.a_place import somebody
from tests.grid.planned_series import AMENDS, NOW, TUESDAYS, member, planned, waits

pytestmark = pytest.mark.django_db
LONG = "Featherstonehaugh-Cholmondeley-Majoribanks"


@pytest.fixture(autouse=True)
def monday():
    with frozen(NOW):
        yield


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


@pytest.fixture
def see(client, head):
    def read(name="waiting-list", by=None, **asked):
        client.force_login(by or head)
        args = [] if name in ("waiting-lists", "unmet-needs") else [AMENDS]
        answer = client.get(reverse(name, args=args), asked)
        assert answer.status_code == 200
        return answer

    return read


def on_list(since, **known):
    case = somebody(**known)
    referral = waits(case)
    Referral.objects.filter(pk=referral.pk).update(waiting_since=since)
    return case


def positions(answer):
    return [(row.position, row.crn) for row in answer.context["rows"]]


def test_who_has_waited_longest_is_first_and_what_each_may_expect_is_said(see):
    later, first = on_list(date(2018, 8, 20)), on_list(date(2018, 8, 6))
    series = planned(places=4)
    for _ in range(3):
        member(series, somebody())

    answer = see()
    said = words(answer)

    assert positions(answer) == [(1, first.crn), (2, later.crn)]
    assert "Expects to begin on 2 October 2018 at Oxford office" in said
    assert "Every planned place goes to somebody ahead of them." in said
    assert "They have waited since 6 August 2018." in said
    assert "4 weeks" in said
    assert "Needs another way" in said
    assert "Positions are of the whole list" in said


def test_positions_are_of_the_whole_list_where_the_reader_reaches_only_a_part(see):
    mine, team = TeamFactory(), TeamFactory()
    on_list(date(2018, 8, 6), team=team)
    theirs = on_list(date(2018, 8, 20), team=mine)
    officer = UserFactory(team=mine)

    answer = see(by=officer)

    assert positions(answer) == [(2, theirs.crn)]
    assert "1 shown of 2 people on the list" in words(answer)


def test_whoever_is_shut_out_sees_the_masked_row_alone(see, head):
    kept, seen = on_list(date(2018, 8, 6), surname=LONG), on_list(date(2018, 8, 20))
    Limit.objects.create(case=kept, restricted=True, message="Kept.", ask="Pat Lane")

    answer = see()

    assert positions(answer) == [(2, seen.crn)]
    assert LONG not in answer.content.decode()
    assert "Pat Lane" in words(answer)
    assert LONG not in b"".join(see("waiting-list-csv").streaming_content).decode()


def test_somebody_with_a_place_in_it_is_on_the_list_no_more(see):
    case = on_list(date(2018, 8, 6))
    member(planned(), case, referral=Referral.objects.get(case=case))

    assert "People who wait for this would be listed here" in words(see())


def test_a_place_that_is_kept_is_said_beside_them(see):
    case = on_list(date(2018, 8, 6))
    until = NOW.replace(day=5)
    member(planned(), case, PlaceState.KEPT, referral=Referral.objects.get(case=case), kept_until=until)  # fmt: skip

    assert "A place is kept" in words(see())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"time": "daytime"}, {"free"}),
        ({"time": "weekend"}, {"free", "at work"}),
        ({"women": "on"}, {"free"}),
        ({"expects": "place"}, {"free"}),
        ({"expects": "nothing"}, {"at work"}),
        ({"expects": "late"}, set()),
    ],
)
def test_the_list_is_narrowed_by_what_each_could_come_to(see, asked, found):
    free = on_list(date(2018, 8, 6), sex=Sex.FEMALE)
    by_day()
    tied, _ = at_work()
    names = {free.crn: "free", tied.crn: "at work"}

    assert {names[crn] for _, crn in positions(see(**asked))} == found


def test_the_list_is_narrowed_by_place_and_team(see):
    case = on_list(date(2018, 8, 6))
    near = planned().place
    other = TeamFactory()
    on_list(date(2018, 8, 7), team=other)

    assert len(positions(see(site=str(near.pk)))) == 2
    assert [crn for _, crn in positions(see(team=case.team.code))] == [case.crn]


def test_what_is_not_on_offer_is_said_on_the_form(see):
    on_list(date(2018, 8, 6))

    answer = see(site="999999")

    assert len(positions(answer)) == 1
    assert answer.context["form"].errors


def test_the_file_has_the_rows_of_the_list_and_the_trail_says_who_took_it(see, head):
    case = on_list(date(2018, 8, 6), surname="=SUM(A1)")
    planned()

    head_row, row = b"".join(see("waiting-list-csv").streaming_content).decode().splitlines()

    assert head_row.startswith("Position,CRN,Name")
    assert row.startswith(f"1,{case.crn},")
    assert "Expects to begin on 2 October 2018" in row
    assert Entry.objects.filter(action="export_cases", by=head).exists()


def test_there_is_no_list_of_what_is_not_in_the_catalogue(client, head):
    client.force_login(head)

    assert client.get(reverse("waiting-list", args=["horoscopes"])).status_code == 404


def test_a_long_list_goes_on_over_the_page(see):
    for _ in range(52):
        on_list(date(2018, 8, 6), asked=False)

    first = see()
    second = see(after=first.context["rows"][-1].crn)

    assert [len(positions(first)), len(positions(second))] == [50, 2]
    assert positions(second)[0][0] == 51
    assert not second.context["next"]


@pytest.mark.parametrize("name", ["waiting-list", "waiting-lists", "waiting-list-csv"])
def test_as_many_statements_for_sixty_people_as_for_five(see, name):
    by_night()
    list(see(name))  # the policies are read for the first time

    def statements(number):
        for _ in range(number - Referral.objects.count()):
            on_list(date(2018, 8, 6))
        with CaptureQueriesContext(connection) as queries:
            answer = see(name)
            if answer.streaming:
                assert len(b"".join(answer.streaming_content).splitlines()) == number + 1
        return len(queries)

    assert statements(5) == statements(60)


# All lists beside each other


def test_each_number_leads_to_its_list(client, see):
    on_list(date(2018, 8, 6))
    at_work()
    by_day(places=4)

    [row] = see("waiting-lists").context["rows"]

    assert (row.title, row.longest, row.places_left) == ("Making Amends", "4 weeks", 4)
    for number, count in ((row.wait, 2), (row.place, 1), (row.nothing, 1)):
        assert number.count == count
        assert len(client.get(number.href).context["rows"]) == count
    assert (row.late.count, row.late.href) == (0, "")
    assert client.get(row.places_href).status_code == 200


def test_a_series_that_nobody_can_join_any_more_has_no_places_left(see):
    on_list(date(2018, 8, 6))
    with frozen(NOW.replace(month=10, day=1)):
        planned(first_on=TUESDAYS[0])
        [row] = see("waiting-lists").context["rows"]

    assert row.places_left == 0


def test_where_nobody_waits_the_lists_say_so(see):
    assert "Interventions that somebody waits for" in words(see("waiting-lists"))


def test_nobody_without_a_part_in_it_reads_a_list(client):
    client.force_login(UserFactory(role=Role.HUB))

    for name, args in (("waiting-list", [AMENDS]), ("waiting-lists", []), ("unmet-needs", [])):
        assert client.get(reverse(name, args=args)).status_code == 403


def test_whoever_takes_files_of_cases_takes_nobody_whom_they_may_not_read_on_the_list(see):
    on_list(date(2018, 8, 6))

    file = see("waiting-list-csv", by=UserFactory(role=Role.HUB))

    assert len(b"".join(file.streaming_content).decode().splitlines()) == 1


@pytest.mark.parametrize("role", [Role.HEAD, Role.FACILITATOR])
def test_whom_it_suits_no_more_is_said_wherever_they_stand_on_the_list(client, see, role):
    case, reader = on_list(date(2018, 8, 6)), UserFactory(role=role)
    fits = on_list(date(2018, 8, 13))
    RegistrationFactory(case=case, type_code=Rosh.HIGH, started_on=NOW.date())
    why = "No longer suits: their risk goes to the NPS first."

    rows = see(by=reader).context["rows"]
    told = client.get(reverse("api-waiting-list", args=[AMENDS])).json()["results"]
    places = {one.crn: words(client.get(reverse("case-offers", args=[one.crn]))) for one in (case, fits)}  # fmt: skip

    assert {row.crn: row.no_longer for row in rows} == {case.crn: why, fits.crn: ""}
    assert {row["crn"]: row["no_longer_suits"] for row in told} == {case.crn: why, fits.crn: ""}
    assert {crn: why in said for crn, said in places.items()} == {case.crn: True, fits.crn: False}
    assert why in words(see(by=reader))


def test_the_file_says_it_too(see):
    RegistrationFactory(case=on_list(date(2018, 8, 6)), type_code=Rosh.HIGH, started_on=NOW.date())

    file = b"".join(see("waiting-list-csv").streaming_content).decode()

    assert "No longer suits: their risk goes to the NPS first." in file


def test_whoever_the_nps_keeps_is_on_no_list(see):
    kept, ours = somebody(retained_by="NPS South West"), somebody()
    for case in (kept, ours):
        waits(case)
    answer = see()
    assert [row.crn for row in answer.context["rows"]] == [ours.crn]
    assert kept.crn not in answer.content.decode()

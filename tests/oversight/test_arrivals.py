"""Who has come and is not settled: nobody named first, what is missing, and what is next."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.factories import (
    ArrivalFactory,
    CaseFactory,
    DeadlineFactory,
    RelatedPersonFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("arrivals"), reverse("arrivals-csv")
DAYS = timedelta(days=1)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def arrival(team, days=3, *, named=True, **columns):
    given = {} if named else {"officer": None}
    return ArrivalFactory(
        case=CaseFactory(team=team, **given), arrived_on=localdate() - days * DAYS, **columns
    )


def first_owed(one):
    today = localdate()
    DeadlineFactory(
        case=one.case,
        kind="first_appointment",
        triggered_on=today - 9 * DAYS,
        due_on=today - 7 * DAYS,
    )


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def test_whoever_nobody_holds_stands_first_and_is_red_from_the_first_working_day(client, spo, team):
    waits = arrival(team, 7, named=False)
    came_today = arrival(team, 0, named=False)
    held = arrival(team, 20)
    arrival(team, settled_on=localdate())

    answer = client.get(PAGE)

    assert crns(answer) == [one.case.crn for one in (waits, came_today, held)]
    tags = [row.tag and row.tag.colour for row in answer.context["rows"]]
    assert tags == ["red", "orange", None]
    assert f"the seniors of {team.name} hold it" in answer.content.decode()


def test_whoever_is_held_by_somebody_who_has_left_is_held_by_the_seniors(client, spo, team):
    gone = UserFactory(team=team, is_active=False)
    ArrivalFactory(case=CaseFactory(team=team, officer=gone), arrived_on=localdate() - 7 * DAYS)

    (row,) = client.get(PAGE).context["rows"]

    assert row.tag.colour == "red"
    assert row.holds == f"{gone.name} has left, and the seniors of {team.name} hold it"
    assert row.next.text == "Name an officer"


def test_the_next_thing_to_do_is_what_the_reader_may_do(client, spo, team):
    unbooked, named = arrival(team, 2), arrival(team, 1)
    first_owed(unbooked)
    rows = {row.crn: row for row in client.get(PAGE).context["rows"]}
    assert rows[unbooked.case.crn].next.text == "Book it"
    assert "late" in rows[unbooked.case.crn].late
    assert rows[named.case.crn].next.text == "See what came"

    client.force_login(UserFactory(role=Role.AUDITOR))
    rows = {row.crn: row for row in client.get(PAGE, {"team": "all"}).context["rows"]}

    assert rows[unbooked.case.crn].next.text == "See what came"


def test_what_is_missing_is_said_by_what_was_done_about_it(client, spo, team):
    said = {one: {"state": "came", "on": "2018-11-01"} for one in ("allocation", "rsr", "report", "order", "record")}  # fmt: skip
    arrival(team, brought=said | {"police": {"state": "asked", "on": "2018-11-01"}})

    (row,) = client.get(PAGE).context["rows"]

    assert row.lacks == [
        "Not looked for: children’s social care enquiry and registers",
        "Asked for: police enquiry",
    ]


def test_each_count_of_a_team_opens_its_list(client, spo, team):
    first_owed(arrival(team, named=False))
    arrival(team, read_on=localdate(), note="He hit his brother in March.", read_by=spo)
    arrival(TeamFactory(), named=False)

    (line,) = [one for one in client.get(PAGE).context["teams"] if one.team == team.name]

    assert [link.count for _, link in line.counts] == [2, 1, 1, 1]
    for words, link in line.counts:
        assert len(crns(client.get(link.href))) == link.count, words


def test_an_officer_sees_those_of_their_team_and_no_counts_of_others(client, team):
    mine = arrival(team)
    arrival(TeamFactory())
    client.force_login(UserFactory(team=team))

    answer = client.get(PAGE)

    assert crns(answer) == [mine.case.crn]
    assert answer.context["teams"] == []


def test_a_case_of_limited_access_is_masked_and_counted_nowhere(client, spo, team):
    kept = arrival(team, named=False).case
    limit(kept, restricted=True, let_in=[UserFactory()])

    answer = client.get(PAGE)

    assert crns(answer) == []
    assert answer.context["teams"] == []
    assert "Ask the head of service" in answer.content.decode()


def test_cases_that_left_or_that_the_nps_keeps_are_not_arrivals_of_ours(client, spo, team):
    for columns in ({"left_as": "ended"}, {"retained_by": "Kim Lee"}):
        ArrivalFactory(case=CaseFactory(team=team, **columns))

    assert crns(client.get(PAGE)) == []


def test_the_list_goes_on_by_key_and_counts_the_whole(client, spo, team, monkeypatch):
    monkeypatch.setattr("oversight.views.arrivals.SIZE", 2)
    made = [arrival(team, 9 - n) for n in range(3)]

    first = client.get(PAGE)
    second = client.get(first.context["next"])

    assert first.context["shown"] == "3 arrivals"
    assert crns(first) + crns(second) == [one.case.crn for one in made]
    assert second.context["next"] == ""


def test_as_many_statements_are_made_for_sixty_as_for_five(
    client, spo, team, monkeypatch, django_assert_max_num_queries, django_assert_num_queries
):
    monkeypatch.setattr("oversight.views.arrivals.SIZE", 100)
    for _ in range(5):
        first_owed(arrival(team, named=False))
    client.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        client.get(PAGE)
    for _ in range(55):
        RelatedPersonFactory(case=arrival(team).case, protected=True)

    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_the_file_has_days_and_codes_and_nothing_that_was_written(client, spo, team):
    words = "His aunt in Reading said so."
    arrival(team, brought={"report": {"state": "none", "words": words}}, note=words, read_on=localdate(), read_by=spo)  # fmt: skip

    text = client.get(FILE).getvalue().decode()

    head, row = list(csv.reader(text.lstrip("\ufeff").splitlines()))
    assert len(head) == len(row)
    assert "aunt" not in text

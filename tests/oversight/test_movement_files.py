"""Hand-overs, escalations, who cannot be seen and endings, taken away as files and read over the API: what each holds."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.reference.holding import TransferState
from grid.models import Escalation
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    EndingFactory,
    PauseFactory,
    TeamFactory,
    TransferFactory,
    UserFactory,
    WhereaboutsFactory,
    limit,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WRITTEN = "Her aunt said so"  # in a box of free text
FEW, MANY = 5, 60


def a_hand_over(case):
    return TransferFactory(case=case, note=WRITTEN, offered_at=now() - 3 * DAY)


def an_escalation(case):
    today = localdate()
    DeadlineFactory(
        case=case, kind="answer_escalation", triggered_on=today - 9 * DAY, due_on=today - 2 * DAY
    )
    return Escalation.objects.create(
        case=case, because=WRITTEN, opened_on=today - 9 * DAY, state="referred"
    )


def a_pause(case):
    today = localdate()
    pause = PauseFactory(
        case=case, source=WRITTEN, from_on=today - 40 * DAY, last_seen_on=today - 45 * DAY
    )
    WhereaboutsFactory(pause=pause, on=today - 35 * DAY, said=WRITTEN)
    DeadlineFactory(case=case, kind="ask_whereabouts", due_on=today - 4 * DAY)
    return pause


def an_ending(case):
    answers = {"person_words": WRITTEN}
    return EndingFactory(case=case, ends_on=localdate() + 9 * DAY, answers=answers)


LISTS = {  # file: what puts a case on it, and the API's address of the same list
    "hand-overs-csv": (a_hand_over, "api-hand-overs"),
    "escalations-csv": (an_escalation, "api-escalations-across-cases"),
    "standing-still-csv": (a_pause, "api-pauses-across-cases"),
    "endings-csv": (an_ending, "api-endings-across-cases"),
}
PAGES = {
    "hand-overs-csv": "hand-overs",
    "escalations-csv": "escalations",
    "standing-still-csv": "standing-still-list",
    "endings-csv": "endings",
}


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def text_of(client, name):
    return client.get(reverse(name), {"team": "all"}).getvalue().decode()


def lines_of(client, name):
    return list(csv.DictReader(text_of(client, name).splitlines()))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_file_holds_the_list_as_far_as_its_reader_may_take_cases_away(client, spo, team, name):
    put, _ = LISTS[name]
    mine = put(CaseFactory(team=team, surname="=SUM(A1)")).case
    kept = put(CaseFactory(team=team)).case
    limit(kept, kept_out=[spo])
    elsewhere = put(CaseFactory()).case

    text = text_of(client, name)

    (line,) = csv.DictReader(text.splitlines())
    assert line["CRN"] == mine.crn
    assert line["Name"].startswith("'=SUM(A1)")
    assert line["Officer"] == mine.officer.name
    assert WRITTEN not in text
    assert not {kept.crn, elsewhere.crn} & set(text.replace(",", " ").split())
    taken = Entry.objects.filter(action=Action.EXPORT_CASES, detail__list=name.removesuffix("-csv"))
    assert [one.by for one in taken] == [spo]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_page_leads_to_its_file_for_those_who_may_take_cases_away_and_no_others(
    client, spo, team, name
):
    case = LISTS[name][0](CaseFactory(team=team)).case

    page = client.get(reverse(PAGES[name]), {"team": "all"}).content.decode()
    client.force_login(case.officer)
    officers = client.get(reverse(PAGES[name])).content.decode()

    assert reverse(name) in page
    assert reverse(name) not in officers
    assert client.get(reverse(name)).status_code == 403


def test_the_days_of_a_pause_are_in_its_file(client, spo, team):
    pause = a_pause(CaseFactory(team=team))

    (line,) = lines_of(client, "standing-still-csv")

    today = localdate()
    assert line["Why"] == "Warrant out"
    assert line["Since"] == str(pause.from_on)
    assert line["Last asked on"] == str(today - 35 * DAY)
    assert line["To be asked by"] == str(today - 4 * DAY)


def test_what_waits_for_an_answer_comes_before_what_was_refused_this_week(client, spo, team):
    refused = {"state": TransferState.REFUSED, "because": WRITTEN}
    lately = TransferFactory(
        case=CaseFactory(team=team), answered_at=now() - 2 * DAY, answered_by=spo, **refused
    )
    TransferFactory(
        case=CaseFactory(team=team), answered_at=now() - 9 * DAY, answered_by=spo, **refused
    )
    waiting = a_hand_over(CaseFactory(team=team))

    lines = lines_of(client, "hand-overs-csv")
    answer = client.get(reverse("api-hand-overs")).json()

    assert [line["CRN"] for line in lines] == [waiting.case.crn, lately.case.crn]
    assert [one["crn"] for one in answer["results"]] == [waiting.case.crn]
    assert [one["crn"] for one in answer["refused"]] == [lately.case.crn]


def test_cases_that_nobody_looked_at_are_in_the_file_of_endings_without_a_last_day(
    client, spo, team
):
    over = CaseFactory(team=team, state="no_sentence")
    DeadlineFactory(case=over, kind="plan_action")

    text = client.get(reverse("endings-csv"), {"team": "all", "show": "unseen"}).getvalue().decode()

    (line,) = csv.DictReader(text.splitlines())
    assert (line["CRN"], line["Last day"]) == (over.crn, "")


def counted(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = client.get(address, {"team": "all"})
        answer.getvalue()
    return len(found)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_files_and_endpoints_take_as_many_statements_for_many_as_for_few(client, spo, team, name):
    put, endpoint = LISTS[name]
    addresses = [reverse(name), reverse(endpoint)]
    for _ in range(FEW):
        put(CaseFactory(team=team))
    few = [counted(client, address) for address in addresses]
    for _ in range(MANY - FEW):
        put(CaseFactory(team=team))

    many = [counted(client, address) for address in addresses]

    assert many == few
    assert len(lines_of(client, name)) == MANY


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_api_lists_the_same_with_what_is_kept_beside_it(client, spo, team, name):
    put, endpoint = LISTS[name]
    mine = put(CaseFactory(team=team)).case
    kept = put(CaseFactory(team=team)).case
    limit(kept, kept_out=[spo])

    answer = client.get(reverse(endpoint))

    body = answer.json()
    assert [one["crn"] for one in body["results"]] == [mine.crn]
    assert body["results"][0]["officer"] == mine.officer.username
    assert [one["crn"] for one in body["limited_access"]] == [kept.crn]
    assert WRITTEN not in answer.content.decode()

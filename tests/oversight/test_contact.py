"""Contact by officer and team: each number is what its list holds, and nobody is ranked."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from staff.permissions import Role
from tests.cases.views.test_contact_figures import seen, supervised
from tests.factories import (
    AbsenceFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, PEOPLE, FILE = reverse("contact-figures"), reverse("contact-people"), reverse("contact-csv")


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


@pytest.fixture
def head(client):
    return signed_in(client, Role.HEAD)


@pytest.fixture
def spo(client, team):
    return signed_in(client, Role.SPO, team=team)


def signed_in(client, role, **columns):
    user = UserFactory(role=role, **columns)
    client.force_login(user)
    return user


def planted(team, other):
    """Somebody under each code."""
    seen(supervised(team=team), 3)
    missed = supervised(team=team, planned="weekly")
    seen(missed, 5, attended=False, complied=False, outcome_code="AFTA")
    silent = supervised(team=other, planned="")
    seen(silent, 5, attended=None, outcome_code="")
    seen(silent, 7, type_code="COPT")
    seen(silent, 8, type_code="CHVS")
    supervised(team=other)
    held = supervised(team=team)
    SentenceFactory(case=held, custody_status="D")


def crns(page):
    return {row.crn for row in page.context["rows"]}


def cells_of(page):
    """Every number of the page, as links to the lists behind them."""
    rows = [*page["whole"], *page["teams"], *page["officers"]]
    return [cell for row in rows for cell in row.cells] + page["beside"]


@pytest.mark.parametrize("whose", ["all", "team"])
def test_every_number_opens_the_list_that_adds_up_to_it(client, head, team, whose):
    planted(team, TeamFactory())
    code = "all" if whose == "all" else team.code

    page = client.get(PAGE, {"team": code}).context

    cells = [cell for cell in cells_of(page) if cell.href]
    assert len(cells) > 8
    for cell in cells:
        assert adds_up(client.get(cell.href)) == int(cell.text), cell.hidden


def adds_up(page):
    """What the list behind a number comes to: people, or the sum of the column it is of."""
    rows, code = page.context["rows"], page.context["form"].code_asked()
    heads = [column.text for column in page.context["columns"]]
    titles = {"delivered": "Delivered", "planned": "Planned", "standard": "Standard", "offered": "Offered",
              "missed": "Offered, and not kept", "unsaid": "Offered, and nobody has said",
              "telephone": "By telephone", "home_visits": "At home"}  # fmt: skip
    if code not in titles:
        return len(rows)
    assert titles[code] in heads
    return sum(
        int(cell.text) for row in rows for cell in row.numbers if cell.hidden == titles[code]
    )


def test_teams_stand_by_name_and_add_up_to_the_whole(client, head, team):
    planted(team, TeamFactory(name="Zouch"))

    page = client.get(PAGE, {"team": "all"}).context

    assert [row.name for row in page["teams"]] == ["Abbey", "Zouch"]
    whole = page["whole"][0].cells
    for place, cell in enumerate(whole):
        assert int(cell.text) == sum(int(row.cells[place].text) for row in page["teams"])


def test_a_senior_sees_officers_of_their_team_by_the_alphabet_and_no_share(client, spo, team):
    for surname, times in (("Young", 6), ("Able", 0), ("Moss", 3)):
        officer = UserFactory(team=team, last_name=surname)
        case = supervised(team=team, officer=officer)
        for n in range(times):
            seen(case, n + 1)

    page = client.get(PAGE)

    assert [row.name.split()[-1] for row in page.context["officers"]] == ["Able", "Moss", "Young"]
    assert all(row.share == "" for row in page.context["officers"])
    assert page.content.decode().count("Too few to compare") == 1


def test_a_senior_sees_officers_of_no_other_team_unless_they_cover_it(client, spo):
    other = TeamFactory()
    case = supervised(team=other)

    before = client.get(PAGE, {"team": other.code}).context["officers"]
    asked = client.get(PEOPLE, {"team": other.code, "officer": case.officer.username})
    today = localdate()
    AbsenceFactory(
        user=UserFactory(role=Role.SPO, team=other), cover=spo, from_on=today, to_on=today
    )

    assert before == []
    assert asked.context["form"].errors.keys() == {"officer"}
    assert len(client.get(PAGE, {"team": other.code}).context["officers"]) == 1


@pytest.mark.parametrize("role", [Role.HEAD, Role.QUALITY, Role.AUDITOR])
def test_whoever_looks_across_sees_teams_and_no_officers(client, role, team):
    supervised(team=team)
    signed_in(client, role)

    for code in ("all", team.code):
        page = client.get(PAGE, {"team": code}).context
        assert page["officers"] == []
        assert "officer" not in page["form"].fields


def test_an_officer_sees_their_own_and_nobody_elses(client, team):
    officer = signed_in(client, Role.OFFICER, team=team)
    own = supervised(team=team, officer=officer)
    seen(supervised(team=team), 3)
    seen(own, 3)
    seen(own, 4)

    page, listed = client.get(PAGE), client.get(PEOPLE)

    assert page.context["whole"][0].cells[1].text == "2"
    assert page.context["teams"] == page.context["officers"] == []
    assert crns(listed) == {own.crn}
    assert "Officer</th>" not in listed.content.decode()


def test_a_share_is_shown_of_ten_people_and_of_no_fewer(client, head, team):
    for _ in range(9):
        supervised(team=team)
    few = client.get(PAGE, {"team": team.code}).context["whole"][0].share
    seen(supervised(team=team), 3)

    assert few == "Too few to compare"
    assert client.get(PAGE, {"team": team.code}).context["whole"][0].share == "1%"


def test_who_is_not_counted_is_said_with_the_reason(client, head, team):
    case = supervised(team=team)
    SentenceFactory(case=case, custody_status="D")

    page = client.get(PAGE).content.decode()
    listed = client.get(PEOPLE, {"code": "custody"})

    assert "Not counted: in custody" in page
    assert crns(listed) == {case.crn}
    assert listed.context["rows"][0].why == "In custody"


def test_the_list_says_why_a_plan_is_below_the_standard(client, head, team):
    supervised(team=team)
    supervised(team=team, because="")

    rows = client.get(PEOPLE, {"code": "below"}).context["rows"]

    assert {row.why for row in rows} == {
        "He works nights.",
        "The plan is below the standard and does not say why",
    }


def test_planned_stands_beside_the_standard_of_the_same_people(client, head, team):
    supervised(team=team, planned="weekly")
    supervised(team=team, planned="")

    page = client.get(PAGE, {"team": team.code})

    assert page.context["planned"] == (
        "Planned is of the 1 person whose plan says how often: planned 12, beside a standard of 12."
    )
    assert page.context["planned"] in page.content.decode()


def test_nobody_to_count_is_said(client, head):
    page, people = client.get(PAGE), client.get(PEOPLE)

    assert page.context["whole"][0].share == "Too few to compare"
    assert "People would be listed here" in people.content.decode()


def test_limited_access_is_counted_and_no_more_is_said(client, head, team):
    kept = supervised(team=team)
    seen(kept, 3)
    limit(kept, kept_out=[head])

    page, people = client.get(PAGE), client.get(PEOPLE)

    assert "Limited access: 1" in page.content.decode()
    assert page.context["whole"][0].cells[0].text == "0"
    assert crns(people) == set()
    assert kept.surname not in people.content.decode()


def test_the_file_holds_the_list_and_none_of_what_was_written(client, head, team):
    seen(supervised(team=team), 3)
    supervised(team=TeamFactory())

    answer = client.get(FILE, {"team": team.code})
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))

    assert [row["Delivered"] for row in rows] == ["1"]
    assert [row["Standard"] for row in rows] == ["12"]
    assert [row["Plan below the standard"] for row in rows] == ["Yes"]
    assert "nights" not in str(rows)


def test_a_long_list_goes_on_the_next_page(client, head, team):
    for _ in range(52):
        supervised(team=team)

    first = client.get(PEOPLE, {"team": team.code})
    second = client.get(first.context["next"])

    assert (len(crns(first)), len(crns(second))) == (50, 2)
    assert not crns(first) & crns(second)


def test_the_api_gives_the_same_numbers(client, head, team):
    planted(team, TeamFactory())
    api = APIClient()
    api.force_authenticate(head)

    body = api.get(reverse("api-contact-figures")).json()
    page = client.get(PAGE, {"team": "all"}).context

    assert [
        str(body["whole"][name]) for name in ("people", "delivered", "planned", "standard")
    ] == [cell.text for cell in page["whole"][0].cells[:4]]
    assert body["not_counted"] == {"custody": 1}
    assert {one["team"] for one in body["teams"]} >= {team.code}


def test_the_api_of_a_case_gives_its_figures_and_the_reason(client, team):
    case = supervised(team=team)
    seen(case, 3)
    api = APIClient()
    api.force_authenticate(case.officer)

    body = api.get(reverse("api-case-contact-figures", args=[case.crn])).json()

    assert body["figures"]["delivered"] == 1
    assert body["figures"]["standard"] == 12
    assert (body["below"], body["because"]) == (True, "He works nights.")
    assert body["last"] == (localdate() - timedelta(days=1)).isoformat()


@pytest.mark.parametrize("address", [PAGE, PEOPLE, FILE])
def test_it_takes_as_many_statements_for_sixty_people_as_for_five(client, head, team, address):
    counts = []
    for rows in (5, 45):
        for _ in range(rows):
            seen(supervised(team=team), 3)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, {"team": team.code})
            if answer.streaming:
                list(answer.streaming_content)
        counts.append(len(queries))

    assert counts[0] == counts[1]

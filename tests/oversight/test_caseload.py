"""The caseload page: whose cases, filters, order, paging, limited access and the CSV."""

import csv
from datetime import date
from itertools import chain

import pytest
from django.urls import reverse

from cases.models import Limit, Named
from cases.reference.codes import CaseState, Place
from oversight.queries import caseload as queries
from staff.models import Entry
from staff.permissions import Role
from staff.views.exports import csv_of
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    RaiseFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("caseload"), reverse("caseload-csv")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def officer(client, team):
    user = UserFactory(team=team)
    client.force_login(user)
    return user


@pytest.fixture
def hub(client, team):
    user = UserFactory(role=Role.HUB, team=team)
    client.force_login(user)
    return user


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def kept(case, *, message="This case is restricted.", ask="Pat Lane"):
    return Limit.objects.create(case=case, restricted=True, message=message, ask=ask)


def test_an_officer_starts_with_their_own_cases(client, officer, team):
    own = CaseFactory(officer=officer, team=team)
    CaseFactory(team=team)

    answer = client.get(PAGE)

    assert crns(answer) == [own.crn]


def test_an_officer_may_ask_for_the_teams_cases_but_for_no_others(client, officer, team):
    colleagues = CaseFactory(team=team)
    CaseFactory()

    answer = client.get(PAGE, {"whose": "team"})
    refused = client.get(PAGE, {"whose": "all"})

    assert crns(answer) == [colleagues.crn]
    assert "whose" in refused.context["form"].errors
    assert crns(refused) == []


def test_the_group_asked_for_is_the_group_shown(client, hub):
    placed = StandingFactory(place=Place.GROUP, group="MC75", needs="").case
    StandingFactory(place=Place.GROUP, group="L0", needs="")

    answer = client.get(PAGE, {"group": "MC75"})

    assert crns(answer) == [placed.crn]
    assert "Medium complex, 75 to 89" in answer.content.decode()


def test_a_person_who_cannot_be_placed_says_what_is_needed(client, hub):
    StandingFactory(needs="a risk of serious harm level")

    answer = client.get(PAGE, {"place": "cannot"})

    assert "Needs a risk of serious harm level" in answer.content.decode()


def test_an_overdue_check_is_counted_and_found(client, hub):
    late = EnquiryFactory().case  # due in 2018
    CaseFactory()

    answer = client.get(PAGE, {"overdue": "1"})

    assert crns(answer) == [late.crn]
    assert answer.context["rows"][0].overdue == 1


@pytest.mark.parametrize("sort", ["name", "group", "officer", "due", "overdue"])
def test_following_next_shows_everybody_once_in_every_order(client, hub, monkeypatch, sort):
    monkeypatch.setattr("oversight.views.caseload.SIZE", 2)
    cases = [CaseFactory(officer=None if n == 3 else UserFactory()) for n in range(5)]
    for case in cases[:2]:
        EnquiryFactory(case=case)
        DeadlineFactory(case=case)
    StandingFactory(case=cases[4], place=Place.GROUP, group="L0", needs="")

    seen, address = [], f"{PAGE}?sort={sort}"
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert sorted(seen) == sorted(case.crn for case in cases)


def test_a_case_of_limited_access_shows_its_masked_row_and_nothing_more(client, officer, team):
    case = CaseFactory(
        officer=UserFactory(team=team), team=team, surname="Hidden", forename="Zedekiah"
    )
    kept(case)

    page = client.get(PAGE, {"whose": "team"}).content.decode()

    assert case.crn in page
    assert "This case is restricted. Ask Pat Lane." in page
    assert "Hidden" not in page
    assert "Zedekiah" not in page


def test_the_masked_row_stays_whatever_is_filtered(client, officer, team):
    case = CaseFactory(team=team, sex="F")
    kept(case)

    women = client.get(PAGE, {"whose": "team", "women": "1"}).context["masked"]
    overdue = client.get(PAGE, {"whose": "team", "overdue": "1"}).context["masked"]

    assert [row.crn for row in women] == [row.crn for row in overdue] == [case.crn]


def test_those_let_in_see_the_case_as_any_other(client, officer, team):
    case = CaseFactory(team=team)
    Named.objects.create(limit=kept(case), user=officer, let_in=True)

    answer = client.get(PAGE, {"whose": "team"})

    assert crns(answer) == [case.crn]
    assert answer.context["masked"] == []


def test_the_file_holds_the_same_people_and_withholds_the_kept(client, hub):
    shown = CaseFactory(surname="Able")
    withheld = CaseFactory(surname="Hidden")
    kept(withheld)

    text = b"".join(client.get(FILE).streaming_content).decode()

    assert shown.crn in text
    assert withheld.crn not in text
    assert "Hidden" not in text


@pytest.mark.parametrize("sort", queries.SORTS)
def test_the_file_says_of_each_person_what_the_list_says_in_its_order(client, hub, sort):
    one_of_each_kind()
    asked = {"state": queries.ALL, "sort": sort}

    rows = client.get(PAGE, asked).context["rows"]
    head, *lines = csv.reader(b"".join(client.get(FILE, asked).streaming_content).decode().splitlines())  # fmt: skip

    assert head[0] == "CRN"
    assert lines == [
        [
            row.crn, row.name, row.officer, row.team, row.group or (row.tag.text if row.tag else ""), row.contact,
            row.due, row.due_on, str(row.overdue),
        ]
        for row in rows
    ]  # fmt: skip
    assert len(rows) == 9


def one_of_each_kind():
    """People who are placed, or not, each in another way; held by an officer, the NPS or nobody; with what is owed or without."""
    officer, unnamed = UserFactory(first_name="Asha", last_name="Khan"), UserFactory(first_name="", last_name="")  # fmt: skip
    StandingFactory(case=CaseFactory(officer=officer, team=TeamFactory()), place=Place.GROUP, group="MC75", needs="", contact_level="weekly")  # fmt: skip
    StandingFactory(case=CaseFactory(officer=unnamed), place=Place.CANNOT, group="", needs="a date of birth")  # fmt: skip
    StandingFactory(case=CaseFactory(), place=Place.ESCALATE, group="", needs="")
    StandingFactory(
        case=CaseFactory(retained_by="Pat Lane"), place=Place.RETAINED, group="", needs=""
    )
    StandingFactory(case=CaseFactory(), place=Place.NO_SENTENCE, group="", needs="")
    CaseFactory(officer=None, team=None, forename="")
    CaseFactory(state=CaseState.CLOSED)
    owed, kept_to = CaseFactory(), CaseFactory()
    EnquiryFactory(case=owed, due_on=date(2018, 1, 2))
    for kind, due_on in (("make_plan", date(2019, 3, 1)), ("review_case", date(2019, 2, 1))):
        DeadlineFactory(case=owed, kind=kind, due_on=due_on)
    DeadlineFactory(case=kept_to, kind="do_senior_action", due_on=date(2019, 1, 1))


def test_a_file_begins_before_its_first_row_is_found():
    rows = iter([["CRN"]])  # and none after it
    sent = csv_of(chain(rows, (pytest.fail("A row was looked for.") for _ in "x")), "caseload")

    assert next(iter(sent.streaming_content)) == b"CRN\r\n"


def test_no_row_of_a_long_file_is_lost_between_what_is_sent_at_once():
    rows = [["CRN"], *([f"X{n:06}"] for n in range(1001))]

    sent = list(csv_of(rows, "caseload").streaming_content)

    assert b"".join(sent).decode().split() == [cell for (cell,) in rows]
    assert len(sent) < len(rows) / 100


def test_a_name_that_looks_like_a_formula_is_made_harmless(client, hub):
    CaseFactory(surname="=1+1")

    text = b"".join(client.get(FILE).streaming_content).decode()

    assert ",'=1+1" in text or "\"'=1+1" in text


def test_an_officer_may_not_take_the_list_away(client, officer):
    assert client.get(FILE).status_code == 403
    assert client.get(PAGE).context["csv"] == ""


def test_a_code_that_is_not_on_offer_is_an_error_that_says_so(client, hub):
    answer = client.get(PAGE, {"group": "XX12"})

    assert answer.status_code == 200
    assert "group" in answer.context["form"].errors


def test_the_pages_of_a_case_lead_back_to_the_list_as_it_was_filtered(client, officer, team):
    case = CaseFactory(officer=officer, team=team)
    client.get(PAGE, {"whose": "team", "sort": "due"})

    page = client.get(reverse("case", args=[case.crn])).content.decode()

    assert (
        f'href="{PAGE}?whose=team&amp;sort=due#{case.crn}" class="govuk-back-link">My team&#x27;s cases'
        in page
    )


def test_nobody_in_reach_reads_as_an_empty_list(client, officer):
    assert "People on probation would be listed here" in client.get(PAGE).content.decode()


def test_what_was_raised_is_marked_until_it_is_assessed(client, officer):
    for assessed_on in (None, date(2018, 10, 9)):
        RaiseFactory(case=CaseFactory(officer=officer, team=officer.team), assessed_on=assessed_on)

    assert client.get(PAGE).content.decode().count("Provisional") == 1


def test_sixty_people_take_no_more_statements_than_five(
    client, hub, django_assert_num_queries, django_assert_max_num_queries
):
    def rows(count):
        for _ in range(count):
            case = EnquiryFactory().case
            StandingFactory(case=case)
            DeadlineFactory(case=case)

    rows(5)
    with django_assert_max_num_queries(15) as at_five:
        client.get(PAGE)

    rows(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)


@pytest.mark.parametrize("name", ["caseload", "checks-desk", "search"])
def test_opening_a_list_is_in_the_audit_trail(client, hub, name):
    client.get(reverse(name))

    opened = {"caseload": "list_cases", "checks-desk": "view_checks", "search": "search_cases"}
    assert Entry.objects.filter(by=hub, action=opened[name], refused=False).count() == 1


def test_who_may_not_see_checks_is_told_nothing_of_them_in_the_list(client):
    facilitator = UserFactory(role=Role.FACILITATOR)
    asked, other = CaseFactory(surname="Ash"), CaseFactory(surname="Birch")
    EnquiryFactory(case=other, due_on=date(2018, 1, 1))
    for case in (asked, other):
        AssignmentFactory(case=case, user=facilitator)
    client.force_login(facilitator)

    answers = [
        client.get(PAGE, codes)
        for codes in ({}, {"overdue": "on"}, {"loop": "asked"}, {"sort": "overdue"})
    ]

    for answer in answers:
        assert crns(answer) == [asked.crn, other.crn]
        assert reverse("case-checks", args=[other.crn]) not in answer.text
        for words in ("verdue check", "Loop of enquiry"):
            assert words not in answer.text


def test_an_officer_is_led_from_the_number_of_overdue_checks_to_them(client, officer, team):
    case = CaseFactory(officer=officer, team=team)
    EnquiryFactory(case=case, due_on=date(2018, 1, 1))

    answer = client.get(PAGE, {"overdue": "on"})

    assert reverse("case-checks", args=[case.crn]) in answer.text
    assert "Overdue checks" in answer.text


def test_an_address_that_no_page_wrote_starts_the_list_again(client, hub):
    case = CaseFactory()
    for after in ("\0", "no such", "9" * 40):
        assert case.crn in client.get(PAGE, {"after": after}).content.decode()

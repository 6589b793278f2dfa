"""Search: who is found by what, what stands in the address, and who is never found."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Identifier, Limit, OtherName
from staff.models import Entry
from staff.permissions import Role
from tests.factories import CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("search")


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    return user


def find(client, text):
    return client.post(PAGE, {"q": text}, follow=True)


def crns(answer):
    return [row["crn"] for row in answer.context["rows"]]


@pytest.fixture
def siobhan():
    return CaseFactory(
        crn="X123456",
        surname="O'Brien-Lée",
        forename="Siobhan",
        sort_name="obrienlee siobhan",
        born_on=date(1985, 3, 7),
    )


@pytest.mark.parametrize(
    "text",
    ["X123456", "x123456", " x 123 456 ", "obrien", "O'Brien-Lée", "siobhan", "Siob Obrien",
     "obrienlee, siobhan", "7/3/1985", "07.03.1985", "7 March 1985", "7 Mar 1985",
     "1985-03-07"],
)  # fmt: skip
def test_a_person_is_found_by_number_date_or_the_start_of_each_name(client, officer, siobhan, text):
    CaseFactory(surname="Other")

    assert crns(find(client, text)) == ["X123456"]


@pytest.mark.parametrize("text", ["2004/0712343H", "04/712343H", "2004/712343h"])
def test_a_pnc_number_is_found_however_it_is_written(client, officer, siobhan, text):
    Identifier.objects.create(case=siobhan, kind="pnc", value="04/712343H", match="2004/0712343H")

    assert crns(find(client, text)) == ["X123456"]


def test_an_alias_finds_the_person(client, officer, siobhan):
    OtherName.objects.create(
        case=siobhan, previous=False, surname="Smith", sort_name="smith jo", forename="Jo"
    )

    assert crns(find(client, "jo smith")) == ["X123456"]


@pytest.mark.parametrize("text", ["rien", "X12345", "8/3/1985", "31/02/1985"])
def test_nothing_is_guessed(client, officer, siobhan, text):
    assert crns(find(client, text)) == []


def test_no_name_stands_in_an_address(client, officer, siobhan):
    answer = find(client, "Siobhan")

    assert "siobhan" not in answer.request["PATH_INFO"].lower()
    assert answer.request["QUERY_STRING"] == ""


def test_results_are_open_to_nobody_else(client, officer, siobhan):
    address = find(client, "Siobhan").request["PATH_INFO"]
    client.force_login(UserFactory())

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("text", ["Hidden", "7/3/1985", "2004/0712343H"])
def test_a_kept_person_is_never_found_by_name_birth_or_number(client, officer, text):
    case = CaseFactory(surname="Hidden", sort_name="hidden alex", born_on=date(1985, 3, 7))
    Identifier.objects.create(case=case, kind="pnc", value="x", match="2004/0712343H")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    answer = find(client, text)

    assert crns(answer) == []
    assert case.crn not in answer.content.decode()


def test_the_exact_crn_of_a_kept_person_gives_the_masked_row(client, officer):
    case = CaseFactory(crn="X654321", surname="Hidden")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    page = find(client, "X654321").content.decode()

    assert "Restricted. Ask Pat Lane." in page
    assert "Hidden" not in page


def test_a_masked_row_alone_is_not_counted_as_nobody(client, officer):
    kept = CaseFactory(crn="X654321")
    Limit.objects.create(case=kept, restricted=True, message="Restricted.", ask="Pat Lane")

    assert find(client, "X654321").context["shown"] == "Limited access"


def test_a_person_out_of_reach_is_named_but_not_linked(client, officer, siobhan):
    row = find(client, "siobhan").context["rows"][0]

    assert row["name"] == "O'Brien-Lée, Siobhan"
    assert row["href"] == ""


def test_an_empty_search_says_what_to_type(client, officer):
    assert "Type a name, CRN" in find(client, "  ").content.decode()


def test_a_very_long_search_is_cut_and_answered(client, officer):
    assert find(client, "a" * 5000).status_code == 200


def test_every_search_and_everybody_found_is_in_the_audit_trail(client, officer, siobhan):
    find(client, "siobhan")

    trail = Entry.objects.filter(by=officer).values_list("action", "crn")
    assert ("searched", "") in trail
    assert ("found", "X123456") in trail


def test_a_role_without_search_is_refused(client):
    client.force_login(UserFactory(role=Role.MENTOR))

    assert client.get(PAGE).status_code == 403

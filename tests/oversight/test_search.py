"""Search: who is found by what, what stands in the address, and who is never found."""

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Identifier, Limit, OtherName, Person
from cases.services.names import key_names
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


def nearly(answer):
    return [row["crn"] for row in answer.context["near"]]


def known(**names):
    """Somebody whose name can be found with a slip in it too."""
    case = CaseFactory(**names)
    key_names()
    return case


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


@pytest.mark.parametrize("text", ["Jones", "jones alex", "alex jones", "Smith", "Smith-Jones", "Smith Jones", "smithjones"])  # fmt: skip
def test_a_double_surname_is_found_by_either_half(client, officer, text):
    case = CaseFactory(surname="Smith-Jones", forename="Alex", sort_name="smithjones alex")

    assert crns(find(client, text)) == [case.crn]


@pytest.mark.parametrize("text", ["Walsh", "O'Brien", "obrien walsh", "walsh mary"])
def test_a_double_surname_of_two_words_is_found_by_either(client, officer, text):
    case = CaseFactory(surname="O'Brien Walsh", forename="Mary", sort_name="obrien walsh mary")

    assert crns(find(client, text)) == [case.crn]


@pytest.mark.parametrize("text", ["Edith", "marsden edith", "edith", "Édith Marsden", "alex edith marsden", "Jane"])  # fmt: skip
def test_middle_names_find_the_person(client, officer, text):
    case = CaseFactory(surname="Marsden", forename="Alex", sort_name="marsden alex")
    Person.objects.create(case=case, middle_names="Édith Mary-Jane")

    assert crns(find(client, text)) == [case.crn]


def test_those_listed_under_what_was_typed_stand_above_those_found_otherwise(client, officer):
    half = CaseFactory(surname="Abel-Jones", forename="Zoe", sort_name="abeljones zoe")
    second = CaseFactory(surname="Abel Jones", forename="Bo", sort_name="abel jones bo")
    middle = CaseFactory(surname="Bell", forename="Ann", sort_name="bell ann")
    Person.objects.create(case=middle, middle_names="Jones")
    other = CaseFactory(surname="Bond", forename="Cy", sort_name="bond cy")
    OtherName.objects.create(case=other, previous=True, surname="Jones", sort_name="jones")
    those = [CaseFactory(surname="Jones", forename=name, sort_name=f"jones {name}") for name in ("al", "zed")]  # fmt: skip

    assert crns(find(client, "Jones")) == [one.crn for one in [*those, second, half, middle, other]]


def test_a_first_name_that_was_typed_stands_above_a_middle_name(client, officer):
    middle = CaseFactory(surname="Smith", forename="Adam", sort_name="smith adam")
    Person.objects.create(case=middle, middle_names="John")
    first = CaseFactory(surname="Smith", forename="John", sort_name="smith john")

    assert crns(find(client, "john smith")) == [first.crn, middle.crn]


def test_those_found_by_half_a_name_come_last_where_there_are_too_many(client, officer):
    half = CaseFactory(surname="Abel-Jones", sort_name="abeljones")
    for number in range(50):
        CaseFactory(surname="Jones", sort_name=f"jones {number:02}")

    answer = find(client, "jones")

    assert len(crns(answer)) == 50
    assert half.crn not in crns(answer)


def test_half_a_surname_and_a_middle_name_are_found_nearly_too(client, officer):
    half = known(surname="Hartley-Kowalski", forename="Jo", sort_name="hartleykowalski jo")
    middle = known(surname="Bell", forename="Ann", sort_name="bell ann")
    Person.objects.create(case=middle, middle_names="Siobhan")
    key_names()

    assert nearly(find(client, "Kovalsky")) == [half.crn]
    assert nearly(find(client, "shivaun bell")) == [middle.crn]


@pytest.mark.parametrize("text", ["Kept", "Edith", "alex edith", "Keptt", "edihth"])
def test_a_kept_person_is_never_found_by_half_a_surname_or_a_middle_name(client, officer, text):
    case = CaseFactory(surname="Hidden-Kept", forename="Alex", sort_name="hiddenkept alex")
    Person.objects.create(case=case, middle_names="Edith")
    key_names()
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    answer = find(client, text)

    assert crns(answer) + nearly(answer) == []
    assert case.crn not in answer.content.decode()


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


@pytest.mark.parametrize(
    "text",
    [
        "Shivaun Obrien",
        "siobhan obrein lee",
        "Siobhon O'Brien-Lee",
        "Obrienle siobhan",
    ],
)
def test_a_name_that_is_typed_as_it_is_said_is_found_below(client, officer, siobhan, text):
    known(surname="Jones", forename="Mary", sort_name="jones mary")

    answer = find(client, text)

    assert siobhan.crn in crns(answer) + nearly(answer)
    assert len(crns(answer) + nearly(answer)) == 1


def test_who_answers_exactly_is_not_among_those_who_nearly_do(client, officer):
    exact = known(surname="Smith", forename="Jon", sort_name="smith jon")
    near = known(surname="Smyth", forename="John", sort_name="smyth john")

    answer = find(client, "jon smith")

    assert (crns(answer), nearly(answer)) == ([exact.crn], [near.crn])
    assert answer.context["shown"] == "1 person, and 1 nearly what you typed"
    assert "Nearly what you typed" in answer.content.decode()


def test_the_nearest_comes_first_and_ten_at_most(client, officer):
    for number in range(12):
        known(surname="Smythe", forename=f"P{number}", sort_name="smythe paula")
    nearest = known(surname="Smith", forename="Paul", sort_name="smith paul")

    found = nearly(find(client, "smtih paul"))

    assert found[0] == nearest.crn
    assert len(found) == 10


def test_two_words_of_a_name_may_be_typed_as_one_and_one_as_two(client, officer):
    souza = known(surname="De Souza", forename="Ana", sort_name="de souza ana")
    donald = known(surname="McDonald", forename="Ian", sort_name="mcdonald ian")

    assert crns(find(client, "desouza ana")) == [souza.crn]
    assert nearly(find(client, "mc donald ian")) == [donald.crn]


def also_known(case, previous=False, **names):
    """Another name they are known by, which the search of what is near finds as well."""
    sort_name = f"{names['surname']} {names['forename']}".lower()
    OtherName.objects.create(case=case, previous=previous, sort_name=sort_name, **names)
    key_names()


def answered_by(answer, which="rows"):
    return [row["answered_by"] for row in answer.context[which]]


@pytest.mark.parametrize(
    ("previous", "said"),
    [(False, "Also known as: Jo Kowalski"), (True, "Previous name: Jo Kowalski")],
)
def test_a_hit_says_which_other_name_answered(client, officer, siobhan, previous, said):
    siobhan.officer = officer
    siobhan.save()
    also_known(siobhan, previous, surname="Kowalski", forename="Jo")

    assert answered_by(find(client, "kowalski")) == [said]
    assert answered_by(find(client, "siobhan kowal")) == [said]
    assert answered_by(find(client, "Kovalsky"), "near") == [said]
    assert said in find(client, "kowalski").content.decode()


@pytest.mark.parametrize("text", ["siobhan", "obrien lee", "lee", "shivaun", "robert", "X123456"])
def test_a_hit_by_their_own_name_or_number_says_nothing_of_others(client, officer, siobhan, text):
    siobhan.officer = officer
    siobhan.save()
    Person.objects.create(case=siobhan, middle_names="Robert-Lee")
    also_known(siobhan, surname="Roper", forename="Shane")

    answer = find(client, text)

    assert {*answered_by(answer), *answered_by(answer, "near")} == {""}


def test_whoever_may_not_open_the_case_is_not_told_the_other_name(client, officer, siobhan):
    also_known(siobhan, surname="Kowalski", forename="Jo")

    answer = find(client, "kowalski")

    assert answered_by(answer) == ["Found by another name of theirs"]
    assert "Jo Kowalski" not in answer.content.decode()


def test_the_desk_says_which_other_name_answered(client, officer, siobhan):
    siobhan.officer = officer
    siobhan.save()
    also_known(siobhan, surname="Kowalski", forename="Jo")

    answer = client.post(reverse("find-walk-in"), {"q": "kowalski"}, follow=True)

    assert "Also known as: Jo Kowalski" in answer.content.decode()


def test_an_alias_is_found_nearly_too(client, officer, siobhan):
    OtherName.objects.create(
        case=siobhan, previous=False, surname="Kowalski", sort_name="kowalski jo", forename="Jo"
    )
    key_names()

    assert nearly(find(client, "Kovalsky")) == [siobhan.crn]


@pytest.mark.parametrize(
    "text", ["Hiden alex", "hidden alec", "X654312", "X65432", "2004/0712334H", "04/712344H"]
)
def test_a_kept_person_is_found_nearly_by_nothing(client, officer, text):
    case = known(crn="X654321", surname="Hidden", sort_name="hidden alex")
    Identifier.objects.create(case=case, kind="pnc", value="x", match="2004/0712343H")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    answer = find(client, text)

    assert crns(answer) + nearly(answer) == []
    assert case.crn not in answer.content.decode()


@pytest.mark.parametrize("text", ["X123465", "X12346", "X1234456", "Y123456", "X12345", "XI23456"])
def test_a_crn_with_one_slip_is_found_below(client, officer, siobhan, text):
    answer = find(client, text)

    assert (crns(answer), nearly(answer)) == ([], ["X123456"])


@pytest.mark.parametrize("text", ["2004/0712344H", "04/712334H", "2004/712343J", "0/712343H"])
def test_a_pnc_number_with_one_slip_is_found_below(client, officer, siobhan, text):
    Identifier.objects.create(case=siobhan, kind="pnc", value="04/712343H", match="2004/0712343H")

    assert nearly(find(client, text)) == ["X123456"]


def test_whoever_has_the_number_that_was_typed_stands_alone(client, officer, siobhan):
    other = CaseFactory(crn="X123457")

    answer = find(client, "X123457")

    assert (crns(answer), nearly(answer)) == ([other.crn], [])


def test_two_slips_in_a_number_find_nobody(client, officer, siobhan):
    assert nearly(find(client, "X123665")) == []


def test_everybody_found_nearly_is_in_the_audit_trail(client, officer):
    near = known(surname="Smyth", sort_name="smyth jon")

    find(client, "smith jon")

    assert Entry.objects.filter(by=officer, action="found", crn=near.crn).count() == 1


@pytest.mark.parametrize("people", [1, 60])
def test_a_search_takes_no_more_statements_however_many_are_found(
    client, officer, people, django_assert_max_num_queries
):
    for number in range(people):
        CaseFactory(surname="Smyth", sort_name=f"smyth jon{'abcdefghij'[number % 10]}")
    key_names()
    address = find(client, "smith jona").request["PATH_INFO"]

    with django_assert_max_num_queries(16):
        answer = client.get(address)

    assert len(nearly(answer)) == min(people, 10)


@pytest.fixture
def api():
    found = APIClient()
    found.force_authenticate(UserFactory())
    return found


def ask(api, text):
    return api.post(reverse("api-search"), {"text": text}, format="json")


def test_the_api_finds_the_same_people_and_those_who_nearly_answer(api):
    exact = known(surname="Smith", forename="Jon", sort_name="smith jon")
    near = known(surname="Smyth", forename="John", sort_name="smyth john")

    answer = ask(api, "jon smith")

    assert answer.status_code == 200
    told = answer.json()
    assert [one["crn"] for one in told["results"]] == [exact.crn]
    assert [one["crn"] for one in told["near"]] == [near.crn]
    assert told["results"][0]["name"] == "Smith, Jon"
    assert (told["limited_access"], told["more"]) == ([], False)
    assert set(Entry.objects.filter(action="found").values_list("crn", flat=True)) == {
        exact.crn,
        near.crn,
    }


def test_the_api_says_which_other_name_answered_to_those_who_may_open_the_case(api, siobhan):
    also_known(siobhan, surname="Kowalski", forename="Jo")

    (kept,) = ask(api, "kowalski").json()["results"]
    api.force_authenticate(siobhan.officer)
    (told,) = ask(api, "kowalski").json()["results"]

    assert kept["answered_by"] == "Found by another name of theirs"
    assert told["answered_by"] == "Also known as: Jo Kowalski"


def test_the_api_gives_the_masked_row_of_an_exact_crn_and_no_more(api):
    kept = known(crn="X654321", surname="Hidden", sort_name="hidden alex")
    Limit.objects.create(case=kept, restricted=True, message="Restricted.", ask="Pat Lane")

    exact, nearly_so = ask(api, "X654321"), ask(api, "Hiden alex")

    assert exact.json()["limited_access"] == [
        {"crn": "X654321", "message": "Restricted.", "ask": "Pat Lane"}
    ]
    assert "Hidden" not in exact.content.decode()
    assert nearly_so.json() == {"results": [], "near": [], "limited_access": [], "more": False}


@pytest.mark.parametrize("text", ["", "   "])
def test_the_api_refuses_a_search_for_nothing(api, text):
    answer = ask(api, text)

    assert answer.status_code == 422
    assert "Type a name" in answer.content.decode()


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": ["a"]}, []])
def test_the_api_refuses_what_is_no_text(api, body):
    assert api.post(reverse("api-search"), body, format="json").status_code == 400

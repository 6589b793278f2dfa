"""The catalogue through the API: on the terms in force, narrowed as on the page, every refusal named."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.services.policy import newest_policy, seed_policies
from grid.reference.interventions import INTERVENTIONS
from grid.rules.intervention_policy import NAME
from grid.services.intervention_policy import set_intervention_policy
from staff.permissions import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/api/interventions/"


@pytest.fixture(autouse=True)
def facilitator(client):
    user = UserFactory(role=Role.FACILITATOR)
    client.force_login(user)
    return user


def codes(client, **asked):
    return [one["code"] for one in client.get(LIST, asked).json()]


def test_the_whole_catalogue_is_given(client):
    assert codes(client) == list(INTERVENTIONS)


def test_one_is_given_with_its_terms_and_the_policy_they_are_of(client):
    found = client.get(reverse("api-intervention", args=["thinking_one_to_one"])).json()

    terms = found.pop("terms")
    assert found == {
        "code": "thinking_one_to_one",
        "title": "Thinking skills, one to one",
        "family": "one_to_one",
        "equal_to": "stepping_stones",
        "what": INTERVENTIONS["thinking_one_to_one"].what,
        "words_from": "Local policy: where no group fits",
        "policy_version": 1,
        "from_on": "2015-02-01",
    }
    assert terms == {
        "offered": True,
        "hooks": ["rar", "licence", "pss"],
        "sex": None,
        "needs": ["lifestyle", "thinking", "attitudes"],
        "from_percent": 25,
        "to_percent": 100,
        "harm_up_to": "RMRH",
        "partner_violence": None,
        "violence": None,
        "days_counted": True,
        "dose": {"sessions": 10, "minutes": 60, "a_week": 1, "weeks": 10},
        "sites": [],
        "skill": "Stepping Stones to Change",
        "price_pence": 45_000,
        "notes": "Local policy: asks what Stepping Stones to Change asks. Not published. One leader: ours.",
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"hook": "programme", "sex": "F"}, ["thinking_skills_programme"]),
        ({"need": "finance", "sex": "F"}, ["mentoring", "womens_workshop"]),
        ({"need": "finance", "sex": "M"}, ["mentoring"]),
        ({"hook": "programme", "place": "slough-office"}, ["building_better_relationships", "thinking_skills_programme"]),
        ({"need": "drugs"}, []),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_as_on_the_page(client, asked, expected):
    assert codes(client, **asked) == expected


@pytest.mark.parametrize(
    "asked", [{"need": "luck"}, {"sex": "N"}, {"hook": "force"}, {"place": "atlantis"}]
)
def test_what_cannot_be_asked_is_refused_by_name(client, asked):
    answer = client.get(LIST, asked)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == set(asked)


def test_what_is_not_in_the_catalogue_is_not_found(client):
    answer = client.get(reverse("api-intervention", args=["horoscopes"]))

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_one_that_is_not_offered_is_given_and_says_so(client):
    seed_policies()
    kept, today = newest_policy(NAME), localdate()
    terms = kept.body["terms"]
    set_intervention_policy(
        body=kept.body | {"terms": terms | {"ete": terms["ete"] | {"offered": False}}},
        changing=kept.version,
        from_on=today,
        reason="Nobody leads it.",
        by=UserFactory(role=Role.HEAD),
        today=today,
    )

    found = client.get(reverse("api-intervention", args=["ete"])).json()

    assert (found["terms"]["offered"], found["policy_version"]) == (False, 2)
    assert found["from_on"] == today.isoformat()
    assert "ete" in codes(client)


@pytest.mark.parametrize("address", [LIST, "/api/interventions/heal/"])
def test_it_takes_as_many_statements_however_much_is_given(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(7):  # session, user, audit and the policy, however many rows
        assert client.get(address).status_code == 200

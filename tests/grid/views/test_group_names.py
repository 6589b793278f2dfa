"""What is written of somebody's week, with the names of protected people, on every page and by every endpoint that repeats it."""

import pytest
from django.urls import reverse

from grid.models import TimetablePlace
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import RelatedPersonFactory, UserFactory
from tests.grid.a_place import somebody
from tests.grid.a_timetable import a_quarter, worked_out
from tests.grid.a_week import tie
from tests.grid.planned_series import EIGHT, NOW, SIX, facilitator, planned, waits

pytestmark = pytest.mark.django_db
TIED, READ = "seeing Jean Marlow", "clashes with seeing [name protected]"


@pytest.fixture(autouse=True)
def monday():
    with frozen(NOW):
        yield


@pytest.fixture
def waiting():
    """On the list of a group on Tuesday evenings, at which they see somebody whose name is protected."""
    case = somebody(officer=UserFactory())
    RelatedPersonFactory(case=case, name="Jean Marlow", protected=True)
    tie(case, TIED, 1, SIX, EIGHT, now=NOW)
    return case, waits(case), planned()


def by(role, case):
    return case.officer if role == Role.OFFICER else UserFactory(role=role)


@pytest.mark.parametrize(
    ("role", "said"), [(Role.FACILITATOR, READ), (Role.OFFICER, f"clashes with {TIED}")]
)
def test_why_a_series_does_not_fit_is_read_as_the_reader_may_read_names(
    client, waiting, role, said
):
    case, _, _ = waiting
    client.force_login(by(role, case))

    shown = words(client.get(reverse("case-offers", args=[case.crn])))

    assert said in shown
    assert ("Marlow" in shown) is (role != Role.FACILITATOR)


@pytest.mark.parametrize("name", ["keep-place", "give-place"])
@pytest.mark.parametrize("sent", [False, True])
def test_so_is_what_refuses_a_place(client, waiting, name, sent):
    case, referral, series = waiting
    client.force_login(facilitator("Gail Hart"))
    address = f"{reverse(name, args=[case.crn])}?referral={referral.pk}&series={series.pk}"

    shown = words(client.post(address) if sent else client.get(address))

    assert READ in shown
    assert "Marlow" not in shown


def test_so_it_is_by_the_api(client, waiting):
    case, referral, series = waiting
    client.force_login(UserFactory(role=Role.FACILITATOR))
    here = f"/api/cases/{case.crn}/interventions/places/"

    [told] = client.get(here).json()

    assert READ in told["refused"][0]["words"]
    assert "Marlow" not in str(told)


def test_so_is_why_a_place_that_is_kept_cannot_be_given_any_more(client):
    case = somebody(officer=UserFactory())
    RelatedPersonFactory(case=case, name="Jean Marlow", protected=True)
    referral, series = waits(case), planned()
    client.force_login(UserFactory(role=Role.FACILITATOR))
    asked, here = {"referral": referral.pk, "series": series.pk}, f"/api/cases/{case.crn}/interventions/places/"  # fmt: skip
    assert client.post(f"{here}keep/", asked, content_type="application/json").status_code == 201
    tie(case, TIED, 1, SIX, EIGHT, now=NOW)

    told = client.post(f"{here}give/", asked, content_type="application/json")

    assert told.status_code == 422
    assert READ in told.content.decode()
    assert "Marlow" not in told.content.decode()


def test_so_is_why_nobody_could_be_kept_a_place_of_a_quarter(client):
    _, people = a_quarter()
    one = worked_out()
    RelatedPersonFactory(case=people[0], name="Jean Marlow", protected=True)
    refused = f"Tuesday 2 October 2018 clashes with {TIED}."
    TimetablePlace.objects.filter(case=people[0]).update(refused=refused)
    client.force_login(UserFactory(role=Role.FACILITATOR))

    shown = words(client.get(reverse("quarter", args=[one.pk])))
    told = client.get(reverse("api-quarter", args=[one.pk])).content.decode()

    for said in (shown, told):
        assert READ in said
        assert "Marlow" not in said

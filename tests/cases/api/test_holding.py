"""Who holds a case over the API: the same services as on the pages, and the same refusals."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Case
from cases.services.policy import seed_policies
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    DepartureFactory,
    RelatedPersonFactory,
    TransferFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOTE = "Sees the children on Saturdays; the police have not answered."


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_authenticate(user)
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def test_a_case_is_offered_accepted_and_its_holder_read():
    seed_policies()
    case, receiver = CaseFactory(), UserFactory(grade="po")
    asked = {"kind": "officer", "to_officer": receiver.username, "note": NOTE}
    why = ask(case.officer, "api-transfers", case.crn, method="post", **asked)
    assert (why.status_code, "why you name them" in why.content.decode()) == (422, True)
    made = ask(
        case.officer, "api-transfers", case.crn, method="post", **asked, because="She is there on Fridays."
    )  # fmt: skip
    assert (made.status_code, made.json()["state"]) == (201, "offered")

    done = ask(receiver, "api-accept-transfer", case.crn, made.json()["id"], method="post")

    assert done.json()["state"] == "accepted"
    held = ask(receiver, "api-holder", case.crn).json()
    assert (held["officer"], held["team"]) == (receiver.username, receiver.team.code)


def test_the_nps_s_answer_is_recorded_with_a_name_and_refused_without():
    case = CaseFactory()
    hub = UserFactory(role=Role.HUB)
    made = ask(
        case.officer, "api-transfers", case.crn, method="post", kind="nps", outside="NPS Reading", note=NOTE
    )  # fmt: skip
    key = made.json()["id"]
    nameless = ask(hub, "api-record-acceptance", case.crn, key, method="post")
    assert "by name" in nameless.content.decode()

    ask(hub, "api-record-acceptance", case.crn, key, method="post", outside_officer="Pat Lane")

    assert Case.objects.get().retained_by == "Pat Lane, NPS Reading"


def test_an_offer_is_refused_or_taken_back_with_a_reason():
    one, other = TransferFactory(), TransferFactory()

    refused = ask(one.to_officer, "api-refuse-transfer", one.case.crn, one.pk, method="post", because="I hold fifty.")  # fmt: skip
    taken = ask(other.case.officer, "api-withdraw-transfer", other.case.crn, other.pk, method="post", because="She stays.")  # fmt: skip

    assert refused.status_code == 404  # nobody has let them in: it was not offered by the service
    assert taken.json()["state"] == "withdrawn"


def test_a_protected_name_in_a_note_is_kept_from_who_may_not_see_it():
    case = CaseFactory()
    RelatedPersonFactory(case=case, name="Maureen Sandford", protected=True)
    TransferFactory(case=case, note="Ring Maureen Sandford first", offered_by=case.officer)

    own = ask(case.officer, "api-transfers", case.crn).content.decode()
    other = ask(UserFactory(team=case.team), "api-transfers", case.crn).content.decode()

    assert "Maureen Sandford" in own
    assert "Maureen Sandford" not in other


def test_staff_who_leave_are_listed_with_how_far_their_cases_have_come():
    departure = DepartureFactory()
    senior = UserFactory(role=Role.SPO, team=departure.user.team)
    offered = CaseFactory(officer=departure.user, team=departure.user.team)
    TransferFactory(case=offered, departure=departure)
    CaseFactory(officer=departure.user, team=departure.user.team)

    rows = ask(senior, "api-departures").json()

    assert rows == [
        {
            "id": departure.pk, "user": departure.user.username, "last_on": departure.last_on.isoformat(),
            "here": 1, "offered": 1, "accepted": 0,
        }
    ]  # fmt: skip

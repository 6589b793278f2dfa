"""When somebody can come, over the API: what is read is what was recorded, and every refusal is told."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from cases.reference.codes import Sex
from grid.models import Commitment, PlaceSaid, SaidWeek
from staff.permissions import Role
from tests.factories import CaseFactory, RelatedPersonFactory, UserFactory
from tests.grid.a_week import MONDAY, NINE, SIX, TUESDAY, lives_at, point, say, site, tie

pytestmark = pytest.mark.django_db
WEEK = {
    "by_way_of": "foot",
    "parts": [{"weekday": 1, "part": "evening"}, {"weekday": 1, "part": "morning"}],
    "hours": [{"weekday": 0, "from_at": "09:00", "to_at": "11:00"}],
    "note": "Shifts",
}
WORK = {"words": "work", "weekday": 1, "from_at": "09:00", "to_at": "17:30"}


@pytest.fixture
def case(client):
    found = CaseFactory()
    client.force_login(found.officer)
    return found


def send(client, case, name, body=None, *numbers, method="post"):
    address = reverse(name, args=[case.crn, *numbers])
    return getattr(client, method)(address, body, content_type="application/json")


def read(client, case):
    return client.get(reverse("api-case-week", args=[case.crn])).json()


def test_nobody_has_asked(client, case):
    assert read(client, case) == {
        "week": None, "commitments": [], "groups": [], "places": [], "earlier": [],
    }  # fmt: skip


def test_what_they_said_is_recorded_and_read(client, case):
    told = send(client, case, "api-case-week", WEEK)

    assert told.status_code == 201
    week = told.json()["week"]
    assert week["times"] == [
        {"weekday": 0, "part": "", "from_at": "09:00:00", "to_at": "11:00:00"},
        {"weekday": 1, "part": "morning", "from_at": None, "to_at": None},
        {"weekday": 1, "part": "evening", "from_at": None, "to_at": None},
    ]
    assert (week["by_way_of"], week["women_only"], week["note"]) == ("foot", None, "Shifts")
    assert week["recorded_by"] == case.officer.username
    assert read(client, case) == told.json()


def test_what_they_said_before_is_read_with_it(client, case):
    first = say(case)
    second = send(client, case, "api-case-week", WEEK | {"seen": first.pk}).json()

    assert [one["id"] for one in second["earlier"]] == [first.pk]
    assert second["week"]["id"] != first.pk


def test_what_was_not_read_is_not_written_over(client, case):
    say(case)

    told = send(client, case, "api-case-week", WEEK | {"seen": 0})

    assert told.status_code == 409
    assert "while you were writing" in told.json()["detail"]
    assert SaidWeek.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"parts": [], "hours": []}, 422),
        ({"parts": [{"weekday": 7, "part": "evening"}]}, 400),
        ({"parts": [{"weekday": 1, "part": "night"}]}, 400),
        ({"by_way_of": "boat"}, 400),
        ({"hours": [{"weekday": 0, "from_at": "11:00", "to_at": "09:00"}]}, 422),
        ({"women_only": True}, 422),
        ({"note": "x" * 301}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused(client, case, changed, status):
    case.sex = Sex.MALE
    case.save()

    assert send(client, case, "api-case-week", WEEK | changed).status_code == status
    assert not SaidWeek.objects.exists()


def test_what_they_are_tied_to_is_added_and_taken_back(client, case):
    made = send(client, case, "api-commitments", WORK)

    assert made.status_code == 201
    [one] = made.json()["commitments"]
    assert (one["words"], one["weekday"], one["from_at"]) == ("work", TUESDAY, "09:00:00")
    assert send(client, case, "api-commitments", WORK).status_code == 422
    gone = send(client, case, "api-take-back-commitment", None, one["id"])
    assert gone.json()["commitments"] == []
    assert send(client, case, "api-take-back-commitment", None, one["id"]).status_code == 422
    assert send(client, CaseFactory(officer=case.officer), "api-take-back-commitment", None, one["id"]).status_code == 404  # fmt: skip
    assert Commitment.objects.get().taken_back_by == case.officer


def test_several_days_of_the_week_are_added_at_once_or_none_of_them(client, case):
    several = {name: value for name, value in WORK.items() if name != "weekday"}

    made = send(client, case, "api-commitments", several | {"weekdays": [3, 0, 3]})
    again = send(client, case, "api-commitments", several | {"weekdays": [0, 2]})

    assert made.status_code == 201
    assert sorted(one["weekday"] for one in made.json()["commitments"]) == [0, 3]
    assert again.status_code == 422
    assert "Monday: That is on record already." in again.content.decode()
    assert Commitment.objects.count() == 2


@pytest.mark.parametrize(
    "days",
    [{}, {"weekdays": []}, {"weekdays": [7]}, {"weekdays": 1}, {"weekday": 1, "weekdays": [2]}, {"weekdays": list(range(7)) * 2}],
)  # fmt: skip
def test_days_that_cannot_be_meant_are_refused(client, case, days):
    several = {name: value for name, value in WORK.items() if name != "weekday"}

    assert send(client, case, "api-commitments", several | days).status_code == 400
    assert not Commitment.objects.exists()


def test_places_with_minutes_and_what_they_say_of_them(client, case):
    point("RG1 2AA", 471000)
    point("RG1 1AA", 472000)
    lives_at(case, "RG1 2AA")
    near, unknown = site(name="A"), site("", name="B")
    about = {"because": "A feud", "can_go": "cannot"}

    told = send(client, case, "api-said-of-place", about, unknown.pk, method="put").json()

    assert told["places"] == [
        {"place": near.pk, "name": "A", "minutes": 15, "can_go": "", "because": "", "barred": False},
        {"place": unknown.pk, "name": "B", "minutes": None, "can_go": "cannot", "because": "A feud", "barred": True},
    ]  # fmt: skip
    bare = send(client, case, "api-said-of-place", {"can_go": "cannot"}, near.pk, method="put")
    assert bare.status_code == 422
    gone = send(client, case, "api-said-of-place", None, unknown.pk, method="delete")
    assert [one["can_go"] for one in gone.json()["places"]] == ["", ""]
    assert not PlaceSaid.objects.exists()


def test_names_are_kept_from_whoever_may_not_see_them(client, case):
    RelatedPersonFactory(case=case, name="Kayla Moon", protected=True)
    say(case, note="Kayla Moon fetches them")
    tie(case, "supper with Kayla", MONDAY, NINE, SIX, now=now())
    client.force_login(UserFactory(role=Role.HUB))

    told = read(client, case)

    assert told["week"]["note"] == "[name protected] fetches them"
    assert told["commitments"][0]["words"] == "supper with [name protected]"


def test_whoever_may_only_read_records_nothing(client, case):
    client.force_login(UserFactory(role=Role.QUALITY))

    assert read(client, case)["week"] is None
    assert send(client, case, "api-case-week", WEEK).status_code == 403
    assert send(client, case, "api-commitments", WORK).status_code == 403
    assert not SaidWeek.objects.exists()

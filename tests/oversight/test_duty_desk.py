"""The duty desk: finding whoever walks in, who waits and what must be known of them, the rota, and fares of the day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import DutyTurn, Limit, NonAssociation, PostcodePoint, WalkIn
from cases.reference.codes import Register
from cases.reference.holding import LeftAs
from cases.rules.rota import days_of_rota
from cases.services.names import key_names
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import contact, words
from tests.factories import (
    CaseFactory,
    DutyTurnFactory,
    FareFactory,
    PlaceFactory,
    RegistrationFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    TeamFactory,
    UserFactory,
    WalkInFactory,
)

pytestmark = pytest.mark.django_db
TEN = timedelta(minutes=10)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def hub(team):
    return UserFactory(role=Role.HUB, team=team)


@pytest.fixture
def senior(team):
    return UserFactory(role=Role.SPO, team=team)


def waits(team, **fields):
    case = CaseFactory(team=team)
    return WalkInFactory(case=case, came_at=now() - TEN, **fields)


def desk(client, user, **codes):
    client.force_login(user)
    return client.get(reverse("duty-today"), codes)


def find(client, user, text):
    client.force_login(user)
    return client.post(reverse("find-walk-in"), {"q": text}, follow=True)


def kept(case, **fields):
    return Limit.objects.create(
        case=case, restricted=True, message="Kept.", ask="Pat Lane", **fields
    )


# Finding them


def test_a_crn_leads_straight_to_recording_that_they_are_here(client, team, hub):
    case = CaseFactory(team=team)

    page = find(client, hub, case.crn.lower())

    assert page.redirect_chain[-1][0] == reverse("record-walk-in", args=[case.crn])
    assert "Record that they are here" in words(page)


def test_a_name_lists_who_they_may_be_and_stands_in_no_address(client, team, hub):
    case = CaseFactory(team=team, surname="Farrow", sort_name="farrow alan")

    page = find(client, hub, "Farrow")

    (row,) = page.context["rows"]
    assert row.record == reverse("record-walk-in", args=[case.crn])
    assert "farrow" not in page.redirect_chain[-1][0].lower()


def test_who_is_named_nearly_so_stands_apart_and_can_be_recorded(client, team, hub):
    case = CaseFactory(team=team, surname="Farrow", sort_name="farrow alan")
    key_names()

    page = find(client, hub, "Farow Allan")

    assert page.context["rows"] == []
    (row,) = page.context["near"]
    assert row.record == reverse("record-walk-in", args=[case.crn])
    assert "Nearly what you typed" in words(page)
    assert Entry.objects.filter(by=hub, action="found", crn=case.crn).count() == 1


def test_somebody_of_limited_access_is_their_masked_row_with_the_safety_instruction(client, team, hub):  # fmt: skip
    case = CaseFactory(team=team, surname="Farrow")
    kept(case, safety="Two staff, and the room with two ways out")

    page = words(find(client, hub, case.crn))

    assert "Two staff, and the room with two ways out. Kept. Ask Pat Lane." in page
    assert "Farrow" not in page


@pytest.mark.parametrize(
    ("left_as", "said"),
    [
        (LeftAs.DIED, "say that you are sorry"),
        (LeftAs.ENDED, "Their case has ended here"),
        (LeftAs.ELSEWHERE, "Another provider"),
    ],
)
def test_of_somebody_who_has_left_us_it_says_what_to_do(client, team, hub, left_as, said):
    case = CaseFactory(team=team, left_as=left_as)

    page = find(client, hub, case.crn)

    assert said in words(page)
    assert page.context["rows"][0].record == ""


def test_whoever_must_not_meet_somebody_who_waits_is_said_of_another_team_too(client, team):
    ours, theirs = waits(team).case, CaseFactory()
    elsewhere, unknown = waits(TeamFactory()).case, CaseFactory()
    officer = UserFactory(team=team)
    for one, other in ((ours, theirs), (elsewhere, unknown)):
        NonAssociation.objects.create(one=one, other=other, why="A fight", from_on=localdate())

    page = words(find(client, officer, theirs.crn))

    assert f"Must not meet {ours.list_name} ({ours.crn}), waiting now" in page
    assert elsewhere.crn not in words(find(client, officer, unknown.crn))  # neither is theirs


def test_an_officer_is_told_who_records_those_of_another_team(client, team):
    case = CaseFactory()

    assert "ask the hub to record it" in words(find(client, UserFactory(team=team), case.crn))


# Who waits


def test_whoever_waits_is_listed_with_how_long_and_what_they_say(client, team, hub):
    one = waits(team, safe=False, words="Nowhere to sleep", place=PlaceFactory(name="Slough"))
    WalkInFactory(case=CaseFactory(team=team), state="left", ended_at=now(), came_to="Gone", came_at=now() - TEN)  # fmt: skip

    page = desk(client, hub)

    (row,) = page.context["waiting"]
    assert (row.crn, row.waited, row.where, row.worry) == (one.case.crn, "10 minutes", "Slough", True)  # fmt: skip
    assert "Nowhere to sleep" in words(page)


def test_what_must_be_known_of_them_stands_with_them(client, team, hub):
    one = waits(team)
    RegistrationFactory(case=one.case, type_code=Register.RISK_TO_STAFF)
    here = waits(team, place=PlaceFactory(name="Slough"))
    expected = CaseFactory(team=TeamFactory())
    contact(expected, days_ago=0, appointment=True)
    secret = waits(TeamFactory())
    kept(secret.case)
    for other in (here.case, expected, secret.case):
        NonAssociation.objects.create(one=one.case, other=other, why="Attacked", from_on=localdate())  # fmt: skip

    page = desk(client, hub)

    row = next(row for row in page.context["waiting"] if row.crn == one.case.crn)
    apart, risk = row.warnings
    assert f"{here.case.list_name} ({here.case.crn}), waiting now at Slough" in apart
    assert f"({expected.crn}), expected at 10am" in apart
    assert f"{secret.case.crn}, waiting now" in apart
    assert secret.case.list_name not in words(page)
    assert risk == "Risk or warning to staff."
    assert len(page.context["not_to_meet"]) == 1  # of the team, and both may be opened


def test_an_office_in_an_area_that_an_order_bans_is_said(client, team, hub):
    one = waits(team, place=PlaceFactory(name="Slough", postcode="RG1 1AA"))
    RestrictedAreaFactory(
        restriction=RestrictionFactory(case=one.case, terms="areas", from_on=localdate())
    )
    PostcodePoint.objects.create(postcode="RG11AA", easting=451_050, northing=206_000)

    (row,) = desk(client, hub).context["waiting"]

    assert row.warnings == ["An order keeps them away from where this office stands: see Restrictions."]  # fmt: skip


def test_the_desk_costs_the_same_however_many_wait_and_were_given_fares(client, team, hub):
    client.force_login(hub)
    place = PlaceFactory(postcode="RG1 1AA")
    counts = []
    for more in (5, 55):
        for _ in range(more):
            one = waits(team, place=place)
            FareFactory(case=one.case, given_at=now())
            DutyTurnFactory(team=team, on=localdate())
            other = CaseFactory(team=team)
            contact(other, days_ago=0, appointment=True)
            NonAssociation.objects.create(one=one.case, other=other, why="A", from_on=localdate())
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("duty-today"))
        counts.append(len(queries))

    assert len(page.context["waiting"]) == 60
    assert counts[0] == counts[1]


# The rota


def test_a_senior_shares_out_takes_off_and_puts_on(client, team, senior):
    officer = UserFactory(team=team)
    client.force_login(senior)
    page = words(client.get(reverse("duty-rota")))
    assert "Nobody has the duty" in page

    client.post(reverse("share-out-duty"), {"team": team.code})
    turn = DutyTurn.objects.standing().order_by("on").first()
    client.post(reverse("take-off-duty", args=[turn.pk]))
    page = client.post(
        reverse("put-on-duty"),
        {"team": team.code, "on": turn.on.isoformat(), "user": officer.pk},
        follow=True,
    )

    assert "has the duty on" in words(page)
    assert DutyTurn.objects.standing().count() == len(days_of_rota(localdate()))


def test_an_officer_reads_the_rota_of_their_team_and_sets_none(client, team):
    officer = CaseFactory(team=team, officer__team=team).officer
    turn = DutyTurnFactory(team=team, user=officer)
    client.force_login(officer)

    page = words(client.get(reverse("duty-rota")))

    assert "Share out evenly" not in page
    assert client.post(reverse("take-off-duty", args=[turn.pk])).status_code == 403


def test_a_senior_sets_no_other_teams_rota(client, senior):
    client.force_login(senior)
    other = DutyTurnFactory()

    assert client.post(reverse("take-off-duty", args=[other.pk])).status_code == 404
    for code in (other.team.code, "\0"):
        assert client.post(reverse("share-out-duty"), {"team": code}).status_code == 404


# Fares across cases


def test_fares_of_today_and_of_the_week_have_their_sum_and_leave_nothing_of_others(client, team):
    officer = UserFactory(team=team)
    client.force_login(officer)
    FareFactory(case=CaseFactory(team=team), given_at=now(), pence=480)
    FareFactory(case=CaseFactory(team=team), given_at=now() - timedelta(days=20), pence=20)
    FareFactory(case=CaseFactory(), given_at=now())

    assert "<strong>£4.80</strong> in 1 fare." in words(client.get(reverse("fares-given")))
    longer = client.get(reverse("fares-given"), {"when": "four-weeks"})
    assert longer.context["sums"].total == "£5.00"


def test_the_file_has_pounds_and_nothing_that_was_written_and_is_in_the_trail(client, team, hub):
    client.force_login(hub)
    fare = FareFactory(
        case=CaseFactory(team=team), given_at=now(), pence=5, journey="To the refuge"
    )

    page = client.get(reverse("fares-given-csv"))

    lines = b"".join(page.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert f",{fare.case.crn}," in lines[1]
    assert ",0.05," in lines[1]
    assert "refuge" not in lines[1]
    assert Entry.objects.filter(action="export_cases", detail__list="fares").count() == 1


# The same by the API


def test_the_api_lists_who_waits_with_warnings_and_masked_rows(team, hub):
    one, hidden = waits(team), waits(team)
    RegistrationFactory(case=one.case, type_code=Register.RISK_TO_STAFF)
    kept(hidden.case)
    api = APIClient()
    api.force_login(hub)

    body = api.get(reverse("api-waiting")).json()

    (row,) = body["results"]
    assert (row["crn"], row["warnings"]) == (one.case.crn, ["Risk or warning to staff."])
    assert [row["crn"] for row in body["limited_access"]] == [hidden.case.crn]


def test_the_api_takes_a_walk_in_from_here_to_seen_and_a_fare_to_taken_back(team, hub):
    case, place = CaseFactory(team=team), PlaceFactory()
    api = APIClient()
    api.force_login(hub)

    here = api.post(
        reverse("api-walk-ins", args=[case.crn]),
        {"came_for": "help", "words": "A bed", "safe": True, "place": place.name},
        format="json",
    )
    assert here.status_code == 201
    seen = api.post(
        reverse("api-see-walk-in", args=[case.crn, here.json()["id"]]),
        {"came_to": "Rang the shelter", "safe": True},
        format="json",
    )
    assert seen.json()["state"] == "seen"
    assert WalkIn.objects.get().contact_id == seen.json()["contact"]
    said = {"kind": "cash", "pence": 480, "journey": "Slough to Reading", "signed_for": True}
    fare = api.post(reverse("api-fares", args=[case.crn]), said, format="json")
    again = api.post(reverse("api-fares", args=[case.crn]), said, format="json")
    assert (fare.status_code, again.status_code) == (201, 422)
    back = api.post(
        reverse("api-take-back-fare", args=[case.crn, fare.json()["id"]]),
        {"because": "Not used"},
        format="json",
    )
    assert back.json()["taken_back_because"] == "Not used"
    assert len(api.get(reverse("api-fares-given")).json()["results"]) == 1


def test_the_api_sets_the_rota(team, senior):
    officer = UserFactory(team=team)
    api = APIClient()
    api.force_login(senior)
    day = days_of_rota(localdate())[3]

    put = {"team": team.code, "on": day.isoformat(), "username": officer.username}
    turn = api.post(reverse("api-put-on-duty"), put, format="json").json()
    shared = api.post(reverse("api-share-out-duty"), {"team": team.code}, format="json").json()
    off = api.post(reverse("api-take-off-duty", args=[turn["id"]])).json()

    assert off["called_off_on"] == localdate().isoformat()
    assert len(shared) == len(days_of_rota(localdate())) - 1
    rota = api.get(reverse("api-rota"), {"team": team.code})
    assert rota.status_code == 200

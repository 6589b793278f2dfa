"""What is known of an officer is recorded, put right, ended and taken away: services, pages and the API alike."""

import html
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from oversight.models import ContractHours, HoursOff, OfficerInduction, TrainingDone
from oversight.services import officers as services
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import UserFactory
from tests.oversight.an_officer import LONG_AGO, an_officer, contract, training

pytestmark = pytest.mark.django_db
MODELS = {"contract": ContractHours, "off": HoursOff, "training": TrainingDone, "induction": OfficerInduction}  # fmt: skip
SAID = {  # what the form of each sends
    "contract": {"hours": "22.5", "from_on": "2/3/2015"},
    "off": {"code": "union", "hours": "5", "from_on": "2/3/2015", "why": "Branch secretary."},
    "training": {"kind": "child", "done_on": "2/3/2015", "expires_on": "2/3/2030"},
    "induction": {"from_on": "2/3/2015", "to_on": "2/6/2015"},
}
SENT = {  # and what the API is sent
    "contract-hours": {"hours": "22.5", "from_on": "2015-03-02"},
    "hours-off": {"code": "union", "hours": "5", "from_on": "2015-03-02", "why": "Branch secretary."},
    "training": {"kind": "child", "done_on": "2015-03-02", "expires_on": "2030-03-02"},
    "officer-induction": {"from_on": "2015-03-02", "to_on": "2015-06-02"},
}  # fmt: skip


@pytest.fixture
def officer(team):
    return an_officer(team)


def post(client, by, name, *args, **data):
    client.force_login(by)
    return html.unescape(client.post(reverse(name, args=args), data, follow=True).content.decode())


def off(officer, senior, code, first, last=None, hours=None):
    return services.record_hours_off(
        user=officer, code=code, from_on=first, to_on=last, hours=hours, why="Agreed.", by=senior, now=now()
    )  # fmt: skip


def test_the_same_hours_are_not_taken_off_twice_on_one_day(officer, senior):
    day, week = LONG_AGO, timedelta(days=7)
    sick = off(officer, senior, "sick", day, day + week)
    for first, last in ((day + week, None), (day - week, day), (day + timedelta(days=1), day + timedelta(days=2))):  # fmt: skip
        with pytest.raises(RuleBroken, match="from 2 March 2015 until 9 March 2015 already"):
            off(officer, senior, "sick", first, last)

    again = off(officer, senior, "sick", day + week + timedelta(days=1))
    services.change_hours_off(row=sick, code="sick", from_on=day, to_on=day, why="Shorter.", by=senior, now=now())  # fmt: skip
    with pytest.raises(RuleBroken, match="with no last day already"):
        off(officer, senior, "sick", again.from_on + week)

    with pytest.raises(RuleBroken, match="recorded from that day already"):
        off(officer, senior, "sick", day, day)
    off(officer, senior, "union", day, hours=Decimal("5"))
    for code in ("groups", "pso_learning"):
        hours = Decimal("2") if code == "groups" else None
        off(officer, senior, code, day, hours=hours)
    off(officer, senior, "groups", day + week, hours=Decimal("3"))  # another group
    off(officer, senior, "pso_learning", date(2015, 9, 2))  # six months were over the day before
    with pytest.raises(RuleBroken, match="until 1 March 2016 already"):
        off(officer, senior, "pso_learning", date(2016, 3, 1))


@pytest.mark.parametrize("known", MODELS)
def test_each_sort_is_recorded_put_right_and_taken_away_on_its_page(client, officer, senior, known):
    text = post(client, senior, "record-known", officer.pk, known, **SAID[known])
    row = MODELS[known].objects.get(user=officer)
    day = "done_on" if known == "training" else "from_on"

    assert "It is recorded." in text
    assert row.recorded_by == senior
    assert getattr(row, day) == LONG_AGO

    text = post(client, senior, "change-known", known, row.pk, **(SAID[known] | {day: "3/3/2015"}))
    row.refresh_from_db()
    assert "It is put right." in text
    assert getattr(row, day) == LONG_AGO + timedelta(days=1)

    text = post(client, senior, "take-away-known", known, row.pk)
    assert "recorded by mistake" in text
    assert not MODELS[known].objects.exists()
    stood = [getattr(one, day) for one in row.events.model.objects.order_by("pgh_id")]
    assert stood == [LONG_AGO, LONG_AGO + timedelta(days=1)]
    done = Entry.objects.filter(detail__account=officer.username).order_by("pk")
    assert [one.action.split("_")[0] for one in done] == ["recorded", "changed", "took"]
    assert "Branch" not in str([one.detail for one in done])


@pytest.mark.parametrize("known", MODELS)
def test_the_page_that_puts_right_shows_what_stands(client, officer, senior, known):
    post(client, senior, "record-known", officer.pk, known, **SAID[known])
    row = MODELS[known].objects.get()

    client.force_login(senior)
    text = client.get(reverse("change-known", args=[known, row.pk])).content.decode()

    assert "2 March 2015" in text
    assert reverse("take-away-known", args=[known, row.pk]) in text


@pytest.mark.parametrize("known", SENT)
def test_each_sort_is_recorded_through_the_api(client, officer, senior, known):
    client.force_login(senior)
    address = reverse(f"api-record-{known}", args=[officer.pk])

    answer = client.post(address, SENT[known], content_type="application/json")
    again = client.post(address, SENT[known], content_type="application/json")

    assert answer.status_code == 201, answer.content
    assert again.status_code == 422
    assert "recorded from that day already" in again.content.decode()


@pytest.mark.parametrize("known", SENT)
def test_each_sort_is_put_right_and_taken_away_through_the_api(client, officer, senior, known):
    client.force_login(senior)
    sent, day = SENT[known], "done_on" if known == "training" else "from_on"
    made = client.post(reverse(f"api-record-{known}", args=[officer.pk]), sent, content_type="application/json")  # fmt: skip
    address = reverse(f"api-change-{known}", args=[made.json()["id"]])

    changed = client.put(address, sent | {day: "2015-03-03"}, content_type="application/json")
    model = MODELS[{"contract-hours": "contract", "hours-off": "off", "training": "training", "officer-induction": "induction"}[known]]  # fmt: skip
    assert changed.status_code == 200, changed.content
    assert getattr(model.objects.get(), day) == LONG_AGO + timedelta(days=1)

    client.force_login(UserFactory(role=Role.SPO))
    assert client.delete(address).status_code == 404
    client.force_login(senior)
    assert client.delete(address).status_code == 204
    assert not model.objects.exists()


def test_an_induction_names_a_colleague_who_supports(client, officer, senior):
    colleague, stranger = an_officer(officer.team), UserFactory()
    said = SAID["induction"]

    refused = post(client, senior, "record-known", officer.pk, "induction", **said, supporter=stranger.username)  # fmt: skip
    assert "There is a problem" in refused
    post(client, senior, "record-known", officer.pk, "induction", **said, supporter=colleague.username)  # fmt: skip

    assert OfficerInduction.objects.get().supporter == colleague


@pytest.mark.parametrize(
    ("known", "changes", "words"),
    [
        ("contract", {"hours": "61"}, "60 or less"),
        ("contract", {"hours": "0"}, "more than none"),
        ("contract", {"to_on": "1/3/2015"}, "cannot be before the first"),
        ("off", {"code": "sick"}, "Leave the hours empty"),
        ("off", {"hours": ""}, "Say how many hours"),
        ("off", {"hours": "20"}, "50% at most"),
        ("off", {"why": ""}, "There is a problem"),
        ("training", {"done_on": "1/1/2100"}, "There is a problem"),
        ("training", {"expires_on": "2/3/2015"}, "expires after"),
        ("induction", {"to_on": "1/3/2015"}, "cannot be before the first"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_its_box(client, officer, senior, known, changes, words):  # fmt: skip
    text = post(client, senior, "record-known", officer.pk, known, **(SAID[known] | changes))

    assert words in text
    assert not MODELS[known].objects.exists()


def test_what_is_recorded_from_a_day_is_put_right_and_not_recorded_twice(officer, senior):
    contract(officer)

    with pytest.raises(RuleBroken, match="Put that right instead"):
        services.record_contract_hours(user=officer, hours=Decimal(20), from_on=LONG_AGO, by=senior, now=now())  # fmt: skip


def test_hours_are_measured_by_the_contract_of_the_day(officer, senior):
    contract(officer, "20")
    given = {"user": officer, "code": "union", "from_on": localdate(), "why": "x", "by": senior, "now": now()}  # fmt: skip

    with pytest.raises(RuleBroken, match="10 hours"):
        services.record_hours_off(hours=Decimal("10.5"), **given)
    assert services.record_hours_off(hours=Decimal(10), **given).hours == 10


def test_nobody_records_of_themselves_or_of_another_team(officer, senior):
    given = {"kind": "child", "done_on": LONG_AGO, "now": now()}
    for by in (officer, UserFactory(role=Role.SPO), UserFactory(role=Role.QUALITY)):
        with pytest.raises(RuleBroken, match="Their senior"):
            services.record_training(user=officer, by=by, **given)

    services.record_training(user=officer, by=UserFactory(role=Role.HEAD), **given)
    with pytest.raises(RuleBroken, match="Their senior"):
        services.take_away(row=TrainingDone.objects.get(), by=officer, now=now())


def test_what_somebody_took_away_meanwhile_is_not_changed(officer, senior):
    row = training(officer)
    services.take_away(row=row, by=senior, now=now())
    row.pk = row.pk or 1

    with pytest.raises(RuleBroken, match="meanwhile"):
        services.change_training(row=row, kind="child", done_on=LONG_AGO, by=senior, now=now())


def test_an_unknown_sort_is_not_found(client, officer, senior):
    client.force_login(senior)

    assert client.get(reverse("record-known", args=[officer.pk, "shoes"])).status_code == 404
    assert client.get(reverse("change-known", args=["shoes", 1])).status_code == 404

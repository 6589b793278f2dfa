"""Pages of what somebody needs at the gate, and the sheet they take through it: what staff do, and what each says."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from cases.models import Limit
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    CustodyFactory,
    GateMeetingFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    NoHomePlanFactory,
    PlaceFactory,
    ReferralFactory,
    RelatedPersonFactory,
    UserFactory,
)
from tests.ttg.a_release import worker_on
from ttg.models import InHand

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "release-in-hand"
READY = {"state": "ready", "ready_on": "today", "seen": "0"}


@pytest.fixture
def custody():
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def case(custody):
    return custody.case


def say(client, user, case, item="bank", **data):
    client.force_login(user)
    return client.post(reverse("set-in-hand", args=[case.crn, item]), data, follow=True)


def sheet(client, case, user=None):
    client.force_login(user or case.officer)
    answer = client.get(reverse("gate-sheet-paper", args=[case.crn]))
    assert answer["Content-Type"] == "application/pdf"
    [page] = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


def test_a_thing_goes_from_nobody_has_said_to_given_to_them(client, case):
    before = words(see(client, case.officer, PAGE, case))
    assert "Nobody has said" in before
    assert "Print the gate sheet" in before

    applied = {"state": "applied", "words": "Halifax", "applied_on": "yesterday", "seen": "0"}
    assert "Halifax" in words(say(client, case.officer, case, **applied))
    page = words(say(client, case.officer, case, **READY | {"seen": "1", "with_them": "yes"}))

    assert "There, and given to them" in page
    assert InHand.objects.get().with_them


def test_what_stands_is_in_the_form_when_it_is_opened(client, custody, case):
    InHandFactory(custody=custody, words="Halifax", state="applied", applied_on=localdate())

    page = words(see(client, case.officer, "set-in-hand", case, "bank"))

    assert 'value="Halifax"' in page
    assert "Bank account" in page


def test_what_was_typed_is_kept_where_a_number_is_refused(client, case):
    page = words(say(client, case.officer, case, state="needed", words="12345678", seen="0"))

    assert "There is a problem" in page
    assert "Take the number out" in page
    assert 'value="12345678"' in page
    assert not InHand.objects.exists()


def test_what_somebody_else_said_meanwhile_is_told_and_may_then_be_said_again(
    client, custody, case
):
    InHandFactory(custody=custody, state="declined", words="“No”", version=4)

    page = words(say(client, case.officer, case, **READY))

    assert "declined by the person" in page
    assert 'name="seen" value="4"' in page


def test_a_need_of_theirs_asks_for_more_than_everybody_is_asked(client, custody, case):
    NeedFactory(custody=custody)

    page = words(see(client, case.officer, PAGE, case))

    assert page.index("They have a need of drugs and alcohol") < page.index("Others")


def test_without_a_stay_in_prison_the_page_says_so_and_nothing_is_asked(client):
    case = CaseFactory()

    assert "No stay in prison is recorded" in words(see(client, case.officer, PAGE, case))
    assert "No stay in prison is recorded" in words(say(client, case.officer, case, **READY))
    assert not InHand.objects.exists()


def test_a_thing_that_is_not_in_the_catalogue_is_not_found(client, case):
    assert see(client, case.officer, "set-in-hand", case, "gold").status_code == 404


def test_a_reader_who_may_not_write_sees_what_stands_and_nothing_to_change(client, custody, case):
    InHandFactory(custody=custody, words="Halifax")
    auditor = UserFactory(role=Role.AUDITOR)

    page = words(see(client, auditor, PAGE, case))

    assert "Halifax" in page
    assert "/in-hand/bank/" not in page
    assert see(client, auditor, "set-in-hand", case, "bank").status_code == 403


def test_a_kept_name_is_kept_here_too_and_stays_when_its_words_are_sent_back(client, custody, case):
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    InHandFactory(custody=custody, words="Robin Vale holds it")
    worker = worker_on(custody)

    assert "Robin Vale" not in words(see(client, worker, PAGE, case))
    form = see(client, worker, "set-in-hand", case, "bank")
    assert "Robin Vale" not in words(form)
    shown = form.context["form"]["words"].value()
    say(client, worker, case, state="needed", words=shown, seen="0")

    assert InHand.objects.get().words == "Robin Vale holds it"
    client.force_login(worker)
    assert "Robin Vale" not in words(client.get(reverse("api-release-in-hand", args=[case.crn])))


def test_a_case_of_limited_access_is_not_opened_by_these_pages(client, custody, case):
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")
    other = UserFactory(role=Role.SPO)

    for name in (PAGE, "gate-sheet-paper"):
        assert see(client, other, name, case).status_code == 403


def test_the_page_takes_as_many_statements_for_many_things_as_for_few(client, custody, case):
    client.force_login(case.officer)
    counts = []
    for items in (("bank",), ("photo", "birth", "insurance", "phone", "travel", "script")):
        for item in items:
            InHandFactory(custody=custody, item=item, said_by=UserFactory())
            NeedFactory(custody=custody)
        address = reverse(PAGE, args=[case.crn])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address)
        counts.append(len(found))

    assert counts[0] == counts[1]


# The sheet


def test_the_sheet_says_where_when_and_whom_and_no_more_of_them_than_a_first_name(
    client, custody, case
):
    place = PlaceFactory(name="Canal House", telephone="01632 960111", team=case.team)
    leaves = custody.release_on
    HomeOfferFactory(
        custody=custody, state="confirmed", because="Safe", settled_at=now(), who="Aunt May"
    )
    AppointmentFactory(case=case, at=now() + 21 * DAY, officer=case.officer, place=place)
    need = NeedFactory(custody=custody)
    ReferralFactory(
        need=need,
        state="booked",
        received_by="Jo Field",
        first_at=now() + 22 * DAY,
        first_where="14 Mill Street",
    )
    InHandFactory(custody=custody, state="ready", ready_on=localdate(), with_them=True)
    InHandFactory(custody=custody, item="phone")
    GateMeetingFactory(custody=custody, where="At the visitors’ centre", at=now() + 20 * DAY)

    text = sheet(client, case)

    for said in (
        case.forename,
        case.crn,
        f"{leaves.day} ",
        "3 Lantern House, Reading, RG1 1AA",
        "Canal House",
        "Turning Tide",
        "14 Mill Street",
        "Bank account",
        "Not there yet: Telephone",
        "At the visitors’ centre",
        "01632 960111",
        case.officer.name,
    ):
        assert said in text
    for kept in (case.surname, "Aunt May", "heroin", "Jo Field"):
        assert kept not in text
    entry = Entry.objects.get(action="made_gate_sheet")
    assert (entry.crn, entry.by) == (case.crn, case.officer)


def test_the_sheet_is_printed_where_nothing_is_known_and_says_whom_to_ring(client):
    text = sheet(client, CaseFactory())

    assert text.count("Not arranged yet: ring 0118 496 0000") == 5


def test_only_a_confirmed_home_and_a_standing_plan_are_on_the_sheet(client, custody, case):
    HomeOfferFactory(custody=custody)
    assert "Lantern" not in sheet(client, case)

    plan = NoHomePlanFactory(custody=custody)
    assert "night shelter until 9pm" in sheet(client, case)

    plan.withdrawn_on = localdate()
    plan.save()
    assert "night shelter" not in sheet(client, case)


def test_an_appointment_called_off_before_release_or_with_another_is_not_the_first(
    client, custody, case
):
    AppointmentFactory(
        case=case, at=now() + 21 * DAY, officer=case.officer, called_off_at=now(), asked_by="service",
        called_off_because="Snow",
    )  # fmt: skip
    AppointmentFactory(case=case, at=now() + 10 * DAY, officer=case.officer)
    AppointmentFactory(case=case, at=now() + 22 * DAY, officer=UserFactory())
    assert f"{case.officer.name}. Not arranged yet" in sheet(client, case)

    AppointmentFactory(case=case, at=now() + 23 * DAY, officer=case.officer)
    assert f"{case.officer.name}. Not arranged yet" not in sheet(client, case)


def test_the_sheet_gives_nobody_away_to_whoever_holds_it(client, custody, case):
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True, address="9 Elm Row, Didcot")
    NoHomePlanFactory(
        custody=custody, tonight="Not at 9 Elm Row, where Robin Vale lives. The shelter."
    )

    text = sheet(client, case)

    assert "Vale" not in text
    assert "Elm" not in text
    assert "Ask us where and when" in text


def test_who_has_died_gets_no_sheet(client, case):
    type(case).objects.filter(pk=case.pk).update(left_as="died")
    client.force_login(case.officer)

    answer = client.get(reverse("gate-sheet-paper", args=[case.crn]))

    assert answer.status_code == 302


def test_a_letter_no_font_of_ours_has_does_not_keep_the_sheet_from_them(client, custody, case):
    NoHomePlanFactory(custody=custody, tonight="王 🙂")

    text = sheet(client, case)

    assert "letters we cannot print" in text
    assert case.crn in text

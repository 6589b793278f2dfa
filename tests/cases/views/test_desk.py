"""Pages of one case at the desk: they are here, what it came to, that they left; fares and their receipt."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Contact, Fare, WalkIn
from cases.queries.days import midnight
from cases.reference.codes import Register
from cases.reference.duty import WalkInState
from cases.reference.holding import LeftAs
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FareFactory,
    PlaceFactory,
    ReachableFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    UserFactory,
    WalkInFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def waiting(case, **fields):
    return WalkInFactory(case=case, came_at=now() - timedelta(minutes=10), **fields)


def test_what_to_do_first_stands_over_the_form_and_recorded_they_are_on_the_desk(client, case, hub):
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    place = PlaceFactory(name="Slough")
    page = words(see(client, hub, "record-walk-in", case))
    assert "See them with a second member of staff" in page
    assert page.index("second member of staff") < page.index("Why did they come?")

    given = {"came_for": "upset", "words": "Her landlord", "safe": "unsafe", "place": place.pk}
    page = post(client, hub, "record-walk-in", case, **given)

    assert page.redirect_chain[-1][0] == reverse("duty-today")
    assert "do not leave them alone" in words(page)
    assert WalkIn.objects.get().place == place
    assert "Say that they are not safe" in words(see(client, hub, "case-summary", case))
    assert see(client, hub, "record-walk-in", case)["Location"] == reverse("case-walk-ins", args=[case.crn])  # fmt: skip


def test_whoever_has_died_is_not_recorded_and_it_says_what_to_do(client, case, hub):
    case.left_as = LeftAs.DIED
    case.save()

    page = words(see(client, hub, "record-walk-in", case))

    assert "They have died. If family is here" in page
    assert "Why did they come?" not in page
    post(client, hub, "record-walk-in", case, came_for="help", safe="safe")
    assert not WalkIn.objects.exists()


def test_seen_it_is_in_the_log_and_kept_from_the_person_where_that_was_chosen(client, case, hub):
    one = waiting(case, safe=None)
    unasked = post(client, hub, "see-walk-in", case, one.pk, came_to="Rang", sensitive="kept")
    assert "Are they safe today, as they say?" in words(unasked)

    given = {"safe": "yes", "came_to": "Rang the night shelter", "sensitive": "kept"}
    post(client, hub, "see-walk-in", case, one.pk, **given)

    line = Contact.objects.get()
    assert (line.notes, line.sensitive) == ("Rang the night shelter", True)
    assert "Rang the night shelter" in words(see(client, hub, "case-walk-ins", case))
    assert post(client, hub, "walk-in-left", case, one.pk, because="Gone").redirect_chain
    one.refresh_from_db()
    assert one.state == WalkInState.SEEN


def test_about_an_appointment_of_today_its_outcome_is_asked_next(client, case):
    today = AppointmentFactory(case=case, contact__started_at=midnight(localdate()))
    one = waiting(case, came_for="appointment")
    given = {"safe": "yes", "came_to": "Early, and seen at once", "sensitive": "shown"}

    page = post(client, case.officer, "see-walk-in", case, one.pk, about=today.pk, **given)

    assert page.redirect_chain[-1][0] == reverse("record-outcome", args=[case.crn, today.pk])


def test_left_and_upset_ringing_them_is_owed_with_the_numbers_that_are_not_safe(client, case, hub):
    ReachableFactory(case=case, value="07700 900123", safe=False)
    one = waiting(case, came_for="upset")

    page = words(post(client, hub, "walk-in-left", case, one.pk, because="Gone when called"))

    assert "Ring them now" in page
    assert f"{reverse('record-contact', args=[case.crn])}?kind=CTOB" in page
    assert "Do not ring the number that" in page


def test_a_protected_name_is_kept_out_of_what_they_said(client, case, hub):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    waiting(case, words="Looking for Dana Hill")

    for page in ("case-walk-ins", "case-summary"):
        assert "Dana Hill" not in words(see(client, hub, page, case))
    client.force_login(hub)
    assert "Dana Hill" not in words(client.get(reverse("duty-today")))


def test_a_fare_is_given_in_pounds_and_a_second_of_the_day_knowingly(client, case, hub):
    given = {"kind": "voucher", "voucher": "V 12", "pence": "4.80", "journey": "Slough to Reading", "appointment": "none", "signed_for": "on"}  # fmt: skip
    assert "£4.80 is recorded as given" in words(post(client, hub, "give-fare", case, **given))

    again = words(post(client, hub, "give-fare", case, **given))
    assert "They were given £4.80 today already, in 1 fare." in again
    post(client, hub, "give-fare", case, again="on", **given)

    assert list(Fare.objects.values_list("pence", "voucher")) == [(480, "V 12")] * 2


def test_an_amount_that_is_no_money_is_asked_again(client, case, hub):
    page = post(client, hub, "give-fare", case, kind="cash", pence="4.805", journey="Slough to Reading", appointment="none", signed_for="on")  # fmt: skip

    assert "in pounds and pence, for example 4.80" in words(page)


def test_the_receipt_says_nothing_of_who_or_where_and_there_is_none_once_taken_back(client, case, hub):  # fmt: skip
    fare = FareFactory(case=case, journey="To her sister’s in Slough", pence=480)

    page = words(see(client, hub, "fare-receipt", case, fare.pk))

    main = page[page.index("<main") :]
    assert "£4.80" in main
    for private in (case.name, case.surname, "Slough", "probation", "supervision"):
        assert private.lower() not in main.lower()
    post(client, hub, "take-back-fare", case, fare.pk, because="Not used, and handed in")
    assert see(client, hub, "fare-receipt", case, fare.pk).status_code == 404
    assert "Taken back by" in words(see(client, hub, "case-fares", case))


def test_the_pages_of_a_case_cost_the_same_however_often_they_came(client, case, hub):
    see(client, hub, "case", case)  # whoever signs in for the first time writes more
    counts: list[list[int]] = []
    for more in (5, 55):
        for _ in range(more):
            ended = {"state": "left", "ended_at": now(), "came_to": "Gone", "ended_by": hub}
            waiting(case, **ended)
            FareFactory(case=case, given_at=now())
        counts.append([])
        for name in ("case-walk-ins", "case-fares", "give-fare"):
            with CaptureQueriesContext(connection) as queries:
                see(client, hub, name, case)
            counts[-1].append(len(queries))

    assert counts[0] == counts[1]

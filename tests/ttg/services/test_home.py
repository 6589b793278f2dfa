"""Offers of a home, what is done without one, and the nights after: who said so, and what is owed. Source: `ttg.services.home`."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline, PostcodePoint
from cases.reference.checks import SubjectKind
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    CustodyFactory,
    EnquiryFactory,
    HomeOfferFactory,
    NoHomePlanFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    SubjectFactory,
)
from ttg.models import HomeOffer, NightStay
from ttg.reference.home import OfferState, Stays
from ttg.rules.home import REQUIRED
from ttg.services.home import (
    confirm_home,
    look_at_safety,
    offer_home,
    say_night,
    settle_offer,
    sign_no_home_plan,
    withdraw_no_home_plan,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLEAR = {one.value: {"said": "clear", "words": "Asked her on Monday: yes"} for one in REQUIRED}
PLAN = {"tonight": "The shelter, by 9pm", "looked_for": "Two hostels: full", "rings": "Jo at 7pm"}


@pytest.fixture
def custody():
    PostcodePoint.objects.create(postcode="RG11AA", easting=471_000, northing=173_000)
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def offer(custody):
    return HomeOfferFactory(custody=custody, looked=CLEAR)


def confirm(offer, because="Jo Hale hands over the key at noon"):
    return confirm_home(offer=offer, because=because, by=offer.recorded_by, now=now())


def owed(custody):
    return set(Deadline.objects.unmet().filter(case=custody.case).values_list("kind", flat=True))


def test_a_place_is_recorded_and_its_address_is_not_in_the_trail(custody):
    by, today = custody.case.officer, localdate()

    made = offer_home(custody=custody, kind="hostel", lines="3 Lantern House", postcode=" rg1  1aa", offered_by="Lantern", offered_on=today, by=by, today=today)  # fmt: skip

    assert (made.postcode, made.state, made.recorded_by) == ("RG1 1AA", OfferState.OFFERED, by)
    assert "Lantern" not in str(Entry.objects.get(action="offered_home").detail)
    assert "find_home" in owed(custody)


def test_a_home_that_is_safe_is_confirmed_and_nothing_more_is_owed_of_it(custody, offer):
    plan = NoHomePlanFactory(custody=custody)

    done = confirm(offer)

    plan.refresh_from_db()
    assert (done.state, done.because) == (
        OfferState.CONFIRMED,
        "Jo Hale hands over the key at noon",
    )
    assert plan.withdrawn_on == localdate()
    assert "find_home" not in owed(custody)
    assert Entry.objects.filter(action="confirmed_home").count() == 1


def test_a_home_in_a_banned_area_is_not_confirmed(custody, offer):
    order = RestrictionFactory(case=custody.case, terms="areas")
    RestrictedAreaFactory(restriction=order, outline={"centre": [471_000, 173_000], "radius": 100})

    with pytest.raises(RuleBroken, match="an order bans"):
        confirm(offer)


def test_an_order_that_ends_before_they_leave_keeps_them_from_nowhere(custody, offer):
    order = RestrictionFactory(case=custody.case, terms="areas", to_on=custody.release_on - DAY)
    RestrictedAreaFactory(restriction=order, outline={"centre": [471_000, 173_000], "radius": 100})

    assert confirm(offer).state == OfferState.CONFIRMED


def test_what_cannot_be_tested_is_not_confirmed(custody, offer):
    PostcodePoint.objects.all().delete()
    with pytest.raises(RuleBroken, match="cannot place"):
        confirm(offer)


def test_terms_that_nobody_has_seen_keep_a_home_from_being_confirmed(custody, offer):
    RestrictionFactory(case=custody.case, terms="not_seen", prohibits="", copy_seen_on=None, copy_seen_by=None)  # fmt: skip

    with pytest.raises(RuleBroken, match="cannot be called confirmed"):
        confirm(offer)


def test_whoever_is_to_be_kept_safe_does_not_live_there(custody, offer):
    RelatedPersonFactory(case=custody.case, victim=True, postcode="rg1 1aa")

    with pytest.raises(RuleBroken, match="kept safe"):
        confirm(offer)


def test_an_enquiry_about_it_that_waits_keeps_it_open(custody, offer):
    asked = EnquiryFactory(case=custody.case, sent=True)
    SubjectFactory(enquiry=asked, kind=SubjectKind.ADDRESS, name="3 Lantern House, RG1 1AA")

    with pytest.raises(RuleBroken, match="Thames Valley Police"):
        confirm(offer)


def test_one_home_is_confirmed_at_a_time(custody, offer):
    confirm(offer)

    with pytest.raises(RuleBroken, match="Another home"):
        confirm(HomeOfferFactory(custody=custody, looked=CLEAR))


def test_a_confirmed_home_that_turns_out_unsafe_is_looked_for_again(custody, offer):
    confirm(offer)

    against = {"abuse": {"said": "against", "words": "Police: called there in June"}}
    done = look_at_safety(offer=offer, looked=against, by=offer.recorded_by, today=localdate())

    assert (done.state, done.settled_at) == (OfferState.OFFERED, None)
    assert done.looked["household"] == CLEAR["household"]
    assert "find_home" in owed(custody)
    assert "Police" not in str(Entry.objects.get(action="looked_at_home").detail)


def test_nothing_is_looked_at_without_an_answer_or_when_it_is_over(custody, offer):
    known = {"by": offer.recorded_by, "today": localdate()}
    with pytest.raises(RuleBroken, match="at least one"):
        look_at_safety(offer=offer, looked={}, **known)
    settle_offer(offer=offer, state="lost", because="Let to others", by=offer.recorded_by, now=now())  # fmt: skip
    with pytest.raises(RuleBroken, match="is over"):
        look_at_safety(offer=offer, looked=CLEAR, **known)


def test_a_confirmed_home_that_is_lost_is_owed_again(custody, offer):
    confirm(offer)

    settle_offer(offer=offer, state="lost", because="Let to others", by=offer.recorded_by, now=now())  # fmt: skip

    assert "find_home" in owed(custody)
    assert Entry.objects.get(action="settled_home_offer").detail["state"] == "lost"


def test_a_senior_signs_for_nowhere_once_and_withdraws_it(custody, offer):
    by = custody.case.officer
    plan = sign_no_home_plan(custody=custody, by=by, now=now(), **PLAN)
    assert "find_home" not in owed(custody)
    with pytest.raises(RuleBroken, match="signed already"):
        sign_no_home_plan(custody=custody, by=by, now=now(), **PLAN)

    withdraw_no_home_plan(plan=plan, by=by, today=localdate())

    assert "find_home" in owed(custody)
    with pytest.raises(RuleBroken, match="withdrawn already"):
        withdraw_no_home_plan(plan=plan, by=by, today=localdate())
    confirm(offer)
    with pytest.raises(RuleBroken, match="home is confirmed"):
        sign_no_home_plan(custody=custody, by=by, now=now(), **PLAN)


def test_the_first_night_is_said_and_put_right(custody):
    by, today = custody.case.officer, localdate()
    type(custody).objects.update(release_on=today - DAY, released_on=today - DAY)

    say_night(custody=custody, night="1", stays=Stays.FOR_NOW, by=by, today=today)
    say_night(custody=custody, night="1", stays=Stays.SETTLED, by=by, today=today)

    assert NightStay.objects.get().stays == Stays.SETTLED
    assert "say_first_night" not in owed(custody)
    assert Entry.objects.filter(action__in=["said_night", "corrected_night"]).count() == 2


def test_nothing_is_recorded_for_somebody_who_has_died_or_in_a_stay_that_was_a_mistake(custody):
    known = {"custody": custody, "kind": "hostel", "lines": "3 Lantern House", "offered_by": "Lantern", "offered_on": localdate(), "by": custody.case.officer, "today": localdate()}  # fmt: skip
    type(custody).objects.update(ended_on=localdate(), ended_because="Recorded twice")
    with pytest.raises(RuleBroken, match="ended here"):
        offer_home(**known)
    type(custody.case).objects.update(left_as="died")
    with pytest.raises(RuleBroken, match="have died"):
        offer_home(**known)
    assert not HomeOffer.objects.exists()

"""Offers of a home, what is done without one, and the nights after: who said so, and what is owed. Source: `ttg.services.home`."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline, Notice, PostcodePoint, Restriction
from cases.reference.checks import SubjectKind
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AssignmentFactory,
    CustodyFactory,
    EnquiryFactory,
    HomeOfferFactory,
    NoHomePlanFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    SubjectFactory,
    UserFactory,
)
from ttg.models import HomeOffer, NightStay
from ttg.queries.readiness import release_facts
from ttg.reference.home import OfferState, Stays
from ttg.rules.home import REQUIRED
from ttg.services.home import (
    confirm_home,
    doubt_home,
    look_at_safety,
    offer_home,
    say_night,
    settle_offer,
    sign_no_home_plan,
    withdraw_no_home_plan,
)
from ttg.services.home_doubts import doubt_changed_homes, doubt_homes_chunk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLEAR = {one.value: {"said": "clear", "words": "Asked her on Monday: yes"} for one in REQUIRED}
AGAINST = {"abuse": {"said": "against", "words": "Police: called there in June"}}
PLAN = {"tonight": "The shelter, by 9pm", "looked_for": "Two hostels: full", "rings": "Jo at 7pm"}


@pytest.fixture
def custody():
    PostcodePoint.objects.create(postcode="RG11AA", easting=471_000, northing=173_000)
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def offer(custody):
    return HomeOfferFactory(custody=custody, looked=CLEAR)


def confirm(offer, because="Jo Hale hands over the key at noon", by=None):
    by = by or offer.custody.case.officer
    return confirm_home(offer=offer, because=because, by=by, now=now())


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


def beside(custody, **columns):
    return RelatedPersonFactory(case=custody.case, protected=True, postcode="rg1 1aa", **columns)


def answer_for(offer):
    said = {"next_door": {"said": "clear", "words": "His own son lives there with his mother, who agrees"}}  # fmt: skip
    return look_at_safety(offer=offer, looked=said, by=offer.recorded_by, now=now())


def test_somebody_else_to_be_kept_safe_at_the_postcode_is_answered_for_and_the_seniors_read_it(
    custody, offer
):
    beside(custody)
    senior = UserFactory(role=Role.SPO, team=custody.case.team)
    with pytest.raises(RuleBroken, match="how you know"):
        confirm(offer)

    answer_for(offer)
    assert confirm(offer).state == OfferState.CONFIRMED

    notice = Notice.objects.get(user=senior)
    assert "how that is answered" in notice.text
    assert notice.text.startswith(f"{custody.case.crn}: ")
    assert "son" not in notice.text
    assert Entry.objects.get(action="confirmed_home").detail["answered_for"] is True


@pytest.mark.parametrize("columns", [{"victim": True}, {"protected": True}])
def test_whoever_may_not_know_whom_the_record_keeps_safe_does_not_learn_it_from_the_refusal(
    custody, offer, columns
):
    RelatedPersonFactory(case=custody.case, postcode="rg1 1aa", **columns)
    worker = UserFactory(role=Role.RESETTLEMENT)
    AssignmentFactory(case=custody.case, user=worker, capacity="resettlement")

    with pytest.raises(RuleBroken) as refused:
        confirm(offer, by=worker)

    assert "Ask the responsible officer" in str(refused.value)
    assert not any(words in str(refused.value) for words in ("safe", "harmed", "order keeps"))


def test_no_senior_is_told_of_a_home_with_nobody_beside_it(custody, offer):
    UserFactory(role=Role.SPO, team=custody.case.team)

    confirm(offer)

    assert not Notice.objects.exists()


def test_whoever_an_order_protects_is_answered_for_by_nobody(custody, offer):
    RestrictionFactory(case=custody.case, protects=beside(custody))
    answer_for(offer)

    with pytest.raises(RuleBroken, match="an order keeps them from"):
        confirm(offer)


def banned_since_confirmed(custody, offer):
    confirm(offer)
    type(custody.case).objects.update(facts_changed_at=now() - 30 * DAY)
    order = RestrictionFactory(case=custody.case, terms="areas", recorded_at=now())
    RestrictedAreaFactory(restriction=order, outline={"centre": [471_000, 173_000], "radius": 50})


def test_a_confirmed_home_is_confirmed_no_longer_once_an_order_bans_it(custody, offer):
    banned_since_confirmed(custody, offer)
    assert "find_home" not in owed(custody)

    assert doubt_changed_homes(now=now()) == 1

    offer.refresh_from_db()
    assert (offer.state, offer.because, offer.settled_at) == (OfferState.OFFERED, "", None)
    assert "find_home" in owed(custody)
    assert not release_facts([custody], localdate())[custody.pk].housed
    assert Notice.objects.filter(user=custody.case.officer, text__contains="Look at it anew").exists()  # fmt: skip
    [entry] = Entry.objects.filter(action="doubted_home")
    assert (entry.by, entry.crn, entry.detail) == (None, custody.case.crn, {"offer": offer.pk})


def test_a_home_that_still_stands_is_left_as_it_is_and_nobody_is_told(custody, offer):
    confirm(offer)
    RestrictionFactory(case=custody.case)

    assert doubt_changed_homes(now=now()) == 0
    assert doubt_homes_chunk(after=0, today=localdate(), now=now()) == (None, {"doubted": 0})
    assert not Notice.objects.exists()


def test_where_they_live_already_the_page_warns_and_nothing_is_taken_back(custody, offer):
    banned_since_confirmed(custody, offer)
    type(custody).objects.update(released_on=localdate())

    assert doubt_changed_homes(now=now()) == 0

    assert doubt_home(offer=offer, now=now()) is True


def test_the_night_finds_what_changed_unseen(custody, offer):
    banned_since_confirmed(custody, offer)
    Restriction.objects.update(recorded_at=now() - 30 * DAY)

    assert doubt_changed_homes(now=now()) == 0
    assert doubt_homes_chunk(after=0, today=localdate(), now=now()) == (None, {"doubted": 1})


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

    done = look_at_safety(offer=offer, looked=AGAINST, by=offer.recorded_by, now=now())

    assert (done.state, done.settled_at) == (OfferState.OFFERED, None)
    assert done.looked["household"] == CLEAR["household"]
    assert "find_home" in owed(custody)
    assert "Police" not in str(Entry.objects.get(action="looked_at_home").detail)


def heard_of(custody):
    return sorted(Notice.objects.filter(case=custody.case).values_list("user", "text"))


@pytest.fixture
def worker(custody):
    custody.worker = UserFactory(role=Role.RESETTLEMENT)
    custody.save()
    AssignmentFactory(case=custody.case, user=custody.worker, capacity="resettlement")
    return custody.worker


@pytest.mark.parametrize("says", ["worker", "officer"])
@pytest.mark.parametrize("became", ["looked at", OfferState.LOST, OfferState.UNSAFE])
def test_whoever_goes_by_a_confirmed_home_hears_that_it_is_confirmed_no_longer(
    custody, offer, worker, became, says
):
    confirm(offer)
    assert heard_of(custody) == []
    officer = custody.case.officer
    by, hears = (worker, officer) if says == "worker" else (officer, worker)

    if became == "looked at":
        look_at_safety(offer=offer, looked=AGAINST, by=by, now=now())
    else:
        settle_offer(offer=offer, state=became, because="Police rang", by=by, now=now())

    [(user, text)] = heard_of(custody)  # whoever said it knows
    assert user == hears.pk
    assert "confirmed no longer" in text
    assert "Police" not in text


def test_officer_and_worker_hear_that_the_record_speaks_against_it_now(custody, offer, worker):
    banned_since_confirmed(custody, offer)

    assert doubt_changed_homes(now=now()) == 1

    assert {user for user, _ in heard_of(custody)} == {custody.case.officer_id, worker.pk}


def test_of_an_offer_that_was_never_confirmed_nobody_hears(custody, offer):
    look_at_safety(offer=offer, looked=AGAINST, by=offer.recorded_by, now=now())
    settle_offer(offer=offer, state="unsafe", because="Police rang", by=offer.recorded_by, now=now())  # fmt: skip

    assert heard_of(custody) == []


def test_nothing_is_looked_at_without_an_answer_or_when_it_is_over(custody, offer):
    known = {"by": offer.recorded_by, "now": now()}
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

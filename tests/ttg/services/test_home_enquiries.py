"""Asking the agencies about a home on release: whom, where it lies, and what it keeps from being confirmed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Enquiry, PostcodePoint
from cases.reference.checks import Because, CheckKind, EnquiryState, SubjectKind
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    AddressFactory,
    AgencyFactory,
    CustodyFactory,
    HomeOfferFactory,
    RelatedPersonFactory,
)
from ttg.queries.home_enquiries import asked_of_homes, named
from ttg.reference.home import OfferState
from ttg.rules.home import REQUIRED
from ttg.services.home import confirm_home
from ttg.services.home_enquiries import ask_about_home

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLEAR = {one.value: {"said": "clear", "words": "Asked her on Monday: yes"} for one in REQUIRED}


@pytest.fixture
def offer():
    PostcodePoint.objects.create(postcode="MK91AA", easting=485_000, northing=238_000)
    today = localdate()
    custody = CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)
    AddressFactory(case=custody.case, postcode="RG1 1AA")
    return HomeOfferFactory(
        custody=custody,
        lines="3 Lantern Row",
        town="Milton Keynes",
        postcode="MK9 1AA",
        looked=CLEAR,
    )


def ask(offer):
    return ask_about_home(offer=offer, by=offer.recorded_by, today=localdate())


def test_whoever_answers_where_the_home_lies_is_asked_and_not_where_they_lived(offer):
    there = AgencyFactory(kind=CheckKind.POLICE, areas=["MK9"])
    AgencyFactory(kind=CheckKind.POLICE, areas=["RG1"])

    ask(offer)

    police = Enquiry.objects.get(case=offer.custody.case, kind=CheckKind.POLICE)
    assert (police.agency, police.because, police.state) == (there, Because.RELEASE, "due")
    about = dict(police.subjects.values_list("kind", "name"))
    assert about[SubjectKind.ADDRESS] == "3 Lantern Row, Milton Keynes, MK9 1AA"
    assert SubjectKind.PERSON in about


def test_the_police_and_whoever_answers_for_addresses_are_asked(offer):
    opened = ask(offer)

    assert {one.kind for one in opened} == {CheckKind.POLICE, CheckKind.ADDRESS}


def test_childrens_services_are_asked_where_children_must_be_asked_about(offer):
    RelatedPersonFactory(case=offer.custody.case, kind="child")

    assert CheckKind.CHILDREN in {one.kind for one in ask(offer)}


def test_a_home_that_is_asked_about_is_not_confirmed_before_the_answer_is_read(offer):
    ask(offer)

    with pytest.raises(RuleBroken, match="not yet read"):
        confirm_home(offer=offer, because="Jo Hale hands over the key", by=offer.recorded_by, now=now())  # fmt: skip


def test_what_it_came_to_is_known_of_this_place_and_of_no_other(offer):
    other = HomeOfferFactory(custody=offer.custody, lines="9 Mill Lane", postcode="MK9 1AA")
    ask(offer)
    Enquiry.objects.update(state=EnquiryState.NOT_NEEDED, due_on=None, not_needed_because="Known")

    found = asked_of_homes(offer.custody.case, [offer, other])

    assert [one.state for one in found[offer.pk]] == [EnquiryState.NOT_NEEDED] * 2
    assert found[other.pk] == []


def test_nobody_is_asked_twice_while_an_answer_is_waited_for(offer):
    ask(offer)

    with pytest.raises(RuleBroken, match="asked about already"):
        ask(offer)

    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"postcode": ""}, "No postcode"),
        ({"state": OfferState.LOST, "because": "Let to others", "settled_at": now()}, "is over"),
    ],
)
def test_a_place_that_nobody_can_find_or_that_is_gone_is_not_asked_about(offer, said, word):
    for name, value in said.items():
        setattr(offer, name, value)
    offer.settled_by = offer.recorded_by
    offer.save()

    with pytest.raises(RuleBroken, match=word):
        ask(offer)

    assert not Enquiry.objects.exists()


def test_nothing_is_asked_once_the_stay_was_ended_or_the_case_has_left_us(offer):
    custody = offer.custody
    custody.ended_on, custody.ended_because = localdate(), "Recorded by mistake"
    custody.save()
    with pytest.raises(RuleBroken, match="ended here"):
        ask(offer)

    custody.case.left_as = "elsewhere"
    custody.case.save()
    with pytest.raises(RuleBroken, match="Another provider"):
        ask(offer)


def test_the_trail_says_that_it_was_asked_and_not_where(offer):
    ask(offer)

    entry = Entry.objects.get(action="asked_about_home")
    assert entry.detail["offer"] == offer.pk
    assert "Lantern" not in str(entry.detail)


def test_a_long_place_keeps_the_postcode_by_which_it_is_found(offer):
    offer.lines = "A flat " * 50

    assert named(offer).endswith(", MK9 1AA")
    assert len(named(offer)) <= 300

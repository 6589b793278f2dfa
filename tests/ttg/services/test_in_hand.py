"""Saying how far a thing has come: who said it, what follows, and that nobody writes over anybody. Source: `ttg.services.in_hand`."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import CustodyFactory, InHandFactory
from ttg.models import InHand
from ttg.reference.home import Item, ItemState
from ttg.services.in_hand import set_item

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def custody():
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


def say(custody, state=ItemState.NEEDED, item=Item.BANK, **change):
    known = {
        "custody": custody, "item": item, "state": state, "words": "", "applied_on": None, "expected_on": None,
        "ready_on": None, "with_them": False, "version": 0, "by": custody.case.officer, "now": now(),
    }  # fmt: skip
    return set_item(**known | change)


def test_it_is_kept_with_who_said_it_and_without_words_in_the_trail(custody):
    one = say(custody, ItemState.APPLIED, words=" Halifax ", applied_on=localdate() - DAY, expected_on=localdate())  # fmt: skip

    one.refresh_from_db()
    assert (one.words, one.state, one.applied_on, one.version) == ("Halifax", "applied", localdate() - DAY, 1)  # fmt: skip
    assert (one.said_by, one.said_on) == (custody.case.officer, localdate())
    [entry] = Entry.objects.filter(action="set_in_hand")
    assert (entry.crn, entry.detail) == (custody.case.crn, {"item": "bank", "state": "applied", "with_them": False})  # fmt: skip


def test_said_again_it_is_the_same_row_and_its_days_follow(custody):
    say(custody, ItemState.APPLIED, applied_on=localdate(), expected_on=localdate() + DAY)

    say(custody, ItemState.READY, applied_on=localdate(), ready_on=localdate(), version=1, with_them=True)  # fmt: skip

    one = InHand.objects.get()
    assert (one.state, one.expected_on, one.with_them, one.version) == ("ready", None, True, 2)


def test_nobody_writes_over_what_somebody_else_said_meanwhile(custody):
    InHandFactory(custody=custody, state="declined", words="“No”", version=3)

    for version in (0, 2):
        with pytest.raises(RuleBroken, match="declined by the person"):
            say(custody, version=version)
    with pytest.raises(RuleBroken, match="nobody has said anything"):
        say(custody, item=Item.PHONE, version=1)

    assert say(custody, version=None).version == 4


def test_what_is_not_there_is_not_given_to_them(custody):
    with pytest.raises(RuleBroken, match="not said to be there"):
        say(custody, with_them=True)
    assert not InHand.objects.exists()


def test_no_number_is_kept(custody):
    with pytest.raises(RuleBroken, match="Take the number out"):
        say(custody, words="20-45-67 12345678")
    assert not InHand.objects.exists()


def test_nothing_is_said_of_somebody_who_has_died_or_in_a_stay_that_was_a_mistake(custody):
    type(custody).objects.update(ended_on=localdate(), ended_because="Recorded twice")
    with pytest.raises(RuleBroken, match="ended here"):
        say(custody)
    type(custody.case).objects.update(left_as="died")
    with pytest.raises(RuleBroken, match="have died"):
        say(custody)
    assert not InHand.objects.exists()

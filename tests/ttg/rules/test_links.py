"""How long a link works, and when it does not. Source: `ttg.rules.links`."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refusal
from ttg.reference.referrals import ReferralState
from ttg.rules.links import LinkFacts, check_may_link, digest_of, expires_at, why_not
from ttg.rules.referrals import BY_LINK

NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WORKS = {"expires_at": NOW + DAY, "used": False, "revoked": False, "state": "sent", "left": False}


@given(st.text(), st.text())
def test_a_digest_stands_for_one_token_and_does_not_hold_it(one, other):
    assert (digest_of(one) == digest_of(other)) == (one == other)
    assert len(digest_of(one)) == 64


@given(st.integers(1, 28), st.one_of(st.none(), st.dates(date(2018, 9, 10), date(2019, 3, 1))))
def test_a_link_ends_with_its_days_and_never_after_the_28th_day_of_release(days, release_on):
    until = expires_at(NOW, link_days=days, release_on=release_on)

    assert NOW < until <= NOW + days * DAY
    if release_on:
        assert until.date() <= release_on + 28 * DAY
    if release_on is None or release_on + 28 * DAY > (NOW + days * DAY).date():
        assert until == NOW + days * DAY


def test_long_after_release_none_is_made():
    asked = {"link_days": 14, "release_on": date(2018, 9, 2)}

    assert "28 days ago" in refusal(lambda: expires_at(NOW, **asked))


@pytest.mark.parametrize(
    "change, why",
    [
        ({"used": True}, "used"),
        ({"revoked": True}, "revoked"),
        ({"expires_at": NOW}, "expired"),
        ({"state": "closed"}, "over"),
        ({"state": "booked"}, "over"),
        ({"left": True}, "over"),
    ],
)
def test_a_link_works_until_one_thing_is_against_it(change, why):
    assert why_not(LinkFacts(**WORKS), NOW) == ""
    assert why_not(LinkFacts(**WORKS | change), NOW) == why
    assert why_not(None, NOW) == "unknown"


@pytest.mark.parametrize("state", ReferralState)
def test_a_link_is_made_where_the_service_may_answer(state):
    assert bool(refusal(check_may_link, state)) == (state not in BY_LINK)

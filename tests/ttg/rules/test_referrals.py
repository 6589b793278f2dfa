"""What a referral may become, whom the duty to refer covers, and what is still missing. Source: `ttg.rules.referrals`."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refusal
from ttg.reference.referrals import (
    Consent,
    NeedSide,
    NeedState,
    Pathway,
    ReferralState,
    SentHow,
    ServiceKind,
)
from ttg.rules.referrals import (
    BY_LINK,
    MAY_BECOME,
    MEETS,
    OVER,
    AskedFacts,
    NeedFacts,
    check_answer,
    check_attended,
    check_consent,
    check_duty,
    check_first,
    check_may_send,
    check_over,
    check_step,
    check_tells,
    is_welsh,
    may_answer,
    pharmacy_gap,
    substances_gap,
    turned_away,
)

S = ReferralState
TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
states, needs_of_any = st.sampled_from(S), st.sampled_from(NeedState)


def refused(check, *args, **known):
    return refusal(lambda: check(*args, **known))


@given(states, states)
def test_a_step_is_taken_exactly_where_the_table_allows_it(was, becomes):
    assert bool(refused(check_step, was, becomes)) == (becomes not in MAY_BECOME[was])


def test_every_state_is_reached_from_a_draft_and_every_one_ends():
    reached, left = {S.DRAFTED}, [S.DRAFTED]
    while left:
        new = MAY_BECOME[left.pop()] - reached
        reached |= new
        left += new

    assert reached == set(S)
    assert {S.REJECTED, S.WITHDRAWN, S.CLOSED} == OVER
    for state in set(S) - OVER:
        assert MAY_BECOME[state] & OVER, state


def test_there_is_no_state_for_signposting():
    assert not any("signpost" in f"{one.value} {one.title}".lower() for one in S)


@given(states)
def test_what_a_service_may_say_is_what_the_referral_may_become(state):
    assert set(may_answer(state)) <= MAY_BECOME[state]
    assert S.WITHDRAWN not in may_answer(state)


def test_a_draft_and_what_is_over_take_no_answer_and_no_link():
    assert not any(may_answer(state) for state in OVER)
    assert not BY_LINK & (OVER | {S.DRAFTED, S.BOOKED, S.ATTENDED})
    assert not MEETS & {S.SENT, S.RECEIVED, S.WAITING, S.MISSED}


@pytest.mark.parametrize("words", ["", "n/a", "  ", "see plan", "x" * 2001])
def test_what_says_nothing_or_too_much_is_not_told_to_a_service(words):
    assert refused(check_tells, words)


@pytest.mark.parametrize(
    "consent, on, why",
    [
        (Consent.REFUSED, TODAY, "do not agree"),
        (Consent.AGREED, None, "on which day"),
        (Consent.AGREED, TODAY + DAY, "still to come"),
    ],
)
def test_agreement_is_theirs_and_has_a_day(consent, on, why):
    assert why in refused(check_consent, consent=consent, consent_on=on, today=TODAY)


def test_a_draft_may_wait_until_they_are_asked():
    asked = {"consent": Consent.NOT_ASKED, "consent_on": TODAY, "today": TODAY}

    assert check_consent(**asked) is None


def test_nothing_is_sent_without_agreement_nor_mailed_to_no_address():
    known = {"how": SentHow.EMAIL, "email": "x@example.com"}

    assert not refused(check_may_send, consent=Consent.AGREED, **known)
    assert "Ask them first" in refused(check_may_send, consent=Consent.NOT_ASKED, **known)
    assert "no e-mail" in refused(check_may_send, consent=Consent.AGREED, how=SentHow.EMAIL, email="")  # fmt: skip
    assert not refused(check_may_send, consent=Consent.AGREED, how=SentHow.LETTER, email="")


DUTY = {
    "under_duty": True, "kind": ServiceKind.HOUSING_AUTHORITY, "consent": Consent.AGREED,
    "chosen_because": "His sister lives there", "housed": False, "welsh": False,
}  # fmt: skip


def test_the_duty_to_refer_asks_the_authority_they_choose():
    assert check_duty(**DUTY) == "His sister lives there"


@pytest.mark.parametrize(
    "change, why",
    [
        ({"welsh": True}, "law in England"),
        ({"kind": ServiceKind.HOUSING}, "housing authority"),
        ({"housed": True}, "A home is confirmed"),
        ({"consent": Consent.NOT_ASKED}, "must agree"),
        ({"chosen_because": "n/a"}, "choice is theirs"),
    ],
)
def test_the_duty_to_refer_is_refused_where_it_is_not_the_law(change, why):
    assert why in refused(check_duty, **DUTY | change)
    assert not refused(check_duty, **DUTY | change | {"under_duty": False})


@pytest.mark.parametrize("postcode, welsh", [("CF23 7YH", True), ("ll13 9qs", True), ("SA1 3SR", True), ("OX25 1PZ", False), ("S1 2AB", False), ("", False)])  # fmt: skip
def test_a_prison_in_wales_is_told_by_its_postcode(postcode, welsh):
    assert is_welsh(postcode) is welsh


def test_an_answer_has_a_name_and_a_refusal_a_reason():
    known = {"was": S.SENT, "received_by": " Jo Field ", "because": ""}

    assert check_answer(answer=S.ACCEPTED, **known) == ("Jo Field", "")
    assert "by name" in refused(check_answer, answer=S.ACCEPTED, **known | {"received_by": "n/a"})
    assert "turned them down" in refused(check_answer, answer=S.REJECTED, **known)
    assert "Say what the service answered" in refused(check_answer, answer=S.ATTENDED, **known)
    assert "cannot become" in refused(check_answer, answer=S.ACCEPTED, **known | {"was": S.CLOSED})


def test_a_first_appointment_has_a_time_and_a_place_and_comes_after_the_referral():
    known = {"at": NOW, "where": " 14 Mill Street ", "sent_at": NOW - DAY}

    assert check_first(**known) == "14 Mill Street"
    assert "at what time" in refused(check_first, **known | {"at": None})
    assert "before the referral" in refused(check_first, **known | {"at": NOW - 2 * DAY})
    assert "where" in refused(check_first, **known | {"where": "-"})


def test_it_is_said_whether_they_went_once_it_has_been_and_why_not():
    known = {"first_at": NOW, "now": NOW, "words": ""}

    assert check_attended(came=True, **known) == ""
    assert "why they did not go" in refused(check_attended, came=False, **known)
    assert "not been yet" in refused(check_attended, came=True, **known | {"now": NOW - DAY})


def test_an_end_says_why():
    assert refused(check_over, "n/a") == "Say why."


def need(key=1, **change):
    return NeedFacts(**{"key": key, "pathway": Pathway.SUBSTANCES, "side": NeedSide.COMMUNITY, "state": NeedState.OPEN} | change)  # fmt: skip


def asked(state, kind=ServiceKind.DRUGS_ALCOHOL, key=1):
    return AskedFacts(key, kind, state)


def test_a_drug_or_alcohol_need_with_nobody_asked_is_a_gap():
    assert substances_gap([need()], []) == [1]
    assert substances_gap([need()], [asked(S.DRAFTED)]) == [1]
    assert substances_gap([need()], [asked(S.WITHDRAWN)]) == [1]
    assert substances_gap([need()], [asked(S.SENT, ServiceKind.HEALTH)]) == [1]
    assert substances_gap([need()], [asked(S.SENT, key=2)]) == [1]
    assert substances_gap([need()], [asked(S.SENT)]) == []


@pytest.mark.parametrize("change", [{"side": NeedSide.PRISON}, {"pathway": Pathway.HEALTH}, {"state": NeedState.DECLINED}])  # fmt: skip
def test_what_is_no_open_drug_or_alcohol_need_in_the_community_is_no_such_gap(change):
    assert substances_gap([need(**change)], []) == []


@given(st.lists(st.tuples(st.integers(1, 3), states), max_size=6))
def test_asking_more_services_never_opens_a_gap(pairs):
    needs = [need(key) for key in (1, 2, 3)]
    rows = [asked(state, key=key) for key, state in pairs]

    for count in range(len(rows)):
        assert set(substances_gap(needs, rows[: count + 1])) <= set(substances_gap(needs, rows[:count]))  # fmt: skip


def test_a_need_turned_down_by_everybody_is_said_and_one_still_asked_is_not():
    assert turned_away([need()], [asked(S.REJECTED), asked(S.CLOSED)]) == [1]
    assert turned_away([need()], [asked(S.REJECTED), asked(S.SENT)]) == []
    assert turned_away([need()], []) == []
    assert turned_away([need(state=NeedState.MET)], [asked(S.REJECTED)]) == []


def test_a_pharmacy_open_on_mondays_alone_is_three_days_late_for_a_friday():
    friday = date(2018, 12, 14)

    assert pharmacy_gap(friday, [0]) == 3
    assert pharmacy_gap(friday, [4]) == 0
    assert pharmacy_gap(friday, [0], {date(2018, 12, 17)}) == 10
    assert pharmacy_gap(friday, []) is None


@given(st.dates(date(2015, 1, 1), date(2025, 1, 1)), st.sets(st.integers(0, 6), min_size=1))
def test_a_pharmacy_first_opens_on_a_day_it_is_open_and_none_sooner(release_on, weekdays):
    gap = pharmacy_gap(release_on, weekdays)

    assert (release_on + gap * DAY).weekday() in weekdays
    assert not any((release_on + n * DAY).weekday() in weekdays for n in range(gap))

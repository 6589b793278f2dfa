"""Answering what is proposed, referring somebody by hand, and taking them off the waiting list."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from cases.models import Case
from cases.reference.codes import CustodyStatus
from grid.models import Referral, UnmetNeed
from grid.queries.referrals import no_longer_suits
from grid.reference.groups import Because, ReferralState
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from grid.services.proposals import propose_for
from grid.services.referrals import accept, decline, refer_by_hand, withdraw
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import NOW, TODAY, DeadlineFactory, RegistrationFactory, UserFactory
from tests.grid.a_referral import (
    MAKING_AMENDS,
    STEPPING_STONES,
    a_man,
    proposed_to,
    referral_of,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
WORDS = "They have done the same in prison."
WHY = "They asked for it themselves."


def owed(case):
    return case.deadlines.filter(kind="answer_intervention").order_by("pk").last()


def audited(action):
    entry = Entry.objects.get(action=action)
    return entry.crn, entry.by


# Accepting


def test_accepting_puts_them_on_the_list_from_the_day_it_was_proposed():
    case = a_man()
    referral = proposed_to(case)

    accept(referral=referral, by=case.officer, now=LATER)

    kept = Referral.objects.get()
    assert (kept.state, kept.waiting_since) == (ReferralState.ACCEPTED, TODAY)
    assert (kept.answered_at, kept.answered_by) == (LATER, case.officer)
    assert (owed(case).met_on, owed(case).void) == (date(2018, 10, 4), False)
    assert audited("accepted_referral") == (case.crn, case.officer)


def test_it_is_answered_once():
    case = a_man()
    referral = proposed_to(case)
    accept(referral=referral, by=case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="answered already: On the waiting list"):
        decline(referral=referral, because=Because.NOT_RIGHT, words=WORDS, by=case.officer, now=NOW)
    assert Referral.objects.get().state == ReferralState.ACCEPTED


# Declining


def test_declining_needs_a_reason_and_words_and_meets_the_deadline():
    case = a_man()
    referral = proposed_to(case)

    decline(referral=referral, because="done_already", words=f" {WORDS} ", by=case.officer, now=NOW)

    kept = Referral.objects.get()
    assert (kept.state, kept.declined_because, kept.words) == ("declined", "done_already", WORDS)
    assert kept.closed_on == TODAY
    assert (owed(case).met_on, owed(case).void) == (TODAY, False)
    assert audited("declined_referral") == (case.crn, case.officer)
    assert propose_for(case_ids=[case.pk], today=TODAY)["proposed"] == 0


@pytest.mark.parametrize(
    ("because", "words", "said"),
    [
        ("not_right", " n/a ", "Say why in a few words"),
        ("not_right", "", "Say why in a few words"),
        ("not_right", "x y" * 167, "500 letters at most"),
        ("no such reason", WORDS, "Choose why it is declined"),
    ],
)
def test_what_says_nothing_is_refused(because, words, said):
    case = a_man()
    referral = proposed_to(case)

    with pytest.raises(RuleBroken, match=said):
        decline(referral=referral, because=because, words=words, by=case.officer, now=NOW)
    assert Referral.objects.get().state == ReferralState.PROPOSED
    assert owed(case).met_on is None


# Taking somebody off the list


def test_withdrawing_says_why_and_closes_what_was_still_to_be_decided():
    case = a_man()
    referral = referral_of(case)
    UnmetNeed.objects.create(referral=referral, case=case, opened_on=TODAY)
    DeadlineFactory(case=case, kind="decide_unmet_need", due_on=TODAY)

    withdraw(referral=referral, because="They have moved to Kent.", by=case.officer, now=NOW)

    kept = Referral.objects.get()
    assert (kept.state, kept.closed_because) == ("withdrawn", "They have moved to Kent.")
    need = UnmetNeed.objects.get()
    assert (need.closed_on, need.closed_because) == (TODAY, "They do not wait for this any more.")
    clock = case.deadlines.get(kind="decide_unmet_need")
    assert (clock.met_on, clock.void) == (TODAY, True)
    assert audited("withdrew_referral") == (case.crn, case.officer)
    assert audited("closed_unmet_need") == (case.crn, case.officer)


def test_only_what_waits_can_be_withdrawn():
    case = a_man()
    referral = proposed_to(case)

    with pytest.raises(RuleBroken, match="answered already: Proposed"):
        withdraw(referral=referral, because=WORDS, by=case.officer, now=NOW)


# Referring by hand


def test_an_officer_refers_to_another_that_suits_and_what_was_proposed_is_declined_by_it():
    case = a_man()
    proposed = proposed_to(case)

    made = refer_by_hand(case=case, code=STEPPING_STONES, because=WHY, by=case.officer, now=LATER)

    assert (made.state, made.waiting_since, made.hook) == ("accepted", localdate(LATER), "rar")
    assert (made.proposed_by, made.because) == (case.officer, WHY)
    assert made.evidence["criteria"]
    proposed.refresh_from_db()
    assert (proposed.state, proposed.declined_because) == ("declined", "other_first")
    assert proposed.words == f"Referred to Stepping Stones to Change instead: {WHY}"
    assert owed(case).met_on == localdate(LATER)
    assert audited("referred_to_intervention") == (case.crn, case.officer)


def test_what_is_not_known_to_suit_may_be_asked_for_with_words():
    case = a_man()
    case.assessments.get().delete()

    made = refer_by_hand(case=case, code=STEPPING_STONES, because=WHY, by=case.officer, now=NOW)

    met = {one["criterion"]: one["met"] for one in made.evidence["criteria"]}
    assert met["need"] == "not_known"
    with pytest.raises(RuleBroken, match="Say why in a few words"):
        refer_by_hand(case=case, code="making_amends", because="-", by=case.officer, now=NOW)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("heal", "It does not suit them. For women"),
        ("horoscopes", "no intervention by that name"),
        (MAKING_AMENDS, "proposed to them already"),
    ],
)
def test_what_does_not_suit_or_is_proposed_cannot_be_asked_for(code, said):
    case = a_man()
    proposed_to(case)

    with pytest.raises(RuleBroken, match=said):
        refer_by_hand(case=case, code=code, because=WHY, by=case.officer, now=NOW)
    assert Referral.objects.count() == 1


def test_nobody_waits_twice_for_the_same_in_any_form():
    case = a_man()
    referral_of(case)

    for code in (MAKING_AMENDS, "amends_one_to_one"):
        with pytest.raises(RuleBroken, match="on the waiting list of it already"):
            refer_by_hand(case=case, code=code, because=WHY, by=case.officer, now=NOW)


def test_nobody_in_custody_is_referred():
    case = a_man()
    case.sentences.update(custody_status=CustodyStatus.SENTENCED)

    with pytest.raises(RuleBroken, match="cannot be referred now: they are in custody"):
        refer_by_hand(case=case, code=MAKING_AMENDS, because=WHY, by=case.officer, now=NOW)


# Once they have left


def test_nothing_is_answered_for_somebody_who_has_left_us():
    case = a_man()
    referral = proposed_to(case)
    waits = referral_of(case, "ete")
    Case.objects.filter(pk=case.pk).update(left_as="ended")
    known = {"by": case.officer, "now": NOW}

    for act in (
        lambda: accept(referral=referral, **known),
        lambda: decline(referral=referral, because="not_right", words=WORDS, **known),
        lambda: withdraw(referral=waits, because=WORDS, **known),
        lambda: refer_by_hand(case=case, code="mentoring", because=WHY, **known),
    ):
        with pytest.raises(RuleBroken, match="Their case has ended here"):
            act()


# What suits them no more


def said_of(*referrals):
    return no_longer_suits(referrals, TODAY, grid_policy(TODAY), intervention_policy(TODAY))


def test_what_they_wait_for_and_suits_is_not_spoken_of():
    assert said_of(referral_of(a_man())) == {}


def test_what_suits_them_no_more_is_said_without_a_score():
    risky, short, assessed = a_man(), a_man(weeks=3), a_man()
    RegistrationFactory(case=risky, type_code="RHRH", started_on=TODAY)
    one = assessed.assessments.get()
    one.answers |= {name: "0" for name in one.answers if name.startswith("thinking")}
    one.save()
    referrals = [referral_of(case) for case in (risky, short, assessed)]

    said = said_of(*referrals)

    assert [said[one.pk] for one in referrals] == [
        "No longer suits: their risk goes to the NPS first.",
        "No longer suits: not enough time is left before what brings them to it ends.",
        "No longer suits: they are assessed as having no need that it meets.",
    ]


def test_only_what_waits_is_looked_at():
    case = a_man(weeks=3)

    assert said_of(referral_of(case, state=ReferralState.PROPOSED)) == {}


def test_somebody_else_may_answer_for_the_officer():
    case = a_man()
    other = UserFactory(team=case.team)

    accept(referral=proposed_to(case), by=other, now=NOW)

    assert Referral.objects.get().answered_by == other

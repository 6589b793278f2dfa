"""Handing over, asking, answering and accepting: who hears, what is kept, what is refused."""

from datetime import timedelta

import pytest

from cases.models import Deadline, Notice
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import NOW, TODAY, HandOverFactory
from tests.ttg.a_release import leaving, ready, worker_on
from ttg.models import HandOver
from ttg.reference.hand_over import HandOverState
from ttg.services.hand_over import (
    accept_hand_over,
    answer_query,
    ask_about_hand_over,
    offer_hand_over,
)

pytestmark = pytest.mark.django_db
SAID = {
    "met_on": TODAY,
    "how": "By video",
    "who_came": "The officer, the mentor and Turning Tide",
    "minutes": "He goes to his sister’s. The script is the worry.",
    "watch_for": "The first weekend.",
}


@pytest.fixture
def stay():
    return leaving()


@pytest.fixture
def worker(stay):
    return worker_on(stay)


def offered(stay, worker, **changed):
    return offer_hand_over(custody=stay, by=worker, now=NOW, **SAID | changed)


def told(user):
    return [one.text for one in Notice.objects.filter(user=user).order_by("pk")]


def owed(case):
    return set(Deadline.objects.unmet().filter(case=case).values_list("kind", flat=True))


def test_a_hand_over_is_kept_and_the_officer_is_told_at_once(stay, worker):
    made = offered(stay, worker)

    assert (made.state, made.offered_by, made.watch_for) == ("offered", worker, "The first weekend.")  # fmt: skip
    assert len(told(stay.case.officer)) == 1
    assert stay.case.surname not in told(stay.case.officer)[0]
    assert told(stay.case.officer)[0].startswith(f"{stay.case.crn}: ")
    assert Entry.objects.filter(action="offered_hand_over", crn=stay.case.crn, by=worker).exists()


def test_a_hand_over_stops_its_clock_and_starts_that_of_the_officer(stay, worker):
    offered(stay, worker)

    assert "hand_over_release" not in owed(stay.case)
    assert "accept_release" in owed(stay.case)


def test_it_may_be_handed_over_anew_until_it_is_accepted(stay, worker):
    offered(stay, worker)

    offered(stay, worker, minutes="He goes to his mother’s after all.")

    assert HandOver.objects.get(custody=stay).minutes == "He goes to his mother’s after all."


def test_nobody_is_handed_over_who_has_left_prison(stay, worker):
    stay.released_on = TODAY
    stay.save()

    with pytest.raises(RuleBroken, match="not in prison"):
        offered(stay, worker)


def test_nothing_is_handed_over_of_somebody_who_has_died(stay, worker):
    stay.case.left_as = "died"
    stay.case.save()

    with pytest.raises(RuleBroken, match="They have died"):
        offered(stay, worker)


def test_what_the_officer_asks_is_told_to_whoever_handed_over_at_once(stay, worker):
    offered(stay, worker)

    found = ask_about_hand_over(custody=stay, words="Who holds the script?", by=stay.case.officer, now=NOW)  # fmt: skip

    assert (found.state, found.asked) == (HandOverState.QUERIED, "Who holds the script?")
    assert len(told(worker)) == 1
    assert "answer_hand_over_query" in owed(stay.case)
    assert "accept_release" not in owed(stay.case)


def test_an_answer_puts_it_to_the_officer_again(stay, worker):
    offered(stay, worker)
    ask_about_hand_over(custody=stay, words="Who holds the script?", by=stay.case.officer, now=NOW)

    found = answer_query(custody=stay, words="The doctor at Mill Street.", by=worker, now=NOW)

    assert (found.state, found.answer) == ("offered", "The doctor at Mill Street.")
    assert len(told(stay.case.officer)) == 2
    assert "accept_release" in owed(stay.case)
    assert Entry.objects.filter(action="answered_hand_over", crn=stay.case.crn).exists()


def test_a_second_question_has_no_answer_of_the_first(stay, worker):
    offered(stay, worker)
    ask_about_hand_over(custody=stay, words="Who holds the script?", by=stay.case.officer, now=NOW)
    answer_query(custody=stay, words="The doctor at Mill Street.", by=worker, now=NOW)

    found = ask_about_hand_over(custody=stay, words="From when?", by=stay.case.officer, now=NOW)

    assert (found.asked, found.answer) == ("From when?", "")


def test_the_officer_accepts_with_what_is_missing_kept_beside_it(stay, worker):
    offered(stay, worker)

    found = accept_hand_over(custody=stay, note="We ring on Friday.", by=stay.case.officer, now=NOW)

    kept = {row["code"]: row["stands"] for row in found.facts["must_haves"]}
    assert (found.state, found.accepted_by, found.accepted_note) == ("accepted", stay.case.officer, "We ring on Friday.")  # fmt: skip
    assert found.facts["on"] == TODAY.isoformat()
    assert kept["home"] == "missing"
    assert len(told(worker)) == 1
    assert "accept_release" not in owed(stay.case)
    assert Entry.objects.filter(action="accepted_hand_over", crn=stay.case.crn).exists()


def test_accepting_is_not_refused_for_what_is_missing_nor_asked_of_what_is_there():
    stay = ready()
    HandOver.objects.filter(custody=stay).delete()
    worker = worker_on(stay)
    offered(stay, worker)

    found = accept_hand_over(custody=stay, note="", by=stay.case.officer, now=NOW)

    kept = {row["code"]: row["stands"] for row in found.facts["must_haves"]}
    assert kept["home"] == kept["drugs"] == kept["officer"] == "there"


def test_nobody_accepts_what_they_handed_over_themselves(stay):
    HandOverFactory(custody=stay)  # by the officer

    with pytest.raises(RuleBroken, match="somebody else"):
        accept_hand_over(custody=stay, note="", by=stay.case.officer, now=NOW)


def test_what_was_accepted_is_not_asked_about_or_handed_over_again(stay, worker):
    offered(stay, worker)
    accept_hand_over(custody=stay, note="", by=stay.case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="has accepted"):
        ask_about_hand_over(custody=stay, words="Where?", by=stay.case.officer, now=NOW)
    with pytest.raises(RuleBroken, match="has accepted"):
        offered(stay, worker)


def test_nothing_is_accepted_before_it_is_handed_over(stay):
    with pytest.raises(RuleBroken, match="Nothing has been handed over"):
        accept_hand_over(custody=stay, note="", by=stay.case.officer, now=NOW)


def test_it_is_decided_again_from_what_stands_and_not_from_what_the_page_showed(stay, worker):
    offered(stay, worker)
    seen = stay
    accept_hand_over(custody=stay, note="", by=stay.case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="has accepted"):
        accept_hand_over(custody=seen, note="", by=stay.case.officer, now=NOW + timedelta(hours=1))

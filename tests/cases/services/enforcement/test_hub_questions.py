"""What the hub asks the officer: the item waits and is not lost, the answer brings it back, silence reaches the senior once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import Claim, Deadline, HubQuestion, Notice
from cases.queries.work import owed_by
from cases.reference.codes import Capacity
from cases.services.deadlines import meet_deadline
from cases.services.enforcement.hub_questions import (
    answer_hub,
    ask_officer,
    close_needless,
    return_to_officer,
    take_back_question,
    tell_seniors_of_unanswered,
)
from cases.services.enforcement.queue import NOT_YOURS, claim
from cases.services.leaving import leave
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.a_queue import (
    HOUR,
    MINUTE,
    a_pack,
    an_item,
    asked,
    claimed,
    of_the_hub,
    returned,
)
from tests.factories import NOW, TODAY, AssignmentFactory, CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def hub():
    return of_the_hub()


@pytest.fixture
def item():
    return an_item()


@pytest.fixture
def senior(item):
    return UserFactory(role=Role.SPO, team=item.case.team)


def owed(case):
    return Deadline.objects.unmet().filter(case=case, kind="answer_hub").first()


def answers(question, by, now=NOW + MINUTE, words="It is 1 Fern Road."):
    return answer_hub(question=question, answer=words, by=by, now=now)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_asking_has_the_item_wait_and_the_officer_owe_an_answer(hub, item):
    asked(hub, item, until=NOW + 2 * HOUR)

    officer = item.case.officer
    assert Claim.objects.get().ended == "asked"
    assert owed(item.case).due_on == TODAY
    assert "by midday: Which address" in owed(item.case).why
    assert owed_by(officer, TODAY).filter(kind="answer_hub").exists()
    assert told(officer) == [f"The admin hub asks you about {item.case.crn}. Answer by midday."]


def test_an_answer_brings_the_item_back_and_who_asked_hears(hub, item):
    question = asked(hub, item)

    answers(question, item.case.officer)

    assert owed(item.case) is None
    assert "answered what you asked" in told(hub)[0]
    assert claim(by=hub, now=NOW + HOUR)[0].deadline == item


def test_a_return_needs_a_reason_and_comes_back_when_it_is_put_right(hub, item):
    claimed(hub, item)
    with pytest.raises(RuleBroken, match="put right before this can go"):
        return_to_officer(deadline=item, words="  - ", by=hub, now=NOW)
    question = return_to_officer(deadline=item, words="The dates are wrong.", by=hub, now=NOW)

    ended = Claim.objects.get()
    assert (ended.ended, ended.words, question.returned) == ("returned", "The dates are wrong.", True)  # fmt: skip
    assert question.until == datetime(2018, 10, 2, 16, 30, tzinfo=LONDON)
    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=hub, now=NOW)
    answers(question, item.case.officer, words="The dates are those of the log now.")
    assert claim(by=hub, now=NOW + HOUR)[0].deadline == item


def test_what_is_due_today_is_put_right_today(hub):
    question = returned(hub, an_item(due_on=TODAY))

    assert question.until == datetime(2018, 10, 1, 16, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asks", "after", "words"),
    [("?", HOUR, "Say what you need to know"), ("Which address?", 14 * MINUTE, "a quarter of an hour"),
     ("Which address?", timedelta(days=2, minutes=1), "within two working days")],
)  # fmt: skip
def test_a_question_nobody_could_answer_is_refused_and_the_claim_stays(hub, item, asks, after, words):  # fmt: skip
    claimed(hub, item)

    with pytest.raises(RuleBroken, match=words):
        ask_officer(deadline=item, asks=asks, until=NOW + after, by=hub, now=NOW)

    assert Claim.objects.live().count() == 1
    assert owed(item.case) is None


def test_nobody_asks_about_what_is_not_theirs_or_is_done(hub, item):
    with pytest.raises(RuleBroken, match=NOT_YOURS):
        ask_officer(deadline=item, asks="Which address?", until=NOW + HOUR, by=hub, now=NOW)
    claimed(hub, item)
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=TODAY)

    with pytest.raises(RuleBroken, match="It is done"):
        ask_officer(deadline=item, asks="Which address?", until=NOW + HOUR, by=hub, now=NOW)


def test_pressing_ask_twice_asks_once(hub, item):
    asked(hub, item)

    with pytest.raises(RuleBroken, match=NOT_YOURS):
        ask_officer(deadline=item, asks="Which address?", until=NOW + HOUR, by=hub, now=NOW)
    assert HubQuestion.objects.count() == 1


def test_it_is_answered_once_and_in_words(hub, item):
    question, officer = asked(hub, item), item.case.officer
    with pytest.raises(RuleBroken, match="Answer in words"):
        answers(question, officer, words=" . ")
    answers(question, officer)

    with pytest.raises(RuleBroken, match=f"{officer.name} has answered it already"):
        answers(question, officer)


def test_two_questions_are_one_clock_that_runs_to_the_first_until_both_are_answered(hub):
    one = an_item()
    other = an_item(case=one.case)
    late = asked(hub, one, asks="Which address?", until=NOW + 30 * HOUR)
    soon = asked(hub, other, asks="Which order is it?", until=NOW + HOUR)
    assert owed(one.case).due_on == TODAY

    answers(soon, one.case.officer)
    assert "Which address?" in owed(one.case).why
    answers(late, one.case.officer)

    assert owed(one.case) is None


def test_silence_reaches_the_seniors_once_when_the_hour_has_passed(hub, item, senior):
    question = asked(hub, item)

    assert tell_seniors_of_unanswered(now=NOW + 59 * MINUTE) == 0
    assert tell_seniors_of_unanswered(now=NOW + HOUR) == 1
    assert tell_seniors_of_unanswered(now=NOW + 2 * HOUR) == 0
    assert len(told(senior)) == 1
    answers(question, senior, now=NOW + 2 * HOUR)
    assert owed(item.case) is None


def test_no_senior_hears_of_what_was_answered_in_time(hub, item, senior):
    answers(asked(hub, item), item.case.officer)

    assert tell_seniors_of_unanswered(now=NOW + 2 * HOUR) == 0
    assert told(senior) == []


def test_of_a_case_whose_officer_left_the_seniors_are_asked_at_once(hub, item, senior):
    item.case.officer.is_active = False
    item.case.officer.save()

    asked(hub, item)

    assert len(told(senior)) == 1
    assert owed_by(senior, TODAY).filter(kind="answer_hub").exists()


def test_whoever_covers_is_asked_as_well(hub, item):
    cover = UserFactory()
    AssignmentFactory(case=item.case, user=cover, capacity=Capacity.COVER, from_on=TODAY)

    asked(hub, item)

    assert len(told(cover)) == 1


def test_the_hub_takes_a_question_back_and_the_officer_owes_nothing(hub, item):
    question = asked(hub, item)

    take_back_question(question=question, by=hub, now=NOW + MINUTE)

    assert owed(item.case) is None
    assert claim(by=hub, now=NOW + MINUTE)[0].deadline == item
    with pytest.raises(RuleBroken, match="needs no answer"):
        answers(question, item.case.officer)


def test_a_question_about_what_is_done_is_closed_by_itself(hub, item):
    asked(hub, item)
    assert close_needless(now=NOW) == 0
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=TODAY)

    assert tell_seniors_of_unanswered(now=NOW + 2 * HOUR) == 0
    assert [close_needless(now=NOW + MINUTE) for _ in range(2)] == [1, 0]
    assert owed(item.case) is None


def test_a_death_or_the_end_leaves_no_question_open(hub):
    died, ended = a_pack(), an_item()
    for one in (died, ended):
        asked(hub, one)
    leave(case=ended.case, left_as="ended", because="It ended", by=hub, now=NOW + MINUTE)
    leave(case=died.case, left_as="died", because="They died", by=hub, now=NOW + MINUTE)

    assert tell_seniors_of_unanswered(now=NOW + 2 * HOUR) == 0
    assert close_needless(now=NOW + MINUTE) == 2
    assert not HubQuestion.objects.open().exists()
    assert not Deadline.objects.unmet().filter(kind="answer_hub").exists()


def test_of_somebody_who_has_died_nothing_is_asked(hub):
    item = an_item(case=CaseFactory())
    claimed(hub, item)
    leave(case=item.case, left_as="died", because="They died", by=hub, now=NOW)

    with pytest.raises(RuleBroken, match="They have died"):
        ask_officer(deadline=item, asks="Which address?", until=NOW + HOUR, by=hub, now=NOW)

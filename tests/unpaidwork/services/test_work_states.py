from datetime import timedelta

import pytest

from cases.models import Contact
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, UserFactory
from tests.unpaidwork.a_work import work_of, worked
from unpaidwork.models import Work
from unpaidwork.queries.hours import hours_of, left_to_credit
from unpaidwork.services.work_owed import settle_work
from unpaidwork.services.work_reviews import review_work
from unpaidwork.services.work_states import (
    allow_courses,
    answer_extension,
    decide_intensive,
    resume_work,
    say_how_it_runs,
    suspend_work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    return {"by": UserFactory(role=Role.COORDINATOR), "today": TODAY}


@pytest.fixture
def work():
    return work_of(CaseFactory())


def test_work_is_suspended_for_a_reason_and_resumed(work, known):
    suspended = suspend_work(work=work, because="Signed off work until 3 May", **known)
    resumed = resume_work(work=work, **known)

    assert (suspended.state, suspended.state_because) == (
        "suspended",
        "Signed off work until 3 May",
    )
    assert (resumed.state, resumed.state_because) == ("open", "")


def test_work_is_not_suspended_without_a_reason_or_twice_nor_resumed_when_open(work, known):
    with pytest.raises(RuleBroken, match="Say why"):
        suspend_work(work=work, because="-", **known)
    with pytest.raises(RuleBroken, match="not suspended"):
        resume_work(work=work, **known)
    suspend_work(work=work, because="Signed off", **known)
    with pytest.raises(RuleBroken, match="open"):
        suspend_work(work=work, because="Signed off", **known)


def test_what_a_register_suspended_is_resumed_by_the_register(work, known):
    work.state = "suspended"
    work.state_because = "On the register of suspended unpaid work since 1 October 2018"
    work.save()

    with pytest.raises(RuleBroken, match="register"):
        resume_work(work=work, **known)


def test_intensive_working_is_28_hours_a_week_and_else_what_is_offered(work, known):
    why = "Out of work, and wants to be done by spring"
    intensive = decide_intensive(
        work=work, intensive=True, because=why, weekly_minutes=0, **known
    ).weekly_minutes
    usual = decide_intensive(
        work=work, intensive=False, because="Cares for two children", weekly_minutes=420, **known
    )

    assert (intensive, usual.weekly_minutes, usual.intensive) == (1680, 420, False)
    with pytest.raises(RuleBroken, match="28 hours"):
        decide_intensive(work=work, intensive=False, because=why, weekly_minutes=1681, **known)


def test_why_courses_count_is_kept(work, known):
    assert allow_courses(work=work, because="Out of work", **known).ete_because == "Out of work"


def test_an_hour_worked_counts_for_both_that_run_at_the_same_time(work, known):
    other = work_of(work.case, minutes_ordered=12000)
    say_how_it_runs(work=other, runs="concurrent", beside=work, **known)
    other.refresh_from_db()
    worked(work, 420)
    worked(other, 300, on=TODAY + timedelta(days=1))

    found = hours_of([work, other], TODAY)

    assert (found[work.pk].worked, found[other.pk].worked) == (720, 720)
    assert left_to_credit(work, TODAY) == 12000 - 720


def test_hours_worked_before_a_later_sentence_do_not_count_for_it(work, known):
    other = work_of(work.case, sentenced_on=TODAY + timedelta(days=10))
    say_how_it_runs(work=other, runs="concurrent", beside=work, **known)
    other.refresh_from_db()
    worked(work, 420)

    assert hours_of([other], TODAY)[other.pk].worked == 0


def test_what_follows_another_waits_until_that_is_worked(work, known):
    other = say_how_it_runs(work=work_of(work.case), runs="consecutive", beside=work, **known)

    assert hours_of([other], TODAY)[other.pk].first == 6000


@pytest.mark.parametrize("runs", ["concurrent", "consecutive"])
def test_it_runs_beside_another_of_the_same_person_alone(work, known, runs):
    for beside in (None, work, work_of(CaseFactory())):
        with pytest.raises(RuleBroken, match="Choose the other"):
            say_how_it_runs(work=work, runs=runs, beside=beside, **known)


def test_nothing_runs_beside_what_runs_beside_something_itself(work, known):
    second = say_how_it_runs(work=work_of(work.case), runs="concurrent", beside=work, **known)

    with pytest.raises(RuleBroken, match="runs beside something itself"):
        say_how_it_runs(work=work_of(work.case), runs="concurrent", beside=second, **known)


def test_what_it_runs_beside_is_looked_at_as_it_stands_and_not_as_its_page_had_it(work, known):
    seen = work_of(work.case)
    say_how_it_runs(work=Work.objects.get(pk=seen.pk), runs="concurrent", beside=work, **known)

    with pytest.raises(RuleBroken, match="runs beside something itself"):
        say_how_it_runs(work=work_of(work.case), runs="concurrent", beside=seen, **known)


@pytest.fixture
def late(known):
    """300 days after sentence with nothing worked: more time is owed an answer."""
    began = TODAY - timedelta(days=300)
    work = work_of(CaseFactory(), sentenced_on=began, arrived_on=began)
    settle_work(case_ids=[work.case_id], by=None, today=TODAY)
    return work


def answer(work, known, **said):
    said = {"extended_to": None, "words": "Applied to Reading Magistrates today"} | said
    return answer_extension(work=work, now=NOW, **said, **known)


def test_more_time_from_the_court_is_kept_and_stands_in_the_log(late, known):
    until = TODAY + timedelta(days=200)
    answer(late, known, extended_to=until)

    late.refresh_from_db()
    assert late.extended_to == until
    assert "Extended by the court to 19 April 2019" in Contact.objects.get().notes
    assert not late.case.deadlines.unmet().filter(kind="propose_extension").exists()


def test_an_application_that_is_proposed_answers_it_for_now(late, known):
    answer(late, known)

    clock = late.case.deadlines.get(kind="propose_extension")
    assert (clock.met_on, clock.void) == (TODAY, False)


def test_the_court_gives_no_time_that_was_there_already(late, known):
    with pytest.raises(RuleBroken, match="enter a day after"):
        answer(late, known, extended_to=TODAY)


@pytest.mark.parametrize("ends", [TODAY + timedelta(days=20), None])
def test_a_supervision_default_order_is_given_no_more_time_and_what_was_done_is_kept(
    late, known, ends
):
    late.requirement.sentence.order = "default_order"
    late.requirement.sentence.supervision_end_on = ends
    late.requirement.sentence.save()

    with pytest.raises(RuleBroken, match="before supervision ends"):
        answer(late, known, extended_to=TODAY + timedelta(days=200))
    answer(late, known, words="Back to court for breach")

    late.refresh_from_db()
    assert late.extended_to is None
    assert "Back to court for breach" in Contact.objects.get().notes


def test_what_is_owed_of_a_supervision_default_order_asks_for_no_extension(known):
    began = TODAY - timedelta(days=300)
    work = work_of(CaseFactory(), sentenced_on=began, arrived_on=began)
    work.requirement.sentence.order = "default_order"
    work.requirement.sentence.supervision_end_on = TODAY + timedelta(days=20)
    work.requirement.sentence.save()

    settle_work(case_ids=[work.case_id], by=None, today=TODAY)

    why = work.case.deadlines.get(kind="propose_extension").why
    assert "by 21 October 2018" in why
    assert "is not extended" in why


def look_back(work, known, **said):
    usual = {
        "point": "third",
        "held_on": TODAY,
        "their_words": "I can lay slabs now",
        "their_words_absent": "",
        "strengths": "On time since March; showed two others how",
        "next": "",
    }
    return review_work(work=work, now=NOW, **usual | said, **known)


def test_a_look_back_keeps_their_words_and_what_has_grown(work, known):
    worked(work, 2000)

    review = look_back(work, known)

    assert (review.their_words, review.by) == ("I can lay slabs now", known["by"])
    with pytest.raises(RuleBroken, match="already"):
        look_back(work, known)


@pytest.mark.parametrize(
    "said, words",
    [
        ({"point": "half"}, "not worked that far"),
        ({"their_words": "", "their_words_absent": ""}, "why their view is not here"),
        ({"strengths": "n/a"}, "what has grown"),
        ({"held_on": TODAY + timedelta(days=1)}, "day you talked"),
    ],
)
def test_a_look_back_that_says_nothing_or_comes_too_soon_is_refused(work, known, said, words):
    worked(work, 2000)

    with pytest.raises(RuleBroken, match=words):
        look_back(work, known, **said)


def test_why_their_view_is_not_here_is_kept_instead(work, known):
    worked(work, 2000)
    review = look_back(work, known, their_words="", their_words_absent="Asked, did not want to say")

    assert review.their_words_absent == "Asked, did not want to say"

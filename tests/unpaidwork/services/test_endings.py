"""A case is brought to its end by whoever may, with nothing left out, and keeps all that was owed."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline, Notice
from cases.reference.codes import Register, Rosh
from cases.reference.holding import LeftAs
from cases.rules.ending_policy import read_ending_policy
from cases.services.deadlines import open_deadline
from cases.services.endings import write_ending
from cases.services.policy import newest_policy, set_policy
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases.an_ending import DAY, WORDS, all_said, at_its_end, ended, prepared, senior_of
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    EndingFactory,
    EnquiryFactory,
    RegistrationFactory,
    RequirementFactory,
    ReviewFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_work import worked
from unpaidwork.queries.hours_left import hours_left
from unpaidwork.services.endings import (
    ask_senior,
    begin_ending,
    decide_early_end,
    end_case,
    owe_endings_chunk,
)

pytestmark = pytest.mark.django_db


def night(today=TODAY):
    return owe_endings_chunk(after=0, today=today, now=NOW + (today - TODAY))[1]


def owed(case, kind="end_case"):
    return Deadline.objects.unmet().filter(case=case, kind=kind).first()


def test_from_forty_two_days_before_its_end_is_owed_and_prepared_once():
    near, far = at_its_end(ends_on=TODAY + 42 * DAY), at_its_end(ends_on=TODAY + 43 * DAY)

    night()
    night()

    assert owed(near).due_on == near.endings.get().ends_on == TODAY + 42 * DAY
    assert not owed(far)
    assert not far.endings.exists()
    assert Entry.objects.filter(action="opened_ending", crn=near.crn).count() == 1


def test_an_end_that_moves_takes_its_clock_with_it_and_what_was_said_stays():
    case = at_its_end(ends_on=TODAY + 10 * DAY)
    night()
    prepared(case)
    case.sentences.update(expected_end_on=TODAY + 20 * DAY)

    night(TODAY + DAY)

    ending = case.endings.get()
    assert owed(case).due_on == ending.ends_on == TODAY + 20 * DAY
    assert ending.answers["help"] == WORDS["help"]
    case.sentences.update(expected_end_on=TODAY + 200 * DAY)
    night(TODAY + 2 * DAY)
    assert not owed(case)


def test_an_order_that_is_past_its_end_is_owed_from_the_day_that_it_is_found():
    case = at_its_end(ends_on=TODAY - 30 * DAY)

    night()
    night(TODAY + DAY)

    assert owed(case).due_on == TODAY
    assert case.endings.get().ends_on == TODAY - 30 * DAY


def test_hours_that_are_left_keep_an_order_in_force():
    case = at_its_end()
    work = WorkFactory(
        case_of=case,
        requirement=RequirementFactory(sentence=case.sentences.get(), main_code="W", length=100),
    )
    worked(work, 3480)

    night()

    assert hours_left([case.pk], TODAY) == {case.sentences.get().pk: 2520}
    assert not owed(case)
    with pytest.raises(RuleBroken, match="42 hours of unpaid work are left"):
        end_case(ending=prepared(case), by=case.officer, now=NOW)
    work.state = "completed"
    work.save()
    night()
    assert owed(case)


def test_hours_that_are_not_kept_here_are_counted_as_the_record_counts_them():
    case = at_its_end()
    sentence = case.sentences.get()
    RequirementFactory(sentence=sentence, main_code="W", length=80, completed=79)
    assert hours_left([case.pk], TODAY) == {sentence.pk: 60}
    sentence.requirements.update(length=None)
    assert hours_left([case.pk], TODAY) == {sentence.pk: None}
    sentence.requirements.update(active=False)
    assert hours_left([case.pk], TODAY) == {}


def test_the_officer_of_a_case_of_low_risk_ends_it_and_all_of_it_is_kept():
    case = at_its_end()
    night()
    kept = open_deadline(
        case=case, kind="make_plan", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )

    ending = ended(case)

    case.refresh_from_db()
    kept.refresh_from_db()
    assert (case.left_as, case.is_supervised) == (LeftAs.ENDED, False)
    assert Deadline.objects.get(case=case, kind="end_case").met_on == TODAY
    assert (kept.paused_on, kept.met_on) == (TODAY, None)
    assert ending.keep_until == date(2024, 10, 1)
    assert ending.ended_by_way == "expired"
    assert ending.answers["evidence"]["registers"] == [Rosh.LOW]
    assert Entry.objects.get(action="ended_case").detail["way"] == "expired"


def test_a_record_is_kept_as_long_as_the_policy_says():
    body = newest_policy("ending").body
    set_policy(
        name="ending", body=body | {"kept_years": 10}, changing=1, from_on=TODAY, reason="Agreed",
        by=UserFactory(role=Role.HEAD), today=TODAY,
    )  # fmt: skip

    assert ended(at_its_end()).keep_until == date(2028, 10, 1)
    for wrong in (body | {"kept_years": 0}, {"opens_days": 42}):
        with pytest.raises(RuleBroken):
            read_ending_policy(wrong, 2)


def test_it_is_refused_with_everything_that_is_still_to_do():
    case = at_its_end()
    ReviewFactory._meta.model.objects.all().delete()
    EnquiryFactory(case=case, kind="children")

    with pytest.raises(RuleBroken) as refused:
        end_case(ending=EndingFactory(case=case, ends_on=TODAY), by=case.officer, now=NOW)

    for words in (
        "No review is signed",
        "Say how it ends",
        "Children’s social care: say on which day",
        "Low risk of serious harm: say whether the register stays",
        "Ask them what it was like",
        "Say where they go for help",
        "1 enquiry to other agencies not finished",
    ):
        assert words in str(refused.value)
    case.refresh_from_db()
    assert case.left_as == ""


@pytest.mark.parametrize("code", [Rosh.MEDIUM, Register.VICTIM_CONTACT])
def test_a_senior_who_does_not_hold_it_ends_a_case_of_risk_or_concern_and_is_told_when_it_is_ready(
    code,
):
    case = at_its_end(harm=Rosh.MEDIUM if code == Rosh.MEDIUM else Rosh.LOW)
    senior = senior_of(case)
    if code not in set(Rosh):
        RegistrationFactory(case=case, type_code=code)
    ending = prepared(case, **{"tell-victim": {"on": "2018-10-01", "words": "Rang"}})
    with pytest.raises(RuleBroken, match="a senior probation officer who does not hold"):
        end_case(ending=ending, by=case.officer, now=NOW)

    ask_senior(ending=ending, by=case.officer, now=NOW)
    assert Notice.objects.get().user == senior
    end_case(ending=ending, by=senior, now=NOW)

    assert Entry.objects.filter(action="ended_case", by=senior).exists()


def test_nobody_is_asked_who_is_not_needed():
    case = at_its_end()

    with pytest.raises(RuleBroken, match="You may end this case yourself"):
        ask_senior(ending=prepared(case), by=case.officer, now=NOW)


def test_it_ends_once():
    case = at_its_end()
    ending = prepared(case)
    end_case(ending=ending, by=case.officer, now=NOW)

    for act in (
        lambda: end_case(ending=ending, by=case.officer, now=NOW),
        lambda: write_ending(ending=ending, given={}, seen={}, by=case.officer, today=TODAY),
        lambda: begin_ending(case=case, by=case.officer, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="closed already|brought to its end"):
            act()


def test_what_was_to_come_is_called_off_when_it_ends():
    case = at_its_end()
    booked = AppointmentFactory(case=case, contact__started_at=NOW + 3 * DAY)

    ended(case)

    booked.refresh_from_db()
    assert booked.called_off_because == "Their case has ended here."


def test_what_two_people_said_is_put_together_and_what_both_changed_is_not_overwritten():
    case = at_its_end()
    ending = prepared(case)
    seen = marks(all_said(case), ["help", "helped"])
    by = case.officer
    write_ending(ending=ending, given={"help": "The chapel."}, seen=seen, by=by, today=TODAY)

    outcome = write_ending(
        ending=ending, given={"help": "The library.", "helped": "Time."}, seen=seen, by=by, today=TODAY
    )  # fmt: skip

    ending.refresh_from_db()
    assert outcome.conflicts == ("help",)
    assert (ending.answers["help"], ending.answers["helped"]) == ("The chapel.", "Time.")


def test_a_register_of_another_case_is_refused():
    case = at_its_end()
    other = RegistrationFactory()

    with pytest.raises(RuleBroken, match="No register called"):
        prepared(case, **{f"flag-{other.pk}": {"keep": False, "because": "x"}})


def doing_well():
    case = at_its_end(ends_on=TODAY + 100 * DAY)
    RequirementFactory(sentence=case.sentences.get(), main_code="RM38", length=10, completed=10)
    return case


def test_an_early_end_is_put_to_the_officer_once():
    case = doing_well()
    night()
    running = owed(case, "propose_early_end")
    assert running

    ending = decide_early_end(
        case=case, propose=True, because="Every session, and in work.", by=case.officer, now=NOW
    )
    night(TODAY + 7 * DAY)

    assert not owed(case, "propose_early_end")
    assert ending.answers["early"]["propose"] is True
    assert ending.ends_on == TODAY + 100 * DAY
    prepared(case)
    assert case.endings.get().answers["early"]["because"] == "Every session, and in work."


def test_an_early_end_is_not_asked_of_somebody_who_has_failed_since():
    case = doing_well()
    night()
    AppointmentFactory(
        case=case,
        contact__started_at=NOW,
        contact__attended=False,
        contact__complied=False,
        contact__outcome_code="UAAB",
    )

    night(TODAY + DAY)

    assert not owed(case, "propose_early_end")
    with pytest.raises(RuleBroken, match="Nothing asks for an early end"):
        decide_early_end(case=case, propose=False, because="A failure.", by=case.officer, now=NOW)


def test_a_refusal_of_an_early_end_says_why():
    case = doing_well()
    night()

    with pytest.raises(RuleBroken, match="Say why not"):
        decide_early_end(case=case, propose=False, because="-", by=case.officer, now=NOW)


def test_a_case_that_the_nps_holds_does_not_end_here():
    case = at_its_end(retained_by="A. Officer")
    night()

    assert not case.endings.exists()
    with pytest.raises(RuleBroken, match="The NPS holds this case"):
        begin_ending(case=case, by=UserFactory(role=Role.SPO), now=NOW)


def test_a_case_whose_order_is_over_on_the_record_may_still_be_looked_at_a_last_time():
    case = at_its_end(state="no_sentence")
    case.sentences.update(active=False, terminated_on=TODAY - DAY)
    ending = begin_ending(case=case, by=case.officer, now=NOW)
    assert ending.ends_on == TODAY

    ended(case)

    case.refresh_from_db()
    assert case.left_as == LeftAs.ENDED


def test_many_cases_are_settled_in_as_many_statements_as_few(django_assert_max_num_queries):
    for _ in range(12):
        at_its_end(ends_on=TODAY + timedelta(days=5))
    with django_assert_max_num_queries(60):
        night()

"""Winning somebody back while a breach or a recall runs: agreed at once, agreed anew when it falls, and nothing else stops.

Source: report 2.3; product rules (contact never silently falls).
"""

from datetime import timedelta

import pytest

from cases.models import Deadline, Reengagement
from cases.queries.enforcement.winning_back import contact_falls, winning_back_of
from cases.queries.names import Names
from cases.reference.enforcement import RecallState
from cases.reference.holding import LeftAs
from cases.rules.calendar import add_working_days
from cases.services.appointments import call_off, move_appointment
from cases.services.contact_owed import owe_months
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.failures import record_failure
from cases.services.enforcement.recalls import withdraw_recall
from cases.services.enforcement.winning_back import (
    agree_next_contact,
    settle_winning_back_chunk,
    until_in_words,
)
from cases.services.leaving import leave
from cases.services.outcomes import correct_outcome, record_outcome
from cases.services.pauses import begin_pause, end_pause
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_date
from tests.cases.services.enforcement.a_recall import LATER, WORDS, brought_to, discussed
from tests.factories import (
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    RegistrationFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = LATER.date()
WE_DO = "He works nights, so we meet at 4pm and ring the day before."


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def recall(case):
    return discussed(case)


def booked(case, days=2, **given):
    return AppointmentFactory(case=case, at=LATER + days * DAY, told_how="in_person", **given)


def agree(case, appointment=None, now=LATER, **given):
    known = {"what_we_do": WE_DO, "next_contact": appointment and appointment.pk}
    return agree_next_contact(case=case, by=case.officer, now=now, **known | given)


def owed(case):
    return list(case.deadlines.unmet().filter(kind="win_back").values_list("why", flat=True))


def record(appointment, outcome, now):
    return record_outcome(
        appointment=appointment, outcome=outcome, notes="", sensitive=False, by=appointment.officer, now=now
    )  # fmt: skip


def test_a_recall_owes_the_next_contact_at_once_and_agreeing_it_is_the_answer(case, recall):
    assert owed(case) == ["Recall was decided"]
    first = booked(case)

    (plan,) = agree(case, first, what_kept_them="“I was on nights.”")

    assert (plan.recall, plan.next_contact, plan.cannot_be_seen) == (recall, first, "")
    assert owed(case) == []
    assert not Deadline.objects.get(kind="win_back").void


def test_one_agreement_is_of_everything_that_runs_and_again_is_no_second(case, recall):
    breach = BreachFactory(sentence=SentenceFactory(case=case), begun_by=case.officer)
    agree(case, booked(case))
    agree(case, booked(case, 3), what_we_do="We meet at the library instead.")

    plans = Reengagement.objects.order_by("pk")
    assert {(one.breach, one.recall) for one in plans} == {(breach, None), (None, recall)}
    assert {one.what_we_do for one in plans} == {"We meet at the library instead."}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"what_we_do": "n/a"}, "win them back"),
        ({}, "Choose the next appointment"),
        ({"cannot_be_seen": "n/a"}, "Choose the next appointment"),
    ],
)
def test_an_agreement_that_says_nothing_is_refused(case, recall, given, refused):
    with pytest.raises(RuleBroken, match=refused):
        agree(case, **given)
    assert owed(case)


def test_the_next_contact_is_theirs_to_come_and_within_days(case, recall):
    others, late, gone = booked(CaseFactory()), booked(case, 20), booked(case, -1)
    for one, refused in ((others, "not one of theirs"), (late, "is to be by"), (gone, "not one of theirs")):  # fmt: skip
        with pytest.raises(RuleBroken, match=refused):
            agree(case, one)
    unpaid_work = booked(case)
    unpaid_work.contact.type_code = "UPWA"
    unpaid_work.contact.save()
    with pytest.raises(RuleBroken, match="not one of theirs"):
        agree(case, unpaid_work)


def test_late_it_is_taken_for_the_next_working_day_and_the_page_names_that_day(case, recall):
    now = LATER + 20 * DAY
    last = add_working_days(now.date(), 1)
    (since,) = case.deadlines.filter(kind="win_back").values_list("triggered_on", flat=True)
    soon, late = booked(case, 20 + (last - now.date()).days), booked(case, 27)

    assert f"by {say_date(last)}, the next working day" in until_in_words(since, now.date())
    with pytest.raises(RuleBroken, match=f"by {say_date(last)}, the next working day"):
        agree(case, late, now=now)
    agree(case, soon, now=now)

    assert owed(case) == []


def test_nothing_is_agreed_where_nothing_runs_or_nobody_is_here(case, recall):
    with pytest.raises(RuleBroken, match="runs any more"):
        agree(CaseFactory())
    leave(case=case, left_as=LeftAs.DIED, because="x", by=case.officer, now=LATER)
    with pytest.raises(RuleBroken, match="have died"):
        agree(case, booked(case))


def test_called_off_it_is_owed_anew_and_another_answers_it(case, recall):
    first = booked(case)
    agree(case, first)

    call_off(
        appointment=first, asked_by="person", because="He is at work.", by=case.officer, now=LATER
    )
    assert owed(case) == [f"The contact agreed for {say_date(TODAY + 2 * DAY)} was called off"]

    agree(case, booked(case, 3))
    assert owed(case) == []


@pytest.mark.parametrize("outcome", ["AFTA", "AAME"])
def test_missed_it_is_owed_anew_whatever_the_reason_and_not_where_it_was_a_slip(
    case, recall, outcome
):
    first = booked(case)
    agree(case, first)
    after = LATER + 3 * DAY

    record(first, outcome, after)
    assert "did not come" in owed(case)[0]

    booked(case, 6)
    if outcome == "AFTA":
        correct_outcome(
            appointment=first, outcome="ATTC", notes="", rar_day=False, because="The wrong person was marked.",
            by=case.officer, now=after,
        )  # fmt: skip
        assert owed(case) == []
        assert Deadline.objects.filter(kind="win_back").latest("pk").void


def test_come_and_nothing_booked_after_it_is_owed_until_something_is(case, recall):
    first = booked(case)
    agree(case, first)

    record(first, "ATTC", LATER + 3 * DAY)
    assert "nothing is booked after it" in owed(case)[0]

    booked(case, 9)
    settle_winning_back_chunk(after=0, today=TODAY + 4 * DAY, now=LATER + 4 * DAY)
    assert owed(case) == []


def test_moved_it_is_followed_and_owed_anew_where_it_goes_too_late(case, recall):
    first = booked(case)
    agree(case, first)
    known = {"asked_by": "person", "because": "He is at work.", "by": case.officer, "now": LATER}

    soon = move_appointment(appointment=first, starts_at=LATER + 4 * DAY, **known)
    assert owed(case) == []

    move_appointment(appointment=soon, starts_at=LATER + 25 * DAY, **known)
    assert "later than it may be" in owed(case)[0]


def test_whoever_cannot_be_seen_is_owed_a_contact_once_they_can(case, recall):
    pause = begin_pause(
        case=case, kind="at_large", from_on=TODAY, where="", source="The police rang.", last_seen_on=None,
        by=case.officer, now=LATER,
    )  # fmt: skip
    agree(case, cannot_be_seen="At large: the police are asked each week.")
    settle_winning_back_chunk(after=0, today=TODAY, now=LATER)
    assert owed(case) == []

    end_pause(pause=pause, to_on=TODAY, because="He walked in.", by=case.officer, now=LATER)
    settle_winning_back_chunk(after=0, today=TODAY, now=LATER)
    assert "can be seen again" in owed(case)[0]


def test_the_night_leaves_nothing_owed_on_what_is_over_and_does_it_once(case):
    breach = BreachFactory(sentence=SentenceFactory(case=case), begun_by=case.officer)
    known = {
        "case": case,
        "kind": "win_back",
        "breach": breach,
        "why": "x",
        "owner_role": "officer",
    }
    Deadline.objects.create(triggered_on=TODAY, due_on=TODAY, **known)
    breach.state = "declined"
    breach.save()

    for _ in range(2):
        assert settle_winning_back_chunk(after=0, today=TODAY, now=LATER) == (None, {"owed": 0})

    assert Deadline.objects.get().void


def test_a_recall_that_ends_owes_no_contact_of_its_own_any_more(case, recall):
    withdraw_recall(recall=recall, because=WORDS, by=case.officer, now=LATER)

    assert owed(case) == []


@pytest.mark.parametrize("state", [RecallState.DISCUSSED, RecallState.WITH_NPS])
def test_while_it_runs_monthly_contact_and_what_else_is_owed_go_on(case, state):
    SentenceFactory(case=case, started_on=TODAY - 200 * DAY, expected_end_on=TODAY + 200 * DAY)
    brought_to(case, state)
    end_of_month = TODAY.replace(day=28)

    owe_months(case_ids=[case.pk], today=end_of_month)

    month = case.deadlines.unmet().get(kind="monthly_contact")
    assert month.paused_on is None
    assert not case.deadlines.unmet().filter(paused_on__isnull=False).exists()


def referred(case):
    order = SentenceFactory(
        case=case, started_on=TODAY - 200 * DAY, expected_end_on=TODAY + 200 * DAY
    )
    failure = record_failure(
        case=case, order=order.pk, happened_on=TODAY - DAY, became_aware_on=TODAY, learnt="staff",
        what="Was sent home from the group for what he did.", by=case.officer, now=LATER,
    )  # fmt: skip
    known = {"because": "He has done so three times.", "by": case.officer, "now": LATER}
    return answer_failure(failure=failure, answer="refer", **known).breach


def test_a_breach_owes_the_next_contact_and_asks_about_self_harm_alike(case):
    RegistrationFactory(case=case, type_code="ALSH")

    breach = referred(case)

    assert len(owed(case)) == 1
    assert case.deadlines.unmet().get(kind="ask_welfare").why.startswith("Before a breach")
    (plan,) = agree(case, booked(case))
    assert plan.breach == breach
    assert owed(case) == []


def test_a_breach_stops_no_other_clock(case):
    referred(case)
    end_of_month = TODAY.replace(day=28)

    owe_months(case_ids=[case.pk], today=end_of_month)

    assert case.deadlines.unmet().get(kind="monthly_contact").paused_on is None
    assert not case.deadlines.unmet().filter(paused_on__isnull=False).exists()


@pytest.mark.parametrize(("days", "said"), [(None, "Nothing is booked"), (3, "")])
def test_the_page_says_where_contact_has_fallen(case, recall, days, said):
    if days:
        booked(case, days)

    assert contact_falls(case, LATER).startswith(said) if said else not contact_falls(case, LATER)
    shown = winning_back_of(case, Names(case.name), {Action.ANSWER_FAILURE}, LATER, recall=recall)
    assert bool(shown.falls) == bool(said)
    assert shown.next.text == "Agree the next contact"


def test_who_is_known_to_harm_themselves_is_asked_when_it_begins(case):
    RegistrationFactory(case=case, type_code="ALSH")

    discussed(case)

    asked = case.deadlines.unmet().get(kind="ask_welfare")
    assert asked.why.startswith("Before a recall")


def test_who_is_not_is_not(case, recall):
    assert not case.deadlines.unmet().filter(kind="ask_welfare").exists()

"""Somebody cannot be seen as usual: recorded, asked about, put right and over. Source: product rules, GRID and clocks."""

from datetime import timedelta

import pytest

from cases.models import Case, Deadline, Notice
from cases.queries.contact_figures import figures_of
from cases.reference.agencies import Delivery
from cases.reference.codes import ContactLevel
from cases.reference.holding import LeftAs
from cases.reference.pauses import PauseKind
from cases.services.deadlines import open_deadline
from cases.services.messages import send_waiting
from cases.services.outcomes import record_outcome
from cases.services.pauses import begin_pause, correct_pause, end_pause, record_whereabouts
from cases.services.plans_owed import owe_plans
from cases.services.reminders import arrange_reminder
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_reminder import booked, set_up, somebody, texts
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    PauseFactory,
    RequirementFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


def begun(case, kind=PauseKind.WARRANT, now=NOW, **given):
    known = {
        "from_on": TODAY,
        "where": "" if kind in ("warrant", "at_large") else "HMP Bullingdon",
        "source": "The court’s list of warrants",
        "last_seen_on": TODAY - timedelta(days=20),
    }
    return begin_pause(case=case, kind=kind, by=case.officer, now=now, **known | given)


def over(pause, now=NOW, **given):
    known = {"to_on": now.date(), "because": "Arrested, and bailed by the court"}
    return end_pause(pause=pause, by=pause.case.officer, now=now, **known | given)


def owed(case, kind):
    return Deadline.objects.unmet().ours().filter(case=case, kind=kind).first()


def test_a_warrant_stops_the_clocks_tells_the_senior_and_marks_the_case(case):
    senior = UserFactory(role=Role.SPO, team=case.team)
    open_deadline(
        case=case, kind="home_visit", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )

    pause = begun(case)

    assert owed(case, "home_visit") is None
    assert Deadline.objects.get(kind="home_visit").paused_on == TODAY
    notice = Notice.objects.get(user=senior)
    assert case.crn in notice.text
    assert "Warrant out since" in notice.text
    assert Case.objects.get().facts_changed_at == NOW
    entry = Entry.objects.get(action="began_pause")
    assert entry.detail == {"pause": pause.pk, "kind": "warrant"}


def test_where_they_are_is_owed_from_the_first_day_and_again_a_month_after_each_answer(case):
    pause = begun(case)
    assert owed(case, "ask_whereabouts").due_on == TODAY + MONTH

    later = NOW + timedelta(days=10)
    record_whereabouts(
        pause=pause,
        on=TODAY + timedelta(days=9),
        asked="Thames Valley Police",
        said="Not at the address",
        by=case.officer,
        now=later,
    )

    assert Deadline.objects.filter(kind="ask_whereabouts", void=False).exclude(met_on=None).count() == 1  # fmt: skip
    assert owed(case, "ask_whereabouts").due_on == TODAY + timedelta(days=9) + MONTH


def test_of_a_warrant_that_went_out_long_ago_it_is_due_the_day_it_is_recorded(case):
    begun(case, from_on=TODAY - timedelta(days=300))

    assert owed(case, "ask_whereabouts").due_on == TODAY


def test_of_whoever_is_in_custody_nobody_asks_the_police(case):
    begun(case, PauseKind.CUSTODY)

    assert owed(case, "ask_whereabouts") is None


def test_over_it_ends_the_question_and_owes_seeing_them(case):
    pause = begun(case)

    over(pause, NOW + timedelta(days=40))

    assert owed(case, "ask_whereabouts") is None
    again = owed(case, "see_again")
    assert again.triggered_on == TODAY + timedelta(days=40)
    assert again.due_on > again.triggered_on


def test_from_a_warrant_into_custody_is_one_step_in_which_nothing_runs_between(case):
    pause = begun(case)

    over(pause, now_as=PauseKind.CUSTODY, where="HMP Bullingdon", because="Arrested and remanded")

    running = case.pauses.running().get()
    assert (running.kind, running.where) == (PauseKind.CUSTODY, "HMP Bullingdon")
    assert owed(case, "see_again") is None
    over(running, NOW + DAY, because="Released by the court")
    assert owed(case, "see_again")


def test_after_deportation_nobody_is_to_be_seen(case):
    pause = begun(case, PauseKind.DEPORTED, where="Albania")

    over(pause, because="The order to deport them was set aside")

    assert owed(case, "see_again") is None


def test_what_was_recorded_wrongly_is_put_right_and_the_clocks_follow(case):
    open_deadline(
        case=case, kind="call_same_day", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )
    pause = begun(case)
    assert owed(case, "call_same_day")

    correct_pause(
        pause=pause,
        kind=PauseKind.CUSTODY,
        from_on=TODAY - DAY,
        where="HMP Bullingdon",
        source="The prison rang",
        last_seen_on=None,
        by=case.officer,
        now=NOW,
    )

    pause.refresh_from_db()
    assert (pause.kind, pause.from_on) == (PauseKind.CUSTODY, TODAY - DAY)
    assert owed(case, "call_same_day") is None
    assert owed(case, "ask_whereabouts") is None


def test_what_was_chosen_of_what_is_to_come_is_called_off_in_the_same_step(case):
    off, stays = [
        AppointmentFactory(case=case, contact__started_at=NOW + days * DAY) for days in (3, 40)
    ]
    others = AppointmentFactory(contact__started_at=NOW + 3 * DAY)

    begun(case, PauseKind.HOSPITAL, calls_off=[off.pk, others.pk])

    for one in (off, stays, others):
        one.refresh_from_db()
    assert off.called_off_because.startswith("In hospital since")
    assert (stays.called_off_at, others.called_off_at) == (None, None)


def test_no_reminder_goes_while_they_cannot_be_seen(settings, tmp_path):
    set_up(settings, tmp_path)
    case = somebody()
    message = arrange_reminder(appointment=booked(case, at=NOW + 3 * DAY), now=NOW)
    begun(case, PauseKind.HOSPITAL)

    send_waiting(now=message.not_before)

    message.refresh_from_db()
    assert (message.delivery, message.problem) == (Delivery.CANCELLED, "paused")
    assert texts(tmp_path) == []


def test_the_same_is_not_recorded_twice_nor_ended_twice(case):
    pause = begun(case)
    with pytest.raises(RuleBroken, match="recorded already"):
        begun(case)
    over(pause)

    with pytest.raises(RuleBroken, match="over already"):
        over(pause)


def test_nothing_is_recorded_of_somebody_who_has_left_us(case):
    pause = begun(case)
    Case.objects.update(left_as=LeftAs.DIED)

    with pytest.raises(RuleBroken, match="have died"):
        begun(case, PauseKind.HOSPITAL)
    with pytest.raises(RuleBroken, match="have died"):
        over(pause)


# What it does to what is owed of contact and of plans


def test_the_standard_of_contact_pauses_by_what_is_recorded_here():
    case = CaseFactory(arrived_on=TODAY - timedelta(days=120))
    SentenceFactory(case=case, started_on=TODAY - timedelta(days=120))
    StandingFactory(case=case, contact_level=ContactLevel.WEEKLY)
    whole = figures_of([case.pk], TODAY, 8)[case.pk].figures.standard

    PauseFactory(case=case, kind="hospital", from_on=TODAY - timedelta(days=30))

    assert figures_of([case.pk], TODAY, 8)[case.pk].figures.standard < whole - 2


def test_of_a_curfew_alone_no_plan_is_owed_and_where_the_record_cannot_tell_it_is():
    case = CaseFactory(arrived_on=TODAY - timedelta(days=30))
    sentence = SentenceFactory(case=case, started_on=TODAY - timedelta(days=30), order="community")
    ContactFactory(case=case, appointment=True, attended=True, started_at=NOW - 20 * DAY)
    owe_plans(case_ids=[case.pk], today=TODAY)
    assert owed(case, "make_plan")

    RequirementFactory(sentence=sentence, main_code="M", main_name="Curfew")
    owe_plans(case_ids=[case.pk], today=TODAY)

    assert owed(case, "make_plan") is None


def test_seen_face_to_face_what_was_owed_once_they_were_back_is_done(case):
    pause = begun(case, from_on=TODAY - 9 * DAY)
    over(pause, to_on=TODAY - DAY)
    appointment = AppointmentFactory(case=case, contact__started_at=NOW - timedelta(hours=1))

    record_outcome(
        appointment=appointment, outcome="ATTC", notes="", sensitive=False, by=case.officer, now=NOW
    )

    assert owed(case, "see_again") is None
    assert Deadline.objects.get(kind="see_again").met_on == TODAY

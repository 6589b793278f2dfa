"""Meeting somebody at the gate: who reaches the case for it, who hears what came of it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from cases.models import Assignment, Case, Deadline, Limit, Message, Notice
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from staff.rules.dates import say_date
from tests.clock import frozen
from tests.factories import NOW, TODAY, AssignmentFactory, DepartureFactory, UserFactory
from tests.ttg.a_release import LEAVES, at, leaving, worker_on
from ttg.queries.readiness import readiness_of
from ttg.reference.readiness import Must
from ttg.services.custody import end_custody, release, set_release_day
from ttg.services.gate import (
    call_off_gate_meeting,
    plan_gate_meeting,
    put_meeting_right,
    say_met,
    say_not_met,
)
from ttg.services.undoing import undo_release

pytestmark = pytest.mark.django_db
GATE = at(LEAVES, 8)


@pytest.fixture(autouse=True)
def the_day_it_is_planned():
    """Who reaches a case is asked of the database's own day."""
    with frozen(NOW):
        yield


@pytest.fixture
def stay():
    return leaving()


@pytest.fixture
def worker(stay):
    return worker_on(stay)


@pytest.fixture
def mentor():
    return UserFactory(role=Role.MENTOR)


@pytest.fixture
def senior(stay):
    return UserFactory(role=Role.SPO, team=stay.case.team)


def planned(stay, mentor, worker, **changed):
    said = {"at": GATE, "where": "At the visitors’ centre"} | changed
    return plan_gate_meeting(custody=stay, meets=mentor, by=worker, now=NOW, **said)


def reached(user):
    return list(Case.objects.open_to(user, Action.MEET_AT_GATE))


def told(user):
    return [one.text for one in Notice.objects.filter(user=user).order_by("pk")]


@pytest.mark.parametrize(("last_on", "goes"), [(-1, False), (0, True), (1, True)])
def test_whoever_does_not_work_here_any_more_on_that_day_is_not_sent(stay, worker, last_on, goes):
    officer = UserFactory(team=stay.case.team)
    DepartureFactory(user=officer, last_on=LEAVES + timedelta(days=last_on))

    if goes:
        assert planned(stay, officer, worker).meets == officer
        return
    with pytest.raises(RuleBroken, match="do not work here any more on that day"):
        planned(stay, officer, worker)
    assert told(officer) == []


def test_a_meeting_whose_officer_leaves_before_it_is_at_risk(stay, worker):
    officer = UserFactory(team=stay.case.team)
    planned(stay, officer, worker)
    assert at_the_gate(stay) == f"Planned for {say_date(LEAVES)}"

    DepartureFactory(user=officer, last_on=LEAVES - timedelta(days=1))

    assert at_the_gate(stay).endswith("whoever meets them leaves before. Name somebody else.")


def test_a_mentor_who_is_to_meet_somebody_is_told_and_reaches_that_case_until_shortly_after(
    stay, mentor, worker
):
    planned(stay, mentor, worker)

    held = Assignment.objects.get(user=mentor)
    assert (held.case, held.capacity, held.from_on) == (stay.case, "gate", TODAY)
    assert held.to_on == LEAVES + timedelta(days=2)
    assert len(told(mentor)) == 1
    assert Entry.objects.filter(action="planned_gate_meeting", crn=stay.case.crn).exists()


def test_a_mentor_sees_nothing_of_the_case_but_the_meeting(stay, mentor, worker):
    planned(stay, mentor, worker)

    for action in (Action.VIEW_CASE, Action.VIEW_RELEASE):
        assert not Case.objects.open_to(mentor, action).exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RESETTLEMENT, Role.MENTOR])
def test_whoever_is_asked_may_do_nothing_more_on_the_case_than_to_say_what_came_of_it(
    stay, worker, role
):
    asked = UserFactory(role=role, team=stay.case.team if role == Role.OFFICER else None)
    before = actions_on(stay.case, asked)

    planned(stay, asked, worker)

    assert actions_on(stay.case, asked) == before | {Action.MEET_AT_GATE}


def test_whoever_reaches_the_case_already_may_do_no_more_than_before(stay, worker):
    before = actions_on(stay.case, worker)

    planned(stay, worker, worker)

    assert actions_on(stay.case, worker) == before


def test_whoever_is_to_meet_them_still_finds_the_meeting_when_another_has_the_case(stay, worker):
    planned(stay, worker, worker)

    Assignment.objects.filter(user=worker, capacity="resettlement").delete()

    assert reached(worker) == [stay.case]
    assert Action.WRITE_RESETTLEMENT not in actions_on(stay.case, worker)


def test_calling_it_off_takes_nothing_that_was_given_for_other_work(stay, worker):
    meeting = planned(stay, worker, worker)
    until = LEAVES + timedelta(days=2)  # by chance the day on which that of the meeting ends too
    Assignment.objects.filter(user=worker, capacity="resettlement").update(to_on=until)

    call_off_gate_meeting(meeting=meeting, because="His brother comes", by=worker, now=NOW)

    assert [one.capacity for one in Assignment.objects.filter(user=worker)] == ["resettlement"]


def test_one_meeting_is_planned_at_a_time(stay, mentor, worker):
    planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="planned already"):
        planned(stay, mentor, worker)


def test_whom_the_case_shuts_out_meets_nobody(stay, mentor, worker):
    Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")

    with pytest.raises(RuleBroken, match="cannot be asked"):
        planned(stay, mentor, worker)


def test_the_officer_hears_the_same_minute_that_they_were_met(stay, mentor, worker, senior):
    meeting = planned(stay, mentor, worker)

    said = say_met(meeting=meeting, words="", by=mentor, now=GATE)

    assert (said.state, said.said_by, said.said_at) == ("met", mentor, GATE)
    assert len(told(stay.case.officer)) == 1
    assert told(senior) == []


def test_the_officer_and_a_senior_hear_the_same_minute_that_they_were_not_met(
    stay, mentor, worker, senior
):
    meeting = planned(stay, mentor, worker)

    say_not_met(meeting=meeting, words="He left by another gate.", by=mentor, now=GATE)

    assert "NOT met" in told(stay.case.officer)[0]
    assert "NOT met" in told(senior)[0]
    assert told(senior)[0].startswith(f"{stay.case.crn}: ")  # whom to look for, at once
    assert stay.case.surname not in told(senior)[0]
    mail = Message.objects.filter(user=senior).get() if senior.email else None
    assert mail is None or mail.not_before == GATE


def test_not_met_is_not_said_without_what_happened(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="Say what happened"):
        say_not_met(meeting=meeting, words="", by=mentor, now=GATE)


def test_what_came_of_it_is_said_once(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)
    say_met(meeting=meeting, words="", by=mentor, now=GATE)

    with pytest.raises(RuleBroken, match="said already"):
        say_not_met(meeting=meeting, words="He did not come.", by=worker, now=GATE)


def test_nothing_is_said_of_a_meeting_before_its_day(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="Say what came of it then"):
        say_met(meeting=meeting, words="", by=mentor, now=NOW)


def test_a_meeting_that_is_called_off_is_told_and_takes_the_reach_away(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    off = call_off_gate_meeting(meeting=meeting, because="His brother comes", by=worker, now=NOW)

    assert (off.state, off.words) == ("called_off", "His brother comes")
    assert not Assignment.objects.filter(user=mentor).exists()
    assert reached(mentor) == []
    assert len(told(mentor)) == 2


def test_another_may_be_planned_once_one_is_called_off(stay, mentor, worker):
    call_off_gate_meeting(
        meeting=planned(stay, mentor, worker), because="His brother comes", by=worker, now=NOW
    )

    assert planned(stay, mentor, worker).state == "planned"


def test_nothing_is_planned_for_somebody_who_is_not_here_any_more(stay, mentor, worker):
    stay.case.left_as = "ended"
    stay.case.save()

    with pytest.raises(RuleBroken, match="ended here"):
        planned(stay, mentor, worker)


def test_what_was_given_for_a_meeting_before_is_narrowed_to_it_and_nothing_else_is(stay, worker):
    officer = UserFactory(team=stay.case.team)
    planned(stay, officer, worker)
    asked = Assignment.objects.get(user=officer)
    Assignment.objects.filter(pk=asked.pk).update(capacity="resettlement")  # as it was given then
    others = [
        AssignmentFactory(
            case=stay.case, user=officer, capacity=capacity, from_on=from_on, to_on=to_on
        )
        for capacity, from_on, to_on in (
            ("cover", asked.from_on, asked.to_on),
            ("resettlement", asked.from_on - timedelta(days=1), asked.to_on),
            ("resettlement", asked.from_on, None),
        )
    ]
    others.append(
        AssignmentFactory(
            case=stay.case, capacity="mentor", from_on=asked.from_on, to_on=asked.to_on
        )
    )
    before = {one.pk: one.capacity for one in others}

    with connection.cursor() as cursor:
        cursor.execute(import_module("ttg.migrations.0003_asked_to_meet").NARROWED)

    given = Assignment.objects.filter(case=stay.case).exclude(user=worker)
    after = dict(given.values_list("pk", "capacity"))
    assert after == before | {asked.pk: "gate"}


def moved(user):
    return [one for one in told(user) if "does not leave on that day any more" in one]


@pytest.mark.parametrize("on", [LEAVES - timedelta(days=1), LEAVES + timedelta(days=7), None])
def test_whoever_was_to_meet_them_hears_at_once_that_the_day_has_moved(stay, mentor, worker, on):
    planned(stay, mentor, worker)

    set_release_day(
        custody=stay, on=on, kind="other" if on else "", because="The prison’s letter", version=0, by=worker, now=NOW
    )  # fmt: skip

    assert len(moved(mentor)) == 1
    assert stay.case.surname not in moved(mentor)[0]


def test_whoever_meets_them_hears_nothing_of_a_day_that_stays(stay, mentor, worker):
    planned(stay, mentor, worker)

    said = {"kind": "other", "because": "The prison’s letter", "by": worker, "now": NOW}
    set_release_day(custody=stay, on=LEAVES, version=0, **said)
    release(custody=stay, on=LEAVES, by=worker, now=GATE)

    assert moved(mentor) == []


def test_whoever_was_to_meet_them_hears_that_they_left_before_or_are_not_held_any_more(worker):
    left, ended = leaving(), leaving()
    first, second = UserFactory(role=Role.MENTOR), UserFactory(role=Role.MENTOR)
    planned(left, first, worker)
    planned(ended, second, worker)

    release(custody=left, on=TODAY, by=worker, now=NOW)
    end_custody(custody=ended, because="Recorded by mistake", mistaken=True, by=worker, now=NOW)

    assert len(moved(first)) == len(moved(second)) == 1


def after_all(user):
    return [one for one in told(user) if "leaves on that day after all" in one]


def test_whoever_heard_that_nobody_comes_hears_once_that_they_do_after_all(stay, mentor, worker):
    planned(stay, mentor, worker)
    said = {"kind": "other", "because": "The prison’s letter", "by": worker, "now": NOW}
    set_release_day(custody=stay, on=LEAVES + timedelta(days=7), version=0, **said)
    assert after_all(mentor) == []

    set_release_day(custody=stay, on=LEAVES, version=1, **said)

    (text,) = after_all(mentor)
    assert stay.case.surname not in text
    set_release_day(custody=stay, on=LEAVES, version=2, **said)
    assert len(after_all(mentor)) == 1


def test_a_release_undone_brings_back_whoever_was_to_meet_them(stay, mentor, worker):
    planned(stay, mentor, worker)
    release(custody=stay, on=TODAY, by=worker, now=NOW)
    assert len(moved(mentor)) == 1

    undo_release(custody=stay, because="Somebody else of that name.", by=worker, now=NOW)

    assert len(after_all(mentor)) == 1


def test_nobody_hears_of_a_meeting_that_was_called_off_or_whose_outcome_is_said(
    stay, mentor, worker
):
    call_off_gate_meeting(meeting=planned(stay, mentor, worker), because="His brother comes", by=worker, now=NOW)  # fmt: skip

    release(custody=stay, on=TODAY, by=worker, now=NOW)

    assert moved(mentor) == []


LATER = GATE + timedelta(hours=1)
FOUND = "He was at the bus stop; his mentor has him now."


@pytest.fixture
def not_met(stay, mentor, worker, senior):
    meeting = planned(stay, mentor, worker)
    return say_not_met(meeting=meeting, words="He left by another gate.", by=mentor, now=GATE)


def put_right(meeting, by, to="met", because=FOUND, now=LATER):
    return put_meeting_right(meeting=meeting, to=to, because=because, by=by, now=now)


def owed_of(stay):
    return Deadline.objects.unmet().filter(case=stay.case, kind="say_if_met")


def at_the_gate(stay):
    found = readiness_of([stay], LEAVES)[stay.pk]
    return next(one.words for one in found if one.code == Must.GATE)


def test_whoever_is_found_after_not_met_is_met_in_the_record_and_what_stood_is_kept(
    stay, mentor, not_met
):
    said = put_right(not_met, mentor)

    assert (said.state, said.words, said.said_by, said.said_at) == ("met", FOUND, mentor, LATER)
    before = said.events.order_by("-pgh_id").first()
    assert (before.state, before.words, before.said_at) == ("not_met", "He left by another gate.", GATE)  # fmt: skip
    entry = Entry.objects.get(action="put_meeting_right", crn=stay.case.crn)
    assert (entry.detail["was"], entry.detail["to"]) == ("not_met", "met")
    assert at_the_gate(stay) == "They were met"


def test_everybody_who_was_told_that_they_were_not_met_is_told_that_it_is_put_right(
    stay, mentor, senior, not_met
):
    stay.case.officer, told_before = UserFactory(team=stay.case.team), stay.case.officer
    stay.case.save()  # another has the case by now
    put_right(not_met, mentor)

    for user in (told_before, senior, stay.case.officer):
        assert told(user)[-1] == f"{stay.case.crn}: It was said that they were not met at the gate. That is put right: they were met, there or since."  # fmt: skip
    assert [len(told(one)) for one in (told_before, senior, stay.case.officer)] == [2, 2, 1]


def test_whom_the_case_shuts_out_by_now_is_not_told_again(stay, mentor, senior, not_met):
    limit = Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")
    limit.named.create(user=stay.case.officer, let_in=True)

    put_right(not_met, mentor)

    assert len(told(senior)) == 1
    assert len(told(stay.case.officer)) == 2


def test_met_that_was_said_by_mistake_tells_the_seniors_at_once(stay, mentor, worker, senior):
    meeting = say_met(meeting=planned(stay, mentor, worker), words="", by=mentor, now=GATE)

    put_right(meeting, stay.case.officer, to="not_met", because="It was his cellmate who came out.")

    assert "they were NOT met" in told(senior)[0]
    assert told(mentor)[-1] == "What was said of a meeting at the gate of yours is put right. See your page."  # fmt: skip
    assert at_the_gate(stay) == "They were not met"
    mail = Message.objects.filter(user=senior)
    assert [one.not_before for one in mail] == [LATER] * len(mail)


def test_what_is_taken_back_is_owed_again_and_those_who_were_told_hear_what_comes_of_it(
    stay, mentor, senior, not_met
):
    assert not owed_of(stay).exists()

    back = put_right(not_met, mentor, to="planned", because="It was said of somebody else.")

    assert back.state == "planned"
    assert owed_of(stay).exists()
    assert "nobody has said yet" in told(senior)[-1]

    say_met(meeting=back, words="", by=mentor, now=LATER + timedelta(hours=1))

    assert not owed_of(stay).exists()
    assert told(senior)[-1].endswith("They were met at the gate.")


def test_what_was_said_of_one_meeting_is_not_taken_back_once_another_is_planned(
    stay, mentor, worker, not_met
):
    planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="Another meeting is planned since"):
        put_right(not_met, mentor, to="planned")


def test_nothing_is_put_right_without_a_reason(mentor, not_met):
    with pytest.raises(RuleBroken, match="how you know"):
        put_right(not_met, mentor, because="-")

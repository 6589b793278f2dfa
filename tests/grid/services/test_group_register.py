"""What is said on a register is in the case in the same hour, once, with whatever follows from it; and is put right for good."""

from datetime import timedelta

import pytest
from django.db import transaction

from cases.models import (
    ComplianceDecision,
    Contact,
    Deadline,
    Failure,
    Notice,
    OutcomeCorrection,
    RelatedPerson,
)
from cases.queries.rar import rar_of_case
from cases.services.outcomes import correct_outcome, record_outcome, take_back_outcome
from cases.services.seen_again import answer_came
from grid.models import GroupAttendance, SeriesSession, SessionLeader
from grid.reference.group_marks import Mark
from grid.reference.interventions import Hook
from grid.services.group_register import correct, rest_came, say_of, send_register
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AssignmentFactory, ContactFactory, UserFactory, limit
from tests.grid.a_group_session import (
    AFTER,
    EIGHT,
    MORNING,
    NEXT_DAY,
    TUESDAY,
    a_series,
    a_session,
    at,
    called_off_singly,
    everybody,
    fresh,
    join,
    lead,
    leader,
    leader_of,
    logged,
    reach,
    said,
    the_only,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def one(session):
    return the_only(session)


def say(one, mark=Mark.TOOK_PART, *, by=None, version=None, now=AFTER, sensitive=False, **more):
    one = fresh(one)
    return say_of(
        attendance=one, version=version or one.version, said=said(one, mark, **more),
        by=by or leader_of(one.session), now=now, sensitive=sensitive,
    )  # fmt: skip


def put_right(one, mark, because="", *, by=None, version=None, now=AFTER, sensitive=False, **more):
    one = fresh(one)
    return correct(
        attendance=one, version=version or one.version, said=said(one, mark, **more), because=because,
        by=by or leader_of(one.session), now=now, sensitive=sensitive,
    )  # fmt: skip


def send(session, *, by=None, version=None, now=AFTER):
    session = SeriesSession.objects.get(pk=session.pk)
    by = by or leader_of(session)
    return send_register(session=session, version=version or session.version, by=by, now=now)


def credited(case):
    return [list(one.tally.credited) for one in rar_of_case(case, TUESDAY + timedelta(days=30), 4)]


# In the case, the same hour


MARKS = [  # (mark, what besides, outcome, attended, complied)
    (Mark.TOOK_PART, {"late_minutes": 10}, "ATTC", True, True),
    (Mark.DID_NOT_COMPLY, {"note": "Would not stay in the room."}, "AFTC", True, False),
    (Mark.SENT_HOME, {"note": "Shouted at others."}, "ATSH", True, False),
    (Mark.SENT_HOME_BY_US, {}, "ATSS", True, True),
    (Mark.EXCUSED, {"excuse": "AAME"}, "AAME", False, True),
    (Mark.NOT_COME, {}, "AFTA", False, False),
]


@pytest.mark.parametrize("mark, besides, outcome, attended, complied", MARKS)
def test_what_is_said_is_the_outcome_of_their_appointment(
    one, mark, besides, outcome, attended, complied
):
    say(one, mark, **besides)

    line, row = logged(one), fresh(one)
    assert (line.outcome_code, line.attended, line.complied) == (outcome, attended, complied)
    assert (row.mark, row.recorded_by, row.version) == (mark, leader_of(one.session), 2)
    assert row.appointment.logged_by == leader_of(one.session)
    assert "Making Amends, session 1, 2 October 2018" in line.notes
    assert besides.get("note", "") in line.notes


def test_an_absence_awaits_the_decision_of_their_officer_and_is_no_failure_by_itself(one):
    say(one, Mark.NOT_COME)

    decision = ComplianceDecision.objects.get(appointment=one.appointment)
    owed = set(Deadline.objects.unmet().filter(case=one.case).values_list("kind", flat=True))
    assert decision.state == "awaiting"
    assert {"call_same_day", "decide_absence"} <= owed
    assert not Failure.objects.exists()
    assert Notice.objects.filter(user=one.case.officer, case=one.case).exists()


@pytest.mark.parametrize(
    "mark, besides, outcome",
    [
        (Mark.NOT_COME, {}, "ABNS"),
        (Mark.DID_NOT_COMPLY, {"note": "Left at the break."}, "APPK"),
        (Mark.TOOK_PART, {}, "APPK"),
    ],
)
def test_nobody_who_chose_to_come_ever_fails(session, mark, besides, outcome):
    one = join(session, hook=Hook.VOLUNTARY)

    say(one, mark, **besides)

    assert logged(one).outcome_code == outcome
    assert not ComplianceDecision.objects.exists()


@pytest.mark.parametrize(
    "mark, besides, days",
    [
        (Mark.TOOK_PART, {}, [[TUESDAY]]),
        (Mark.SENT_HOME_BY_US, {}, [[TUESDAY]]),
        (Mark.DID_NOT_COMPLY, {"note": "Would not stay."}, [[]]),
        (Mark.NOT_COME, {}, [[]]),
        (Mark.EXCUSED, {"excuse": "AAEM"}, [[]]),
    ],
)
def test_the_day_of_their_requirement_is_credited_where_they_came_and_complied(
    one, mark, besides, days
):
    say(one, mark, **besides)

    assert credited(one.case) == days


def test_a_day_that_something_else_is_credited_with_is_not_credited_again(one):
    contact = one.appointment.contact
    ContactFactory(
        case=one.case, sentence=contact.sentence, requirement=contact.requirement, type_code="RARP",
        started_at=at(11), rar_activity=True,
    )  # fmt: skip

    say(one)

    assert logged(one).rar_activity is False
    assert credited(one.case) == [[TUESDAY]]


@pytest.mark.parametrize("hook", [Hook.PROGRAMME, Hook.LICENCE, Hook.PSS, Hook.VOLUNTARY])
def test_no_day_is_credited_to_whoever_comes_by_something_else(session, hook):
    one = join(session, hook=hook)

    say(one)

    assert logged(one).attended is True
    assert logged(one).rar_activity is False


def test_no_day_is_credited_by_an_intervention_whose_sessions_are_none():
    one = the_only(a_session(series=a_series(code="thinking_skills_programme")))

    say(one)

    assert logged(one).outcome_code == "ATTC"
    assert credited(one.case) == [[]]


def test_all_of_it_is_written_or_nothing(one, monkeypatch):
    def fails(**known):
        answer_came(**known)
        raise ConnectionError("the network is gone")

    monkeypatch.setattr("cases.services.outcomes.answer_came", fails)
    with pytest.raises(ConnectionError), transaction.atomic():
        say(one, Mark.NOT_COME)

    assert fresh(one).mark == ""
    assert logged(one).outcome_code == ""
    assert not ComplianceDecision.objects.exists()


def test_it_is_in_the_trail_without_a_word_of_the_note(one):
    say(one, Mark.SENT_HOME, note="Qzxwvkjq was loud.")

    entry = Entry.objects.get(action="recorded_group_attendance")
    assert (entry.crn, entry.by) == (one.case.crn, leader_of(one.session))
    assert entry.detail == {"attendance": one.pk, "mark": "sent_home"}
    assert not any("Qzxwvkjq" in str(each.detail) for each in Entry.objects.all())


# Who may


def test_a_senior_of_the_team_of_the_case_may_say_it_and_one_of_another_team_may_not(one):
    theirs = UserFactory(role=Role.SPO, team=one.case.team)

    with pytest.raises(RuleBroken, match="Only those who lead this session"):
        say(one, by=UserFactory(role=Role.SPO))
    say(one, by=theirs)

    assert fresh(one).recorded_by == theirs


def nobody_leads(one):
    return reach(one.case, leader("Kim Dale")).user


def somebody_led_before(one):
    user = leader_of(one.session)
    SessionLeader.objects.update(stands=False, because="On leave")
    return user


def their_own_officer(one):
    return one.case.officer


def leads_and_does_not_reach_them(one):
    yesterday = TUESDAY - timedelta(days=1)
    one.case.assignments.update(from_on=yesterday, to_on=yesterday)
    return leader_of(one.session)


def is_kept_out(one):
    user = leader_of(one.session)
    limit(one.case, kept_out=[user])
    return user


@pytest.mark.parametrize(
    "who",
    [
        nobody_leads, somebody_led_before, their_own_officer, leads_and_does_not_reach_them, is_kept_out,
        lambda one: UserFactory(role=Role.HEAD), lambda one: UserFactory(role=Role.QUALITY),
    ],
)  # fmt: skip
def test_nobody_else_says_anything(one, who):
    user = who(one)

    for act in (say, lambda one, **known: put_right(one, Mark.NOT_COME, "It was wrong", **known)):
        with pytest.raises(RuleBroken, match="Only those who lead this session"):
            act(one, by=user)
    assert logged(one).outcome_code == ""


# Said once, and put right


def test_two_who_write_at_once_do_not_write_over_each_other(one):
    other = lead(one.session, leader("Kim Dale"))
    say(one, Mark.NOT_COME, by=other)

    with pytest.raises(RuleBroken, match=r"Somebody else wrote meanwhile.*did not come \(Kim Dale"):
        say(one, version=1)

    assert logged(one).outcome_code == "AFTA"


def test_what_is_said_is_not_said_again(one):
    say(one)

    with pytest.raises(RuleBroken, match="put it right"):
        say(one, Mark.NOT_COME)


def test_before_it_is_sent_it_is_put_right_without_a_reason_and_what_stood_is_kept(one):
    say(one, Mark.NOT_COME)

    put_right(one, Mark.TOOK_PART, late_minutes=15)

    stood = OutcomeCorrection.objects.get(appointment=one.appointment)
    assert (stood.was_code, stood.by) == ("AFTA", leader_of(one.session))
    assert stood.because == "It was put right on the register of the group before that was sent."
    assert logged(one).outcome_code == "ATTC"
    assert not ComplianceDecision.objects.exists()
    assert credited(one.case) == [[TUESDAY]]
    assert fresh(one).version == 3


def test_once_it_is_sent_it_is_put_right_with_a_reason_alone(one):
    say(one)
    send(one.session)

    for words in ("", "n/a"):
        with pytest.raises(RuleBroken, match="Say why it is put right"):
            put_right(one, Mark.NOT_COME, words)
    put_right(one, Mark.NOT_COME, "Another of that name was here", now=NEXT_DAY)

    stood = OutcomeCorrection.objects.get(appointment=one.appointment)
    assert stood.because == "Another of that name was here"
    assert logged(one).outcome_code == "AFTA"
    assert credited(one.case) == [[]]
    assert SeriesSession.objects.get().sent_at == AFTER


def test_a_change_that_changes_nothing_is_refused(one):
    say(one, note="Well prepared.")

    with pytest.raises(RuleBroken, match="Nothing is changed"):
        put_right(one, Mark.TOOK_PART, note="Well prepared.")


def test_a_note_alone_is_put_right_and_nothing_said_before_is_lost(one):
    say(one, note="Well prepared.")

    put_right(one, Mark.TOOK_PART, note="Well prepared, and helped others.")

    notes = logged(one).notes
    assert "Well prepared." in notes
    assert notes.endswith("Well prepared, and helped others.")
    assert OutcomeCorrection.objects.get().was_code == "ATTC"


def test_nothing_is_put_right_of_which_nothing_was_said(one):
    with pytest.raises(RuleBroken, match="Nothing has been said of them yet"):
        put_right(one, Mark.NOT_COME, "They were not there")


def test_what_their_officer_has_decided_is_not_changed_by_the_register(one):
    say(one, Mark.NOT_COME)
    ComplianceDecision.objects.update(
        state="failure", decided_at=NEXT_DAY, decided_by=one.case.officer, because="No reason."
    )

    with pytest.raises(RuleBroken, match="change the decision"):
        put_right(one, Mark.TOOK_PART)

    assert fresh(one).mark == Mark.NOT_COME


def test_what_the_writer_may_not_see_in_a_note_is_not_lost(one):
    RelatedPerson.objects.create(
        case=one.case, kind="partner", name="Robin Quill", relationship="Partner", protected=True
    )
    say(one, note="Spoke of Robin Quill at length.")

    put_right(one, Mark.TOOK_PART, note="Spoke of [name protected] for an hour.")

    assert fresh(one).note == "Spoke of Robin Quill for an hour."


# Notes kept from the person


def test_a_note_is_kept_from_the_person_once_it_is_so_marked(one):
    say(one, note="They are frightened of another.", sensitive=True)
    assert logged(one).sensitive is True

    with pytest.raises(RuleBroken, match="That is not taken back"):
        put_right(one, Mark.TOOK_PART, note="They are worried.")
    put_right(one, Mark.TOOK_PART, note="They are worried.", sensitive=True)

    assert logged(one).sensitive is True


def test_a_note_is_marked_later_with_nothing_else_changed(one):
    say(one, note="They are frightened of another.")

    put_right(one, Mark.TOOK_PART, note="They are frightened of another.", sensitive=True)

    assert logged(one).sensitive is True


# What the case says already


def in_the_case(one, outcome="AAME", by=None, now=AFTER, **more):
    return record_outcome(
        appointment=one.appointment, outcome=outcome, notes="", sensitive=False,
        by=by or one.case.officer, now=now, **more,
    )  # fmt: skip


def test_what_their_officer_recorded_is_not_said_again_and_is_put_right_with_a_reason(one):
    in_the_case(one)

    with pytest.raises(RuleBroken, match="put it right"):
        say(one)
    with pytest.raises(RuleBroken, match="in their case already"):
        put_right(one, Mark.TOOK_PART)
    with pytest.raises(RuleBroken, match="500 letters"):
        put_right(one, Mark.TOOK_PART, "because " * 63)
    put_right(one, Mark.TOOK_PART, "They were here after all")

    assert OutcomeCorrection.objects.get().was_code == "AAME"
    assert (logged(one).outcome_code, fresh(one).mark) == ("ATTC", Mark.TOOK_PART)


def test_what_was_put_right_in_the_case_since_needs_a_reason_on_the_register(one):
    say(one, Mark.NOT_COME)
    correct_outcome(
        appointment=one.appointment, outcome="AAME", notes="", rar_day=False,
        because="They rang from hospital", by=one.case.officer, now=AFTER,
    )  # fmt: skip

    with pytest.raises(RuleBroken, match="in their case already"):
        put_right(one, Mark.TOOK_PART)

    assert logged(one).outcome_code == "AAME"


def test_what_was_called_off_by_itself_has_no_outcome(one):
    called_off_singly(one)

    for act in (say, lambda one: put_right(one, Mark.NOT_COME, "They were expected")):
        with pytest.raises(RuleBroken, match="called off or moved"):
            act(one)


def test_an_absence_that_was_agreed_and_taken_back_is_said_anew(one):
    say(one, Mark.EXCUSED, excuse="AAEM", now=MORNING)
    take_back_outcome(
        appointment=one.appointment,
        notes="",
        because="They can come",
        by=one.case.officer,
        now=MORNING,
    )

    with pytest.raises(RuleBroken, match="nothing of 1 person"):
        send(one.session)
    say(one)

    assert logged(one).outcome_code == "ATTC"


# Before it begins, and how late


def test_before_it_begins_only_an_absence_that_is_agreed_is_said(one):
    with pytest.raises(RuleBroken, match="begins at 6pm"):
        say(one, now=MORNING)

    say(one, Mark.EXCUSED, excuse="AAEM", now=MORNING)

    assert logged(one).outcome_code == "AAEM"


def test_how_late_still_counts_is_in_the_policy(one):
    with pytest.raises(RuleBroken, match="More than 15 minutes late"):
        say(one, late_minutes=16)

    say(one, late_minutes=15)

    assert fresh(one).late_minutes == 15


# The rest came


def versions_of(session):
    return {one.pk: one.version for one in everybody(session)}


def rest(session, versions, by=None, now=AFTER):
    return rest_came(session=session, versions=versions, by=by or leader_of(session), now=now)


def test_everybody_who_is_left_came_by_one_press():
    session = a_session(people=3)
    first, *others = everybody(session)
    say(first, Mark.NOT_COME)

    rest(session, {one.pk: one.version for one in others})

    assert [logged(one).outcome_code for one in everybody(session)] == ["AFTA", "ATTC", "ATTC"]


def test_it_is_said_of_all_or_of_nobody_where_somebody_wrote_meanwhile():
    session = a_session(people=3)
    seen = versions_of(session)
    say(everybody(session)[2], Mark.NOT_COME)

    with pytest.raises(RuleBroken, match="Somebody else wrote meanwhile"):
        rest(session, seen)

    assert [one.mark for one in everybody(session)] == ["", "", Mark.NOT_COME]


@pytest.mark.parametrize("versions", [{}, {10**9: 1}])
def test_nobody_or_a_stranger_is_not_said_to_have_come(session, versions):
    with pytest.raises(RuleBroken, match="people of this register"):
        rest(session, versions)


# Sent


def test_it_is_sent_once_it_is_whole_and_over():
    session = a_session(people=3)
    first, second, third = everybody(session)
    say(first)
    with pytest.raises(RuleBroken, match="nothing of 2 people"):
        send(session)
    in_the_case(second)
    called_off_singly(third)
    with pytest.raises(RuleBroken, match="lasts until 8pm"):
        send(session, now=EIGHT - timedelta(minutes=1))

    done = send(session)

    assert (done.sent_at, done.sent_by) == (AFTER, leader_of(session))
    assert Entry.objects.filter(action="sent_group_register").count() == 1


def test_it_is_sent_once(one):
    say(one)
    send(one.session)

    with pytest.raises(RuleBroken, match="Fran Field sent it on 2 October 2018 at 8:05pm"):
        send(one.session)


def test_it_is_not_sent_over_what_somebody_wrote_meanwhile(one):
    seen = one.session.version
    say(one)

    with pytest.raises(RuleBroken, match="meanwhile"):
        send(one.session, version=seen)
    assert SeriesSession.objects.get().sent_at is None


def test_nothing_more_is_said_on_one_that_was_sent(one):
    say(one)
    send(one.session)
    GroupAttendance.objects.update(mark="", recorded_at=None, recorded_by=None)
    Contact.objects.filter(pk=one.appointment_id).update(outcome_code="", attended=None)

    with pytest.raises(RuleBroken, match="has been sent"):
        say(one)


def test_nobody_sends_a_register_that_they_may_not_open(one):
    say(one)

    for user in (leader("Kim Dale"), UserFactory(role=Role.SPO), UserFactory(role=Role.HEAD)):
        with pytest.raises(RuleBroken, match="Only those who lead"):
            send(one.session, by=user)


def test_one_that_nobody_was_expected_at_is_sent_empty():
    session = a_session(people=0)

    assert send(session).sent_at == AFTER


# Called off by us


def test_a_session_that_was_called_off_has_no_register(one):
    by = leader_of(one.session)
    SeriesSession.objects.update(state="called_off", state_because="The heating failed")

    for act in (say, lambda one, **known: put_right(one, Mark.NOT_COME, "x y z", **known)):
        with pytest.raises(RuleBroken, match="was called off"):
            act(one, by=by)
    with pytest.raises(RuleBroken, match="was called off"):
        send(one.session, by=by)


def test_whoever_is_no_longer_expected_is_said_nothing_of(one):
    GroupAttendance.objects.update(stands=False)

    with pytest.raises(RuleBroken, match="not expected at this session any more"):
        say(one)


def test_somebody_whose_assignment_covers_another_is_not_thereby_a_leader(one):
    cover = AssignmentFactory(case=one.case, user=leader("Kim Dale"), from_on=TUESDAY)

    with pytest.raises(RuleBroken, match="Only those who lead"):
        say(one, by=cover.user)

"""Meetings of agencies: their clocks, what we are to do, the next one, and minutes. Source: supervision reference 3.3."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import AgencyMeeting, Deadline, Notice, PlanAction
from cases.reference.holding import LeftAs
from cases.services.agency_meetings import (
    call_off_meeting,
    move_meeting,
    record_meeting,
    send_report,
)
from cases.services.agency_meetings_held import (
    add_meeting_action,
    say_of_meeting,
    take_in_minutes,
)
from cases.services.leaving import leave
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def case():
    return CaseFactory()


def at(days, hour=10):
    return datetime.combine(TODAY + days * DAY, datetime.min.time(), LONDON).replace(hour=hour)


def invited(case, days=9, now=NOW, by=None, **given):
    known = {
        "kind": "core_group",
        "held_at": at(days),
        "where": "Children’s services, Slough",
        "chair": "A. Bell, 01632 960 100",
        "invited_on": TODAY,
        "report_by_on": TODAY + (days - 2) * DAY,
    }
    return record_meeting(case=case, by=by or case.officer, now=now, **known | given)


def say(meeting, days=0, **given):
    known = {"took_part": "went", "came_to": "The plan goes on", "nothing_for_us": True}
    given.setdefault("went", meeting.case.officer)
    now = NOW + days * DAY
    return say_of_meeting(meeting=meeting, by=meeting.case.officer, now=now, **known | given)


def owed(case, kind):
    return Deadline.objects.unmet().ours().filter(case=case, kind=kind).first()


def test_an_invitation_owes_the_report_by_the_day_asked_and_an_answer_after_the_meeting(case):
    meeting = invited(case)

    assert owed(case, "send_meeting_report").due_on == meeting.report_by_on
    assert owed(case, "say_of_meeting").due_on == TODAY + 11 * DAY  # two working days after
    assert owed(case, "get_minutes") is None
    entry = Entry.objects.get(action="recorded_agency_meeting")
    assert entry.detail == {"meeting": meeting.pk, "kind": "core_group"}


def test_the_officer_hears_of_it_from_the_hub_without_what_kind_it_is(case):
    invited(case, kind="marac", by=UserFactory(role=Role.HUB))

    notice = Notice.objects.get(user=case.officer)
    assert "A meeting of agencies is to be held" in notice.text
    assert "MARAC" not in notice.text


def test_one_clock_runs_to_the_first_of_several_and_goes_on_to_the_next_when_that_is_done(case):
    later, sooner = invited(case, 16), invited(case, 9, kind="conference")
    assert owed(case, "send_meeting_report").due_on == sooner.report_by_on

    send_report(meeting=later, on=TODAY, words="He engages", by=case.officer, now=NOW)
    assert owed(case, "send_meeting_report").due_on == sooner.report_by_on

    send_report(meeting=sooner, on=TODAY, words="He engages", by=case.officer, now=NOW)
    assert owed(case, "send_meeting_report") is None
    met = Deadline.objects.get(kind="send_meeting_report")
    assert (met.met_on, met.void) == (TODAY, False)


def test_a_meeting_moved_takes_its_clocks_with_it(case):
    meeting = invited(case)

    move_meeting(
        meeting=meeting,
        held_at=at(23),
        where="By video",
        chair="",
        report_by_on=TODAY + 20 * DAY,
        version=0,
        by=case.officer,
        now=NOW,
    )

    assert owed(case, "send_meeting_report").due_on == TODAY + 20 * DAY
    assert owed(case, "say_of_meeting").due_on == TODAY + 25 * DAY
    assert Deadline.objects.filter(kind="say_of_meeting").count() == 1


def test_who_moves_a_meeting_that_another_has_moved_meanwhile_is_told_and_changes_nothing(case):
    meeting = invited(case)
    to = {"where": "By video", "chair": "", "report_by_on": None, "version": 0, "now": NOW}
    move_meeting(meeting=meeting, held_at=at(23), by=case.officer, **to)

    with pytest.raises(RuleBroken, match="Somebody has written on this meeting"):
        move_meeting(meeting=meeting, held_at=at(30), by=case.officer, **to)

    meeting.refresh_from_db()
    assert meeting.held_at == at(23)


def test_called_off_it_owes_nothing_and_takes_nothing_more(case):
    meeting = invited(case)

    call_off_meeting(meeting=meeting, because="The child has moved to Kent", by=case.officer, now=NOW)  # fmt: skip

    assert not case.deadlines.unmet().exists()
    assert set(case.deadlines.values_list("void", flat=True)) == {True}
    with pytest.raises(RuleBroken, match="was called off on"):
        send_report(meeting=meeting, on=TODAY, words="He engages", by=case.officer, now=NOW)


def test_what_we_are_to_do_is_owed_each_by_its_own_day_and_rests_on_the_meeting(case):
    meeting = invited(case, 2)

    say(
        meeting,
        3,
        nothing_for_us=False,
        actions=[
            ("Tell the school", "Ros Hale", TODAY + 9 * DAY),
            ("See the house", "Ros Hale", TODAY + 12 * DAY),
        ],
    )

    actions = PlanAction.objects.filter(meeting=meeting).order_by("by_on")
    assert [one.what for one in actions] == ["Tell the school", "See the house"]
    dues = case.deadlines.unmet().filter(kind="plan_action").order_by("due_on")
    assert [(one.action, one.due_on) for one in dues] == [(one, one.by_on) for one in actions]
    assert owed(case, "say_of_meeting") is None
    assert owed(case, "get_minutes").triggered_on == TODAY + 2 * DAY
    assert Deadline.objects.get(kind="send_meeting_report").void  # nobody asks for it any more


def test_the_next_date_opens_the_next_meeting_in_the_same_step_and_once(case):
    meeting = invited(case, 1, about=RelatedPersonFactory(case=case, kind="child"))

    say(meeting, 2, next_at=at(43))
    say(meeting, 2, came_to="Put right", next_at=at(43))

    following = AgencyMeeting.objects.exclude(pk=meeting.pk).get()
    assert (following.kind, following.about, following.where) == (
        meeting.kind,
        meeting.about,
        meeting.where,
    )
    assert owed(case, "say_of_meeting").triggered_on == TODAY + 43 * DAY


def test_one_that_was_not_held_owes_no_minutes(case):
    meeting = invited(case, 1)

    say(meeting, 2, took_part="not_held", came_to="The chair was ill", nothing_for_us=False)

    assert not case.deadlines.unmet().exists()


def test_who_was_there_is_said_and_silence_about_us_is_refused(case):
    meeting = invited(case, 0)

    with pytest.raises(RuleBroken, match="who of us was there"):
        say(meeting, went=None)
    with pytest.raises(RuleBroken, match="nothing for us"):
        say(meeting, nothing_for_us=False)
    assert AgencyMeeting.objects.get().took_part == ""


def test_minutes_that_come_end_the_clock_and_a_later_action_is_owed_as_well(case):
    meeting = say(invited(case, 1), 2)
    hub, now = UserFactory(role=Role.HUB), NOW + 8 * DAY

    take_in_minutes(
        meeting=meeting, on=TODAY + 7 * DAY, text="What each agency said", attached=b"All they said", by=hub, now=now
    )  # fmt: skip

    meeting.refresh_from_db()
    assert meeting.minutes == "What each agency said"
    assert bytes(meeting.document.content.content) == b"All they said"
    assert Deadline.objects.get(kind="get_minutes").met_on == TODAY + 8 * DAY
    assert "minutes of a meeting of agencies have come" in Notice.objects.get(user=case.officer).text  # fmt: skip
    assert "What each agency said" not in str(list(Entry.objects.values_list("detail", flat=True)))
    add_meeting_action(
        meeting=meeting, what="Ring the school", by_whom="Ros Hale", by_on=TODAY + 20 * DAY, by=case.officer, now=now
    )  # fmt: skip
    assert owed(case, "plan_action").due_on == TODAY + 20 * DAY


def test_about_somebody_of_another_case_and_the_same_meeting_twice_are_refused(case):
    with pytest.raises(RuleBroken, match="recorded around this person"):
        invited(case, about=RelatedPersonFactory())
    invited(case)
    with pytest.raises(RuleBroken, match="recorded already"):
        invited(case)


def test_once_they_have_left_nothing_of_a_meeting_runs_and_none_is_recorded(case):
    meeting = invited(case, 1)
    leave(case=case, left_as=LeftAs.ELSEWHERE, because="Another provider", by=case.officer, now=NOW)

    assert not Deadline.objects.unmet().ours().filter(case=case).exists()
    say(meeting, 2)  # what was decided is recorded all the same
    assert not Deadline.objects.unmet().ours().filter(case=case).exists()
    with pytest.raises(RuleBroken, match="Another provider"):
        invited(case, 30)

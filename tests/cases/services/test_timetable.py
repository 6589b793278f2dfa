from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import Flag, JobRun, Message
from cases.services import timetable
from cases.services.jobs import OVERTAKEN, run_job
from staff.models import Draft
from staff.permissions import Role
from tests.factories import (
    AgencyFactory,
    CaseFactory,
    DeadlineFactory,
    DraftFactory,
    EnquiryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def runs(job):
    return list(JobRun.objects.filter(job=job).order_by("pk").values_list("slot", flat=True))


def live_through(first, hours, every=30):
    """What each half-hour's sweep does, from the first moment of a day on."""
    start = datetime.combine(first, datetime.min.time(), UTC)
    for minutes in range(0, hours * 60, every):
        timetable.run_due(now=start + timedelta(minutes=minutes))


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_on_a_night_when_the_clocks_change_each_job_runs_once(change):
    live_through(change, hours=24)

    nights = [(change - timedelta(days=1)).isoformat(), change.isoformat()]
    assert runs("open_due_enquiries") == nights
    flags = runs("flag_overdue")
    assert [slot for slot in flags if "T" not in slot] == nights
    assert len([slot for slot in flags if "T" in slot]) == 24


def test_work_is_late_at_midnight_in_london_and_not_before():
    DeadlineFactory(kind="name_officer", due_on=date(2026, 7, 1))

    timetable.run_hour(now=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))  # 11.30pm in London
    before = Flag.objects.count()
    timetable.run_hour(now=datetime(2026, 7, 1, 23, 0, tzinfo=UTC))  # midnight

    assert (before, Flag.objects.get().raised_on) == (0, date(2026, 7, 2))


def test_three_nights_missed_are_caught_up_in_one_run():
    DeadlineFactory(kind="name_officer", due_on=date(2026, 7, 1))
    timetable.run_night(now=datetime(2026, 7, 1, 3, tzinfo=UTC))

    timetable.run_due(now=datetime(2026, 7, 5, 3, tzinfo=UTC))

    assert runs("open_due_enquiries") == ["2026-07-01", "2026-07-05"]
    assert Flag.objects.get(deadline__kind="name_officer").raised_on == date(2026, 7, 2)


def test_a_night_left_undone_is_overtaken_by_the_next():
    run_job(
        job="flag_overdue",
        slot="2026-07-01",
        today=date(2026, 7, 1),
        now=datetime(2026, 7, 1, 3, tzinfo=UTC),
        step=lambda after: (None, {}),
        may_run=lambda: False,
    )

    timetable.run_due(now=datetime(2026, 7, 3, 3, tzinfo=UTC))

    assert JobRun.objects.get(slot="2026-07-01").problem == OVERTAKEN
    assert not JobRun.objects.unfinished().exists()


def test_each_night_words_that_nobody_came_back_to_are_thrown_away():
    now = datetime(2026, 7, 31, 3, tzinfo=UTC)
    old = DraftFactory(saved_at=now - timedelta(days=31))
    recent = DraftFactory(saved_at=now - timedelta(days=29))

    timetable.run_night(now=now)

    assert list(Draft.objects.filter(pk__in=[old.pk, recent.pk])) == [recent]
    assert JobRun.objects.get(job="throw_away_drafts").result == {"thrown_away": 1}


def test_a_run_that_fails_holds_up_no_other():
    DeadlineFactory(kind="name_officer", due_on=date(2026, 7, 1))
    CaseFactory(arrived_on=None, officer_since=None)
    broken = JobRun.objects.create(
        job="open_due_enquiries",
        slot="2026-07-05",
        today=date(2026, 7, 5),
        started_at=datetime(2026, 7, 5, tzinfo=UTC),
        heartbeat_at=datetime(2026, 7, 5, tzinfo=UTC),
        after=-1,
        result={"opened": "a count that cannot be added to"},
    )

    with pytest.raises(ExceptionGroup, match="left for the next minute"):
        timetable.run_due(now=datetime(2026, 7, 5, 3, tzinfo=UTC))

    broken.refresh_from_db()
    assert (broken.finished_at, broken.problem) == (None, "TypeError")
    assert Flag.objects.filter(deadline__kind="name_officer").count() == 1


def working_week(first):
    """Every half-hour from the midnight that begins this day, for seven days."""
    live_through(first, hours=7 * 24)


@pytest.mark.parametrize("first", [date(2026, 3, 27), date(2026, 10, 23)], ids=str)
def test_over_a_change_of_the_clocks_everybody_is_written_to_once_a_working_day(first):
    """Friday to Thursday. The agency and the head hear on the Monday."""
    officer = UserFactory(email="officer@crc.example")
    head = UserFactory(role=Role.HEAD, email="head@crc.example")
    enquiry = EnquiryFactory(
        case__officer=officer, sent=True, agency=AgencyFactory(), due_on=date(2026, 1, 5)
    )
    DeadlineFactory(case=enquiry.case, kind="escalate_risk", due_on=date(2026, 1, 5))
    DeadlineFactory(case=enquiry.case, enquiry=enquiry, kind="chase_check", due_on=date(2026, 1, 5))

    working_week(first)

    days = [first + timedelta(days=n) for n in (0, 3, 4, 5, 6)]
    monday = days[1]
    digests = (
        Message.objects.filter(kind="digest").order_by("pk").values_list("key", "not_before__date")
    )
    assert list(digests.filter(user=officer)) == [
        (f"digest-{officer.pk}-{day}", day) for day in days
    ]
    assert list(digests.filter(user=head)) == [(f"digest-{head.pk}-{monday}", monday)]
    assert Message.objects.filter(kind="chase").count() == 1
    assert runs("write_digests") == [day.isoformat() for day in days]
    assert runs("chase_due_agencies") == [monday.isoformat()]


def test_a_morning_missed_is_not_made_up_for_at_night():
    UserFactory(email="officer@crc.example")

    timetable.run_due(now=datetime(2026, 7, 1, 21, tzinfo=UTC))

    assert runs("write_digests") == []

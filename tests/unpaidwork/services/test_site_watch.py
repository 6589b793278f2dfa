"""Nobody hears from a lone supervisor: each of the ladder is told once and on time, whatever runs twice or dies."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Message
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import AbsenceFactory, TeamFactory, UserFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import NINE, a_session, clock, supervisor_of
from unpaidwork.models import SiteWatch
from unpaidwork.services import watch as services
from unpaidwork.services.watch import alert_unheard, begin_watch, extend_watch, say_safe

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TEN = clock(10)
REACHED = {"email": "a@example.gov.uk", "mobile": "07700 900123"}


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def session(team):
    return a_session(people=0, project__team=team, project__signal="none", project__fallback="Ring the café, 01865 000000")  # fmt: skip


@pytest.fixture
def supervisor(session):
    user = supervisor_of(session)
    user.mobile, user.email = "07700 900999", "s@example.gov.uk"
    user.save()
    return user


@pytest.fixture
def ladder(team):
    """A coordinator, the senior and a head, all of whom can be reached."""
    return (
        coordinator(team=team, **REACHED),
        UserFactory(role=Role.SPO, team=team, **REACHED),
        UserFactory(role=Role.HEAD, **REACHED),
    )


def begun(session, supervisor, call_by=TEN):
    return begin_watch(session=session, call_by=call_by, by=supervisor, now=NINE)


def told(user):
    """How many times, however each goes."""
    return Message.objects.filter(user=user, means="email").count()


def test_the_coordinator_hears_at_once_the_senior_after_ten_minutes_and_the_head_after_twenty(
    session, supervisor, ladder
):
    begun(session, supervisor)

    seen = []
    for minutes in (-1, 0, 9, 10, 19, 20, 60):
        alert_unheard(now=TEN + minutes * MINUTE)
        seen.append(tuple(told(one) for one in ladder))

    assert seen == [(0, 0, 0), (1, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 0), (1, 1, 1), (1, 1, 1)]


def test_it_goes_by_email_and_by_text_at_once_and_says_how_they_are_reached_without_a_signal(
    session, supervisor, ladder
):
    begun(session, supervisor)
    alert_unheard(now=TEN)

    rows = Message.objects.filter(user=ladder[0])
    assert set(rows.values_list("means", flat=True)) == {"email", "text"}
    assert set(Message.objects.due(TEN)) == set(rows)
    for words in rows.values_list("body", flat=True):
        for said in (supervisor.name, "07700 900999", session.project.name, "since 10am",
                     "Do not count on a mobile telephone there. Ring the café", "999"):  # fmt: skip
            assert said in words


def test_a_sweep_that_comes_late_tells_everybody_it_missed(session, supervisor, ladder):
    begun(session, supervisor)

    assert alert_unheard(now=TEN + timedelta(hours=3)) == 3
    assert [told(one) for one in ladder] == [1, 1, 1]
    steps = Entry.objects.filter(action="alerted_unheard_site").order_by("pk")
    assert [one.detail["step"] for one in steps] == [1, 2, 3]


def killed_after_telling(now):
    with transaction.atomic():
        alert_unheard(now=now)
        raise RuntimeError


def test_a_worker_killed_in_the_middle_has_told_nothing_by_half(session, supervisor, ladder):
    watch = begun(session, supervisor)
    with pytest.raises(RuntimeError):
        killed_after_telling(TEN)

    assert told(ladder[0]) == 0
    watch.refresh_from_db()
    assert watch.alerted == 0
    assert alert_unheard(now=TEN + MINUTE) == 1
    assert told(ladder[0]) == 1


def test_one_that_cannot_be_told_of_holds_up_no_other(session, supervisor, ladder, monkeypatch):
    broken = begun(session, supervisor)
    other = a_session(people=0, project__team=session.project.team)
    begun(other, supervisor_of(other))
    tell = services.tell_staff

    def fails(*, key, **given):
        if key.startswith(f"site-{broken.pk}-"):
            raise ValueError("no")
        return tell(key=key, **given)

    monkeypatch.setattr(services, "tell_staff", fails)
    with pytest.raises(ExceptionGroup):
        alert_unheard(now=TEN)

    assert told(ladder[0]) == 1
    monkeypatch.undo()
    assert alert_unheard(now=TEN + MINUTE) == 1
    assert told(ladder[0]) == 2


def test_a_coordinator_who_is_away_is_passed_over_for_another(session, supervisor, ladder):
    AbsenceFactory(user=ladder[0], from_on=session.on, to_on=session.on)
    other = coordinator(**REACHED)
    begun(session, supervisor)
    alert_unheard(now=TEN)

    assert (told(ladder[0]), told(other)) == (0, 1)


def test_whoever_can_be_reached_by_nothing_is_passed_over_for_whoever_comes_next(
    session, supervisor, team
):
    coordinator(team=team, email="", mobile="")
    senior = UserFactory(role=Role.SPO, team=team, **REACHED)
    begun(session, supervisor)
    alert_unheard(now=TEN)

    assert told(senior) == 1


def test_whoever_is_all_right_is_looked_for_by_nobody_and_those_alarmed_hear_it(
    session, supervisor, ladder
):
    watch = begun(session, supervisor)
    alert_unheard(now=TEN)
    say_safe(watch=watch, by=supervisor, now=TEN + MINUTE)

    assert alert_unheard(now=TEN + timedelta(hours=3)) == 0
    over = Message.objects.filter(body__contains="Nobody need ring", means="email")
    assert list(over.values_list("user", flat=True)) == [ladder[0].pk]
    with pytest.raises(RuleBroken, match="off the site"):
        say_safe(watch=watch, by=supervisor, now=TEN + 2 * MINUTE)


def test_a_clock_that_is_set_anew_is_watched_from_the_new_time(session, supervisor, ladder):
    watch = begun(session, supervisor)
    alert_unheard(now=TEN)
    extend_watch(watch=watch, call_by=clock(11), by=ladder[0], now=TEN + MINUTE)

    assert alert_unheard(now=clock(10, 59)) == 0
    assert alert_unheard(now=clock(11)) == 1
    assert told(ladder[0]) == 2


def test_beginning_again_sets_the_same_clock(session, supervisor):
    first = begun(session, supervisor)
    again = begin_watch(session=session, call_by=clock(11), by=supervisor, now=TEN - MINUTE)

    assert (again.pk, again.call_by) == (first.pk, clock(11))
    assert SiteWatch.objects.count() == 1


def test_a_time_that_has_been_or_is_hours_away_is_refused(session, supervisor):
    for call_by in (NINE, clock(14)):
        with pytest.raises(RuleBroken, match="Say a time"):
            begun(session, supervisor, call_by=call_by)


def test_only_those_who_run_the_session_that_day_are_watched_on_it(session, supervisor):
    with pytest.raises(RuleBroken, match="Only those who run"):
        begun(session, supervisor_of(a_session(people=0)))
    with pytest.raises(RuleBroken, match="no work on this site today"):
        begin_watch(
            session=session, call_by=TEN + timedelta(days=1), by=supervisor,
            now=NINE + timedelta(days=1),
        )  # fmt: skip


def test_another_supervisor_says_nothing_of_them(session, supervisor):
    watch = begun(session, supervisor)
    other = supervisor_of(a_session(people=0))

    for step in (
        lambda: say_safe(watch=watch, by=other, now=TEN),
        lambda: extend_watch(watch=watch, call_by=clock(11), by=other, now=NINE),
    ):
        with pytest.raises(RuleBroken, match="can say this"):
            step()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sweeps=st.lists(st.integers(-30, 120), min_size=1, max_size=8))
def test_whenever_the_sweep_runs_each_is_told_once_and_none_before_their_minute(
    team, ladder, sweeps
):
    session = a_session(people=0, project__team=team)
    before = [told(one) for one in ladder]
    watch = begun(session, supervisor_of(session))
    for minute in sorted(sweeps):
        alert_unheard(now=TEN + minute * MINUTE)
        alert_unheard(now=TEN + minute * MINUTE)  # beat may run twice

    got = [told(one) - was for one, was in zip(ladder, before, strict=True)]
    assert got == [int(max(sweeps) >= after) for after in (0, 10, 20)]
    SiteWatch.objects.filter(pk=watch.pk).update(safe_at=TEN, safe_said_by=ladder[0])

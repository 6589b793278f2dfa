"""A day in court: none before the NPS accepted the breach; one that was recorded wrongly is put right; a court that has it, has it laid."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from cases.reference.enforcement import BreachState
from cases.services.enforcement.breaches.court import (
    call_off_hearing,
    correct_hearing,
    say_hearing,
    say_issued,
    set_hearing,
)
from staff.errors import RuleBroken
from tests.cases.a_breach import COURT, brought_to, on, owed_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
ACCEPTED = NOW + 3 * DAY  # in these tests


@pytest.fixture
def breach():
    """Sent on the day it was referred, and accepted three days later."""
    found = brought_to(State.SUBMITTED)
    on(found, State.ACCEPTED, now=ACCEPTED)
    found.refresh_from_db()
    return found


def set_for(breach, at, now=ACCEPTED + 5 * DAY):
    return set_hearing(breach=breach, at=at, court=COURT, by=breach.case.officer, now=now)


def clocks(breach):
    rows = Deadline.objects.filter(breach=breach, kind="say_hearing").order_by("pk")
    return [(one.due_on, one.met_on is not None, one.void) for one in rows]


def test_no_day_in_court_lies_before_the_nps_accepted_it(breach):
    with pytest.raises(RuleBroken, match="no court hears it before that"):
        set_for(breach, NOW + DAY)

    assert set_for(breach, ACCEPTED).at == ACCEPTED


def test_no_summons_is_issued_before_the_nps_accepted_it(breach):
    known = {"breach": breach, "to": State.SUMMONS, "court": COURT, "by": breach.case.officer}

    with pytest.raises(RuleBroken, match="before the NPS accepted the breach"):
        say_issued(on=(NOW + DAY).date(), now=ACCEPTED + DAY, **known)


def test_a_day_that_was_recorded_wrongly_is_put_right_and_was_never_late(breach):
    now = ACCEPTED + 5 * DAY
    one = set_for(breach, ACCEPTED)
    wrong = clocks(breach)[-1]

    known = {"hearing": one, "court": "Slough", "by": breach.case.officer, "now": now}
    with pytest.raises(RuleBroken, match="no court hears it before that"):
        correct_hearing(at=NOW, **known)
    correct_hearing(at=now + 7 * DAY, **known)

    one.refresh_from_db()
    assert (one.at, one.court_name) == (now + 7 * DAY, "Slough")
    assert clocks(breach)[-2] == (wrong[0], True, True)  # owed no more, rather than done late
    due_on, met, _ = clocks(breach)[-1]
    assert (met, due_on > now.date()) == (False, True)


def test_a_day_of_which_something_is_said_stands(breach):
    now = ACCEPTED + 5 * DAY
    one = set_for(breach, ACCEPTED)
    by = breach.case.officer
    call_off_hearing(hearing=one, because="The court lost power.", by=by, now=now)

    with pytest.raises(RuleBroken, match="recorded already"):
        correct_hearing(hearing=one, at=now, court=COURT, by=by, now=now)


def test_a_day_is_put_off_to_a_later_one(breach):
    now = ACCEPTED + 5 * DAY
    one = set_for(breach, ACCEPTED)

    with pytest.raises(RuleBroken, match="comes after this one"):
        say_hearing(
            hearing=one, attended=True, result="Put off.", next_at=ACCEPTED, by=breach.case.officer, now=now
        )  # fmt: skip


def test_a_breach_that_a_court_has_a_day_for_is_laid(breach):
    assert "lay_breach" in owed_of(breach)

    set_for(breach, ACCEPTED + 20 * DAY)

    assert "lay_breach" not in owed_of(breach)
    assert not Deadline.objects.get(breach=breach, kind="lay_breach").void

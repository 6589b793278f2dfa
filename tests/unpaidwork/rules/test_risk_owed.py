from datetime import date, timedelta

from unpaidwork.rules.gate import Facts, OnRecord, SignedRisk
from unpaidwork.rules.risk_owed import AHEAD, ASSESS, RENEW, risk_owed

TODAY = date(2018, 10, 1)
ARRIVED = date(2018, 9, 24)
DAY = timedelta(days=1)


def owed(risk=None, record=()):
    return risk_owed(Facts(risk=risk, record=record), since=ARRIVED, today=TODAY)


def test_the_first_is_owed_since_the_work_came_to_us():
    one = owed()

    assert (one.kind, one.since, one.due_on) == (ASSESS, ARRIVED, None)


def test_while_it_holds_nothing_is_owed():
    assert owed(SignedRisk(TODAY + AHEAD + DAY)) is None


def test_it_is_brought_up_to_date_before_its_last_day():
    one = owed(SignedRisk(TODAY + AHEAD))

    assert (one.kind, one.since, one.due_on) == (RENEW, TODAY, TODAY + AHEAD)


def test_what_is_new_on_the_record_owes_it_at_once_and_is_named():
    new = (OnRecord("a", "On the register: Weapons"), OnRecord("b", "Epilepsy"))

    one = owed(SignedRisk(TODAY + AHEAD * 2), new)

    assert (one.kind, one.since) == (RENEW, TODAY)
    assert one.why == "New since it was signed: On the register: Weapons and 1 other"

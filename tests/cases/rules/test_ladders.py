"""Who hears of what is late, kind by kind: each climbs its own ladder on the day the table says."""

from datetime import date, timedelta

import pytest

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.deadlines import CHECK_KINDS, KINDS
from cases.rules.calendar import add_working_days
from cases.rules.checks import ADDED_SINCE, read_check_policy
from cases.rules.flags import Owed, Question, flag_for
from staff.permissions import Role

DUE = date(2018, 12, 14)  # a Friday; Christmas lies on the way up
LENGTHS = {
    "send_days": 2, "chase_days": 5, "analyse_days": 2, "senior_days": 10, "head_days": 15,
    "refresh_months": 6, "release_days": 28, "backlog_a_week": 10,
}  # fmt: skip
POLICY = read_check_policy(LENGTHS | ADDED_SINCE, 1)
OTHERS = sorted(KINDS.keys() - set(CHECK_KINDS))


def heard(owed, days=60):
    """{who: the first day they were told}, looking every day from the one it was due."""
    found = {}
    for n in range(days):
        today = DUE + timedelta(days=n)
        if flag := flag_for(owed, today, POLICY, frozenset()):
            found.setdefault(flag.told, today)
    return found


@pytest.mark.parametrize("kind", OTHERS)
def test_each_kind_climbs_its_own_ladder(kind):
    late = DUE + timedelta(days=1)
    expected = {} if any(days == 0 for days, _ in KINDS[kind].ladder) else {KINDS[kind].owner: late}
    for days, role in KINDS[kind].ladder:
        expected[role] = max(late, add_working_days(DUE, days)) if days else late

    assert heard(Owed(kind, DUE, DUE)) == expected


@pytest.mark.parametrize(
    "kind, spo, head",
    [
        ("read_information_today", date(2018, 12, 15), date(2018, 12, 17)),
        ("read_information", date(2018, 12, 15), None),
        ("interim_plan", date(2018, 12, 15), date(2018, 12, 21)),
        ("renew_interim_plan", date(2018, 12, 15), date(2018, 12, 21)),
        ("agree_interim_plan", date(2018, 12, 15), date(2018, 12, 18)),
        ("assess_after_raise", date(2018, 12, 15), date(2018, 12, 21)),
        ("plan_action", date(2018, 12, 15), None),
    ],
)
def test_what_protects_somebody_is_with_the_senior_at_once_and_the_head_soon(kind, spo, head):
    told = heard(Owed(kind, DUE, DUE))

    assert (told[Role.SPO], told.get(Role.HEAD)) == (spo, head)


@pytest.mark.parametrize(
    "concern, told",
    [
        (True, {Role.SPO: date(2019, 1, 2), Role.HEAD: date(2019, 1, 9)}),
        (False, {}),
    ],
)
def test_silence_on_a_concern_is_heard_over_christmas_and_another_is_rolled_up(concern, told):
    """Sent on the day it all begins and chased whenever the agency's own time is up."""
    asked = Question(CheckKind.POLICE, EnquiryState.SENT, DUE, DUE, None, 2)
    owed = Owed("chase_check", DUE, DUE + timedelta(days=90), concern, asked)

    assert heard(owed) == told

"""Writes what was dealt of groups: referrals that wait, weeks that were said, a place that is kept, needs that nothing meets."""

from datetime import time, timedelta

from cases.rules.calendar import add_working_days, working_days_before
from cases.services.deadlines import open_deadline
from grid.management.demo.group_rows import at
from grid.models import Commitment, FreeTime, Referral, SaidWeek, UnmetNeed
from grid.reference.groups import Decision, ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.reference.parts_of_day import PartOfDay
from grid.rules.proposals import evidence_of, is_ordered
from grid.services.places import keep_place
from grid.services.unmet import KIND
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role

WEEKDAYS, SATURDAY_AND_SUNDAY = range(5), (5, 6)
BY_DAY = (PartOfDay.MORNING, PartOfDay.AFTERNOON)
PARTS = {  # of each kind of week: days, and the parts of each at which they can come
    "day": (WEEKDAYS, BY_DAY),
    "mornings": (WEEKDAYS, (PartOfDay.MORNING,)),
    "work": (WEEKDAYS, tuple(PartOfDay)),  # less the hours of their work
    "early": (WEEKDAYS, (PartOfDay.EVENING,)),
    "weekend": (SATURDAY_AND_SUNDAY, BY_DAY),
}
SCHOOL_FROM, SCHOOL_TO = time(9, 15), time(14, 45)
WORK = {"work": (time(8), time(18)), "early": (time(6, 30), time(16))}
SAID_BEFORE = timedelta(days=6)
WHY = "They asked for it in supervision, and it suits them."
LATE_DAYS = (
    11  # working days ago, of five in which to decide: late enough that the head of service is told
)
DECIDE_DAYS = 5
NEW, LOOK_AGAIN = 2, timedelta(weeks=4)
MISSING = "A series of {title} in the evening or at a weekend, within reach of them."
DECIDED = (
    "Their officer does the same exercises with them one to one until a Saturday series is put on."
)
WEEKEND_NEEDS = (
    3  # of those who can come at a weekend alone: needs put to the senior, the last of them decided
)


def write_referrals(people, *, policy_version):
    """Each is on the waiting list, by their officer. Returns {CRN: row}."""
    rows = Referral.objects.bulk_create(_referral(one, policy_version) for one in people)
    return {one.crn: row for one, row in zip(people, rows, strict=True)}


def _referral(one, policy_version):
    suits = one.beside.judged[one.code]
    return Referral(
        case=one.case,
        code=one.code,
        hook=suits.by.hook,
        ordered=is_ordered(suits),
        state=ReferralState.ACCEPTED,
        proposed_on=one.since,
        proposed_by=one.case.officer,
        because=WHY,
        evidence=evidence_of(suits),
        policy_version=policy_version,
        answered_at=at(one.since, time(12)),
        answered_by=one.case.officer,
        waiting_since=one.since,
    )


def write_weeks(people, today):
    """What each said of their usual week, and the hours of their work where they work."""
    asked = [one for one in people if one.week]
    said_at = {one.crn: at((one.asked_before or today) - SAID_BEFORE, time(11)) for one in asked}
    weeks = SaidWeek.objects.bulk_create(
        SaidWeek(
            case=one.case,
            by_way_of=one.by_way_of,
            women_only=one.women_only,
            said_at=said_at[one.crn],
            recorded_by=one.case.officer,
        )
        for one in asked
    )
    FreeTime.objects.bulk_create(
        row for one, week in zip(asked, weeks, strict=True) for row in _times(one, week)
    )
    Commitment.objects.bulk_create(
        Commitment(
            case=one.case,
            words="work",
            weekday=weekday,
            from_at=WORK[one.week][0],
            to_at=WORK[one.week][1],
            recorded_at=said_at[one.crn],
            recorded_by=one.case.officer,
        )
        for one in asked
        if one.week in WORK
        for weekday in WEEKDAYS
    )


def _times(one, week):
    if one.week == "school":
        for weekday in WEEKDAYS:
            yield FreeTime(week=week, weekday=weekday, from_at=SCHOOL_FROM, to_at=SCHOOL_TO)
        return
    days, parts = PARTS[one.week]
    yield from (FreeTime(week=week, weekday=day, part=part) for day in days for part in parts)


def keep_a_place(referral, series, now):
    """By the service itself, which looks whether it fits. Whether it is kept: not where that says no."""
    try:
        keep_place(referral=referral, series=series, by=referral.proposed_by, now=now)
    except RuleBroken:
        return False
    return True


def put_needs(dealt, referrals, today):
    """What nothing meets. Returns what was planted: who is late, who is to be decided, who is decided; and the flags."""
    told: dict[str, list[str]] = {"late": [], "undecided": [], "decided": []}
    if dealt.in_work:
        _put(dealt.in_work, referrals, working_days_before(today, LATE_DAYS), today)
        told["late"].append(dealt.in_work.crn)
    at_weekends = [one for one in dealt.waiting if one.week == "weekend"][:WEEKEND_NEEDS]
    for number, one in enumerate(at_weekends, start=1):
        if number == WEEKEND_NEEDS:
            _decide(one, referrals, today)
            told["decided"].append(one.crn)
        else:
            _put(one, referrals, working_days_before(today, NEW), today)
            told["undecided"].append(one.crn)
    return told, [_flag(crn, today) for crn in told["late"]]


def _put(one, referrals, on, today):
    _need(one, referrals, on).save()
    title = INTERVENTIONS[one.code].title
    why = f"Nothing that is planned fits: they wait for {title}"
    open_deadline(case=one.case, kind=KIND, triggered_on=on, why=why, by=one.case.officer, today=today)  # fmt: skip


def _decide(one, referrals, today):
    need = _need(one, referrals, working_days_before(today, LATE_DAYS))
    need.decision, need.words = Decision.ONE_TO_ONE, DECIDED
    need.look_again_on = today + LOOK_AGAIN
    need.decided_at = at(today - SAID_BEFORE, time(15))
    need.decided_by = User.objects.filter(role=Role.SPO, team=one.case.team).first()
    need.save()


def _need(one, referrals, on):
    missing = [MISSING.format(title=INTERVENTIONS[one.code].title)]
    return UnmetNeed(
        referral=referrals[one.crn],
        case=one.case,
        missing=missing,
        opened_on=on,
        opened_by=one.case.officer,
    )


def _flag(crn, today):
    due_on = add_working_days(working_days_before(today, LATE_DAYS), DECIDE_DAYS)
    return {
        "crn": crn,
        "kind": KIND,
        "due_on": due_on.isoformat(),
        "told": "head",
        "enquiry": "",
        "late": True,
    }

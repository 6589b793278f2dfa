"""What a case weighs, in points: by the standard contact of its GRID group, or by its national tier.

Sources: hmpps-workload at 1e70153 (national points), retold in risk flags reference 3. No points of a GRID group are
published: they follow from the standard contact of the group and the minutes of the policy (local), so that whoever asks
why a case weighs what it does is shown a diary and not a number. A point is the share of a month's case work that the
full points leave it: 37 hours a week for a twelfth of 52 weeks, three quarters of them for cases, are 7,215 minutes, so
that each of 2,176 points is a little over three minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from cases.reference.codes import ContactLevel
from cases.reference.groups import GROUPS, Level
from cases.rules.contact_figures import EASES_AFTER, SECOND_FOR, WEEK
from cases.rules.words import counted
from oversight.reference.tiers import UNSUPERVISED
from oversight.reference.workload import LOCATION_OF, T2A, TIER_POINTS, Basis, Inactive, Kind
from oversight.rules.figures import Figure, half_up, say_number
from oversight.rules.policy import WorkloadPolicy

WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
# Whole weeks of supervision that end within the days of a second contact
SECOND_WEEKS = SECOND_FOR // WEEK
MEDIUM = frozenset({Level.MEDIUM, Level.MEDIUM_COMPLEX})
COMPLEX = frozenset({Level.LOW_COMPLEX, Level.MEDIUM_COMPLEX})


@dataclass(frozen=True, slots=True)
class ToWeigh:
    """What the points of one case follow from. `contact_level`: of the placement, also outside the groups; blank: none.

    `day`: days since supervision in the community began; None where that is not known.
    `tier`: such as B2 or B2S; blank: none.
    """

    kind: Kind
    group: str = ""
    contact_level: ContactLevel | str = ""
    day: int | None = None
    tier: str = ""
    t2a: bool = False  # in transition to adulthood
    inactive: frozenset[Inactive] = frozenset()


def points_of(case: ToWeigh, policy: WorkloadPolicy) -> Figure:
    """By whichever the policy counts, less what is not to be done on an inactive case."""
    whole = group_points(case, policy) if policy.basis == Basis.GRID else tier_points(case)
    kept = keeps(whole.number, case.inactive, policy)
    return Figure(kept.number, (*whole.working, *kept.working))


def group_points(case: ToWeigh, policy: WorkloadPolicy) -> Figure:
    """By the standard contact of its group: the minutes of a month, and the points that those are."""
    parts = list(_minutes(case, policy))
    minutes = sum((part for part, _ in parts), Fraction(0))
    return Figure(
        half_up(minutes / minutes_a_point(policy)),
        (
            *(words for _, words in parts),
            f"{say_number(minutes)} minutes a month, at {say_number(minutes_a_point(policy), 2)} minutes a point: "
            f"{counted(half_up(minutes / minutes_a_point(policy)), 'point')}.",
        ),
    )


def minutes_a_point(policy: WorkloadPolicy) -> Fraction:
    """The case work of a month of full hours, shared among the full points."""
    month = Fraction(policy.full_hours * 60 * WEEKS_A_YEAR, MONTHS_A_YEAR)
    return month * policy.case_work_percent / 100 / policy.full_points


def contacts_a_month(level: ContactLevel | str, day: int | None) -> Fraction:
    """As the level asks for on that day of supervision; over a first year where the day is not known."""
    weekly, fortnightly = (
        Fraction(WEEKS_A_YEAR, MONTHS_A_YEAR),
        Fraction(WEEKS_A_YEAR, 2 * MONTHS_A_YEAR),
    )
    if level == ContactLevel.WEEKLY_THEN_FORTNIGHTLY:
        if day is None:
            weeks = EASES_AFTER // WEEK
            return (weekly * weeks + fortnightly * (WEEKS_A_YEAR - weeks)) / WEEKS_A_YEAR
        return weekly if day < EASES_AFTER else fortnightly
    if level == ContactLevel.WEEKLY_FRONT_LOADED:
        if day is None:
            return weekly + Fraction(SECOND_WEEKS, MONTHS_A_YEAR)
        return 2 * weekly if day < SECOND_WEEKS * WEEK else weekly
    return (
        {
            ContactLevel.WEEKLY: weekly,
            ContactLevel.FORTNIGHTLY: fortnightly,
            ContactLevel.MONTHLY: Fraction(1),
        }.get(ContactLevel(level), Fraction(0))
        if level
        else Fraction(0)
    )


def tier_points(case: ToWeigh) -> Figure:
    """By its national tier and where it is. Without a tier, and unsupervised: none."""
    if not case.tier:
        return Figure(0, ("No national tier: no points, as the national service counts it.",))
    if case.tier.endswith(UNSUPERVISED):
        return Figure(0, (f"Tier {case.tier}: not supervised, so no points.",))
    location = LOCATION_OF[case.kind]
    column = T2A if case.t2a else location
    where = "in transition to adulthood" if case.t2a else location.title.lower()
    points = TIER_POINTS[case.tier][column]
    return Figure(points, (f"Tier {case.tier}, {where}: {counted(points, 'point')}.",))


def keeps(points: int, inactive: Iterable[Inactive], policy: WorkloadPolicy) -> Figure:
    """What an inactive case keeps of its points. Inactive in two ways, it keeps the lesser share and is not cut twice."""
    least = min(inactive, key=lambda one: (policy.keeps[one], one), default=None)
    if least is None or policy.keeps[least] == 100:
        return Figure(points, ())
    kept = half_up(Fraction(points * policy.keeps[least], 100))
    words = f"{least.title}: keeps {policy.keeps[least]}% of its points, {counted(kept, 'point')}."
    return Figure(kept, (words,))


def _minutes(case, policy):
    """(minutes of a month, why) of each part of the work."""
    if case.kind == Kind.UNPAID_WORK:
        minutes = policy.unpaid_work_minutes
        yield Fraction(minutes), f"Unpaid work alone: {minutes} minutes a month."
    elif case.kind == Kind.CURFEW:
        minutes = policy.curfew_minutes
        yield Fraction(minutes), f"A curfew alone: {minutes} minutes a month."
    else:
        yield _contact(case, policy)
        for more, words in _besides(case, policy):
            if more:
                yield Fraction(more), f"{words}: {more} minutes."


def _contact(case, policy):
    if case.kind == Kind.CUSTODY:
        contacts = Fraction(policy.custody_contacts_a_year, MONTHS_A_YEAR)
        how = f"{counted(policy.custody_contacts_a_year, 'contact')} a year in custody"
    else:
        contacts = contacts_a_month(case.contact_level, case.day)
        how = _how_often(case)
    minutes = contacts * policy.contact_minutes
    each = f"{say_number(contacts, 2)} a month of {policy.contact_minutes} minutes"
    return minutes, f"{how}: {each}, {say_number(minutes)} minutes."


def _besides(case, policy):
    """What any case takes, then what harm, complexity and licence add where they are out of prison."""
    yield policy.case_minutes, "Letters, plan, reviews and record"
    level = GROUPS[case.group][0] if case.group else None
    if case.kind != Kind.CUSTODY and level in MEDIUM:
        yield policy.medium_minutes, "Medium risk of serious harm"
    if case.kind != Kind.CUSTODY and level in COMPLEX:
        yield policy.complex_minutes, "Complex: agencies, meetings and home visits"
    if case.kind == Kind.LICENCE:
        yield policy.licence_minutes, "On licence"


def _how_often(case):
    if not case.contact_level:
        return "No contact level"
    level = ContactLevel(case.contact_level)
    if level not in (ContactLevel.WEEKLY_THEN_FORTNIGHTLY, ContactLevel.WEEKLY_FRONT_LOADED):
        return level.title
    since = "over a year, as its start is not known" if case.day is None else f"day {case.day}"
    return f"{level.title} ({since})"

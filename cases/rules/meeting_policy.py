"""The provider's policy on meetings, home visits and reviews.

Source: local policy, seeded from cases/policy/meeting.json; review weeks from product rules, clocks.
"""

from dataclasses import dataclass, fields

from staff.errors import RuleBroken

LATEST_HOUR = 20  # nobody is reminded at night


@dataclass(frozen=True, slots=True)
class MeetingPolicy:
    version: int
    clash_minutes: int  # an appointment this near another is shown as a clash
    reminder_days_before: int  # calendar days
    reminder_hour: int  # of the day, local time
    contact_weeks: int  # over which contact is counted
    month_notice_days: int  # before the end of a month with no appointment offered in it
    rar_stall_weeks: int  # without a day credited or booked
    home_visit_planned_days: int  # working days after a plan that says yes
    visit_safety_months: int  # for which a decision on how to visit holds
    buddy_second_minutes: int  # after a missed check-in: the team's senior is told
    buddy_third_minutes: int  # and the head of service
    review_weeks_medium_complex: int
    review_weeks_other: int
    review_ending_days: int  # before the end of the order
    missed_is_significant: int  # missed appointments since the last review that call for one


def read_meeting_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    names = [field.name for field in fields(MeetingPolicy) if field.name != "version"]
    try:
        numbers = {name: int(body[name]) for name in names}
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on meetings cannot be read: {problem}.") from problem
    if any(number < 1 for number in numbers.values()) or numbers["reminder_hour"] > LATEST_HOUR:
        raise RuleBroken(
            f"Each number must be 1 or more, and reminders go no later than {LATEST_HOUR}:00."
        )
    if numbers["buddy_third_minutes"] <= numbers["buddy_second_minutes"]:
        raise RuleBroken("The head of service is told after the senior, not before.")
    return MeetingPolicy(version=version, **numbers)

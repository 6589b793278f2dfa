"""The provider's policy on release: the days before it by which each thing is to be there.

Source: local policy, seeded from ttg/policy/release.json; Through the Gate reference 6. The law of release dates is
`ttg.rules.release_dates`.
"""

from dataclasses import dataclass, fields

from staff.errors import RuleBroken

NAME = "release"
MOST = {"link_days": 28, "first_hours": 168, "travel_minutes_a_km": 30}
PERCENT = "target_"


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """Days are days before release, unless a name says otherwise."""

    version: int
    prepare_days: int  # from when release is prepared; a shorter stay prepares from reception
    refer_home_days: int  # somebody without a home is referred to a housing authority by then
    plan_days: int  # the plan before release is signed by then
    home_days: int  # with nowhere to go by then a senior hears
    contact_days: int  # the officer has spoken to them by then
    substances_days: int  # a need about drugs or alcohol is with a community service by then
    accepted_days: int  # every referral is accepted by then
    hand_over_days: int  # the hand-over is with the officer by then
    last_look_days: int  # what is still missing is looked at then
    link_days: int  # after it is made, that a link for a service to answer works
    first_hours: int  # after release, whose timetable is looked at
    travel_minutes_a_km: int  # allowed between two places of the first days, by bus and on foot
    travel_least_minutes: int  # between any two places
    target_plan: int  # per cent; none is law
    target_handed_over: int
    target_contact: int
    target_accepted: int
    target_housed: int


def read_release_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    names = [one.name for one in fields(ReleasePolicy) if one.name != "version"]
    try:
        numbers = {name: int(body[name]) for name in names}
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on release cannot be read: {problem}.") from problem
    if any(number < 1 for number in numbers.values()):
        raise RuleBroken("Each number must be 1 or more.")
    most = MOST | {name: 100 for name in names if name.startswith(PERCENT)}
    if above := [name for name, limit in most.items() if numbers[name] > limit]:
        raise RuleBroken(f"Too much: {above[0].replace('_', ' ')} is {most[above[0]]} at most.")
    if numbers["hand_over_days"] <= numbers["last_look_days"]:
        raise RuleBroken("The hand-over must be with the officer before the last look.")
    if numbers["prepare_days"] <= numbers["refer_home_days"]:
        raise RuleBroken("Release is prepared from before a home is asked for, not after.")
    return ReleasePolicy(version=version, **numbers)

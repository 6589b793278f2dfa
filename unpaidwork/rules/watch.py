"""A supervisor alone on site: by when they are heard of, and who hears when they are not.

Source: report 2.3 and chapter 4 (protection devices failed where there was no signal); the policy on unpaid work.
"""

from datetime import timedelta

from staff.errors import RuleBroken
from unpaidwork.reference.sites import SiteSignal

STEPS = 3  # the coordinators of the team, the senior, the head of service
LONGEST = timedelta(hours=4)  # that a lone supervisor may go unheard
NEEDS_FALLBACK = frozenset({SiteSignal.NONE, SiteSignal.PATCHY, SiteSignal.UNKNOWN})


def steps_due(call_by, now, policy):
    """How many of those above have been reached by now. The coordinators are told the moment it is due."""
    after = (0, policy.watch_second_minutes, policy.watch_third_minutes)
    return sum(call_by + timedelta(minutes=minutes) <= now for minutes in after)


def check_call_by(call_by, now):
    """To come, and soon enough that somebody would look for them."""
    if call_by <= now:
        raise RuleBroken("Say a time that is still to come: nobody looks for you before it.")
    if call_by > now + LONGEST:
        hours = int(LONGEST.total_seconds() // 3600)
        raise RuleBroken(
            f"Say a time within {hours} hours. Say that you are all right before it, and the clock starts again."
        )


def how_reached(signal, fallback):
    """How somebody there is reached, for whoever looks for them: what does not hang on a mobile telephone first."""
    if signal not in NEEDS_FALLBACK:
        return "A mobile telephone works there."
    if fallback.strip():
        return f"Do not count on a mobile telephone there. {fallback.strip()}"
    return "Whether a mobile telephone works there is not known, and no other way is recorded."

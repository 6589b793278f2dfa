"""What the provider has decided about waiting for an intervention: how far, how soon, and who goes before whom.

Source: local policy, a part of the policy on interventions; no figure of it is published. Report 2.3 (somebody who waited
for a group that could not be had, and was seen monthly meanwhile).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaitingPolicy:
    version: int
    most_minutes: int  # each way, that anybody is sent
    notice_days: int  # from today to the first session, at least, so that they can be told
    soon_weeks: int  # what starts within these is soon; who waits longer is offered something else
    pressing_weeks: int  # whoever must begin within these to finish in time goes first

"""What the provider has decided about each intervention: for whom, by what hook, how long, where, by whom and at what price.

Source: local policy, seeded from grid/policy/interventions.json. No criterion of an intervention has been published by the
inspectorate; what is known in public of the accredited three is named beside the seeded figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from grid.reference.interventions import Hook

NAME = "interventions"


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it there is."""

    sessions: int
    minutes: int  # of one session
    a_week: int  # sessions in a week, at most

    @property
    def weeks(self) -> int:
        """How many weeks it takes at least."""
        return -(-self.sessions // self.a_week)


@dataclass(frozen=True, slots=True)
class Terms:
    """For whom an intervention is, and how it runs. A blank or None asks nothing."""

    offered: bool
    hooks: tuple[Hook, ...]
    sex: Sex | None  # None: for anybody
    needs: tuple[NeedArea, ...]  # one of these is enough; none: whatever the needs
    from_percent: int  # OGRS3, two years; 0: whatever the score
    to_percent: int  # 100: whatever the score
    harm_up_to: Rosh  # the highest level that may come
    partner_violence: bool | None  # True: only after it; False: not after it; None: either
    violence: bool | None  # True: only after a violent offence; None: either
    days_counted: bool  # its sessions count as days of a RAR
    dose: Dose
    sites: tuple[str, ...]  # names of places; none: wherever there is a room
    skill: str  # what whoever leads it must have been trained for; blank: nothing of its own
    price_pence: int  # of one place, as the rate card has it
    notes: str = ""  # where the figures come from, as far as is known


@dataclass(frozen=True, slots=True)
class InterventionPolicy:
    version: int
    answer_working_days: int  # within which an officer answers what is proposed
    terms: Mapping[str, Terms]  # by code of intervention, every one of the catalogue

    def offered(self, code: str) -> bool:
        return self.terms[code].offered

"""Whether an intervention suits somebody: each criterion met, not met or not known, and why.

Source: the provider's policy on interventions; supervision reference 2.4 (days of a rehabilitation activity requirement).
"""

from dataclasses import dataclass

from cases.reference.codes import Titled
from grid.reference.interventions import Intervention
from grid.rules.intervention_policy import Terms
from grid.rules.suitability_facts import Attached, Evidence


class Met(Titled):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_KNOWN = "not_known", "Not known"


class Criterion(Titled):
    """In the order in which they are shown."""

    OFFERED = "offered", "It runs here"
    SEX = "sex", "For women, or for men"
    HOOK = "hook", "What they can be required by"
    TIME = "time", "Time before the order ends"
    LIKELIHOOD = "likelihood", "Likelihood of reoffending"
    HARM = "harm", "Risk of serious harm"
    NEED = "need", "A need that it meets"
    PARTNER_VIOLENCE = "partner_violence", "Violence to a partner"
    VIOLENCE = "violence", "Violent offence"


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion, looked at."""

    criterion: Criterion
    met: Met
    words: str  # what is asked, and what was found: one plain sentence
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Suitability:
    """One intervention beside one person."""

    intervention: Intervention
    terms: Terms
    findings: tuple[Finding, ...]
    by: Attached | None  # the hook that would be used; None: none fits

    @property
    def verdict(self) -> Met:
        """Not met by one that is not met; otherwise not known by one that is not known."""
        met = {one.met for one in self.findings}
        if Met.NOT_MET in met:
            return Met.NOT_MET
        return Met.NOT_KNOWN if Met.NOT_KNOWN in met else Met.MET

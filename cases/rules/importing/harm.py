"""The level of risk of serious harm that an imported assessment states.

Source: the published shapes of OASys and ARNS documents; only what a document says is read.
"""

from cases.reference.codes import ROSH_ORDER, Rosh

LEVELS = {
    "LOW": Rosh.LOW,
    "MEDIUM": Rosh.MEDIUM,
    "HIGH": Rosh.HIGH,
    "VERYHIGH": Rosh.VERY_HIGH,
    "L": Rosh.LOW,
    "M": Rosh.MEDIUM,
    "H": Rosh.HIGH,
    "V": Rosh.VERY_HIGH,
}
OVERALL = ("overallRiskLevel", "overallRisk")
WHO = ("Public", "Children", "KnownAdult", "Staff")
COMPLETE = {"COMPLETE", "COMPLETED", "SIGNED"}


def level_of(word):
    """The level a word or code stands for; blank when none does."""
    letters = "".join(filter(str.isalpha, word.upper())) if isinstance(word, str) else ""
    return LEVELS.get(letters, "")


def is_complete(document):
    """Whether an assessment is finished. One that does not say is taken at its date of completion."""
    for key in ("assessmentStatus", "status"):
        if isinstance(document.get(key), str):
            return document[key].upper() in COMPLETE
    return True


def overall_harm(document):
    """The overall level, or else the highest to anybody in the community; blank when neither is said."""
    for part in (document, document.get("summary")):
        if isinstance(part, dict):
            if stated := next(filter(None, (level_of(part.get(key)) for key in OVERALL)), ""):
                return stated
            if worst := _worst(_in_community(part)):
                return worst
    return ""


def _in_community(part):
    """Levels to each group, whichever way round: {"HIGH": ["Public"]} or {"Public": "HIGH"}."""
    risks = part.get("riskInCommunity")
    for key, value in risks.items() if isinstance(risks, dict) else ():
        if isinstance(value, list):
            yield level_of(key) if value else ""
        else:
            yield level_of(value)
    for who in WHO:
        yield level_of(part.get(f"risk{who}Community"))


def _worst(levels):
    return max(filter(None, levels), key=lambda level: ROSH_ORDER[level], default="")

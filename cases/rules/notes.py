"""What notes in the log say of the past: a pre-sentence report, police called, social care involved.

Source: report 2.4 (call-outs and a pre-sentence report's possible social care involvement, in the record
and in no analysis). A few phrases, matched as whole words; one said not to be so is left aside. What is
found is asked about, not taken for true.
"""

import re
from dataclasses import dataclass

from cases.reference.harm import Behaviour, VictimKind


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of past behaviour that notes may speak of. `what`: how staff say it, within a sentence."""

    code: str
    behaviour: Behaviour
    victim: VictimKind
    what: str
    seriousness: int
    phrases: tuple[str, ...]  # regular expressions


REPORT = r"pre[- ]?sentence report"
TOLD = (
    Told(
        "report", Behaviour.TOLD, VictimKind.NOT_RECORDED, "pre-sentence report", 4, (REPORT, "psr")
    ),
    Told(
        "called",
        Behaviour.DOMESTIC_ABUSE,
        VictimKind.KNOWN_ADULT,
        "police called to the home",
        5,
        (
            r"police (?:were |was |being |have been |had been )?called (?:out )?to",
            r"police (?:attended|came to) (?:the|his|her|their) (?:home|house|flat|address)",
            r"called to (?:the|his|her|their) (?:home|house|flat|address)",
            r"(?:police|domestic (?:abuse|violence)) call[- ]?outs?",
            r"domestic incidents?",
        ),
    ),
    Told(
        "social_care",
        Behaviour.CHILD,
        VictimKind.CHILD,
        "social care involvement",
        5,
        (
            r"involvement (?:of|with|from) (?:children's )?(?:social care|social services|children's services)",
            r"(?:social care|social services|children's services) (?:are |is |were |was )?involve(?:d|ment)",
            r"(?:known|open) to (?:children's )?(?:social care|social services|children's services)",
            r"child protection (?:plan|conference|register)",
            r"child in need",
            r"(?:children|child|grandchild|grandchildren) (?:were |was )?(?:removed|taken into care)",
        ),
    ),
)
DENIED = r"(?<!\w)(?:no|not|never|nil|without|no known|no record of|no previous)(?: \w+){0,2} $"
MATCH = {one.code: re.compile(rf"\b(?:{'|'.join(one.phrases)})\b") for one in TOLD}
NOT_SO = re.compile(DENIED)
# What a line of the log must hold to be worth reading, for the database: each phrase holds one of these
ROOTS = (
    "sentence report",
    "sentencereport",
    "psr",
    "police",
    "domestic",
    "called to",
    "social",
    "services",
    "child",
)


def told_in(words):
    """What these notes speak of, in the order of TOLD."""
    plain = " ".join(words.casefold().replace("’", "'").split())
    return [
        one
        for one in TOLD
        if any(_is_so(plain, found) for found in MATCH[one.code].finditer(plain))
    ]


def _is_so(plain, found):
    return not NOT_SO.search(plain[: found.start()])

"""What is measured of enforcement: whether each step was in time, and what came of it.

Sources: report 2.3 (letters late, amendments not done, breaches withdrawn, re-engagement good); contract AE and SL16;
supervision reference 2.3. Codes stand in addresses, so they are only added to.
"""

from cases.reference.codes import Titled
from cases.reference.counting import Measure


class Part(Titled):
    STEPS = "steps", "In time, step by step"
    QUALITY = "quality", "What came of it"
    CONTACT = "contact", "Kept in touch meanwhile"


OWED = "things owed"
BREACHES, LETTERS = "breaches", "letters"
REPORT = "inspection report of 2018, 2.3"
# The codes of the contract and of the NPS, each with what it asks for: a code alone tells a reader nothing
POLICY = "local policy"
MEASURE_AE = (
    "contract, measure AE: alleged breaches referred within eight working days of knowing of them"
)
LEVEL_15 = "service level 15 of the NPS: an acceptable referral is put before a court within two working days"
LEVEL_16 = "contract, service level 16: breach packs that the NPS can use without asking for more"
OF_STEP = "Of {what} that fell due in these days: done by the day it was due."


def _step(code, title, what, source=POLICY, part=Part.STEPS):
    return Measure(code, title, part, OWED, OF_STEP.format(what=what), source)


# {measure: the kind of deadline whose days it counts}
STEPS = {
    "decided": "decide_absence",
    "answered": "answer_failure",
    "letters": "send_letter",
    "packs": "submit_breach",
    "nps-answers": "get_breach_answer",
    "amended": "amend_breach",
    "hearings": "say_hearing",
    "part-a": "write_part_a",
    "countersigned": "countersign_recall",
    "won-back": "win_back",
}
# Of a recall that was sent back these run more than once: it is counted once, and as late where one of them was
ONCE_A_RECALL = frozenset({"write_part_a", "countersign_recall"})
MEASURES = {
    one.code: one
    for one in (
        _step("decided", "Missed appointment decided", "decisions about a missed appointment"),
        _step("answered", "Failure answered", "answers to a failure"),
        _step("letters", "Letter sent", "letters", f"{POLICY}; {REPORT}"),
        _step("packs", "Breach pack sent within eight working days", "breach packs", MEASURE_AE),
        _step("nps-answers", "Answer of the NPS had", "answers of the NPS to a breach pack", LEVEL_15),
        _step("amended", "Amended report sent", "amendments of a breach report", REPORT),
        _step("hearings", "What the court decided is recorded", "hearings"),
        _step("part-a", "Recall: Part A within 24 hours", "Parts A (each recall is counted once)"),
        _step("countersigned", "Recall countersigned", "countersignatures (each recall is counted once)"),
        Measure(
            "first-time", "Pack accepted the first time", Part.QUALITY, BREACHES,
            "Of breaches whose pack the NPS first answered in these days: it was accepted, and not returned, declined or asked "
            "for more.", LEVEL_16,
        ),
        Measure(
            "decided-by-court", "Breach decided by the court", Part.QUALITY, BREACHES,
            "Of breaches that were over in these days: the court decided them. The others were withdrawn by us or declined by "
            "the NPS.", REPORT,
        ),
        Measure(
            "proven", "Breach proven", Part.QUALITY, BREACHES,
            "Of breaches that the court decided in these days: it found them proven.", POLICY,
        ),
        Measure(
            "delivered", "Letter delivered", Part.QUALITY, LETTERS,
            "Of letters sent in these days: it has not come back.", REPORT,
        ),
        _step("won-back", "Next contact agreed when enforcement began", "agreements of the next contact", REPORT, Part.CONTACT),
        Measure(
            "seen", "Came to the contact that was agreed", Part.CONTACT, "contacts agreed",
            "Of contacts agreed when a breach or a recall began, whose day fell in these days: it is recorded that they came.", REPORT,
        ),
    )
}  # fmt: skip

"""What is measured of release: the two of the contract beside those that say whether release was prepared.

Source: Through the Gate reference 1 (a plan is not a hand-over) and 2 (measures; those missing from the contract).
Codes stand in addresses, so they are only added to.
"""

from cases.reference.codes import Titled
from cases.reference.counting import Measure


class Part(Titled):
    CONTRACT = "contract", "What the contract counts"
    MATTERS = "matters", "What release was like"


MISSING = "missing from the contract; report 4.2"
MEASURES = {
    one.code: one
    for one in (
        Measure(
            "plan", "Resettlement plan within five working days", Part.CONTRACT, "stays in prison",
            "Of stays whose fifth working day after the basic custody screening fell in these days: a plan was signed "
            "by then.", "contract SL13", "target_plan",
        ),
        Measure(
            "first", "First appointment by the next working day", Part.CONTRACT, "releases",
            "Of releases in these days: a face-to-face appointment with the officer was arranged for the next working "
            "day or before. One that was called off does not count.", "contract SL2 (SL002R)",
        ),
        Measure(
            "handed-over", "Hand-over accepted before release", Part.MATTERS, "releases",
            "Of releases in these days: the officer had accepted the hand-over by the day they left.", MISSING,
            "target_handed_over",
        ),
        Measure(
            "spoken", "Officer spoke to them before release", Part.MATTERS, "releases",
            "Of releases in these days: the log has a visit, a video link or a call that took place in the stay.",
            MISSING, "target_contact",
        ),
        Measure(
            "accepted", "A community service had taken them on", Part.MATTERS, "releases with a need",
            "Of releases in these days of somebody with a need in the community: a service had said by then that it "
            "takes them on. Asked is not taken on.", MISSING, "target_accepted",
        ),
        Measure(
            "attended", "Went to the first appointment there", Part.MATTERS, "releases with a booking",
            "Of releases in these days with a first appointment at a service: it is recorded that they went.", MISSING,
        ),
        Measure(
            "housed", "A roof on the first night", Part.MATTERS, "releases",
            "Of releases in these days: it is recorded that they had a home or a roof on the first night. Nobody knows "
            "is not a roof.", MISSING, "target_housed",
        ),
        Measure(
            "in-hand", "Everything needed in hand at the gate", Part.MATTERS, "releases with something needed",
            "Of releases in these days of somebody who needed something at the gate: bank, identity, benefit, "
            "medication and the rest were all there.", MISSING,
        ),
    )
}  # fmt: skip

"""What agencies answered and what officers made of it, in the words of nobody in particular."""

from cases.reference.checks import Reply

NO_TRACE = "No trace of the people named at the address given."
INFORMATION = {
    "police": (
        "Two call-outs to the address in the last year, both verbal arguments between partners. No charge. Children were present at the second.",
        "Call-out four months ago: an argument in the street, the other party declined to make a statement. Marked as standard risk.",
        "Three call-outs naming a former partner over two years. One led to a harassment warning. Nothing in the last six months.",
        "Known as the victim in two reports by a former partner. No reports as the person causing harm.",
        "Report by a family member of damage to a door and threats while in drink. No further action at the request of the family.",
    ),
    "children": (
        "Open to the children in need team. Next review in five weeks. The social worker asks to be told of any missed appointment.",
        "Closed eight months ago after a child and family assessment. Nothing since.",
        "A child protection plan is in place under neglect. Core group monthly; the school attends.",
        "Referral by the school in the summer, early help offered and accepted. No current social worker.",
    ),
    "adults": (
        "An enquiry under section 42 was closed with advice. A relative holds the finances.",
        "Known to the learning disability team, reviewed yearly.",
    ),
    "address": (
        "The householder confirms that the person may live there. One other adult, nobody under eighteen.",
        "The householder is content but says that a former partner lives in the next street.",
    ),
}
PARTIAL = "Checked under the name given. Another date of birth is needed for the rest."
ANALYSES = {
    "risk": (
        "Raises the risk to a known adult: the call-outs show a pattern when drinking. Assessment to be redone and discussed with the SPO.",
        "The pattern is wider than the offence suggests. Risk to children moves to medium.",
    ),
    "flag": (
        "Domestic abuse register opened on the strength of the call-outs.",
        "Child concerns register opened; the social worker is named in the record.",
    ),
    "plan": (
        "Safety plan for the former partner added, and a home visit brought forward.",
        "Work on relationships moves to the front of the plan; three-way meeting with the social worker booked.",
    ),
    "contact": ("Weekly contact until the core group has met.",),
    "nothing": (
        "Read. Nothing beyond what the assessment already says, so it stands.",
        "No trace of those we asked about, at the address we gave. To be asked again at review or if anything changes.",
    ),
}
NOT_TOLD = (
    "Telling could put the former partner at risk.",
    "Safeguarding: to be told once children's services have been spoken to.",
)
NOT_NEEDED = (
    "No children of their own, none in the household and no contact with any: confirmed at induction and on the home visit.",
    "Asked at induction: lives alone, no children in the family under eighteen, no concern on any register.",
    "Adult children only, living elsewhere. No contact with anybody under eighteen.",
)


def text_of(rng, enquiry):
    """The words of a reply of this kind."""
    if enquiry.reply == Reply.NO_TRACE:
        return NO_TRACE
    if enquiry.reply == Reply.PARTIAL:
        return PARTIAL
    return rng.choice(INFORMATION[enquiry.kind])

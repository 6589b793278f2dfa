"""What officers, seniors and callers wrote while agencies were asked: plain, and about nobody."""

WORST_CASE = {
    True: (
        "That there have been call-outs we have not been told of, and that the former partner is at risk of being hurt.",
        "That a child is living with, or seeing, somebody who has hurt a partner, and that children's services do not know.",
        "That the order of the court is being broken and that nobody has said so.",
    ),
    False: (
        "That there is a history with a partner which the record does not show.",
        "That others live at the address of whom we have not been told.",
    ),
}
WHO_IS_PROTECTED = {
    True: ("The former partner and any child in either household.", "The partner, and the children at home."),
    False: ("Whoever lives at the address.", "Any new partner, once we know of one."),
}  # fmt: skip
WHAT_WE_DO = {
    True: (
        "Seen weekly until the reply comes. No home visit alone. The former partner is told whom to ring. Any missed appointment is told to the SPO the same day.",
        "Weekly contact, a check of who is at home by unannounced visit, and the social worker on duty rung with what we know today.",
    ),
    False: (
        "Asked at each appointment who lives there and who visits. Home visit by two members of staff.",
        "Seen fortnightly rather than monthly until the reply comes.",
    ),
}
AGREED = ("Agreed.", "Agreed. Bring it back if the reply is not here when it runs out.")
RETURNED = (
    "Say what is done if an appointment is missed, and who rings the former partner.",
    "It does not say who is protected at the second address.",
)

ACTIONS = (
    ("Safety plan with the former partner through the women's safety worker", "Women's safety worker"),
    ("Three-way meeting with the social worker", "Responsible officer"),
    ("Home visit brought forward, with a colleague", "Responsible officer"),
    ("Relationships work begun before the programme", "Responsible officer"),
    ("Referral to the alcohol service, and attendance asked of them monthly", "Alcohol service"),
)  # fmt: skip
DONE = ("Done, and noted in the log.", "Met. Next date agreed.")

# Kind: who says so, their name and service, and their words
COMING_IN = {
    "call_out": (
        ("police", "PC Lyle, response team", "Called to the home last night: shouting heard by neighbours, the other party upset, no injury seen. No arrest."),
        ("police", "Sgt Amery, control room", "Third call to this address in a month. The former partner would not make a statement."),
    ),
    "arrest": (
        ("police", "PC Haddow, custody", "Arrested on suspicion of common assault and bailed with conditions not to go to the other address."),
    ),
    "child": (
        ("social_care", "Duty social worker, first response", "The school reports that a child arrived upset and said there had been fighting at home. Asks whether the person is seen by us."),
        ("social_care", "Health visitor", "A man not named before was at the home when the baby was weighed."),
    ),
    "adult": (
        ("social_care", "Adult safeguarding desk", "A grandparent whose money the person looks after has asked for help."),
    ),
    "court": (
        ("court", "Listing officer", "Asks for a progress report before the review hearing."),
    ),
    "health": (
        ("health", "Keyworker, drug and alcohol service", "Missed the last two sessions and sounded low on the telephone."),
        ("health", "GP surgery", "Confirms an appointment next week."),
    ),
    "sighting": (
        ("family", "A neighbour", "Seen outside the old address on Sunday, talking through the window."),
    ),
    "other": (
        ("person", "The person, by telephone", "Says that somebody from the estate has been waiting for them after appointments."),
        ("colleague", "Unpaid work supervisor", "Turned up with a black eye and would not say how."),
    ),
}  # fmt: skip
NOTHING = (
    "Already known and in the assessment; the plan covers it.",
    "Checked with whoever told us. It was about somebody else of the same name.",
)
RAISED = "Police were called again and nobody is answering the telephone: seen weekly from today."
RAISED_BY_REGISTER = {
    "risk": "What has come in cannot wait for the assessment: the risk is raised today.",
    "flag": "Told to us today. On the register until it is assessed.",
}

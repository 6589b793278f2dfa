"""What is written in the demonstration of unpaid work: instructions, answers, what happened. Invented, and of nobody.

Which registers supervisors must be told of is said here a second time, apart from `unpaidwork.reference.flags`.
"""

ORDERED_BY_REGISTER = frozenset({"RSTO", "SOPS", "SPO"})
FREEDOM_OF_MOVEMENT = frozenset(
    {"Making or maintaining contact with a person", "Freedom of movement"}
)
RING = "The duty officer, 01632 960100"
KEEP_AWAY = (
    "Do not let them work, wait or take breaks where children are or pass.",
    "Children coming onto the site, or them going towards a play area.",
    "Keep them in sight. If children come, move them to the other end of the site and ring.",
)
PARTNERS = (
    "Do not let them leave the site before the end, or use your telephone to reach a partner.",
    "Calls or messages that they hide, and somebody waiting for them at the gate.",
    "Do not pass on messages. If they leave, ring at once and say which way they went.",
)
APART = (
    "Do not leave them alone with somebody who shouts or pushes.",
    "They go quiet, give things away, or do as another tells them.",
    "Speak to them away from the group, and ring the same day.",
)
QUARRELS = (
    "Do not put them to work beside people they did not choose.",
    "A raised voice, and standing too close.",
    "Part them, give them something to do by themselves within sight, and ring.",
)
NO_BLADES = (
    "Do not give them blades, nor tools that could be swung.",
    "Something carried or hidden, and a quarrel about tools.",
    "Do not search them. Move the group away, ring 999 if you are threatened, and then ring.",
)
ORDER = (
    "Do not let them off the site, or off the van on the way, before the end of the day.",
    "Leaving the site, or somebody coming to meet them.",
    "If they go, ring at once and say which way they went.",
)
TO_BE_TOLD = {  # register: what not to allow, what to watch for, what to do
    "RSTO": ORDER, "SOPS": ORDER, "SPO": ORDER,
    "ARSO": KEEP_AWAY, "RCCO": KEEP_AWAY, "RCPR": KEEP_AWAY, "RCHD": KEEP_AWAY,
    "ADVP": PARTNERS, "REG30": PARTNERS, "IMAR": PARTNERS,
    "ADVV": APART, "RVAD": APART, "ALSH": APART, "REG22": KEEP_AWAY,
    "AV2S": QUARRELS, "REG15": QUARRELS, "REG17": QUARRELS, "MAPP": QUARRELS, "STRG": QUARRELS, "REG26": QUARRELS,
    "WEAP": NO_BLADES,
}  # fmt: skip
OF_AN_ORDER = ORDER

# Answers of the assessment of risk for unpaid work
ASKED_THEM = "Asked at the induction; the record read the same day"
SOURCE = "The person, and the record"
THEIR_WORDS = (
    "I would sooner be outside than in. If I can learn the strimmer, it is something for the firm.",
    "I do not want it, but I will come. Early is better, because of the school run.",
    "It is fair enough. I let people down, so I will do it and be done by the summer.",
)

# Orders as they are recorded
PROHIBITS = {
    "contact": "Must not contact a former partner in any way, nor send anybody else to.",
    "areas": "Must not enter the areas that are drawn on the map of the order.",
}
FROM_THE_COURT = "Copy of the order, from the court"
LABELS = ("First area on the map", "Second area on the map")
VARIED = "The court varied the order on application: the area is another."

# Why work stopped, and why a day was stood down
ENDED = (
    "The group was full on their new day off.",
    "They found work on that day of the week.",
    "The van does not go there any more.",
)
SUSPENDED = (
    "Off sick until the doctor has signed them fit.",
    "Waiting for what the police know of last weekend.",
)
STOOD_DOWN = ("No supervisor: two were off sick.", "The river was over the path.")
ALL_WORKED = "All hours are worked."
AGREED = "Asked at the induction: she is content to be the only woman there."

# What was reported: kind, could somebody be hurt, words, what was done about it (blank: nothing yet)
INCIDENTS = (
    ("near_miss", False, "A branch came down beside the path and missed the group.", ""),
    ("incident", False, "Two of the group shouted at each other about a shovel, and were parted.", "Spoke to both. They work at other ends from now on."),
    ("injury", True, "A cut hand from a broken bottle. Washed, dressed, sent to the walk-in centre.", ""),
    ("incident", False, "Somebody from next door came to the fence and filmed the group.", "The beneficiary has spoken to them. The group works at the far end."),
    ("near_miss", False, "The van's side door opened on the roundabout. Nobody was near it.", "The van is off the road until it is mended."),
)  # fmt: skip
COURSES = (  # provider, title, minutes it should take
    ("Thames Valley Learning", "Health and safety at work", 360),
    ("Thames Valley Learning", "Manual handling", 180),
    ("Open Doors", "Reading and numbers for work", 600),
    ("Milton Keynes Food Store", "Food hygiene, level 2", 420),
)
COURSES_COUNT = "Out of work, and the card is asked for by every site."
TAKEN_TWICE = "The same course was credited before."
GREW = "Comes on time, and has begun to show others how the mower is started."
NEXT = "Asks for the workshop; first the safety card."

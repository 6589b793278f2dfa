"""What stands in sentence plans: objectives, steps, contingencies and how each requirement is delivered."""

# Area: what is to be different; then steps as (what, by whom, actor, nature, days)
OBJECTIVES = {
    "accommodation": ("Have a place to live that lasts, and that is safe for whoever visits.", (("Go to the housing officer together and fill in the form", "The person, with the officer", "person", "constructive", 21),)),
    "ete": ("Be in work or training, with days that are full.", (("Meet the employment adviser and choose a course", "The person", "person", "constructive", 28),)),
    "relationships": ("Settle arguments without anybody being hurt or afraid.", (("Work on relationships, one to one, until the group begins", "The responsible officer", "officer", "constructive", 42),)),
    "lifestyle": ("Spend evenings away from those they offended with.", (("Join the boxing club and go each week", "The person", "person", "constructive", 30),)),
    "drugs": ("Stop using, and keep to the prescription.", (("See the drug service weekly, results shared with us", "Drug and alcohol service", "agency", "constructive", 35),)),
    "alcohol": ("Drink less, and never at home when others are there.", (("Keep a drink diary and take it to the alcohol service", "The person", "person", "constructive", 28),)),
    "thinking": ("Stop and think before answering, and know what it does to others.", (("Thinking skills, in the group or one to one", "Programme staff", "programme", "constructive", 60),)),
    "attitudes": ("See what the offence did to the person it was done to.", (("Three sessions on the effect on victims", "The responsible officer", "officer", "constructive", 45),)),
}  # fmt: skip
PROTECTS = "Keep {who} safe."
RESTRICTS = (
    (
        "Unannounced home visit each month, by two members of staff",
        "The responsible officer",
        "officer",
        "restrictive",
        28,
    ),
    (
        "Police told of every new address, and asked again at each review",
        "The responsible officer",
        "officer",
        "restrictive",
        40,
    ),
)
VICTIM = (
    (
        "Ring {name} through the safety worker each week, and agree what to do if contact is tried",
        "Women's safety worker",
        "agency",
        "victim_safety",
        14,
    ),
    (
        "Safety plan made with {name}, and the officer's number given",
        "Women's safety worker",
        "agency",
        "victim_safety",
        21,
    ),
    (
        "Whoever looks after {name} is told whom to ring, and is rung after each visit",
        "The responsible officer",
        "officer",
        "victim_safety",
        14,
    ),
)
IFS = (
    (
        "an appointment is missed and nobody can say why",
        "the household is rung, the senior told and the home visited",
        "The responsible officer",
        "the same day",
    ),
    (
        "drinking or using starts again",
        "weekly becomes twice weekly and the police are asked again",
        "The responsible officer",
        "two working days",
    ),
    (
        "there is a new partner, or a new address",
        "the police and children's services are asked before the next appointment",
        "The responsible officer",
        "one working day",
    ),
    (
        "the former partner is contacted",
        "the police are rung and recall or breach is decided",
        "The officer and the senior",
        "the same day",
    ),
)
DELIVERIES = {  # main code of a requirement: route, and how
    "F": (("one_to_one", "Days used one to one with the officer, on what the objectives say"), ("group", "Stepping Stones to Change, evenings, from the next group")),
    "7": (("group", "Accredited programme, evening group; pre-group sessions with the officer"),),
    "W": (("unpaid_work", "Saturdays, after an induction at the office"),),
    "M": (("monitoring", "Tagged by the contractor; breaches told to us within a day"),),
    "X": (("monitoring", "Police and the officer check the area; told to us at once"),),
    "H": (("agency", "Alcohol service, weekly; attendance shared"),),
}  # fmt: skip
CONDITION = ("one_to_one", "Gone through and signed; kept to by appointments and visits")
OWN_WORDS = (
    "'I will do the course if it is in the evening.'",
    "'Getting a flat would sort out half of it.'",
    "'I do not want her bothered. I want to see my daughter.'",
    "'Fine, as long as you tell me straight.'",
)
NOT_AGREED = (
    "Says that weekly is too often, and that the home visits shame the family. Told why; will be asked again.",
    "Does not accept that there is a risk to a former partner.",
)
COULD_NOT_ANSWER = (
    "Unwell, and asked to leave it until the next appointment.",
    "No interpreter came. To be asked with one next week.",
)
DONE = (
    "Done, and noted in the log.",
    "Went, and has the next date.",
    "Finished; what was learnt is in the log.",
)

REMOVED = (
    (
        "One-to-one work",
        "Accredited programmes are the route for this requirement.",
        "group",
        "Stepping Stones to Change, evenings",
    ),
    (
        "Sessions at the women's centre",
        "The contract has ended.",
        "one_to_one",
        "The same work with the officer, at the surgery",
    ),
    ("The weekday group", "Works on weekdays.", "group", "The Saturday group"),
)
OVERRIDE = {
    "unknown": ("Whether there have been call-outs that we have not been told of.", "Whether children's services know the household."),
    "read_and_asked": ("Read the papers and the last plan; rang the police desk twice and the officer before me.", "Read the pre-sentence report, and asked the health visitor and the person."),
    "why_safer": ("The programme starts on Monday and takes nobody without a signed assessment; the next is in ten weeks.", "Release is in four days and the hostel wants to see the assessment."),
    "who_is_protected": ("The former partner, by a call from the safety worker tomorrow; weekly contact and no home visit alone.", "The children at home, by the school and the duty social worker, who have my number."),
    "who_was_told": ("The senior, the safety worker and programme staff.", "The duty social worker and the hostel."),
    "what_closes_it": ("The reply, read and analysed.", "Children's services' answer about both children."),
}  # fmt: skip
DECISION = (
    "Agreed for a week. Bring it back if they have not answered.",
    "Agreed: waiting is worse here. Ring me the day they answer.",
)
CLOSED = "The reply has come and is analysed."
READ = "Read. The reasons hold; the length could have been shorter."
HOME_VISITS = {
    "yes": "Seen at home within the month by two members of staff, then each quarter, unannounced.",
    "no": "Lives in a hostel whose staff see them daily and ring us; seen there on Tuesdays.",
}
DETAILS = {
    "children": ("With their other parent in the week; what school they go to is on the record.", "In the household. The school has our number, and we have theirs."),
    "domestic_abuse": ("Set out under past behaviour in the assessment: who was hurt, when, and where they are now.", "A former partner, who has a safety worker. No contact by order or by agreement."),
}  # fmt: skip
ADJUSTMENTS = (
    "Appointments before two, for school. Letters read through together.",
    "Evening appointments, for shifts. Fares paid.",
    "Short appointments, and the leaving care adviser told of each.",
)
ASKED = (
    "Asked on Monday, declined to say; the health visitor was rung and did a visit with us on Thursday.",
    "Asked twice, says not; the school was asked and is to ring back, and we see them at home meanwhile.",
)
SEEN_LESS = (
    "Works nights in Swindon; seen by the support worker in the weeks between, who writes to us.",
    "At the treatment centre four days a week, and the key worker rings each Friday.",
    "Agreed with the senior: steady for a year, in work, and two buses each way.",
)

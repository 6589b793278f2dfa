"""What is written in reviews and recommendations: honest of each kind of event, and hollow of all. About nobody."""

from cases.reference.reviews import EventKind

HOLLOW = "Risk remains manageable and will be monitored in supervision as before."
HONEST = {
    EventKind.MISSED: "Both were missed when the warehouse changed the shift at a day's notice. The rota letter came, and we meet before work now.",
    EventKind.FAILURE: "The breach letter was for the appointments missed in the week of the night shift; the court heard why, and attendance since is full.",
    EventKind.REPLY: "The police reply tells of the two reports we had from the file already, and the dates are the same: the plan speaks of both.",
    EventKind.REGISTER: "The entry on the register copies the caution of 2015 that the police file held already; his mother and the landlord in Cowley say nothing is new.",
    EventKind.INFORMATION: "The police were rung about what was said: nobody was hurt, no charge followed, and the GP sees them weekly.",
    EventKind.NEW_PERSON: "The partner named is the one the plan already speaks of, under a name she uses at home.",
    EventKind.OTHER: "The police spoke to the family that night and left no order; the home is as the plan has it.",
}  # fmt: skip
ELSE = (
    "The police and the court were asked, and what they hold of that day is what the plan rests on."
)
THEY_SAID = "“I know why I missed them. Mornings are better for me.”"
ASKED = (
    "The school and the health visitor were rung last week; neither knows yet, and they ring back."
)
EXPLAINED = "Talked over with the senior, and to be written at the next appointment with them."
FOUND = "Read it with the officer. The missed appointments should have been spoken of; to be done at the next."
RETURN = "Say what got in the way of coming, and what would help."
MOVED = "What was raised since stands on the register, and is assessed in full."
RECOMMEND = (
    "See the person at home, and speak to whoever lives there alone.",
    "The plan says that they are visited, and nobody has been since it was signed.",
)
RECOMMEND_STEPS = (
    "Do the steps of the plan by their days, and write down what came of each.",
    "At the audit the steps were open, and nothing said how far they had come.",
)
CONTEST = "They are visited by the support worker each week, who writes to us: a second visit would be one too many."
UPHELD = "The support worker's letters say what a visit would. It is withdrawn."
FAILURES = (  # one by one: no two of them say the same
    HONEST[EventKind.FAILURE],
    "They were at the surgery with their mother that morning; the GP's letter came on the Monday, and the breach was withdrawn.",
    "The agency had them on the early shift in Didcot. The foreman rang, and the time is now four o'clock.",
    "They slept through it after nights at the bakery. We rang the sister, who wakes them on Tuesdays; no more were missed.",
)
CHANGED = "The step that is done since is the answer: what kept them from coming was the shift, and it is settled with the employer."
COMPLIANCE = (
    "They come when it is after work. Both that were missed were in the week of the early shift."
)
AGENCIES = "Spoke to the employer and to the GP's receptionist. Neither has anything new of them."
NEXT = "We meet on Tuesdays at four; the officer rings the employer about the rota by the end of the month."
LOOKED_AGAIN = (
    "Looked at the file and at what the police sent: nothing has come in that bears on it."
)
DONE_BECAUSE = "It was in the plan, and is done: the step says when, and what was seen."

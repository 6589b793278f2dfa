"""What else staff write in a log: calls, texts, letters, agencies, oversight. It is about nobody.

Some is set out under headings, some is a word; place names of Wales are written as they are.
"""

CALLS_TO = (
    "Rang. They are well; nothing new at home. Reminded of Thursday.",
    "Rang twice, no answer.",
    "Rang about the bus fare. To bring the ticket.",
    "Rang. Out with the dog; will ring back. Did.",
    "Spoke for five minutes about the interview. Went well, they think.",
    "Rang: the GP has changed the tablets. Sleeping better.",
    "Voicemail full.",
    "Rang to say that the room has changed.",
    "Rang. Visiting family in Llanelli until Sunday; back for the appointment.",
    "Rang. Working away at Ynys Môn this week, site at Caergybi. Shift letter to follow.",
)
CALLS_FROM = (
    "Rang in: running ten minutes late.",
    "Rang to ask when the next appointment is. Told them, and read it back.",
    "Rang. Benefits stopped, worried about rent. Number of the advice line given.",
    "Rang from a new number, which they say is theirs alone. To be asked about when seen.",
    "Rang, low. Talked for twenty minutes. Seeing the GP tomorrow; will ring after.",
    "Rang about the course: may they swap to the evening group? Asked the facilitator.",
    "Asked for a letter for the council.",
    "Rang from the job centre. Sanction lifted.",
)
TEXTS_TO = (
    "Appointment given.",
    "Asked to ring me.",
    "Time confirmed.",
    "Address of the office sent.",
)
TEXTS_FROM = (
    "Says they will be there.",
    "Running late.",
    "Asks to move it to the afternoon.",
    "Thanks.",
    "Sent a photograph of the sick note.",
)
LETTERS = (
    "Appointment letter.",
    "Letter with the next three appointments.",
    "Letter for the housing office, at their request.",
    "Letter of the terms of the order, in large print.",
)
TO_AGENCIES = (
    "Wrote to the drug and alcohol service for attendance this month.",
    "Referral to the employment worker sent.",
    "Asked the housing provider how the tenancy goes.",
    "Sent the release date to the college.",
)
FROM_AGENCIES = (
    "Drug and alcohol service: kept both sessions. Tests clear.",
    "Housing provider: rent paid, garden cleared.",
    "College: attendance 80%. Well liked.",
    "GP surgery: repeat prescription collected.",
    "Employment worker: CV done; interview on the 14th.",
    "Debt advice: plan agreed with two creditors.",
    "Mental health team: assessed, waiting list of nine weeks.",
    "Women's centre: came to the drop-in three times.",
    "Housing office in Llanelli: no local connection.",
)
SENSITIVE = (
    "Told in confidence by a relative who does not wish to be named: drinking again at weekends. Not to be repeated to them.",
    "Agency says they are worried about who is sleeping there. Not shared yet: to be talked over in supervision.",
    "Neighbour rang. Shouting on Saturday. Asked not to be named.",
)
OVERSIGHT = (
    "Case discussed in supervision. Agreed level of contact.",
    "Discussed. Bring it back when the group starts.",
    "Looked at the log together. Notes are good; say more of what was done about housing.",
    "Discussed. Two missed and no pattern; officer to ask about shifts.",
)
HEADED = (
    "How things are\nSettled. Sleeping. Eating at his mother's.\n\nWhat we did\nConsequences, exercise three.\n\nWhat was agreed\nBring the diary.",
    "How things are\nTired: nights at the warehouse.\n\nWhat we did\nLooked at the week and where it goes wrong.\n\nNext\nMove to mornings.",
    "What we did\nBudget. Rent first, then the fine.\n\nWhat was agreed\nFive pounds a week to the court.",
    "How things are\nMoved in at last.\n\nWhat we did\nPlan gone through, objective two is done.\n\nIn their words\n“It is the first door I have had a key to.”",
)
ATTENDED = (
    "Seen.",
    "On time. Short session.",
    "Talked about Sunday lunch with the family in Machynlleth. Train fare is the worry.",
    "Grew up in Ystradgynlais; wants to go back once the order ends. Talked about what would have to be in place.",
    "Angry about the queue at reception; calm within five minutes. Talked about what anger costs.",
    "Brought payslips. Work is steady.",
    "Read the rules again together, slowly. Used pictures for the weekly plan.",
    "Worked on thinking before acting: the three questions.",
    "Wants to see more of the allotment. Asked the group.",
    "Came with a friend, who waited outside.",
    "Told me about the interview. Proud. Practised answers.",
    "Went through last week's diary; four days without.",
)  # fmt: skip

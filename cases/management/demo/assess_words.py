"""What officers wrote in assessments: plain, honest, and about nobody."""

# What is so where there is a need, and what is so where there is none
NEEDS = {
    "accommodation": (
        ("Moves between friends' sofas since the tenancy ended in spring; offends when sleeping badly and owing favours.", "Notice has been served for arrears. No plan yet for afterwards, and the last time ended in a hostel and in theft."),
        ("Settled with family for two years and paying rent. The home visit found it as described.",),
    ),
    "ete": (
        ("Out of work for three years, few qualifications, and days with nothing in them: most offences are on weekday afternoons.", "Agency work that stops without warning. Money runs out and old company comes back."),
        ("In full-time work, and the employer knows of the order. Shifts leave Thursday afternoons free.",),
    ),
    "finance": (
        ("Debts to a doorstep lender and to people who do not write letters. Benefit was stopped twice this year.",),
        ("Manages on what comes in. No debts beyond a telephone contract.",),
    ),
    "relationships": (
        ("Arguments at home grow when money is short or after drinking. Says that both shout; the record says who was hurt.", "Grew up with violence at home and in care from twelve. Jealous of a partner's friends, and checks the telephone."),
        ("Close to a sister who comes to appointments. Separation was agreed and is over.",),
    ),
    "lifestyle": (
        ("Spends most days with two people who are also under supervision; none of the last five offences was alone.", "Easily led when bored, and proud of taking risks. Debt ties them to others."),
        ("Keeps to family and work. Old friends have been told not to call.",),
    ),
    "drugs": (
        ("Uses crack and heroin two or three times a week, and steals to pay for it. Prescribed methadone, collected unevenly.", "Cannabis each evening and cocaine at weekends. Says that it calms; the call-outs were all on Sundays."),
        ("None for four years by own account. Tests from the last order agree.",),
    ),
    "alcohol": (
        ("Eight cans most evenings and spirits on pay day. Each assault on the record followed drinking.", "Drinks alone after arguments. Has cut down since the order began, by their own account and a partner's."),
        ("A few drinks at the weekend, and none on the day of the offence.",),
    ),
    "emotional": (
        ("Low since a bereavement in the winter. Sees the GP, and has talked of not wanting to be here; nothing planned.",),
        ("Steady. Sleeps, eats and sees friends.",),
    ),
    "thinking": (
        ("Acts first and thinks after. Can say what should have been done, but only the day after.", "Sees insult where none was meant. Does not see what it was like for the person who was hurt."),
        ("Thinks ahead when at work. The offence was planned, so this is not where the risk lies.",),
    ),
    "attitudes": (
        ("Says that everybody does it and that the court had its mind made up. Comes to appointments, mostly on time.", "Believes that a partner should do as they are told. Puts the offence down to provocation."),
        ("Accepts the offence and the order. Has written to say sorry, through the court.",),
    ),
    "health": (
        ("Back pain limits standing work. Waiting for a scan.",),
        ("No condition that affects taking part.",),
    ),
}  # fmt: skip
STRENGTHS = (
    "Has kept a job for more than a year before and wants to again.",
    "A grandparent who is told everything and is listened to.",
    "Stopped once before, for eighteen months, and can say how.",
    "Good with children at the boxing club, where they are trusted with the keys.",
    "Comes when asked, and rings when late.",
)
OFFENCE = (
    "{offence}. Had been drinking since midday and went back after being told to leave. Stopped by those who were there. Admitted it when charged.",
    "{offence}. On the account of the papers it was on the spur of the moment, after an argument about money. Left before the police came.",
    "{offence}. With one other, who was also charged. Says that it was the other's idea; the film shows both.",
    "{offence}. Was owed money and had no credit left. Arrested the same evening and said so at once.",
)
VICTIMS = (
    "One person was frightened and has changed how they go home. Said to be sorry, without being asked.",
    "Nobody was hurt. The loss was made good, and what it meant for whoever lost it is being talked about.",
    "Somebody was hurt and needed treatment. Talks of the sentence and not yet of them.",
)
FITS = (
    "What went before is set out under past behaviour. The same thread runs through: drink, an argument, and nobody to ring.",
    "The first of its kind. Earlier offences were for money; this one was in anger, which is new.",
    "More of the same, and closer together since losing work.",
)
OWN_WORDS = (
    "'I want to see my kids and I want this over with.'",
    "'Give me a job and you will not see me again.'",
    "'I know what happens when I drink. I do it anyway.'",
    "'Nobody asked me before what I wanted.'",
)
MOTIVATION = (
    "Wants contact with family restored, and sees that it depends on what happens at home. Travelling in costs more than a day's food.",
    "Wants work. A record that has to be declared stands in the way, and so does getting up.",
    "Has begun to cut down and is proud of it. Old friends ring every weekend.",
)
DIVERSITY = (
    "Reads slowly: letters are read through together. Nothing else that was asked about.",
    "Observes Ramadan; appointments then are in the morning. No other need was named.",
    "Twenty-two, and was in care. Still growing up: short appointments, and the leaving care adviser is told of them.",
    "Asked about each protected characteristic. Says that none needs anything from us.",
)
CIRCUMSTANCES = (
    "Collects a child from school at three: appointments before two.",
    "Works shifts that change weekly: the rota is sent on Fridays and appointments follow it.",
    "Lives eleven miles out, with one bus. Telephone in between, and seen at the surgery in the village.",
)
INCREASE = (
    "Drinking, an argument with somebody close, and no money, when they come together. A new relationship that we are not told of.",
    "Going back to the old address, losing the room, or using again.",
    "Being with those they used to offend with, at night, and carrying something.",
)
REDUCE = (
    "Being in work, staying with the family, and seeing the same officer each week.",
    "Abstaining, and somebody to ring. The restraining terms, which have been kept so far.",
    "Treatment taken regularly, and the neighbour who tells us when it is not.",
)
BECAUSE_LOW = (
    "What there is on the record has been answered one by one above. It was years ago, in company that is no longer there, and checks with police and children's services show nothing since. Current evidence does not show a likelihood of serious harm.",
    "The offences are for money and nobody has been hurt or threatened. Those around the person have been asked about and nothing is known. A rise in drinking would change this.",
)
BECAUSE_MORE = (
    "There are signs that somebody could be seriously hurt, and who is named above. It is unlikely unless circumstances change: drinking again, or contact that nobody knows of.",
    "Past violence, the person it was done to and what brings it about are all still there; work, family and the order hold it. So it could happen, and is not likely today.",
)
WHO = {
    "children": "{children} and any child in a household where there are arguments.",
    "public": "People met in the street or in a pub at night, most of all men of the same age.",
    "known_adult": "{adults}; and any new partner.",
    "staff": "Whoever tells them no: reception and the officer on duty.",
    "prisoners": "Those who share a cell while debts are owed.",
}
NATURE = {
    "children": ("Being hurt or frightened by violence between adults, and left without care after drinking.",),
    "public": ("Punches and kicks in a fight, and a weapon if one is at hand.", "Robbery with threats by night."),
    "known_adult": ("Being hit or held, followed after separation, and kept from money and friends.", "Threats by telephone, and assault when drinking."),
    "staff": ("Threats, and pushing at the counter.",),
    "prisoners": ("An assault over debt.",),
}  # fmt: skip
WHEN = (
    "At weekends after drinking, and in the days after a row. Is drinking again at weekends, so part of it is here now.",
    "When a relationship ends or a new one begins. Neither is so today; asked at each appointment.",
    "When out at night with the old group. Has been seen with them once this month.",
)
SARA = (
    "Two partners have reported the same: it begins with control of money and telephone and becomes violence on separation. Steady rather than worse. Children have been in the house.",
    "One relationship, four call-outs, the last of them the worst. Separated, and contact is about the child alone.",
)
SARA_NOT_DONE = "No partner, past or present, and the report was of a brother. Asked the police and the person; what they said is under past behaviour."
PATTERNS = {
    "now": (
        "Talked through, date by date. Drink and an argument each time; both are still in the picture, so it bears on who could be hurt today.",
        "The person it was done to is still in contact. What set it off then could again, and the plan says what we do about it.",
    ),
    "sometimes": (
        "Would matter again if they went back to drinking or to that company. Neither is so now, and we ask.",
        "It was in a relationship that is over. A new partner would make it matter, and we would ask the police first.",
    ),
    "past": (
        "No longer: it was in youth, with a group since split up, and nothing like it is recorded in the years since. Asked what changed, and a sister bears it out.",
    ),
    "not_known": (
        "The papers do not say who was hurt. Asked the person, who declined, and wrote to the court for the prosecution papers. Treated as bearing on risk until they come.",
    ),
}  # fmt: skip
MANAGING = {
    "supervision": ("Seen weekly by the same officer, at home once a month; a miss is followed up the same day.", "Seen fortnightly, alternately at the office and at home."),
    "control": ("The order's conditions, unannounced visits, and the police told of any new address.", "Curfew monitored; the police ring the officer about any call to the address."),
    "treatment": ("The accredited programme, and the alcohol service in the meantime.", "Drug service weekly with results shared; thinking skills one to one."),
    "victims": ("The safety worker rings whoever is named above each week, and has the officer's number.", "Nobody is named today. A new partner is asked about at each appointment, and checked."),
    "contingency": ("If an appointment is missed and cannot be explained that day, then the officer rings the household and tells the senior, the same day.", "If drinking begins again, then weekly becomes twice weekly and the police are asked again, by the officer within two days."),
}  # fmt: skip
# What gets a box past nobody: the words that the inspectors found
STOCK = "Risk not linked to current index offence"
RETURNED = (
    ("harm.because", "You say low. Say why, given the call-outs: what has changed since?"),
    ("harm.increase", "Say what would make it worse for her in particular, and how we would know."),
    ("managing.contingency", "Who rings the former partner if he misses, and by when?"),
)
UNNAMED = "1 person on record as a victim is not named among those who could be hurt."
NOT_NAMED_BECAUSE = "They moved away after the trial and there has been no contact since; asked again at each review."

"""The words of planted reviews: what stood before, what is said of each event, and phrases that say nothing.

Of each list, every second entry is kept back: a detector is written against the others, and is judged on
both (see `bench.planted.making`).
"""

from cases.reference.reviews import EventKind

NAMES = (
    "Darren", "Kelly-Anne", "Tomasz", "Rhodri ap Llŷr", "Shanice", "Mohammed", "Seán", "Myfanwy", "Lee",
    "Ngozi", "Zoë", "Gethin", "Alan", "Priya", "Craig", "Angharad", "Jordan", "Oluwaseun",
)  # fmt: skip
PLACES = (
    "Bletchley", "Cwmbrân", "Slough", "Llanelli", "Didcot", "Ynys-y-bwl", "Banbury", "Wolverton", "Reading",
    "Pontypŵl", "High Wycombe", "Aylesbury",
)  # fmt: skip
OTHERS = ("Gemma", "Siân", "Marcus", "Eirlys", "Danny", "Chantelle", "Iwan", "Rosie", "Bev", "Kofi")
SERVICES = (
    "Turning Point",
    "SMART",
    "Connexions",
    "Aquarius",
    "the Foyer",
    "Flo's",
    "P3",
    "Elmore",
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
)  # fmt: skip

NOTES = {
    "accommodation.notes": (
        "{He} rents a room in {place} from a man {he} met at work. The landlord wants the room back in {month}.",
        "{Name} shares a council flat in {place} with {his} mum. It is quiet and {he} is not on the tenancy.",
        "Sofa surfing between two mates since {month}. Housing options saw {him} and said {he} is not priority.",
        "Settled in {place} for four years. Rent is paid straight to the landlord. No arrears.",
    ),
    "ete.notes": (
        "{He} labours for an agency, usually three shifts a week. No qualifications past school.",
        "Out of work since {month}. Has a forklift ticket that has lapsed and wants to renew it.",
        "On benefits because of {his} back. Used to drive for a living and misses it.",
        "Kitchen porter at a hotel near {place}. Hours are short in winter.",
    ),
    "drugs.notes": (
        "{He} smokes cannabis most evenings and says it helps {him} sleep. Buys from a neighbour.",
        "Crack and heroin from 19 until prison. On 40ml of methadone from {service}, collected daily.",
        "Cocaine on nights out, paid for by friends. {He} does not see it as a problem.",
        "No use that we know of.",
    ),
    "alcohol.notes": (
        "Drinks at weekends, up to a litre of vodka. The offence followed a day of it. {service} has seen {him} twice.",
        "{He} had a detox in {month} and has been dry by {his} own account since.",
        "Social drinking only. Not a factor in what happened.",
        "Cans from the morning when money allows. Shakes without it.",
    ),
    "relationships.notes": (
        "With {other} on and off for six years. They argue about money and the police have come to the door before.",
        "Close to {his} sister, who has taken {him} in twice. No contact with {his} father.",
        "Single since {month}. Has a son he sees on Sundays at {his} nan's.",
        "Married. {Other} came to the first meeting and wants it to work.",
    ),
    "lifestyle.notes": (
        "Friends are people {he} offended with. They meet behind the shops in {place}.",
        "Keeps to {himself}. Fishing, and the dog.",
        "Goes to the gym and the boxing club. Some of the lads there are known to us.",
        "Easily led. Says yes so as not to lose face.",
    ),
    "thinking.notes": (
        "{He} acts first. The assault took seconds and {he} could not say what {he} had thought.",
        "Plans well when calm. Loses it when {he} feels laughed at.",
        "Blames the other driver. Does not accept that {he} could have stopped.",
        "Can say what the harm was and to whom. Less sure what {he} would do next time.",
    ),
    "harm.known_adult.nature": (
        "Punches, kicks and being held by the throat, when {he} has been drinking and {other} says {she_} is leaving.",
        "Threats by text and turning up at the house.",
    ),
    "harm.known_adult.when": (
        "When they argue about money or who {other} has been talking to. Friday and Saturday nights above all.",
        "Around contact with the children, and after a hearing.",
    ),
    "harm.public.nature": (
        "A fight outside a pub, with fists or what is to hand.",
        "Being run over by a car {he} should not be driving.",
    ),
    "managing.supervision": (
        "Seen every fortnight at {place}. Home visit once a quarter. Half the sessions are on what led to the offence.",
        "Weekly to begin with. Week 4 of 12 of the thinking work. Last seen on 12 {month} 2018.",
    ),
    "managing.control": (
        "Tag from 7pm to 7am until {month}. Restraining order keeps {him} out of {other}'s road.",
        "No conditions that limit {him}. Police are told if {he} moves.",
    ),
    "managing.victims": (
        "{Other} has the number of the helpline and a panic alarm. The women's safety worker rings once a month.",
        "The victim does not want to be told anything. Details are with the victim liaison unit.",
    ),
    "harm.increase": (
        "Drink, losing the room, {other} seeing somebody else.",
        "Cannabis debts, and being around {his} cousin.",
    ),
    "harm.reduce": ("Work, {his} sister, keeping away from the pub.", "Medication, sleep, the dog."),
}  # fmt: skip
MOTIVATION = (
    "{He} says {he} wants to put this behind {him} and keep {his} room.",
    "Wants {his} licence back. Thinks the order is a waste of time.",
    "Has had enough of prison. {His} daughter is the reason.",
    "Low. Turns up because {he} has to.",
    "More open than {he} was. Talks about the future now.",
    "Keen this month, and says the sessions help.",
    "Dips when money is short but comes back to it.",
    "Up and down. Today {he} was at a seven out of ten.",
)
OBJECTIVES = (
    ("alcohol", "Stay dry on work days and know what to do at the first drink"),
    ("accommodation", "Have a place of {his} own by the end of the order"),
    ("thinking", "Stop and walk away when {he} feels laughed at"),
    ("relationships", "Argue without anybody getting hurt"),
    ("ete", "Get the forklift ticket and steady shifts"),
    ("drugs", "Cut cannabis to weekends and then to none"),
    ("", "Keep {other} safe while {he} is in the area"),
    ("lifestyle", "Fill Friday nights with something else"),
)
STEPS = (
    "Drink diary each week, gone through together",
    "Six sessions on anger with {service}",
    "Housing form filled in and handed to the council",
    "Ring the women's safety worker after each home visit",
    "Book the forklift refresher at the college",
    "Write a list of who {he} can call on a Friday",
    "Urine test at {service} twice a month",
    "Letter to the landlord about the arrears",
    "Role play of the row at the bar",
    "Home visit in the evening to see who is there",
    "Ask the police for call-outs to the road each quarter",
    "CV finished and sent to two agencies",
    "Victim letter exercise, not sent",
    "GP about sleep and low mood",
)
CONTINGENCIES = (
    ("{He} drinks before a meeting", "Send {him} home, ring that evening, see {him} next day"),
    ("{Other} rings to say {he} has been round", "Police at once, then the SPO"),
    ("{He} loses the room", "Housing duty desk the same day"),
    ("Two meetings go by without {him}", "Home visit within a week and a warning letter"),
)
DELIVERIES = (
    ("requirement:1", "Rehabilitation activity", "one_to_one", "Ten sessions on thinking, one to one"),
    ("requirement:2", "Unpaid work", "unpaid_work", "Saturdays with the painting team"),
    ("requirement:3", "Building Better Relationships", "group", "On the list for the group at {place}"),
)  # fmt: skip

WHAT = {  # how the page names what happened
    EventKind.CALL_OUT: ("Police call-out",),
    EventKind.ARREST: ("Arrest or charge", "Charged with a new offence"),
    EventKind.CHILD: ("Social worker or school, about a child",),
    EventKind.ADULT: ("About an adult at risk",),
    EventKind.INFORMATION: ("Health, drugs or alcohol", "Seen where or with whom they should not be"),
    EventKind.ATTACK: ("An attack or a threat",),
    EventKind.REPLY: ("Police: domestic abuse replied: information", "Children's social care replied: partial"),
    EventKind.REGISTER: ("Put on a register: Child concerns", "Put on a register: Weapons"),
    EventKind.NEW_PERSON: ("Somebody new around them: partner or former partner", "Somebody new around them: child"),
    EventKind.NEW_ADDRESS: ("Moved to a new address", "No fixed abode"),
    EventKind.MISSED: ("2 appointments missed", "4 appointments missed"),
    EventKind.FAILURE: ("Failure to comply", "Breach, in 2 steps"),
    EventKind.CUSTODY: ("Taken into custody", "Released"),
    EventKind.ROUTE: ("A route was taken away; instead: a group or programme",),
    EventKind.PROGRAMME: ("Ended: Building Better Relationships", "Ended: Unpaid Work: regular"),
    EventKind.VISIT: ("A home visit showed something to act on",),
    EventKind.OVERRIDE: ("Going ahead ran out: sign the assessment",),
}  # fmt: skip
SMALL = (
    (EventKind.REPLY, "Adult social care replied: no trace"),
    (EventKind.MISSED, "1 appointment moved or missed for a good reason"),
    (EventKind.OFFICER, "Another responsible officer"),
    (EventKind.REGISTER, "Taken off a register: Risk to staff"),
)

# Why it changes nothing, honestly: each speaks of what happened
NOTHING = {
    EventKind.CALL_OUT: (
        "It was the flat above; the officers had the wrong number and the log says so.",
        "{Name} made the call {himself} when the neighbour's lad kicked the door in.",
        "I read the log: a noise complaint about a birthday, nobody hurt, nobody moved on.",
        "The 999 call was {his} mum's fall. Ambulance took her, police left in ten minutes.",
        "They came for {his} brother on a warrant. {He} was at work, the foreman confirmed it.",
        "Police log names the lodger, who has gone since.",
    ),
    EventKind.ARREST: (
        "Released without charge the same night, CCTV showed somebody else.",
        "The charge was dropped on 3 {month}; the shop had muddled two men.",
        "Driving matter from before the order, dealt with by points.",
        "Court threw it out, the witness did not turn up and the CPS will not go again.",
        "It is the same allegation as in the first assessment, only now charged. We planned for it then.",
        "NFA. {His} solicitor sent me the letter.",
    ),
    EventKind.CHILD: (
        "The school meant a cousin with the same surname, the head has put it right in writing.",
        "Social worker visited on the 8th and closed it: the bruise was from football.",
        "The baby is {his} sister's and lives in {place}; {he} has not met her.",
        "Already on a child in need plan since spring, and this report is the one that led to it.",
        "It was about speech therapy. {Other} takes the boy and {he} is never there.",
        "The health visitor only wanted the new phone number for the jabs.",
    ),
    EventKind.ADULT: (
        "Gran's carer raised it about the other grandson. I spoke to the safeguarding lead on Tuesday.",
        "The vulnerable man is the neighbour, who moved to {place} in {month}.",
        "It concerned {his} uncle's money; the bank card is with {his} aunt now.",
        "Adult social care looked and found the fall was a fall.",
        "She has capacity, was asked alone, and says {he} does her shopping and that is all.",
        "Duty worker told me it was logged against the wrong household.",
    ),
    EventKind.INFORMATION: (
        "GP changed the tablets for {his} back. Not a drug that matters to the offending.",
        "Seen in the town centre on the one day {he} signs on there, which the order lets {him} do.",
        "{service} wrote that {he} gave three clean tests. That is what we were aiming at.",
        "The tip was about {his} twin. I checked the tag data for that night.",
        "Hospital letter about asthma, sent to us by mistake.",
        "Treatment worker says script unchanged at 40ml.",
    ),
    EventKind.ATTACK: (
        "{He} was the one hit, by a stranger at a bus stop, who has been sentenced.",
        "The threat was from {his} cellmate, who is still inside until next year.",
        "Shouting in the waiting room at the printer, both said sorry and shook hands. Different days now already.",
        "A man on the same group swung at {him}; that man has since been moved to {place}.",
        "Lad from unpaid work pushed {him} over a spade. Supervisor dealt with it and they are in separate vans.",
        "He says {other} threw a cup at the wall. She told me the same. No injury.",
    ),
    EventKind.REPLY: (
        "Police sent the two call-outs from 2014 which are in the analysis already.",
        "Children's services gave us the date the case closed. We had it from the mother.",
        "All it adds is the spelling of {his} name and an old address in {place}.",
        "The reply lists cautions as a boy. They are in paragraph two of past behaviour.",
        "It confirms what {other} told us in {month}: no incidents since she moved.",
        "Partial: they hold a file on a half-brother and nothing on our man.",
    ),
    EventKind.REGISTER: (
        "The marker is for the knife in 2016, which the assessment was written around.",
        "NPS put it on from the court list. Same facts as ours, our level was set with them.",
        "Registered because of the sister's children, who were asked about at the start and live in {place}.",
        "It should be off: entered on the wrong CRN, and I have asked admin to take it down.",
        "The warning is about the dog, rehomed in {month}.",
        "Put on at the hearing we had written the report for.",
    ),
    EventKind.NEW_PERSON: (
        "{Other} is {his} landlord's daughter, eleven years in the house and never alone with {him}.",
        "The partner is not new: we have known of {other} since sentence and have her checks back.",
        "A lodger, gone again after a fortnight.",
        "He and {other} met twice for coffee and it fizzled out before I could ask the police.",
        "The little one is a nephew who came for half term only.",
        "She is {his} support worker from {service}, not a girlfriend.",
    ),
    EventKind.NEW_ADDRESS: (
        "Same building, one floor down, bigger room. Nobody else lives there.",
        "The council moved {him} two streets for damp. Visited on the 14th, same distance from {other}.",
        "Back at {his} mum's in {place}, where the first home visit was and the checks still hold.",
        "Only a week in a B&B while the boiler was fixed.",
        "It is the postcode that was wrong, {he} has not moved house.",
        "Hostel gave {him} the flat we had put {him} down for.",
    ),
    EventKind.MISSED: (
        "In hospital both days with {his} appendix, discharge letter seen.",
        "Buses were off for the snow on each of them and {he} rang before nine.",
        "{His} shift pattern changed. We have swapped to Thursdays and {he} has been since.",
        "He was burying {his} father in {place}. I had it from the funeral director.",
        "Phone was cut off, letters went to the old flat. Not told, so not {his} fault.",
        "Child was ill, nursery confirms. Rang each time.",
    ),
    EventKind.FAILURE: (
        "Warning letter did what it should: four kept in a row since.",
        "Court marked the breach proved and left the order as it was, with a small fine.",
        "The failure is from the week {he} lost {his} phone. Bench accepted that.",
        "Withdrawn at court because the first letter went to number 12, not 21.",
        "{He} was late off a night shift by twenty minutes. I still counted it, and told {him} so.",
        "Second in a year, evidence sent, magistrates added nothing.",
    ),
    EventKind.CUSTODY: (
        "One night for an unpaid fine, out by noon. Job and room both kept.",
        "Remand lasted four days and ended when the charge did.",
        "Released to the address that was checked in {month}, with the licence we had planned for.",
        "The prison had {him} for a hearing over a debt from 2015.",
        "Recall was overturned: the hostel had mixed up curfew times.",
        "Held at {place} police station overnight by mistake for a namesake.",
    ),
    EventKind.ROUTE: (
        "{He} starts the evening group on the 19th, covers the same eight sessions.",
        "One to one ended but the mentor from {service} had already taken over those topics.",
        "We never used that route, {he} was down for the group from the beginning.",
        "The tutor has done the assessment and has a Saturday place that suits {his} job.",
        "Nobody had begun the one-to-one. Group was first choice.",
        "Same tutor, same book, just in a room with six others.",
    ),
    EventKind.PROGRAMME: (
        "{He} finished it, report says the skills are there. What is left is in the plan as steps 3 and 4.",
        "Hours done early. The rest of the order was always going to be supervision.",
        "Closed as completed; tutor's feedback repeats what I wrote in {month}.",
        "Ran its full 26 weeks. Maintenance sessions were booked from the outset.",
        "The last shift was in {month}, 120 of 120.",
        "Treatment ended by agreement with {service}, script finished, door open.",
    ),
    EventKind.VISIT: (
        "The hole in the door was there in spring, landlord has a date for it.",
        "Cans in the kitchen were the brother's: he was in and said so, {name} blew zero.",
        "Cold because the meter had run out; topped up while I stood there.",
        "Air rifle belongs to the landlord, locked, police licensing told and content.",
        "The dog barked a lot. It is the neighbour's and behind a gate.",
        "Mattress on the floor was for {his} nephew's sleepover, gone the next time I called.",
    ),
    EventKind.OVERRIDE: (
        "Police answer came the day after it lapsed, with what we had assumed.",
        "It lapsed on a bank holiday and the reply was on my desk on Tuesday.",
        "What it stood in for is done: court papers arrived and match.",
        "We went ahead without the PSR. It has come and says the same.",
        "{Other} in the checks team had the answer filed under an old name; nothing in it.",
        "Agency says they will never hold records for {place}, so there is nobody left to wait for.",
    ),
}  # fmt: skip

# A step that an event calls for, and what a text comes to say of it
NEW_STEPS = {
    EventKind.CALL_OUT: (
        "Ask the sergeant for body-worn footage of the 14th and go through it with {him}",
        "Refer {other} to the IDVA, with her say-so",
        "Evening visit on a Saturday, two of us",
    ),
    EventKind.ARREST: ("Get the MG5 from the CPS before the hearing", "Session on knives with the ex-paramedic", "Ring the solicitor for bail terms"),
    EventKind.CHILD: ("Go to the core group on the 22nd", "Agree with the social worker that {he} sees the boys at the centre only", "Ask school for attendance marks"),
    EventKind.ADULT: ("Safeguarding strategy call with the borough", "Bank card to be held by the aunt", "See gran alone at the day centre"),
    EventKind.INFORMATION: ("Breath test at each meeting for six weeks", "Three-way with {service} on relapse", "Curfew check with the tag firm for the weekend"),
    EventKind.ATTACK: ("Separate waiting times, agreed with the other man's officer", "Statement to police with {him} on Friday", "Move from the Tuesday gang to the Thursday gang"),
    EventKind.REPLY: ("Put the 2016 strangling to {him} and write down what {he} says", "Tell the social worker about the Saturday contact", "SARA again with the police list beside it"),
    EventKind.REGISTER: ("Bag search before group", "Join the MARAC on the 9th", "Weapons talk with the neighbourhood team"),
    EventKind.NEW_PERSON: ("Clare's Law request for {other}", "Meet {other} alone at the library", "Genogram with {him}, who is whose"),
    EventKind.NEW_ADDRESS: ("Check who else is at number 40 with housing", "Exclusion zone redrawn for {place}", "Register with a GP there"),
    EventKind.MISSED: ("Move to Thursdays after 5pm", "Text the night before from the duty phone", "Bus pass from the hardship fund"),
    EventKind.FAILURE: ("Compliance interview with the SPO on the 3rd", "Ask the bench for a curfew", "Mentor to bring {him} in for a month"),
    EventKind.CUSTODY: ("Gate pick-up by the mentor", "Keep the tenancy: form to housing benefit", "Visit in week one at HMP Bullingdon"),
    EventKind.ROUTE: ("Saturday group from the 20th with {service}", "Workbook at home, marked on Mondays", "Ask BBR for an evening cohort"),
    EventKind.PROGRAMME: ("Post-group report meeting with tutor and {other}", "Relapse card written and kept in {his} wallet", "Peer volunteer for Fridays"),
    EventKind.VISIT: ("Council to look at the mould, photos sent", "Ask {other} about the smashed door on her own", "Dog warden to call"),
    EventKind.OVERRIDE: ("Drive to the station and read the file there", "Area manager to ring their head", "SPO to sit in on Monday"),
}  # fmt: skip
NEW_WORDS = {
    EventKind.CALL_OUT: ("notes", "relationships.notes", "Police were at the flat on the 14th: a smashed phone and a red mark on {other}'s arm."),
    EventKind.ARREST: ("notes", "lifestyle.notes", "Arrested with two of them outside the bookmaker's carrying a lock knife."),
    EventKind.CHILD: ("notes", "relationships.notes", "The school saw bruising on the younger boy and there is now a social worker, Mrs Adeyemi."),
    EventKind.ADULT: ("notes", "relationships.notes", "{His} gran's pension was drawn out twice by {him} and she went without heating."),
    EventKind.INFORMATION: ("notes", "drugs.notes", "{service} had two positives for crack in a fortnight."),
    EventKind.ATTACK: ("notes", "harm.public.nature", "He was punched by a man from the painting team and has talked of paying him back."),
    EventKind.REPLY: ("notes", "harm.known_adult.nature", "A woman in 2016 told police that {he} strangled her until she passed out."),
    EventKind.REGISTER: ("notes", "managing.control", "Bags are searched at the door since the weapons marker."),
    EventKind.NEW_PERSON: ("notes", "relationships.notes", "Moved in with {other}, 23, who is expecting in the spring."),
    EventKind.NEW_ADDRESS: ("notes", "accommodation.notes", "Evicted; now in a tent by the canal in {place}."),
    EventKind.MISSED: ("notes", "managing.supervision", "Telephone does not work for {him}: now Thursdays after work, with a lift from the mentor."),
    EventKind.FAILURE: ("notes", "managing.control", "Bench added a curfew, 9 to 6, for eight weeks."),
    EventKind.CUSTODY: ("notes", "accommodation.notes", "Lost the room while on remand, the landlord has re-let it."),
    EventKind.ROUTE: ("notes", "managing.treatment", "Group on Saturdays in place of one to one, as {he} works shifts."),
    EventKind.PROGRAMME: ("notes", "thinking.notes", "Left the group able to name four warning signs and used one at the Co-op."),
    EventKind.VISIT: ("notes", "managing.victims", "Bedroom door was off its hinges and {other} would not speak in front of {him}."),
    EventKind.OVERRIDE: ("notes", "harm.known_adult.nature", "The late police papers tell of a broken cheekbone in {month}."),
}  # fmt: skip
SAYS_CHANGE = (
    "New step for this, see the plan.",
    "Put in the plan with a date.",
    "Changed what we do, below.",
    "{He} and I agreed it on Monday.",
    "Acted on.",
    "Told SPO, plan altered same day.",
)

# Phrases that say nothing of what happened
EMPTY = (
    "Noted.",
    "Taken into account, the plan still stands.",
    "This is being managed within existing arrangements.",
    "RO aware, nothing further required.",
    "Already captured in the assessment.",
    "Will be picked up in supervision.",
    "No impact on the overall picture.",
    "Considered as part of this review and no amendments are felt necessary.",
    "Level of risk judged to be the same.",
    "Nil further at this time.",
    "The existing controls are felt to be sufficient.",
    "Does not alter my view.",
    "Remains appropriate.",
    "To be kept under review.",
    "N/C",
    "Continue as planned.",
    "Discussed in supervision, plan to carry on.",
    "Objectives remain relevant and achievable.",
    "As above.",
    "All in hand.",
    "Has been acknowledged and will inform future sessions.",
    "Current measures address this adequately.",
    "Situation ongoing, will keep an eye on it.",
    "There is nothing to add at present.",
    "Fed into my thinking overall.",
    "Covered.",
    "Risk is adequately managed by the current plan.",
    "We are aware of this and it is already reflected.",
    "No changes identified from this.",
    "Does not warrant any changes to sentence planning at this stage.",
)  # fmt: skip
EMPTY_NAMED = (
    "The {event} is noted and does not affect the plan.",
    "Aware of the {event}, existing measures are adequate.",
    "The {event} has been taken into consideration but no changes are needed.",
    "{event}: reviewed, no further action.",
    "I have considered the {event} and am satisfied with current arrangements.",
    "{event} discussed, to remain as is.",
)

# Words put for other words by somebody who wants it to look rewritten
THESAURUS = (
    ("usually", "generally"), ("sees", "meets with"), ("wants", "would like"), ("helps", "is of help to"),
    ("most evenings", "nearly every evening"), ("says", "reports"), ("thinks", "is of the view that"),
    ("told", "advised"), ("quiet", "calm"), ("close to", "on good terms with"), ("keeps to", "sticks to"),
    ("friends", "mates"), ("argue", "quarrel"), ("fight", "brawl"), ("house", "home"), ("acts first", "is impulsive"),
    ("loses it", "gets angry"), ("being around", "spending time with"), ("since", "ever since"), ("has had enough of", "is tired of"),
    ("because of", "due to"), ("near", "close by"), ("paid for by", "funded by"), ("a waste of time", "pointless"),
    ("collected", "picked up"), ("seen", "met"), ("until", "up to"), ("gone through together", "looked at jointly"),
    ("ring", "telephone"), ("rings", "telephones"), ("at once", "immediately"), ("finished", "completed"),
    ("row", "argument"), ("list", "record"), ("drinks", "consumes alcohol"), ("drink", "alcohol"), ("work", "employment"),
    ("wants it to work", "hopes it will work"), ("room", "bedsit"), ("mum", "mother"), ("nights", "evenings"), ("twice", "on two occasions"),
)  # fmt: skip
SPELT = (
    ("ight", "ite"), ("ough", "uff"), ("tion", "shun"), ("ie", "ei"), ("ph", "f"), ("cc", "c"), ("ll", "l"),
    ("ss", "s"), ("tt", "t"), ("because", "becuase"), ("their", "thier"), ("police", "polise"), ("said", "sed"),
    ("hospital", "hosptial"), ("neighbour", "nebor"), ("which", "wich"), ("were", "where"), ("brother", "bruther"),
    ("social", "soshal"), ("children", "childern"), ("address", "adress"), ("friend", "frend"), ("night", "nite"),
)  # fmt: skip

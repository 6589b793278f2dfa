"""What stood on planted cases before: notes, objectives, steps, what happens if, how requirements are delivered.

Every second entry of a list is kept back, as in `bench.planted.making`.
"""

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

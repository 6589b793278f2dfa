"""Words for harder planted reviews: the same said by hand in other words, and prose that is about everything.

As in the other banks, every second entry of a list is kept back.
"""

from cases.reference.reviews import EventKind

# Each text of `bench.planted.stood.NOTES` said again, in the same order
AGAIN = {
    "accommodation.notes": (
        "Rents from a colleague in {place}. The room will be needed back by the owner in {month}.",
        "Lives at {his} mother's council flat in {place}, which is peaceful. {His} name is not on the tenancy agreement.",
        "Staying with two friends on their settees since {month}. Assessed by housing options as non-priority.",
        "Four years at the same address in {place} and stable there. Housing costs go direct; nothing is owed.",
    ),
    "ete.notes": (
        "Agency labouring, about three shifts weekly. Left school without qualifications.",
        "Has not worked since {month}. {His} forklift licence has run out; {he} would like it back.",
        "Claims benefits as {his} back stops {him} working. {He} was a driver and would like to be again.",
        "Works in a hotel kitchen close to {place}. Fewer hours in the winter months.",
    ),
    "drugs.notes": (
        "Uses cannabis nearly every night, as {he} finds it gets {him} to sleep. The neighbour sells it to {him}.",
        "Heroin and crack user from age 19 up to custody. Daily pick-up of methadone, 40ml, through {service}.",
        "Takes cocaine when out, bought by friends, and does not regard it as an issue.",
        "No known use.",
    ),
    "alcohol.notes": (
        "A weekend drinker: as much as a litre of vodka. {He} had been drinking all day before the offence. Two sessions with {service} so far.",
        "Detoxed in {month}; reports being abstinent ever since.",
        "Drinks socially and this played no role in the offending.",
        "Starts on cans in the morning if {he} has the money, and gets the shakes if not.",
    ),
    "relationships.notes": (
        "An on-off relationship of six years with {other}. Rows over money; police have attended in the past.",
        "{His} sister is a support and has put {him} up twice. {He} does not speak to {his} father.",
        "Has been single from {month}. Sees {his} son each Sunday at the grandmother's home.",
        "Is married to {other}, who attended the initial appointment and is committed.",
    ),
    "lifestyle.notes": (
        "{His} social circle are co-defendants, who gather at the back of the {place} shops.",
        "Solitary. {His} interests are the dog and fishing.",
        "Attends a gym and boxing club, where some of the others are on probation too.",
        "Suggestible: will agree to things rather than be embarrassed.",
    ),
    "thinking.notes": (
        "Impulsive. It took seconds to commit the assault and {he} cannot recall {his} thoughts.",
        "A good planner in calm moments, but reacts badly when {he} feels mocked.",
        "Holds the other motorist responsible and does not see how {he} could have avoided it.",
        "Recognises who was harmed and how. What {he} would do differently is less clear to {him}.",
    ),
    "harm.known_adult.nature": (
        "Kicking, punching and grabbing the neck, after drink, when {other} talks of going.",
        "Text threats and arriving at the property.",
    ),
    "harm.known_adult.when": (
        "During rows over money or {other}'s conversations with others, particularly at weekends.",
        "At times of contact with the children or following court hearings.",
    ),
    "harm.public.nature": (
        "Fights outside licensed premises, using fists or anything nearby.",
        "Collision with a vehicle {he} is not entitled to drive.",
    ),
    "managing.supervision": (
        "Fortnightly appointments in {place} with quarterly home visits. Offence-focused work in half of these.",
        "Initially weekly. Thinking work is at week 6 of 12. Seen most recently on 14 {month} 2018.",
    ),
    "managing.control": (
        "Electronic monitoring 7pm to 7am until {month}. {Other}'s road is off limits under the restraining order.",
        "There are no restrictive conditions. Any move is notified to police.",
    ),
    "managing.victims": (
        "A panic alarm and the helpline number are with {other}. Monthly call from the women's safety worker.",
        "No wish by the victim to be kept informed. The victim liaison unit holds contact information.",
    ),
    "harm.increase": (
        "Alcohol, becoming homeless, {other} having a new relationship.",
        "Owing money for cannabis, and time with {his} cousin.",
    ),
    "harm.reduce": ("Employment, support from {his} sister, avoiding pubs.", "Sleeping well, medication and {his} dog."),
}  # fmt: skip

PROSE = (
    "This has been explored with {him} at length in supervision and {he} engaged well with the discussion. The current plan continues to reflect the identified needs.",
    "Having reflected on this, it is my professional judgement that the existing objectives remain fit for purpose at this time.",
    "{Name} continues to be motivated and the work undertaken to date has been productive. No adjustment is indicated.",
    "All relevant information has been taken into account in reaching this conclusion, and the management of the case is considered robust.",
    "Given the progress {he} has made, it would not be proportionate to amend the plan at this juncture.",
    "The position is being kept under regular review and any escalation would be responded to appropriately.",
    "I am confident that the measures in place are effective in addressing the identified concerns.",
    "This does not raise anything that was not already known to the officer and is consistent with the overall assessment.",
)  # fmt: skip
PROSE_ABOUT = {
    EventKind.CALL_OUT: (
        "The police call-out was explored in supervision and domestic abuse remains a focus of ongoing work.",
        "Domestic abuse is already addressed in the risk management plan.",
    ),
    EventKind.ARREST: ("The arrest has been discussed and offending behaviour work will continue.", "Further offending is already an identified risk and is covered by the plan."),
    EventKind.CHILD: ("Safeguarding children remains a priority and is monitored at each appointment.", "Child safeguarding concerns are already reflected in the assessment."),
    EventKind.ADULT: ("Adult safeguarding is considered throughout and remains part of the plan.", "The vulnerability of adults is already identified within the assessment."),
    EventKind.INFORMATION: ("Substance misuse continues to be addressed through existing objectives.", "This information has been shared with relevant agencies and is being monitored."),
    EventKind.ATTACK: ("Risk of violence is already addressed within the risk management plan.", "The incident was discussed and victim awareness work will continue."),
    EventKind.REPLY: ("The police information has been read and is consistent with what is known.", "Reply received and content noted, no new concerns."),
    EventKind.REGISTER: ("The register has been noted and the flag is reviewed regularly.", "Registration is in line with the current assessment of risk."),
    EventKind.NEW_PERSON: ("The relationship is being monitored in supervision and will be kept under review.", "New relationships are discussed in supervision as a matter of course."),
    EventKind.NEW_ADDRESS: ("The new address has been recorded and accommodation remains stable.", "Accommodation needs continue to be addressed in the sentence plan."),
    EventKind.MISSED: ("Missed appointments have been dealt with in line with enforcement procedures.", "Attendance will continue to be monitored and enforced as required."),
    EventKind.FAILURE: ("The breach has been dealt with and compliance expectations reinforced.", "Enforcement action was taken in line with policy."),
    EventKind.CUSTODY: ("The period in custody has been considered and licence conditions explained.", "Custody has not altered the overall assessment of risk."),
    EventKind.ROUTE: ("Alternative interventions will be considered as they become available.", "The group will be considered at the appropriate time."),
    EventKind.PROGRAMME: ("The programme was completed and learning will be consolidated in supervision.", "Progress on the programme is noted and work will continue."),
    EventKind.VISIT: ("Home circumstances were observed and will continue to be monitored through visits.", "The home visit was carried out and observations recorded."),
    EventKind.OVERRIDE: ("The override has lapsed and checks will be followed up in due course.", "Outstanding checks continue to be chased."),
}  # fmt: skip

# Honest, and said in an officer's own way
NOTHING = {
    EventKind.CALL_OUT: ("Rang the attending PC: the caller was two doors along and {name} was asleep upstairs.", "Control room say hoax, third on that road this month."),
    EventKind.ARREST: ("Custody sergeant told me they bailed the other three and let {him} go.", "It is the driving while disqualified from {month}, on the PSR already."),
    EventKind.CHILD: ("Spoke to Mrs Pryce at the primary. The lad had told a story about a film.", "MASH closed it at the front door, no role for them."),
    EventKind.ADULT: ("Visited {his} nan with the district nurse. Money is all there, she had moved banks.", "Old worry about an aunt who died in {month}."),
    EventKind.INFORMATION: ("Urine sample had been left too long, the lab retested it negative.", "{service} discharged {him} because {he} is done, not because {he} walked out."),
    EventKind.ATTACK: ("It was an own goal with a football in the yard, says the supervisor. Nose bled, nobody to blame.", "Words on Facebook in {month} from a man now living in Spain."),
    EventKind.REPLY: ("Nothing after 2011 in what they hold, and that we had from the antecedents.", "Two pages about {his} dad, same name. None about {him}."),
    EventKind.REGISTER: ("It came over with the transfer from Wales, where it had stood for three years.", "MAPPA level 1 because of the schedule 15 offence. Always was."),
    EventKind.NEW_PERSON: ("{Other} is 71 and rents {him} the annexe.", "The girlfriend lasted a weekend."),
    EventKind.NEW_ADDRESS: ("The house was renumbered by the council. Same bricks.", "Swapped rooms with the chap across the landing at the hostel."),
    EventKind.MISSED: ("Our own mistake: the letter gave the wrong Tuesday.", "Both were while the tram was down, and {he} walked in an hour after."),
    EventKind.FAILURE: ("He got a talking-to from the bench and has not slipped since {month}.", "The evidence was for another man's order. I have had it struck out."),
    EventKind.CUSTODY: ("Six hours in the cells over a mistaken identity.", "Out on appeal, and everything at home as it was."),
    EventKind.ROUTE: ("The course book is the same one and I hand it to the tutor on Monday.", "{He} had asked for the group himself, less travel."),
    EventKind.PROGRAMME: ("All thirty sessions. The last page of the tutor's report is the objective we have now.", "They let {him} go early with a certificate; only check-ins left, as planned."),
    EventKind.VISIT: ("The bruise on the door frame was the removal men's, landlord has the invoice.", "Empty bottles were for the home-brew uncle, I counted them with {him}."),
    EventKind.OVERRIDE: ("The answer turned up in the old inbox, dated before we signed.", "Lapsed Friday, papers in on Monday: same story."),
}  # fmt: skip

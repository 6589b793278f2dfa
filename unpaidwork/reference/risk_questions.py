"""Every question of the risk assessment for unpaid work, by its code: what it asks, why, and how it is answered.

Source: unpaid work reference 5 (the steps of the national form, and what must be considered before an allocation);
report 4.1 (motivation in 9 of 32 cases; codes without terms). Codes stand in saved answers and in addresses, so
they are never changed, only added to.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.reference.codes import Titled
from cases.reference.harm import Indicator
from unpaidwork.reference.risk import Choice


class RiskPart(Titled):
    """The pages on which they are asked, in this order."""

    HARM = "harm", "Risk of harm to others"
    MANAGING = "managing", "What must be managed on site"
    SLAVERY = "slavery", "Modern slavery"
    HEALTH = "health", "Health, caring and travel"
    DIVERSITY = "diversity", "Who they are"
    ETE = "ete", "Work, learning and skills"
    MOTIVATION = "motivation", "Motivation, in their own words"
    PLACEMENT = "placement", "Days, hours and kit"
    NPS = "nps", "From the NPS officer"


class Kind(StrEnum):
    """How a question is answered."""

    FACT = auto()  # yes and details, no, or not known and what we did
    THEIRS = auto()  # in their own words, or why there are none
    CHOICE = auto()  # one of the choices, with her words if she likes


class Said(Titled):
    """What an answer may be."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known, and what we did to find out"
    WORDS = "words", "In their own words"
    DECLINED = "declined", "They would not or could not say, and what we did"


FACT_ANSWERS = (Said.YES, Said.NO, Said.UNKNOWN)
THEIR_ANSWERS = (Said.WORDS, Said.DECLINED)


class Asked(StrEnum):
    """Of whom a question is asked."""

    EVERYBODY = auto()
    WOMEN = auto()  # and of anybody whose sex is not known
    RETAINED = auto()  # of those the NPS manages


@dataclass(frozen=True, slots=True)
class RiskQuestion:
    code: str
    part: RiskPart
    asks: str
    why: str = ""  # why we ask, or what to think of
    kind: Kind = Kind.FACT
    indicator: Indicator | None = None  # a yes calls for the full analysis of the case
    asked_of: Asked = Asked.EVERYBODY

    @property
    def answers(self):
        """[(code, words)] of what may be said."""
        if self.kind == Kind.CHOICE:
            return [(one.value, one.title) for one in Choice if one != Choice.NOT_ASKED]
        return [(one.value, one.title) for one in _ANSWERS[self.kind]]


_ANSWERS = {Kind.FACT: FACT_ANSWERS, Kind.THEIRS: THEIR_ANSWERS}
WOMEN_CHOICE = "diversity.women_choice"
MOTIVATION = ("motivation.willing", "motivation.wants", "motivation.barriers")  # in their own words
NPS_TOLD, NPS_ANALYSED, NPS_CHECKED = "nps.information", "nps.analysis", "nps.checks"


def _harm(code, asks, why="", indicator=None):
    return RiskQuestion(f"harm.{code}", RiskPart.HARM, asks, why, indicator=indicator)


def _of(part, code, asks, why="", **more):
    return RiskQuestion(f"{part.value}.{code}", part, asks, why, **more)


_M, _S, _H = RiskPart.MANAGING, RiskPart.SLAVERY, RiskPart.HEALTH
_D, _E, _P, _N = RiskPart.DIVERSITY, RiskPart.ETE, RiskPart.PLACEMENT, RiskPart.NPS

RISK_QUESTIONS = {
    question.code: question
    for question in (
        _harm("sexual", "Is there sexual offending, now or in the past?",
              "Registered or not, what the offence was and who was hurt. Decides who may be near, and whether they "
              "may work alone with a beneficiary.", Indicator.SEXUAL),
        _harm("children", "Is there a risk to children, or a concern about one?",
              "Of any kind. Decides whether a site with children, or beside a school, is out of the question.",
              Indicator.CHILD),
        _harm("violence", "Is there violence, or threats of it?",
              "The last time, against whom, and what set it off. Includes assaults on staff and on other people "
              "on probation.", Indicator.VIOLENCE),
        _harm("weapons", "Have they used or carried a weapon?",
              "Decides which tools they may be given, and how many supervisors there are.", Indicator.WEAPON),
        _harm("domestic_abuse", "Is there domestic abuse, by them or to them?",
              "Where a partner or former partner lives, works and takes children to school is kept clear; a "
              "victim is never put in a group with whoever hurt them.", Indicator.DOMESTIC_ABUSE),
        _harm("stalking", "Is there stalking or harassment?",
              "Including whether anybody has protection we must keep to.", Indicator.STALKING),
        _harm("arson", "Have they set a fire, or threatened to?",
              "Decides whether there may be fuel or anything else that burns on the site.", Indicator.ARSON),
        _harm("adults", "Have they harmed or exploited an adult at risk?",
              "Decides whether a care home, a day centre or somebody’s own home is out of the question.",
              Indicator.VIOLENCE),
        _harm("hate", "Is there behaviour out of hatred for a group of people?",
              "Decides whom they work beside, and which beneficiaries.", Indicator.HATE),
        _harm("staff", "Have they threatened or hurt staff?",
              "Decides whether a supervisor may be alone with the group.", Indicator.STAFF),
        _harm("gangs", "Is there serious group offending: a gang, or organised crime?",
              "Their own conduct, not a family or a postcode. Decides who is kept apart, and which areas."),
        _harm("control", "Do they lose control quickly, or act on impulse?",
              "What it looks like when it begins, and what calms it."),
        _harm("acquisitive", "Do they steal, or take advantage of trust?",
              "Keys, vehicles, tools, and what a beneficiary leaves lying about."),
        _harm("known", "Are they known in the press or in a community?",
              "Somebody may recognise them on a site that is open to the public."),
        _harm("other", "Is there anything else they might do that could hurt somebody?"),
        _of(_M, "orders", "Does an order keep them away from anybody or anywhere?",
            "Restraining, non-molestation, sexual harm prevention, criminal behaviour orders, exclusion, licence. Its "
            "terms go on the page of restrictions, where a site can be tested against them."),
        _of(_M, "places", "Is there anywhere else they must not work, or be driven through?",
            "Where somebody they hurt lives or goes; where they are at risk. Do not write an address of a victim "
            "here: record it as a restriction."),
        _of(_M, "people", "Is there anybody they must not be in a group or a van with?",
            "Co-defendants, a gang, an old conflict, somebody who hurt them. Record each as a non-association too."),
        _of(_M, "alone", "Could a placement by themselves with a beneficiary go wrong?",
            "Nobody of ours is there. Think of who else is, and what they would be told."),
        _of(_M, "group", "Could a supervised group go wrong?", "For them, or for the others in it."),
        _of(_M, "no_woman", "Must they not be supervised by a woman?",
            "Only where something shows that it would not be safe, and what."),
        _of(_M, "no_man", "Must they not be supervised by a man?",
            "Only where something shows that it would not be safe or right for them, and what."),
        _of(_M, "substances", "Do alcohol or drugs affect them on a working day?",
            "The pattern, what a supervisor would see, and what is done then. No blades or plant while affected."),
        _of(_M, "public", "Is there work they must not do near the public?"),
        _of(_S, "perpetrator", "Is there anything that shows they exploit or traffic others?",
            "Risks on a site, orders that hold, and who has been told.", indicator=Indicator.VIOLENCE),
        _of(_S, "victim", "Is there anything that shows they are being exploited or trafficked?",
            "Long hours elsewhere, somebody else answering for them, no papers of their own, fear. What we did."),
        _of(_H, "disabilities", "Do they have a disability or an illness that lasts?",
            "What it stops them doing, and what we change so that they can work."),
        _of(_H, "mental", "Is there a mental health need?", "Signs a supervisor would see, and whom to ring."),
        _of(_H, "self_harm", "Is there a risk of suicide or self-harm?",
            "Signs, triggers, which tools to keep from them, and whom to ring."),
        _of(_H, "consciousness", "Do they faint, have fits or lose consciousness?",
            "Epilepsy and diabetes among them. No heights, no plant, and what to do when it happens."),
        _of(_H, "allergies", "Do they have allergies?", "Stings, dust, plants, food, latex; what they carry for it."),
        _of(_H, "medication", "Do they take medicine that matters at work?",
            "What it does, when it is taken, and what must be to hand."),
        _of(_H, "pregnancy", "Are they pregnant, or have they given birth in the last six months?",
            "Lifting, chemicals, breaks, and when the work stops.", asked_of=Asked.WOMEN),
        _of(_H, "other", "Is there any other limit on the work they can do?", "Injuries, lifting, standing, hearing, sight."),
        _of(_H, "emergency", "Is there somebody we may ring in an emergency, and a GP?",
            "Name them as they want them called. If they would rather not say, that is an answer: choose “No”."),
        _of(_H, "caring", "Do they care for a child or an adult?",
            "Which days and hours they cannot work, and who takes over. School runs count."),
        _of(_H, "travel", "Is it hard for them to get to work?",
            "Licence, vehicle, public transport, money for fares, how long they can be on the way. What we offer: "
            "pick-up, warrant, expenses."),
        _of(_D, "faith", "Is there faith or culture that the work must fit around?", "Days, prayer, food, dress."),
        _of(_D, "identity", "Is there anything about gender or identity that we should arrange for?",
            "Facilities, which group, what they are called. Only what they want known."),
        _of(_D, "trauma", "Has something happened to them that the work could bring back?",
            "Only as much as a supervisor needs in order not to hurt them."),
        _of(_D, "neurodiversity", "Are there learning difficulties, autism, ADHD or a brain injury?",
            "How they take in instructions, and what makes a day go well."),
        _of(_D, "maturity", "Are they young, or new to being told what to do by strangers?",
            "18 to 25 and care leavers: who else is in their life, and what kind of supervisor suits."),
        _of(_D, "language", "Do they need another language, or help with reading?",
            "Safety talks and signs are no use to somebody who cannot follow them."),
        RiskQuestion(WOMEN_CHOICE, _D, "Whom would she rather work with?",
                     "Asked, not assumed. A woman is never the only one in a group unless she agrees and we wrote it down.",
                     Kind.CHOICE, asked_of=Asked.WOMEN),
        _of(_D, "preferences", "Is there a kind of work or a group they would rather have, or avoid?"),
        _of(_E, "working", "Are they in work, or learning?", "Where and which hours. The work must not cost them a job."),
        _of(_E, "literacy", "Do reading, writing or numbers hold them back?"),
        _of(_E, "skills", "Do they have skills, tickets or qualifications?", "Trades, driving, cards, languages, caring."),
        _of(_E, "plans", "Do they know what they want to do next?", "The job, the course, or the first step."),
        _of(_E, "training", "Is there training that would help them get work?",
            "Courses may count towards the hours, up to the share the policy allows."),
        _of(_E, "barriers", "Is there something that keeps them out of work?", "Record, health, caring, money, housing."),
        _of(RiskPart.MOTIVATION, "willing", "What do they say about doing this work?",
            "Are they willing, and what do they think of it? Write it as they said it. Left out in 23 of 32 "
            "cases at the inspection.", kind=Kind.THEIRS),
        _of(RiskPart.MOTIVATION, "wants", "What would they like to get out of it?",
            "Skills, a reference, a reason to get up, getting it over with.", kind=Kind.THEIRS),
        _of(RiskPart.MOTIVATION, "barriers", "What could stop them coming, and what would help?",
            "In their own words; what we do about it stands in the other sections.", kind=Kind.THEIRS),
        _of(RiskPart.MOTIVATION, "before", "Have they been on unpaid work before?",
            "How it went, and what made the difference."),
        _of(_P, "intensive", "Would they work intensively: several days a week?",
            "For those without work, up to 28 hours a week. If it does not suit, say why."),
        _of(_P, "days", "Are there days or times they cannot come?", "Work, learning, caring, faith, treatment."),
        _of(_P, "kit", "Is there anything special about clothing or protective kit?", "Sizes, boots, what they cannot wear."),
        _of(_N, "information", "Has their NPS officer told us what they know of the risk?",
            "What they said, from whom, and on which day. Without it nobody the NPS manages is placed.",
            asked_of=Asked.RETAINED),
        _of(_N, "analysis", "Has the NPS made the full analysis of risk of serious harm?",
            "When, and what it says of work, people and places.", asked_of=Asked.RETAINED),
        _of(_N, "checks", "Have the police and children’s social care answered the NPS?",
            "When, and what they said that bears on working.", asked_of=Asked.RETAINED),
    )
}  # fmt: skip
# What the record itself answers, by the register that says so
REGISTERS = {
    "ARSO": "harm.sexual", "ANSO": "harm.sexual", "AVIS": "harm.sexual", "SOPS": "managing.orders",
    "SHPO": "managing.orders", "SPO": "managing.orders", "RSTO": "managing.orders",
    "RCCO": "harm.children", "RCPR": "harm.children", "RCHD": "harm.children", "ADWC": "harm.children",
    "CSEP": "harm.children", "SCH1": "harm.children",
    "ADVP": "harm.domestic_abuse", "REG30": "harm.domestic_abuse", "ADVV": "harm.domestic_abuse",
    "IMAR": "harm.domestic_abuse",
    "REG22": "harm.adults", "BWWA": "harm.adults", "AV2S": "harm.staff", "WEAP": "harm.weapons", "RKNF": "harm.weapons",
    "STRG": "harm.gangs", "IGNG": "harm.gangs", "REG26": "harm.gangs",
    "IRMO": "harm.hate", "REG15": "harm.violence", "REG17": "harm.violence", "MAPP": "harm.other",
    "MSP": "slavery.perpetrator", "MSV": "slavery.victim", "CUCK": "slavery.victim",
    "AMHL": "health.mental", "RMDO": "health.mental", "ALSH": "health.self_harm", "RVLN": "diversity.trauma",
    "RVAD": "diversity.trauma",
}  # fmt: skip
# Registers that call for the full analysis by themselves, unless it is this person who is at risk
INDICATES = {
    "ARSO": Indicator.SEXUAL, "ANSO": Indicator.SEXUAL, "AVIS": Indicator.SEXUAL, "SOPS": Indicator.SEXUAL,
    "SHPO": Indicator.SEXUAL, "SPO": Indicator.STALKING, "RSTO": Indicator.STALKING, "ADVP": Indicator.DOMESTIC_ABUSE,
    "REG30": Indicator.DOMESTIC_ABUSE, "IMAR": Indicator.DOMESTIC_ABUSE, "RCCO": Indicator.CHILD,
    "RCPR": Indicator.CHILD, "RCHD": Indicator.CHILD, "ADWC": Indicator.CHILD, "CSEP": Indicator.CHILD,
    "SCH1": Indicator.CHILD, "REG22": Indicator.VIOLENCE, "BWWA": Indicator.VIOLENCE, "REG15": Indicator.VIOLENCE,
    "REG17": Indicator.VIOLENCE, "AV2S": Indicator.STAFF, "WEAP": Indicator.WEAPON, "RKNF": Indicator.WEAPON,
    "STRG": Indicator.WEAPON, "IGNG": Indicator.WEAPON, "IRMO": Indicator.HATE, "MSP": Indicator.VIOLENCE,
    "MAPP": Indicator.VIOLENCE,
}  # fmt: skip
# Circumstances and disabilities of nDelius, by their code; what is in neither bears on no question
CIRCUMSTANCES = {
    "B": "ete.working", "ED": "ete.skills", "CT04": "ete.skills", "G": "ete.literacy", "CC": "harm.children",
    "RC": "harm.children", "RIA": "harm.adults", "CT03": "harm.hate", "CSE": "slavery.victim",
    "CL": "diversity.maturity", "LAC": "diversity.maturity", "CT02": "managing.substances", "D": "health.other",
    "E": "health.other", "IPH": "health.other", "OCS": "health.other", "PM": "health.pregnancy",
    "OCA": "health.caring", "I": "health.caring", "K": "health.travel", "VA": "diversity.trauma",
}  # fmt: skip
DISABILITIES = {
    "DY": "diversity.neurodiversity", "LA": "diversity.neurodiversity", "LD": "diversity.neurodiversity",
    "M1": "health.mental", "MI": "health.mental",
}  # fmt: skip
NO_DISABILITY = "ND"
BESIDE_ONLY = frozenset({"ete.working", "ete.skills", "ete.literacy"})  # an entry may say yes or no

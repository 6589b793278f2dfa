"""What the resettlement plan asks, by code: what, why, what may be answered, and the needs that an answer raises.

Source: ours, after the published configuration of the resettlement passport (Through the Gate reference 3), with what
that lacks: medication and prescription at release, naloxone, telephone, safe way home, first night, whether a home lies
near somebody who must not be met, contact with a victim, self-harm. Codes stand in saved answers: they are only added to.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.reference.codes import Titled
from ttg.reference.referrals import NeedSide, Pathway

NO_ANSWER = "no_answer"


class Source(Titled):
    """Who an answer comes from."""

    PERSON = "person", "The person"
    PRISON = "prison", "Prison staff or screening"
    RECORD = "record", "Our own record"
    FAMILY = "family", "Family or somebody else they know"
    AGENCY = "agency", "Another agency"


class Skipped(Titled):
    """Why a pathway is not asked here. Source: Through the Gate reference 3 (skip reasons)."""

    ASSESSMENT = "assessment", "Done already in the assessment of the case"
    OTHER_PRISON = "other_prison", "Done already at another prison"
    EARLY = "early", "They were released before it could be asked"
    MOVED = "moved", "They were moved before it could be asked"
    OTHER = "other", "Another reason"


class Acts(StrEnum):
    """Why a yes needs an action, or a reason for none."""

    SELF_HARM = auto()
    OTHERS = auto()  # somebody else, or they themselves, could be hurt by another


@dataclass(frozen=True, slots=True)
class NeedKind:
    """A need as an answer raises it. Its words give away nothing that is kept to those who work on the case."""

    code: str
    pathway: Pathway
    words: str
    side: NeedSide


@dataclass(frozen=True, slots=True)
class Question:
    """`about_risk`: the officer reads it and says what they make of it; it never goes into the person's copy.

    `restricted`: kept to those who work on the case. `acts`: a yes says what is done about it, or why nothing is.
    `needs`: {an answer: the codes of NEEDS it raises}.
    """

    code: str
    pathway: Pathway
    asks: str
    why: str
    choices: tuple[tuple[str, str], ...]
    about_risk: bool = False
    restricted: bool = False
    acts: Acts | None = None
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def raised_by(self, said):
        return dict(self.needs).get(said, ())

    def say(self, said):
        return dict(self.choices).get(said, said)


YES, NO = ("yes", "Yes"), ("no", "No")
NONE_GIVEN = (NO_ANSWER, "No answer given")
QUIET = frozenset({NO_ANSWER, "no", "never", "not_needed", "given"})  # say nothing of risk alone
UNKNOWN = ("unknown", "Not known yet")
NOT_NEEDED = ("not_needed", "Not needed")
_IN, _OUT = NeedSide.PRISON, NeedSide.COMMUNITY
_KEPT = "Support of a special kind: see the plan"

MENTAL_HEALTH = "health.mental"
NEEDS = {
    one.code: one
    for one in (
        NeedKind("home.find", Pathway.HOME, "A home to go to", _OUT),
        NeedKind("home.first_night", Pathway.HOME, "Somewhere for the first night", _OUT),
        NeedKind("home.keep", Pathway.HOME, "The home they had, kept while they are in prison", _IN),
        NeedKind("home.end", Pathway.HOME, "The tenancy they had, ended without more debt", _IN),
        NeedKind("home.arrears", Pathway.HOME, "An arrangement about rent or mortgage owed", _IN),
        NeedKind("home.way", Pathway.HOME, "A safe way home from the gate", _IN),
        NeedKind("thinking.emotions", Pathway.THINKING, "Help with managing how they feel", _OUT),
        NeedKind("thinking.gambling", Pathway.THINKING, "Help with gambling", _OUT),
        NeedKind("family.children", Pathway.FAMILY, "Contact with the children, as is safe", _OUT),
        NeedKind("family.caring", Pathway.FAMILY, "Support with caring for an adult", _OUT),
        NeedKind("family.care", Pathway.FAMILY, "What somebody who was in care is entitled to", _OUT),
        NeedKind("family.alone", Pathway.FAMILY, "Somebody on their side: a mentor or a group", _OUT),
        NeedKind("family.safety", Pathway.FAMILY, "Safety from somebody outside", _OUT),
        NeedKind("family.special", Pathway.FAMILY, _KEPT, _OUT),
        NeedKind("substances.drugs", Pathway.SUBSTANCES, "Help with drugs in the community", _OUT),
        NeedKind("substances.alcohol", Pathway.SUBSTANCES, "Help with alcohol in the community", _OUT),
        NeedKind("substances.healthcare", Pathway.SUBSTANCES, "Healthcare in prison told, as they agree", _IN),
        NeedKind("substances.script", Pathway.SUBSTANCES, "A prescription that goes on from the day of release", _OUT),
        NeedKind("substances.naloxone", Pathway.SUBSTANCES, "Naloxone to take away, and how to use it", _IN),
        NeedKind("work.job", Pathway.WORK, "Work, or help to look for it", _OUT),
        NeedKind("work.learning", Pathway.WORK, "A course or training", _OUT),
        NeedKind("work.reading", Pathway.WORK, "Help with reading, writing or numbers", _OUT),
        NeedKind("money.bank", Pathway.MONEY, "A bank account", _IN),
        NeedKind("money.identity", Pathway.MONEY, "Proof of who they are", _IN),
        NeedKind("money.benefit", Pathway.MONEY, "A benefit claim that begins on the day of release", _IN),
        NeedKind("money.debts", Pathway.MONEY, "Help with debts", _OUT),
        NeedKind("money.first_days", Pathway.MONEY, "Money for the first days", _IN),
        NeedKind("money.phone", Pathway.MONEY, "A telephone", _IN),
        NeedKind("health.doctor", Pathway.HEALTH, "A doctor to go to", _OUT),
        NeedKind("health.living", Pathway.HEALTH, "Help with daily living", _OUT),
        NeedKind("health.medication", Pathway.HEALTH, "Medication to take away, and more of it in time", _IN),
        NeedKind(MENTAL_HEALTH, Pathway.HEALTH, "Support with mental health", _OUT),
        NeedKind("health.self_harm", Pathway.HEALTH, "Somebody who asks how they are in the first days", _OUT),
    )
}  # fmt: skip
NOT_OFFERED = frozenset({"family.special"})  # only an answer that is kept raises it


def offered_needs(pathway):
    """What may be chosen by hand of a pathway, in the order of the catalogue."""
    return [
        one for code, one in NEEDS.items() if one.pathway == pathway and code not in NOT_OFFERED
    ]


def _needs(**raised):
    """By an answer: one code, or several."""
    return tuple((said, (codes,) if isinstance(codes, str) else codes) for said, codes in raised.items())  # fmt: skip


def _ask(pathway, code, asks, why, *choices, **more):
    offered = (*(choices or (YES, NO)), NONE_GIVEN)
    needs = _needs(**more.pop("needs", {}))
    return Question(f"{pathway.value}.{code}", pathway, asks, why, offered, needs=needs, **more)


_H, _T, _F, _S = Pathway.HOME, Pathway.THINKING, Pathway.FAMILY, Pathway.SUBSTANCES
_W, _M, _L = Pathway.WORK, Pathway.MONEY, Pathway.HEALTH
_RISK = {"about_risk": True}
_SELF_HARM = {"about_risk": True, "acts": Acts.SELF_HARM}
_HARM = {"about_risk": True, "restricted": True, "acts": Acts.OTHERS}

QUESTIONS = {
    one.code: one
    for one in (
        # Accommodation
        _ask(_H, "before", "Where did they live before prison?",
             "What can be kept is lost in the first weeks. The address itself stands with their details.",
             ("own", "A home they own"), ("private", "Private tenancy"), ("social", "Council or housing association"),
             ("family", "With family or friends"), ("supported", "Supported housing or a hostel"),
             ("approved", "Approved premises or bail accommodation"), ("home_office", "Home Office accommodation"),
             ("nowhere", "Nowhere settled: the street, or sofa to sofa")),
        _ask(_H, "others", "Did anybody else live there?",
             "Whoever is still there has a say, and may need to be kept safe. Say who they are to the person."),
        _ask(_H, "paid", "How was it paid for?", "Housing benefit stops after a time in prison; rent does not.",
             ("wages", "From wages"), ("benefit", "From a benefit"), ("other", "By somebody else"), ("not", "It was not paid")),
        _ask(_H, "tenancy", "Is there a home to keep, or to give up properly?",
             "Asked early, because each week costs rent.", ("keep", "To keep"), ("end", "To give up"), ("neither", "Neither"),
             needs={"keep": "home.keep", "end": "home.end"}),
        _ask(_H, "arrears", "Is rent or a mortgage owed?", "Arrears keep people out of the next home.",
             needs={"yes": "home.arrears"}),
        _ask(_H, "after", "Where will they live when they leave?", "A home is looked for from the first day.",
             ("before", "Where they lived before"), ("new", "Somewhere new"), ("nowhere", "They have nowhere"), UNKNOWN,
             needs={"nowhere": "home.find", "unknown": "home.find"}),
        _ask(_H, "connection", "If they have nowhere: is there a council area they have a connection with?",
             "They choose which council we ask, and we only ask if they agree."),
        _ask(_H, "first_night", "Is it known where they sleep on the first night?",
             "The first night decides much of the rest.", YES, ("no", "No"),
             needs={"no": "home.first_night"}),
        _ask(_H, "near", "Would they live near anybody they must not meet, or who must not meet them?",
             "Look at the restrictions of the case before you answer. Never write where a protected person lives.",
             YES, NO, UNKNOWN, **_HARM),
        _ask(_H, "way", "Is there a safe way home from the gate?",
             "Who fetches them, by which way, and whether anybody waits for them whom they should not meet.",
             YES, NO, needs={"no": "home.way"}),
        # Attitudes, thinking and behaviour
        _ask(_T, "emotions", "Do they want help with managing how they feel?", "What makes it worse, and what has helped before.",
             needs={"yes": "thinking.emotions"}),
        _ask(_T, "gambling", "Is gambling a problem for them?", "Few say it by themselves.", needs={"yes": "thinking.gambling"}),
        # Children, families and communities
        _ask(_F, "partner", "Do they have a partner?", "Who matters to them, as they say it."),
        _ask(_F, "children", "Are they responsible for a child under 16?", "Who looks after the child now, and what contact is safe.",
             needs={"yes": "family.children"}),
        _ask(_F, "social_worker", "Does a social worker work with any of the children?",
             "Children’s services must know when somebody comes home.", acts=Acts.OTHERS, **_RISK),
        _ask(_F, "caring", "Do they care for an adult?", "Somebody may be going without.", needs={"yes": "family.caring"}),
        _ask(_F, "care", "Were they ever in care, or known to social services as a child?",
             "Care leavers up to 25 are entitled to help.", needs={"yes": "family.care"}),
        _ask(_F, "support", "Is there somebody outside who is on their side?", "Without anybody, a mentor may be.",
             needs={"no": "family.alone"}),
        _ask(_F, "gang", "Are they involved with a gang, or pressed to be?", "Their own conduct, not a family or a postcode.", **_RISK),
        _ask(_F, "threat", "Are they under threat outside?", "From whom and where, so that they are not released into it.",
             needs={"yes": "family.safety"}, **_RISK),
        _ask(_F, "abused", "Has a partner or family member abused them?",
             "So that nobody is sent home to it. Ask alone, never with a partner listening.",
             needs={"yes": "family.special"}, **_HARM),
        _ask(_F, "abuses", "Have they abused a partner or family member?",
             "Whoever was hurt is kept safe before release is arranged around them.", **_HARM),
        _ask(_F, "sexually_abused", "Have they been sexually abused?", "So that they are offered help, and are safe where they go.",
             needs={"yes": "family.special"}, **_HARM),
        _ask(_F, "sexually_abuses", "Have they sexually abused anybody?", "So that others are safe where they go.", **_HARM),
        _ask(_F, "sex_work", "Have they sold sex?", "So that they are offered help, without judging.",
             needs={"yes": "family.special"}, restricted=True),
        _ask(_F, "victim", "Have they been in touch with a victim, or do they want to be?",
             "By letter, telephone, visit or through others. The victim liaison officer may have to hear of it.", **_HARM),
        # Drugs and alcohol
        _ask(_S, "drugs", "Are drugs a problem?", "No clinical detail: that is healthcare’s. In prison as well as before it.",
             ("now", "Yes, now or lately"), ("past", "In the past"), ("never", "No"), needs={"now": "substances.drugs"}),
        _ask(_S, "alcohol", "Is alcohol a problem?", "The pattern outside, since there is less of it inside.",
             ("now", "Yes, now or lately"), ("past", "In the past"), ("never", "No"), needs={"now": "substances.alcohol"}),
        _ask(_S, "healthcare", "Have they told healthcare in the prison?", "Only they can agree that we do.", YES, NO, NOT_NEEDED,
             needs={"no": "substances.healthcare"}),
        _ask(_S, "script", "Will they need a prescription to go on after release?",
             "A gap of a day can kill. The next dose is known before they leave.",
             ("arranged", "Yes, and it is arranged"), ("needed", "Yes, and it is not arranged"), NOT_NEEDED,
             needs={"needed": "substances.script"}),
        _ask(_S, "naloxone", "Have they been given naloxone, or should they be?",
             "Most deaths by overdose after prison are in the first two weeks.",
             ("given", "Given, or to be given at the gate"), ("wanted", "Wanted, and not arranged"), ("declined", "Declined"), NOT_NEEDED,
             needs={"wanted": "substances.naloxone"}, **_RISK),
        # Education, skills and work
        _ask(_W, "before", "Did they work before prison?", "Where, and whether it went well."),
        _ask(_W, "after", "Is there a job to go to?", "Somebody who is waiting to be told is easily forgotten.",
             ("same", "The same as before"), ("new", "A new one"), ("no", "No, and they want one"), ("not_needed", "No, and they do not look for one"),
             needs={"no": "work.job"}),
        _ask(_W, "learning_before", "Were they on a course or in training before prison?", "What could be taken up again."),
        _ask(_W, "learning_after", "Do they want to learn or train when they leave?", "What has begun inside can go on outside.",
             needs={"yes": "work.learning"}),
        _ask(_W, "reading", "Would help with reading, writing or numbers be of use?", "So that letters and forms do not stop them.",
             needs={"yes": "work.reading"}),
        # Finance and identity
        _ask(_M, "bank", "Do they have a bank account?", "Without one neither a benefit nor a wage arrives. Never write its number here.",
             needs={"no": "money.bank"}),
        _ask(_M, "identity", "Do they have proof of who they are?", "Which, and where it is. Never write its number here.",
             needs={"no": "money.identity"}),
        _ask(_M, "benefits_before", "Did they have a benefit before prison?", "Which, and whether it was stopped, so that none is owed back."),
        _ask(_M, "benefits_after", "Will they claim a benefit when they leave?", "The first payment takes weeks.", YES, NO,
             needs={"yes": "money.benefit"}),
        _ask(_M, "first_days", "Will they have enough money for the first days?", "Food, fares and a key meter.",
             needs={"no": "money.first_days"}),
        _ask(_M, "debts", "Do they owe money?", "Also to people nobody writes a bill for.", needs={"yes": "money.debts"}),
        _ask(_M, "phone", "Will they have a telephone on the day they leave?", "Everybody who is to help has to reach them.",
             needs={"no": "money.phone"}),
        # Health
        _ask(_L, "doctor", "Are they registered with a doctor outside?", "Where they will live, not where they lived.",
             needs={"no": "health.doctor"}),
        _ask(_L, "living", "Will they need help with daily living?", "What they can do alone, and what they cannot.",
             needs={"yes": "health.living"}),
        _ask(_L, "medication", "Will they leave with medication?", "How many days of it, and who gives the next.",
             ("arranged", "Yes, and it is arranged"), ("needed", "Yes, and it is not arranged"), NOT_NEEDED,
             needs={"needed": "health.medication"}),
        _ask(_L, "mental", "Do they want support with mental health outside?", "Who knows them already, and who could go on.",
             needs={"yes": "health.mental"}),
        _ask(_L, "acct_open", "Is an ACCT open now?", "The prison’s care for somebody at risk of suicide or self-harm. Ask the wing, not only them.",
             needs={"yes": "health.self_harm"}, **_SELF_HARM),
        _ask(_L, "acct_before", "Was an ACCT open in the last six months?", "The days around release are the most dangerous.",
             needs={"yes": "health.self_harm"}, **_SELF_HARM),
        _ask(_L, "self_harm", "Have they hurt themselves, or thought of ending their life, in this stay?",
             "Asking does not make it more likely. Say what helps, and who knows.",
             needs={"yes": "health.self_harm"}, **_SELF_HARM),
    )
}  # fmt: skip
ASKED_OF = {path: [one for one in QUESTIONS.values() if one.pathway == path] for path in Pathway}
RESTRICTED = frozenset(code for code, one in QUESTIONS.items() if one.restricted)
SKIPS = {
    f"{path.value}.skipped": Question(
        f"{path.value}.skipped",
        path,
        "Is this part not asked here?",
        "Leave it blank where you ask it. Otherwise say why not, and where it is found.",
        tuple(Skipped.choices()),
    )
    for path in Pathway
}


def needs_of(answers):
    """[NeedKind] that these answers raise, each once, in the order of the catalogue."""
    raised = {
        need
        for code, answer in answers.items()
        if code in QUESTIONS
        for need in QUESTIONS[code].raised_by(answer.get("said", ""))
    }
    return [one for code, one in NEEDS.items() if code in raised]

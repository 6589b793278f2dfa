"""Every question of an induction, by its code: what is explained, what is handed over, what they tell us.

Sources: supervision reference 2.1 and 7 (rules explained and understood, what proves it at breach); product rules, how it
should feel (Welsh, safe contact, their own words). Codes stand in saved answers, so they are never changed, only added to.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.reference.codes import Titled


class InductionPart(Titled):
    """The parts of the screen, in this order."""

    RULES = "rules", "What the court or the prison laid down"
    KEEPING = "keeping", "Keeping to it"
    RIGHTS = "rights", "Their rights"
    NEEDS = "needs", "What they need from us"
    THEIRS = "theirs", "In their own words"


class Kind(StrEnum):
    """How a question is answered."""

    EXPLAINED = auto()  # and told back to us
    GIVEN = auto()  # handed over, or why not
    TOLD = auto()  # yes and what, no, or they would rather not say
    THEIRS = auto()  # their own words, or that they gave none


class Said(Titled):
    """What an answer may be."""

    UNDERSTOOD = "understood", "Explained, and they told it back to us"
    NOT_YET = "not_yet", "Explained, not understood yet"
    GIVEN = "given", "Yes"
    NOT_GIVEN = "not_given", "Not yet"
    YES = "yes", "Yes"
    NO = "no", "No"
    RATHER_NOT = "rather_not", "They would rather not say"
    WORDS = "words", "In their own words"
    NONE = "none", "Asked, and they did not want to say"


ANSWERS = {
    Kind.EXPLAINED: (Said.UNDERSTOOD, Said.NOT_YET),
    Kind.GIVEN: (Said.GIVEN, Said.NOT_GIVEN),
    Kind.TOLD: (Said.YES, Said.NO, Said.RATHER_NOT),
    Kind.THEIRS: (Said.WORDS, Said.NONE),
}
SETTLES = frozenset({Said.UNDERSTOOD, Said.GIVEN})  # what of the first two kinds lets it be signed
BOXES = {  # the box that each answer opens, and what it asks; the rest open none
    Said.NOT_YET: "What do you do so that they will?",
    Said.NOT_GIVEN: "When and how will they get it?",
    Said.YES: "What, and what do we do about it?",
    Said.WORDS: "What did they say, as they said it?",
}


@dataclass(frozen=True, slots=True)
class InductionQuestion:
    code: str
    part: InductionPart
    asks: str
    why: str = ""  # what to say, or why we ask
    kind: Kind = Kind.EXPLAINED
    proves: bool = False  # stands on the proof sheet: nothing of it is about anybody else, or about their health

    @property
    def answers(self):
        """[(code, words)] of what may be said."""
        return [(one.value, one.title) for one in ANSWERS[self.kind]]


def _of(part, code, asks, why, kind=Kind.EXPLAINED, proves=True):
    return InductionQuestion(f"{part.value}.{code}", part, asks, why, kind, proves)


_K, _R, _N, _T = (
    InductionPart.KEEPING,
    InductionPart.RIGHTS,
    InductionPart.NEEDS,
    InductionPart.THEIRS,
)

INDUCTION_QUESTIONS = {
    question.code: question
    for question in (
        _of(_K, "attend", "Coming to appointments: when told, on time, and in a fit state",
            "Show them the next appointment and where it is. Ask what could stop them."),
        _of(_K, "reasons", "What counts as a good reason for not coming, and the proof we ask for",
            "Illness, work, caring, an emergency. Tell them to ring before, not after."),
        _of(_K, "breach", "What happens if they do not come, or do not keep to it",
            "A warning, then court or recall to prison, and what the court may do. Say it as it is, not as a threat."),
        _of(_K, "tell_us", "What they must tell us, and how: a new address, number, job, relationship or arrest",
            "Give them our number and say who answers it out of hours."),
        _of(_K, "behaviour", "How everybody behaves here: no violence, threats or abuse, and the same from us", ""),
        _of(_R, "privacy", "The privacy notice: what we keep, with whom we share it, and how they ask to see it",
            "In writing, in a form they can read.", Kind.GIVEN),
        _of(_R, "complaints", "How to complain, and to whom after that",
            "The leaflet, and that complaining never counts against them.", Kind.GIVEN),
        _of(_R, "copy", "A copy of these rules to keep",
            "Safe to take home? If somebody there must not see it, keep it here for them.", Kind.GIVEN),
        _of(_N, "reading", "Do they find reading or writing hard?",
            "“Many people do. Shall I read it out?” What we send them then changes.", Kind.TOLD, proves=False),
        _of(_N, "disability", "Is there a disability, an illness or a way of thinking that we should fit around?",
            "Seeing, hearing, moving, learning, memory, autism, ADHD, mental health. What helps them to come and follow.", Kind.TOLD, proves=False),
        _of(_N, "caring", "Do they look after anybody, and when?",
            "Children and adults. Appointments are set around it.", Kind.TOLD, proves=False),
        _of(_N, "times", "Are there days or times they cannot come?",
            "Work, learning, faith, treatment, travel.", Kind.TOLD, proves=False),
        _of(_N, "safe", "Is there anybody who must not know that they come here?",
            "Ask where nobody else hears. What is safe to ring, text or write to stands in how we get in touch.", Kind.TOLD, proves=False),
        _of(_N, "emergency", "Is there somebody we may ring if something happens to them?",
            "Name and number, as they want them called.", Kind.TOLD, proves=False),
        _of(_T, "start", "How are things now, and what would they like to be different?",
            "Offer the self-assessment: on paper, or read out. Write it as they said it.", Kind.THEIRS, proves=False),
        _of(_T, "barriers", "What could make it hard to keep to this, and what would help?",
            "What they say here goes into the plan.", Kind.THEIRS, proves=False),
    )
}  # fmt: skip

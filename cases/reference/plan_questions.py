"""What is said once in a plan, by its code: what it asks, why, and how it is answered.

Sources: report 2.2 and 2.3 (what plans left out); product rules, gates and clocks (home visits); supervision
reference 4.3. Codes stand in saved answers, so they are never changed, only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import ContactLevel, Sharing, Titled
from cases.reference.plans import Known
from cases.reference.questions import SOURCES, Answered


class PlanPart(Titled):
    """The pages on which they are asked, in this order."""

    CONTACT = "contact", "Contact and home visits"
    FAMILY = "family", "Children and domestic abuse"
    PERSON = "person", "Their own words, and what we adjust"


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    code: str
    part: PlanPart
    asks: str
    how: Answered
    why: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    sharing: Sharing = Sharing.YES
    carries: bool = True  # into the next plan, to be confirmed


ABOUT_FAMILY = ("children", "domestic_abuse")
ENQUIRIES = "enquiry"  # the answer that links "not known" to an enquiry which is open
YES_NO = (("yes", "Yes"), ("no", "No"))


def of_family(subject, what):
    """The code of a question about children or domestic abuse: `answer`, `sources`, `asked`, ..."""
    return f"{subject}.{what}"


def _family(subject, asks, why, details):
    part, no = PlanPart.FAMILY, Sharing.NO
    # Asked again for every plan: what was so of the last one is what nobody looks at again.
    yield PlanQuestion(
        of_family(subject, "answer"), part, asks, Answered.ONE, why,
        choices=tuple(Known.choices()), sharing=no, carries=False,
    )  # fmt: skip
    yield PlanQuestion(
        of_family(subject, "sources"), part, "Where does this come from?", Answered.ANY,
        "An answer that names its source can be checked.",
        choices=SOURCES, sharing=no, carries=False,
    )  # fmt: skip
    yield PlanQuestion(
        of_family(subject, "details"), part, "Who, and what do we know?", Answered.WORDS, details,
        sharing=no,
    )  # fmt: skip
    yield PlanQuestion(
        of_family(subject, ENQUIRIES), part, "Which open enquiry will tell us?", Answered.ONE,
        "It is honest not to know while somebody is being asked.", sharing=no, carries=False,
    )  # fmt: skip
    yield PlanQuestion(
        of_family(subject, "asked"), part, "If nobody can tell us: who was asked, and what did we do?",
        Answered.WORDS, "For example: asked on Monday, declined to say, and we did a home visit.",
        sharing=no, carries=False,
    )  # fmt: skip


PLAN_QUESTIONS = {
    question.code: question
    for question in (
        PlanQuestion(
            "contact.level", PlanPart.CONTACT, "How often are they seen?", Answered.ONE,
            "The GRID group says how often at least. More is yours to decide.",
            choices=tuple(ContactLevel.choices()), carries=False,
        ),
        PlanQuestion(
            "contact.because", PlanPart.CONTACT, "Why that often?", Answered.WORDS,
            "Needed where it is less than the GRID group says.", sharing=Sharing.NO,
        ),
        PlanQuestion(
            "home_visits.answer", PlanPart.CONTACT, "Are they visited at home?", Answered.ONE,
            "A visit shows what an office does not: who lives there, and how.", choices=YES_NO,
        ),
        PlanQuestion(
            "home_visits.because", PlanPart.CONTACT, "Why, and when?", Answered.WORDS,
            "If yes, who goes and by when. If no, what tells us that nobody there is at risk.",
            sharing=Sharing.NO,
        ),
        *_family(
            "children",
            "Do they live with, have contact with or pose a risk to children?",
            "Children are missed when nobody asks about step-children, grandchildren and a partner's.",
            "Whose they are, how old, where they live, and who looks after them.",
        ),
        *_family(
            "domestic_abuse",
            "Is there domestic abuse, now or in the past?",
            "By them or to them, whatever the current offence is.",
            "Who was hurt or could be, what happened and when, and where they are now.",
        ),
        PlanQuestion(
            "person.words", PlanPart.PERSON, "What do they say about the plan, in their own words?",
            Answered.WORDS, "What they want, what would help, what they will do. Write it as they said it.",
            carries=False,
        ),
        PlanQuestion(
            "person.adjustments", PlanPart.PERSON,
            "What do we do differently because of who they are and how they live?", Answered.WORDS,
            "Language, disability, faith, age, being a woman, caring, work, travel: each with what we do.",
        ),
    )
}  # fmt: skip

"""What a review says, by its code: what it asks, why, and how it is answered.

Sources: supervision reference 5; report 2.4 (factors of harm not looked at again, nobody asked the person,
"don't know" carried on). Nothing is asked whose answer the system holds: what happened, the dates and
content of checks, and what was changed are shown. Codes stand in saved answers, so they are only added to.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.reference.codes import Titled
from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.questions import SOURCES, Answered


class ReviewPart(Titled):
    """The pages on which it is written, after the events, in this order."""

    PROGRESS = "progress", "Progress, and keeping to it"
    STILL_RIGHT = "still_right", "What is still right, and what is not"
    PERSON = "person", "What they say, what others say, and what happens next"


class Progress(Titled):
    """How far an objective has come."""

    ACHIEVED = "achieved", "Achieved"
    UNDER_WAY = "under_way", "Under way"
    STUCK = "stuck", "Stuck, because"


class StillRight(Titled):
    """An answer beside what stands. Neither is given without words of its own."""

    SAME = "same", "Still right: we looked again, and"
    CHANGED = "changed", "Changed: it is now"


class KnownNow(Titled):
    """What is known by now of children or domestic abuse, where the plan did not know."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Still not known"


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """`ask_each`: of each objective, area or group by itself, where the code holds which."""

    code: str
    part: ReviewPart
    asks: str
    how: Answered
    why: str = ""
    choices: tuple[tuple[str, str], ...] = ()


ABOUT_FAMILY = {  # what a plan may not have known, and whom an enquiry about it goes to
    "children": "children",
    "domestic_abuse": "domestic abuse",
}
ELSE = "else"  # any other area, or any other group
QUIET = "quiet.because"  # nothing happened, confirmed with the person
HARM_BECAUSE = "harm.because"
CONTESTED = "contested.words"
AREAS_OF = {"need": NeedArea, "harm": HarmGroup}
BEARS_ON = {"need": "reoffending", "harm": "who could be harmed"}

QUESTIONS = {
    question.code: question
    for question in (
        ReviewQuestion(
            "compliance.words",
            ReviewPart.PROGRESS,
            "How have they kept to the order and taken part, and why so?",
            Answered.WORDS,
            "The figures are above. Say what they mean: what helps them come, and what gets in the way.",
        ),
        ReviewQuestion(
            "strengths.words",
            ReviewPart.PROGRESS,
            "What is stronger than it was?",
            Answered.WORDS,
            "Work, family, a habit, somebody who helps: what we would not want to lose.",
        ),
        ReviewQuestion(
            "agencies.words",
            ReviewPart.PERSON,
            "Whom did you speak to, and what did they say?",
            Answered.WORDS,
            "Drug worker, social worker, police, hostel, partner. Enquiries and their replies are above and "
            "need not be said again.",
        ),
        ReviewQuestion(
            "next.words",
            ReviewPart.PERSON,
            "What happens next?",
            Answered.WORDS,
            "Who does what, and when. What is to be owed goes into the plan as a step.",
        ),
        ReviewQuestion(
            QUIET,
            ReviewPart.PERSON,
            "What tells you that nothing has changed?",
            Answered.WORDS,
            "What you looked at or saw, and when you went through it with them.",
        ),
        ReviewQuestion(
            CONTESTED,
            ReviewPart.PERSON,
            "What does this review do about the recommendation that is contested?",
            Answered.WORDS,
            "It says so openly, and whoever made the recommendation reads it.",
        ),
        *(
            ReviewQuestion(f"{subject}.{what}", ReviewPart.STILL_RIGHT, asks, how, why, choices)
            for subject, words in ABOUT_FAMILY.items()
            for what, asks, how, why, choices in (
                (
                    "answer",
                    f"The plan did not know about {words}. What is known now?",
                    Answered.ONE,
                    "Not to know is an answer while somebody is being asked. It does not roll on by itself.",
                    tuple(KnownNow.choices()),
                ),
                (
                    "sources",
                    f"Where does what is known about {words} come from?",
                    Answered.ANY,
                    "An answer that names its source can be checked.",
                    SOURCES,
                ),
                (
                    "asked",
                    f"If nobody can tell us about {words}: who was asked since, and what did we do?",
                    Answered.WORDS,
                    "Only what was done since the last review counts.",
                    (),
                ),
            )
        ),
    )
}


def of_objective(key, what):
    """`what`: `progress` or `words`."""
    return f"objective.{key}.{what}"


def of_area(area, what):
    """`area`: a need, or ELSE. `what`: `answer` or `words`."""
    return f"need.{area}.{what}"


def of_group(group, what):
    """`group`: a group that harm could come to, or ELSE. `what`: `answer` or `words`."""
    return f"harm.{group}.{what}"


def _beside(code, title):
    yield ReviewQuestion(
        f"{code}.answer",
        ReviewPart.STILL_RIGHT,
        f"{title}: is what the assessment says still right?",
        Answered.ONE,
        choices=tuple(StillRight.choices()),
    )
    yield ReviewQuestion(
        f"{code}.words",
        ReviewPart.STILL_RIGHT,
        f"{title}: confirmed how, or changed to what?",
        Answered.WORDS,
        "In a sentence or two.",
    )


def _anything_else(code, bears_on):
    yield ReviewQuestion(
        f"{code}.words",
        ReviewPart.STILL_RIGHT,
        f"Is there anything else, new or changed, that bears on {bears_on}?",
        Answered.WORDS,
        "Leave it where there is nothing.",
    )


def _objective(key):
    yield ReviewQuestion(
        of_objective(key, "progress"),
        ReviewPart.PROGRESS,
        "How far has it come?",
        Answered.ONE,
        choices=tuple(Progress.choices()),
    )
    yield ReviewQuestion(
        of_objective(key, "words"),
        ReviewPart.PROGRESS,
        "What shows it?",
        Answered.WORDS,
        "Where it is stuck: because of what, and what would free it.",
    )


def question_of(code):
    """The question that a code stands for, or None."""
    if code in QUESTIONS:
        return QUESTIONS[code]
    about, _, rest = code.partition(".")
    which, _, _ = rest.rpartition(".")
    asked: Iterable[ReviewQuestion] = ()
    if about == "objective" and which.isdecimal():
        asked = _objective(which)
    elif about in BEARS_ON and which == ELSE:
        asked = _anything_else(f"{about}.{ELSE}", BEARS_ON[about])
    elif which in set(AREAS_OF.get(about, ())):
        asked = _beside(f"{about}.{which}", AREAS_OF[about](which).title)
    return next((one for one in asked if one.code == code), None)

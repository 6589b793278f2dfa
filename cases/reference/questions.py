"""Every question of an assessment, by its code: what it asks, why, and how it is answered.

Sources: OASys as used in 2018, retold in plain words (supervision reference 4.1 and 4.2); product rules,
gates. Codes stand in saved answers and in addresses, so they are never changed, only added to.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.reference.codes import Rosh
from cases.reference.harm import AnalysisPart, HarmGroup, Indicator, Relevance
from cases.reference.needs import ITEMS, NeedArea, Score


class Answered(StrEnum):
    """How a question is answered."""

    WORDS = auto()
    ONE = auto()  # one of the choices
    ANY = auto()  # any of the choices, kept as a sorted list
    YES_NO = auto()  # "yes" or "no"


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    part: AnalysisPart
    asks: str
    how: Answered
    why: str = ""  # why we ask, or what to think of
    choices: tuple[tuple[str, str], ...] = ()
    carries: bool = True  # pulled forward into the next assessment, to be confirmed


VICTIMS = (
    "victims"  # who could be hurt, named on a page of their own: not a question with one answer
)

SOURCES = (
    ("person", "The person"),
    ("record", "Police national computer, court papers"),
    ("police", "Police"),
    ("social_care", "Social care"),
    ("report", "Pre-sentence report"),
    ("prison", "Prison"),
    ("partner", "Partner or family"),
    ("agency", "Health, treatment or another agency"),
    ("seen", "What staff have seen"),
)
SELF_VIEW = (
    ("yes", "A problem for me"),
    ("sometimes", "Sometimes a problem"),
    ("no", "Not a problem"),
)
READINESS = (
    ("ready", "Ready, and has begun"),
    ("thinking", "Thinking about it"),
    ("not_ready", "Not ready"),
    ("unknown", "Not known yet"),
)
RISK_LEVELS = tuple((level.value, level.title) for level in Rosh)
SARA_LEVELS = (("low", "Low"), ("medium", "Medium"), ("high", "High"))
SARA_DONE = (("done", "Done"), ("not_done", "Not done, because"))


def of_area(area, what):
    """The code of a question about an area of need: an item, or `notes`, `offending`, `harm`, ..."""
    return f"{area.value}.{what}"


def of_group(group, what):
    """The code of a question about whom harm could come to: `level`, `who`, `nature` or `when`."""
    return f"harm.{group.value}.{what}"


def of_pattern(key, what):
    """The code of an answer about a pattern of past behaviour: `relevance`, `words` or `covers`.

    `key` names the pattern, or one episode that is asked about by itself. `covers` is not a question:
    it lists the episodes that were there when it was answered.
    """
    return f"pattern.{key}.{what}"


def _words(part, code, asks, why="", **more):
    return Question(code, part, asks, Answered.WORDS, why, **more)


def _needs():
    part = AnalysisPart.NEEDS
    for area in NeedArea:
        for code, asks in ITEMS.get(area, ()):
            yield Question(
                of_area(area, code), part, asks, Answered.ONE, choices=tuple(Score.choices())
            )
        yield _words(
            part,
            of_area(area, "notes"),
            f"{area.title}: what is it like for them?",
            "What happens, since when, and what it has to do with the offending.",
        )
        yield Question(
            of_area(area, "offending"), part, "Is it linked to reoffending?", Answered.YES_NO
        )
        yield Question(
            of_area(area, "harm"), part, "Is it linked to risk of serious harm?", Answered.YES_NO
        )
        yield _words(
            part,
            of_area(area, "strengths"),
            "What helps already?",
            "Strengths, people and habits that protect them and others.",
        )
        yield Question(
            of_area(area, "sources"),
            part,
            "Where does this come from?",
            Answered.ANY,
            "A judgement that names its source can be checked.",
            choices=SOURCES,
        )


def _self():
    for area in NeedArea:
        yield Question(
            f"self.{area.value}", AnalysisPart.SELF, area.title, Answered.ONE, choices=SELF_VIEW
        )
    yield _words(
        AnalysisPart.SELF,
        "self.words",
        "In their own words",
        "What they say matters most, and what they want. Write it as they said it.",
    )


def _groups():
    part = AnalysisPart.HARM
    for group in HarmGroup:
        name = group.title.lower()
        yield Question(
            of_group(group, "level"),
            part,
            f"Risk of serious harm to {name}",
            Answered.ONE,
            choices=RISK_LEVELS,
        )
        yield _words(part, of_group(group, "who"), "Who is at risk?", "By name where you can.")
        yield _words(
            part, of_group(group, "nature"), "What could happen to them?", "The nature of the risk."
        )
        yield _words(
            part,
            of_group(group, "when"),
            "When is it likeliest, and does any of that hold now?",
            "How soon it could happen.",
        )


_OFFENDING, _ENGAGEMENT = AnalysisPart.OFFENDING, AnalysisPart.ENGAGEMENT
_HARM, _DOMESTIC = AnalysisPart.HARM, AnalysisPart.DOMESTIC_ABUSE
_MANAGEMENT = AnalysisPart.MANAGEMENT

QUESTIONS = {
    question.code: question
    for question in (
        # Sections 1 and 2
        _words(
            _OFFENDING,
            "offence.what",
            "What happened in the current offence?",
            "What they did, to whom, and what led up to it.",
            carries=False,
        ),
        _words(
            _OFFENDING,
            "offence.victims",
            "Who was harmed by it, and how?",
            "The effect on victims, and whether the person sees it.",
            carries=False,
        ),
        _words(
            _OFFENDING,
            "offence.pattern",
            "How does it fit with what went before?",
            "What is the same, what is new, and what was going on each time.",
        ),
        *_needs(),
        *_self(),
        Question(
            "engagement.readiness",
            _ENGAGEMENT,
            "How ready are they to change?",
            Answered.ONE,
            choices=READINESS,
        ),
        _words(
            _ENGAGEMENT,
            "engagement.motivation",
            "What motivates them, and what stands in the way?",
            "So that the plan starts from what they want.",
        ),
        _words(
            _ENGAGEMENT,
            "engagement.diversity",
            "What about them must we take into account?",
            "Identity, language, disability, faith, age and maturity, being a woman, care experience.",
        ),
        _words(
            _ENGAGEMENT,
            "engagement.circumstances",
            "What about their circumstances affects taking part?",
            "Work, caring, health, travel, money; what we do about each.",
        ),
        # Risk of serious harm
        Question(
            "screening.indicators",
            _HARM,
            "Which of these is there, now or in the past?",
            Answered.ANY,
            "Any of them calls for the full analysis, whatever the current offence is.",
            choices=tuple(Indicator.choices()),
            carries=False,
        ),
        *_groups(),
        _words(_HARM, "harm.increase", "What would make the risk greater?"),
        _words(_HARM, "harm.reduce", "What makes it less?"),
        _words(
            _HARM,
            "harm.because",
            "Why this level and not another?",
            "A low level needs reasons as much as a high one.",
            carries=False,
        ),
        # Spousal assault risk assessment: what it came to; the form itself is its publisher's
        Question(
            "sara.done",
            _DOMESTIC,
            "Has the spousal assault risk assessment (SARA) been done?",
            Answered.ONE,
            "Where there is domestic abuse, or a report of it.",
            choices=SARA_DONE,
            carries=False,
        ),
        _words(_DOMESTIC, "sara.because", "Why not, and what was done instead?", carries=False),
        Question("sara.partner", _DOMESTIC, "Risk to a partner", Answered.ONE, choices=SARA_LEVELS),
        Question("sara.others", _DOMESTIC, "Risk to others", Answered.ONE, choices=SARA_LEVELS),
        _words(
            _DOMESTIC,
            "sara.summary",
            "What it shows",
            "What has happened, whether it is getting worse, control, separation, children.",
        ),
        # Risk management plan (R11)
        _words(_MANAGEMENT, "managing.supervision", "Supervision", "Who sees them, how often."),
        _words(_MANAGEMENT, "managing.control", "Monitoring and control", "What limits the risk."),
        _words(_MANAGEMENT, "managing.treatment", "Interventions and treatment"),
        _words(_MANAGEMENT, "managing.victims", "Keeping victims safe"),
        _words(_MANAGEMENT, "managing.contingency", "If things change", "If..., then..., by whom."),
        _words(_MANAGEMENT, "managing.other", "Anything else"),
    )
}

RELEVANCES = tuple(Relevance.choices())

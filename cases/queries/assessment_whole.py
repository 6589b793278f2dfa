"""A whole assessment as it is read: on its page, before it is signed or countersigned, and on paper.

Source: `cases.reference.questions`. Every word passes through the reader's `Names`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cases.queries.names import Names
from cases.reference.harm import AnalysisPart, HarmGroup
from cases.reference.needs import CUTS, ITEMS, NeedArea
from cases.reference.questions import (
    QUESTIONS,
    RELEVANCES,
    SELF_VIEW,
    Answered,
    of_area,
    of_group,
    of_pattern,
)
from cases.rules.answering import applies
from cases.rules.needs import Need, need_of, score_of
from cases.rules.self_view import differs, own_view
from cases.rules.words import sentence
from staff.kit import Line

NOT_ANSWERED = "Not answered"
NOT_SCORED = "Not scored"
NEEDS = {Need.NONE: "no need", Need.STANDARD: "a need", Need.SEVERE: "a severe need"}
CARRIED = "Pulled forward, not confirmed"
CHANGED = "Changed since the assessment before"
NEW = "New since the assessment before"
ASKED_BEFORE = "Asked about before, and no longer by itself"


@dataclass(frozen=True)
class Section:
    title: str  # blank where the chapter has one
    lines: list[Line]


@dataclass(frozen=True)
class Chapter:
    part: AnalysisPart
    title: str
    sections: list[Section]


@dataclass(frozen=True)
class Reading:
    """One assessment, and how it is read: where an answer is changed, and what stood before it."""

    answers: dict
    carried: frozenset
    names: Names
    change: Callable[[str], str] = lambda code: ""
    before: dict | None = None  # the answers of the one it follows, to say what has changed

    def line(self, code, label=""):
        question = QUESTIONS[code]
        said = in_words(question, self.answers.get(code))
        return Line(
            label or question.asks,
            self.names.text(said) or NOT_ANSWERED,
            change=self.change(code),
            detail=self.noted([code]),
        )

    def noted(self, codes):
        """What is to be known of these answers beside themselves."""
        return ". ".join(filter(None, [self._changed(codes), self._carried(codes)]))

    def _carried(self, codes):
        return CARRIED if self.carried & set(codes) else ""

    def _changed(self, codes):
        if self.before is None:
            return ""
        moved = [code for code in codes if self.answers.get(code) != self.before.get(code)]
        if not moved:
            return ""
        return CHANGED if any(code in self.before for code in moved) else NEW


def in_words(question, value):
    """An answer as it is read; blank where there is none."""
    if value in (None, "", []):
        return ""
    if question.how == Answered.WORDS:
        return value
    said = dict(question.choices) | {"yes": "Yes", "no": "No"}
    if question.how == Answered.ANY:
        return ", ".join(said.get(one, one) for one in value)
    return said.get(value, value)


def whole(assessment, asked, names, *, change=None, before=None):
    """The chapters of an assessment. `asked`: the items of past behaviour (`cases.rules.patterns.asked_of`).

    `change` gives the address where an answer is changed, `before` the answers of the one it follows.
    """
    reading = Reading(
        assessment.answers,
        frozenset(assessment.carried),
        names,
        change or (lambda code: ""),
        before,
    )
    return [
        Chapter(part, part.title, SECTIONS.get(part, _plain)(reading, part, asked))
        for part in AnalysisPart
        if part != AnalysisPart.VICTIMS
    ]


def _plain(reading, part, asked):
    """A part whose questions stand one after another."""
    codes = [code for code, one in QUESTIONS.items() if one.part == part]
    return [Section("", [reading.line(code) for code in codes if applies(code, reading.answers)])]


def _needs(reading, part, asked):
    return [Section(area.title, list(_area(reading, area))) for area in NeedArea]


def _area(reading, area):
    scored = [of_area(area, code) for code, _ in ITEMS.get(area, ())]
    if scored:
        said = [f"{QUESTIONS[code].asks}: {_score_said(reading, code)}" for code in scored]
        yield Line(
            score_line(area, reading.answers),
            ". ".join(said),
            change=reading.change(scored[0]),
            detail=reading.noted(scored),
        )
    for what in ("notes", "offending", "harm", "strengths", "sources"):
        yield reading.line(of_area(area, what))
    if own := own_view(area, reading.answers):
        unlike = differs(area, need_of(area, reading.answers), reading.answers)
        yield Line(
            "In their own view",
            own,
            change=reading.change(f"self.{area}"),
            detail="Differs from the officer's view" if unlike else "",
        )


def _score_said(reading, code):
    return in_words(QUESTIONS[code], reading.answers.get(code)).lower() or NOT_SCORED.lower()


def score_line(area, answers):
    """The score with what it comes to: "5: a need (from 3; severe from 7)", or that nothing is scored."""
    score = score_of(area, answers)
    if score is None:
        return NOT_SCORED
    cut = CUTS[area]
    need = NEEDS[need_of(area, answers)]
    return f"Score {score}: {need} (a need from {cut.standard}, severe from {cut.severe})"


def _self(reading, part, asked):
    said = [
        Line(area.title, _own(reading, area), reading.change(f"self.{area}")) for area in NeedArea
    ]
    return [Section("", [*said, reading.line("self.words")])]


def _own(reading, area):
    return dict(SELF_VIEW).get(reading.answers.get(f"self.{area}"), NOT_ANSWERED)


def _patterns(reading, part, asked):
    sections = [Section(one.title, list(_item(reading, one))) for one in asked]
    now = {one.key for one in asked}
    answered = [code.split(".")[1] for code in reading.answers if code.startswith("pattern.")]
    # The latest of all is another by now, or it is told otherwise: what was said of it then stays said
    before = [key for key in dict.fromkeys(answered) if key not in now]
    return sections + [
        Section(ASKED_BEFORE, list(_said_of(reading, key, lambda code: ""))) for key in before
    ]


def _item(reading, item):
    yield Line("What is known", sentence(item.summary))
    yield from _said_of(reading, item.key, reading.change)


def _said_of(reading, key, change):
    relevance, words = (of_pattern(key, what) for what in ("relevance", "words"))
    said = dict(RELEVANCES).get(reading.answers.get(relevance), NOT_ANSWERED)
    yield Line("Does it bear on the risk now?", said, change(relevance))
    yield Line(
        "How, to whom, and what would make it happen again",
        reading.names.text(reading.answers.get(words, "")) or NOT_ANSWERED,
        change=change(words),
        detail=reading.noted([relevance, words]),
    )


def _harm(reading, part, asked):
    groups = [
        Section(
            group.title,
            [
                reading.line(code)
                for what in ("level", "who", "nature", "when")
                if applies(code := of_group(group, what), reading.answers)
            ],
        )
        for group in HarmGroup
    ]
    over_all = ("harm.increase", "harm.reduce", "harm.because")
    return [
        Section("Screening", [reading.line("screening.indicators")]),
        *groups,
        Section("What drives it", [reading.line(code) for code in over_all]),
    ]


SECTIONS = {
    AnalysisPart.NEEDS: _needs,
    AnalysisPart.SELF: _self,
    AnalysisPart.PATTERNS: _patterns,
    AnalysisPart.HARM: _harm,
}

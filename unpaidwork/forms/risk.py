"""The questions of one part of the risk assessment for unpaid work, filled in with what stands.

Nothing is required here: what is missing stands in "still to do" until it is signed. Source:
`unpaidwork.reference.risk_questions`.
"""

import json
from dataclasses import dataclass

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from cases.rules.answering import field_name
from staff.forms import FlexibleDateField, LongTextField, Radios, SharedForm
from staff.kit import Clash
from staff.rules.merging import marks
from unpaidwork.queries.risk_page import say_answer
from unpaidwork.reference.risk_questions import Kind, RiskQuestion, Said
from unpaidwork.rules.risk import LONGEST, LONGEST_SOURCE, TO_CONFIRM

SOURCE_OF_ALL, DAY_OF_ALL = "all-source", "all-on"
BOXES = {  # the box that each answer opens, and what it asks
    Said.YES: ("details", "What, when, and what does it mean for working?"),
    Said.NO: ("because", "If the record shows otherwise, why “No”?"),
    Said.UNKNOWN: ("tried", "Whom did you ask, when, and what do we do until we know?"),
    Said.WORDS: ("details", "What did they say, as they said it?"),
    Said.DECLINED: ("tried", "How did you ask, and what do we do about it?"),
}


@dataclass(frozen=True)
class Block:
    """One question as the page draws it."""

    question: RiskQuestion
    answer: BoundField
    words: BoundField | None  # where no answer opens a box of its own
    source: BoundField
    on: BoundField
    right: BoundField | None  # to be ticked, where it was filled in
    open: bool  # the source is shown, because something is wrong with it


class RiskPartForm(SharedForm):
    """`questions`: those of the part; `answers`: what stands, by code; `shown`: codes the record says yes to."""

    def __init__(self, *args, questions, answers, shown=(), **kwargs):
        self.questions = {one.code: one for one in questions}
        stands = {code: answers.get(code) for code in self.questions}
        initial: dict[str, str] = {}
        for code in self.questions:
            initial |= _initial(code, stands[code] or {})
        super().__init__(*args, stands=stands, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)  # fmt: skip
        self.ask(SOURCE_OF_ALL, _source("Who says so, unless another is given below?"))
        self.ask(DAY_OF_ALL, _day("On which day, unless another is given below?"))
        for one in questions:
            self._ask_question(one, stands[one.code] or {}, one.code in shown)

    def _ask_question(self, question, stands, shown):
        name, reveals = field_name(question.code), {}
        for said in (Said(code) for code, _ in question.answers if question.kind != Kind.CHOICE):
            if said == Said.NO and not (shown or (stands.get("said") == "no" and stands.get("words"))):  # fmt: skip
                continue
            box, asks = BOXES[said]
            reveals[said.value] = [f"{name}-{box}"]
            self.ask(f"{name}-{box}", _words(asks))
        if question.kind == Kind.CHOICE:
            self.ask(f"{name}-details", _words("Her own words, if she gives any"))
        widget = Radios(small=True, reveals=reveals)
        self.ask(name, forms.ChoiceField(label=question.asks, help_text=question.why, choices=question.answers, widget=widget, required=False))  # fmt: skip
        self.ask(f"{name}-source", _source("Who says so?"))
        self.ask(f"{name}-on", _day("When?"))
        if stands.get(TO_CONFIRM):
            label = "This was filled in for you. Tick if it is right as it stands"
            self.ask(f"{name}-right", forms.BooleanField(label=label, required=False))

    def blocks(self):
        for code, question in self.questions.items():
            name = field_name(code)
            source, on = self[f"{name}-source"], self[f"{name}-on"]
            yield Block(
                question=question,
                answer=self[name],
                words=self[f"{name}-details"] if question.kind == Kind.CHOICE else None,
                source=source,
                on=on,
                right=self[f"{name}-right"] if f"{name}-right" in self.fields else None,
                open=bool(source.errors or on.errors),
            )

    def given(self):
        said = self.cleaned_data
        answers, confirms = {}, []
        for code in self.questions:
            stands, own = self.stands[code] or {}, self._answer(code, {})
            answer = self._answer(code, said)
            if stands.get(TO_CONFIRM) and _is_same(own, stands):
                if not said.get(f"{field_name(code)}-right"):
                    continue  # not looked at yet: the source of all the others is not its own
                if answer == own:
                    confirms.append(code)
                    continue
            answers[code] = answer
        return {"given": answers, "seen": said["seen"], "confirms": confirms}

    def _answer(self, code, of_all):
        """What was said; a source or a day that is left out is that of all, where there is one."""
        said, name = self.cleaned_data, field_name(code)
        chosen = said.get(name)
        if not chosen:
            return None
        box = BOXES[Said(chosen)][0] if chosen in BOXES else "details"
        on = said.get(f"{name}-on") or of_all.get(DAY_OF_ALL)
        answer = {
            "said": chosen,
            "words": (said.get(f"{name}-{box}") or "").strip(),
            "source": (said.get(f"{name}-source") or of_all.get(SOURCE_OF_ALL) or "").strip(),
            "on": on.isoformat() if on else "",
        }
        return {key: value for key, value in answer.items() if value}

    def show_clashes(self, names, who="", when=""):
        """[Clash] of the questions that both answered. Sent again, it writes over what is shown now."""
        self.saw(names)
        found = []
        for code in names:
            name = field_name(code)
            self.add_error(name, "Somebody else answered this while you were writing")
            words = say_answer(code, self.stands[code])
            found.append(Clash(self.questions[code].asks, words, f"#id_{name}", who, when))
        return found

    def _marks(self):
        return json.dumps(marks(self.stands, self.questions))


def _initial(code, answer):
    name, said = field_name(code), answer.get("said", "")
    box = BOXES[Said(said)][0] if said in BOXES else "details"
    return {
        name: said,
        f"{name}-{box}": answer.get("words", ""),
        f"{name}-source": answer.get("source", ""),
        f"{name}-on": answer.get("on", ""),
    }


def _is_same(answer, stands):
    return (answer or {}) == {key: one for key, one in stands.items() if key != TO_CONFIRM}


def _words(label):
    return LongTextField(label=label, rows=3, required=False, validators=[MaxLengthValidator(LONGEST)])  # fmt: skip


def _source(label):
    return forms.CharField(label=label, required=False, max_length=LONGEST_SOURCE)


def _day(label):
    return FlexibleDateField(label=label, required=False, past=True)

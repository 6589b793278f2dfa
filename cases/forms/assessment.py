"""The questions of an assessment as a form, drawn from the catalogue and filled in with what stands.

Nothing is required here: what is missing stands in "still to do" until it is signed. Source: `cases.reference.questions`.
"""

import json
from dataclasses import dataclass

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from cases.reference.harm import AnalysisPart, Indicator
from cases.reference.questions import Answered, of_pattern
from cases.rules.answering import LONGEST, NEEDS_ANSWER, applies, field_name
from staff.forms import Checkboxes, LongTextField, Radios, SharedForm

STILL_RIGHT = "Still right"
YES_NO = (("yes", "Yes"), ("no", "No"))
ROWS = 4  # lines of a box for words
ONE_LINE = 60  # letters of all options together that stand side by side
ASKS = {  # of each item of past behaviour, under its title
    "relevance": "Does it bear on the risk now?",
    "words": "How does it bear on the risk, to whom, and what would make it happen again?",
}


@dataclass(frozen=True)
class Row:
    """One question, and where it was pulled forward, the box that says that it is still right."""

    field: BoundField
    right: BoundField | None


class AnswersForm(SharedForm):
    """Some questions of one part, filled in with what stands.

    `answers` and `carried` are the assessment's; `pulled`: the date of the one they were pulled forward from,
    in words. `mine`: {code: what this reader typed} where it takes the place of what stands.
    """

    def __init__(self, *args, questions, answers, carried=(), pulled="", mine=None, **kwargs):
        self.codes = {field_name(one.code): one.code for one in questions}
        stands = {name: answers.get(code) for name, code in self.codes.items()}
        typed = {field_name(code): value for code, value in (mine or {}).items()}
        super().__init__(*args, stands=stands, initial=stands | typed, **kwargs)
        self.rights = {}  # {name of a box: codes it confirms}
        self.right_after = {}  # {name of a field: name of the box drawn after it}
        for question in questions:
            self.ask(field_name(question.code), _field(question))
        self.initial["seen"] = self._marks()  # of what was asked just now
        self._ask_what_is_still_right(questions, set(carried), pulled)
        self._reveal()

    def _ask_what_is_still_right(self, questions, carried, pulled):
        for question in questions:
            if question.code in carried:
                box = f"right-{field_name(_confirmed_with(question))}"
                self.rights.setdefault(box, []).append(question.code)
        for box, codes in self.rights.items():
            hint = f"Pulled forward from {pulled}, not yet confirmed. Tick this, or change it."
            self.ask(box, forms.BooleanField(label=STILL_RIGHT, required=False, help_text=hint))
            self.right_after[field_name(codes[-1])] = box

    def _reveal(self):
        """Whether the spousal assault assessment was done decides what is asked of it."""
        asker = self.fields.get(field_name("sara.done"))
        if asker is None:
            return
        reveals: dict[str, list[str]] = {}
        for code, (other, wanted) in NEEDS_ANSWER.items():
            if other == "sara.done":
                for option in wanted:
                    reveals.setdefault(option, []).extend(self._with_box(field_name(code)))
        asker.widget.reveals, asker.widget.inline = reveals, False

    def _with_box(self, name):
        return [name, *filter(None, [self.right_after.get(name)])]

    def rows(self, codes=None):
        """The questions to draw, in their order; those that an option reveals are drawn with it."""
        hidden = self.revealed_fields()
        wanted = self.codes if codes is None else [field_name(code) for code in codes]
        return [
            Row(self[name], self[box] if (box := self.right_after.get(name)) else None)
            for name in wanted
            if name not in hidden
        ]

    def clean(self):
        super().clean()
        name = field_name("screening.indicators")
        chosen = self.cleaned_data.get(name, [])
        if Indicator.NONE in chosen and len(chosen) > 1:
            self.add_error(
                name, "You chose “None of these” and others besides. Choose what is there, or none"
            )

    def given(self):
        """As the service takes it. What an option not chosen would have revealed is left as it stands."""
        answers = {code: self.cleaned_data[name] for name, code in self.codes.items()}
        ticked = [codes for box, codes in self.rights.items() if self.cleaned_data[box]]
        return {
            "given": {
                code: value
                for code, value in answers.items()
                if not code.startswith("sara.") or applies(code, answers)
            },
            "seen": {
                code: self.cleaned_data["seen"].get(name)
                for name, code in self.codes.items()
                if name in self.cleaned_data["seen"]
            },
            "confirms": [code for codes in ticked for code in codes],
        }


class PatternsForm(AnswersForm):
    """What is asked of past behaviour. `covers`: {item: the episodes shown}, so that no later one is answered unseen."""

    covers = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items
        self.initial["covers"] = json.dumps({item.key: list(item.covers) for item in items})
        for item in items:
            for what, asks in ASKS.items():
                self.fields[field_name(of_pattern(item.key, what))].label = asks

    def clean_covers(self):
        return episodes_shown(self.cleaned_data)

    def given(self):
        return super().given() | {"covers": self.cleaned_data["covers"]}


def episodes_shown(data):
    """{item of past behaviour: its episodes} that a page showed; one tampered with showed nothing."""
    try:
        covers = json.loads(data.get("covers") or "{}")
    except ValueError:
        return {}
    return covers if isinstance(covers, dict) else {}


def _confirmed_with(question):
    """Answers that one box confirms: words by themselves, what is scored or chosen by its area or item."""
    if question.part == AnalysisPart.PATTERNS:
        return question.code.rpartition(".")[0]
    if question.how == Answered.WORDS or question.part == AnalysisPart.HARM:
        return question.code
    if question.part in (AnalysisPart.NEEDS, AnalysisPart.SELF):
        return question.code.partition(".")[0]
    return question.code


def _field(question):
    asked = {"label": question.asks, "help_text": question.why, "required": False}
    if question.how == Answered.WORDS:
        return LongTextField(rows=ROWS, validators=[MaxLengthValidator(LONGEST)], **asked)
    if question.how == Answered.ANY:
        return forms.MultipleChoiceField(
            choices=question.choices, widget=Checkboxes(small=True), **asked
        )
    choices = YES_NO if question.how == Answered.YES_NO else question.choices
    choices = [(value, _with_its_number(value, words)) for value, words in choices]
    in_a_line = sum(len(words) for _, words in choices) <= ONE_LINE
    return forms.ChoiceField(choices=choices, widget=Radios(small=True, inline=in_a_line), **asked)


def _with_its_number(value, words):
    return f"{value}: {words}" if value.isdigit() else words

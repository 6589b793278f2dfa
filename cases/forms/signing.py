"""Signing an assessment, a plan or a review, and what a senior probation officer answers.

Each form carries a mark of what was read, so that nobody signs what has changed since. Source: product rules, gates.
"""

from typing import Any

from django import forms

from cases.reference.harm import AnalysisPart
from cases.rules.answering import field_name
from cases.rules.signing import LONGEST_SAID
from staff.forms import GovukForm, LongTextField, Radios

AGREE, RETURN = "agree", "return"
LONGEST_NOTE = 1000


class ReadForm(GovukForm):
    """About something as it was read. `stands`: the mark of what stands now."""

    read = forms.CharField(widget=forms.HiddenInput, required=False)
    another = "The assessment has changed"  # where something else stands now

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.initial["read"] = stands

    def withhold_errors(self):
        """Words that were kept stand on a page that is opened now, and so are about what it shows now."""
        super().withhold_errors()
        kept: Any = self.data
        self.data = kept = kept.copy()
        kept[self.add_prefix("read")] = self.stands

    def clean(self):
        super().clean()
        if self.cleaned_data.get("read") != self.stands:
            self.add_error(
                None,
                f"{self.another} since you opened this page. Read it again before you sign: it is shown "
                "below as it is now",
            )
            sent: Any = self.data
            self.data = {**sent.dict(), "read": self.stands}


class SignForm(ReadForm):
    """A sentence for each warning. `warnings`: [(key, what is warned of)]."""

    def __init__(self, *args, warnings, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {f"said-{field_name(key)}": key for key, _ in warnings}
        for key, words in warnings:
            self.ask(
                f"said-{field_name(key)}",
                LongTextField(
                    label=words,
                    help_text="One honest sentence. Your senior probation officer reads it.",
                    rows=2,
                    max_length=LONGEST_SAID,
                    error_messages={"required": f"Say in a sentence of your own: {words}"},
                ),
            )

    def given(self):
        said = {key: self.cleaned_data[name] for name, key in self.keys.items()}
        return {"explained": said, "read": self.cleaned_data["read"]}


class AnswerForm(ReadForm):
    """What a senior answers to what is signed: they sign as well, or return one box of it."""

    decision = forms.ChoiceField(
        label="Would you stand by it?",
        choices=[
            (AGREE, "Yes, I countersign it"),
            (RETURN, "No, I return it to be put right"),
        ],
        widget=Radios(reveals={RETURN: ["question", "note"]}),
    )
    question = forms.ChoiceField(
        label="Which question is to be put right?",
        help_text="The officer is led straight to it.",
    )
    note = LongTextField(
        label="What is missing?",
        help_text="What you need to know before you can sign.",
        rows=4,
        max_length=LONGEST_NOTE,
    )

    def agrees(self):
        return self.cleaned_data["decision"] == AGREE

    def given(self):
        if self.agrees():
            return {"read": self.cleaned_data["read"]}
        return {"question": self.cleaned_data["question"], "note": self.cleaned_data["note"]}


class CountersignForm(AnswerForm):
    """`questions`: those that may be given back (`cases.reference.questions.Question`)."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (part.title, [(one.code, one.asks) for one in questions if one.part == part])
            for part in AnalysisPart
        ]
        groups = [(title, choices) for title, choices in groups if choices]
        self.offer("question", [("", "Choose a question"), *groups])

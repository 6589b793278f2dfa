"""Signing a review, in full or on one page, and what a senior probation officer answers.

Each form carries a mark of what was read, so that nobody signs what has happened or changed since.
Source: product rules, gates.
"""

from typing import Any

from django import forms

from cases.rules.answering import field_name
from cases.rules.review_answers import LONGEST
from cases.rules.signing import LONGEST_SAID
from cases.services.review_signing import LONGEST_NOTE
from staff.forms import GovukForm, LongTextField, Radios

AGREE, RETURN = "agree", "return"
CHANGED_SINCE = (
    "Something has happened or changed since you opened this page. Read it again before you sign: it is "
    "shown below as it is now"
)


class ReadReviewForm(GovukForm):
    """About a review as it was read. `stands`: the mark of what stands now."""

    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.initial["read"] = stands

    def clean(self):
        super().clean()
        if self.cleaned_data.get("read") != self.stands:
            self.add_error(None, CHANGED_SINCE)
            sent: Any = self.data
            self.data = {**sent.dict(), "read": self.stands}
        return self.cleaned_data


class SignReviewForm(ReadReviewForm):
    """A sentence for each warning. `warnings`: [(key, what is warned of)]."""

    def __init__(self, *args, warnings, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {f"said-{field_name(key)}": key for key, _ in warnings}
        for key, words in warnings:
            self.ask(
                f"said-{field_name(key)}",
                LongTextField(
                    label=words,
                    help_text="One honest sentence. The senior probation officer reads it.",
                    rows=2,
                    max_length=LONGEST_SAID,
                    error_messages={"required": f"Say in a sentence of your own: {words}"},
                ),
            )

    def given(self):
        said = {key: self.cleaned_data[name] for name, key in self.keys.items()}
        return {"explained": said, "read": self.cleaned_data["read"]}


class QuietReviewForm(SignReviewForm):
    """Nothing happened, confirmed with the person: the whole review on one page."""

    person_words = LongTextField(
        label="What do they say, in their own words?",
        help_text="Write it as they said it. A review that they had no part in is written in full.",
        rows=3,
        max_length=LONGEST,
    )
    because = LongTextField(
        label="What tells you that nothing has changed?",
        help_text="What you looked at or saw, and when you went through it with them.",
        rows=3,
        max_length=LONGEST,
    )

    def given(self):
        words = {name: self.cleaned_data[name] for name in ("person_words", "because")}
        return super().given() | words


class CountersignReviewForm(ReadReviewForm):
    """`boxes`: [(code, words)] of what may be given back; `hollow`: whether no change is recorded."""

    decision = forms.ChoiceField(
        label="Would you stand by it?",
        choices=[
            (AGREE, "Yes, I countersign it"),
            (RETURN, "No, I return it to be put right"),
        ],
        widget=Radios(reveals={RETURN: ["question", "note"]}),
    )
    found = LongTextField(
        label="No change is recorded. What did you find?",
        help_text="Whether nothing needed to change, or what was missed. The officer sees it.",
        rows=3,
        max_length=LONGEST_NOTE,
    )
    question = forms.ChoiceField(
        label="Which box is to be put right?", help_text="The officer is led straight to it."
    )
    note = LongTextField(
        label="What is missing?",
        help_text="What you need to know before you can sign.",
        rows=4,
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args, boxes, hollow, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("question", [("", "Choose a box"), *boxes])
        if hollow:
            self.fields["decision"].widget.reveals = {
                AGREE: ["found"],
                RETURN: ["question", "note"],
            }
        else:
            del self.fields["found"]

    def agrees(self):
        return self.cleaned_data["decision"] == AGREE

    def given(self):
        if self.agrees():
            found = self.cleaned_data.get("found") or ""
            return {"read": self.cleaned_data["read"], "note": found}
        return {"question": self.cleaned_data["question"], "note": self.cleaned_data["note"]}

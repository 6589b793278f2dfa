"""Signing a review, in full or on one page, and what a senior probation officer answers.

Source: product rules, gates.
"""

from django import forms

from cases.forms.signing import AGREE, LONGEST_NOTE, RETURN, AnswerForm, SignForm
from cases.rules.review_answers import LONGEST
from staff.forms import LongTextField

HAPPENED = "Something has happened or changed"


class SignReviewForm(SignForm):
    another = HAPPENED


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


class CountersignReviewForm(AnswerForm):
    """`boxes`: [(code, words)] of what may be given back; `hollow`: whether no change is recorded."""

    another = HAPPENED
    found = LongTextField(
        label="No change is recorded. What did you find?",
        help_text="Whether nothing needed to change, or what was missed. The officer sees it.",
        rows=3,
        max_length=LONGEST_NOTE,
    )
    question = forms.ChoiceField(
        label="Which box is to be put right?", help_text="The officer is led straight to it."
    )
    field_order = ("read", "decision", "found", "question", "note")

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

    def given(self):
        given = super().given()
        return given | {"note": self.cleaned_data.get("found") or ""} if self.agrees() else given

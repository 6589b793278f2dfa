"""What an officer says in answer to what is proposed, of a referral of their own, and of taking somebody off the list.

Source: `grid.rules.answering`.
"""

from django import forms

from grid.reference.groups import Because
from grid.rules.answering import check_words
from grid.rules.proposals import LONGEST_WORDS
from staff.errors import RuleBroken
from staff.forms import GovukForm, LongTextField, Radios


def words_field(label, help_text):
    return LongTextField(label=label, help_text=help_text, rows=3, max_length=LONGEST_WORDS)


class SaidForm(GovukForm):
    """A form with one box, which refuses words that say nothing. `box`: its name."""

    box = "because"

    def clean(self):
        super().clean()
        if said := self.cleaned_data.get(self.box):
            try:
                check_words(said)
            except RuleBroken as refusal:
                self.add_error(self.box, str(refusal))
        return self.cleaned_data


class DeclineForm(SaidForm):
    box = "words"

    referral = forms.IntegerField(widget=forms.HiddenInput)  # the one that was read
    because = forms.ChoiceField(
        label="Why do you decline it?",
        help_text="It is counted: it shows what is proposed wrongly, and what keeps people from coming.",
        choices=Because.choices(),
        widget=Radios(),
    )
    words = words_field(
        "Say more, in a sentence or two",
        "Whoever covers for you, and your senior, read it. It is not proposed again by itself for 26 weeks.",
    )

    def given(self):
        return {name: self.cleaned_data[name] for name in ("because", "words")}


class ReferForm(SaidForm):
    because = words_field(
        "Why this one?",
        "Where not everything is known of whether it suits, say why it is right all the same. Whoever gives out places reads it.",
    )


class WithdrawForm(SaidForm):
    because = words_field(
        "Why do they no longer wait for it?",
        "Their place in the queue is lost, so that whoever asks later can see why.",
    )

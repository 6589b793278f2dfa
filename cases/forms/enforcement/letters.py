"""What staff write into a letter of enforcement, and what they say of it: that it went, came back, or is not to go.

Source: features 90; `cases.rules.enforcement.letter_gaps` says what a letter cannot go without.
"""

from django import forms
from django.utils.timezone import localdate

from cases.reference.enforcement import SentBy
from cases.rules.enforcement.letters import HOW, LONGEST, LONGEST_TRANSLATION
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField

LONGEST_PROOF = 300
LONGEST_WHY = 300
PROOF = {
    SentBy.POST: ("What proves that it was posted?", "The number of the certificate of posting, or where it is kept."),
    SentBy.HAND: ("Who handed it over, and where?", "“S. Okoro, at reception.”"),
}  # fmt: skip


class WriteLetterForm(GovukForm):
    how = forms.ChoiceField(
        label="How does it go?",
        choices=SentBy.choices(),
        widget=Radios(
            hints={
                str(SentBy.POST): "Only where it is recorded as safe to write to them.",
                str(
                    SentBy.EMAIL
                ): "Only to an address that is safe, where they agreed to e-mails. The letter is attached.",
                str(SentBy.HAND): "Where they have no address, or it is not safe to write.",
            }
        ),
    )

    def __init__(self, *args, asked, **kwargs):
        """`asked`: `cases.queries.enforcement.letter_writing.Asked`."""
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.ask(one.name, self._field(one))
        welsh = [f"{one.name}_cy" for one in asked if in_both(one)]
        widget = Radios(inline=True, reveals={"yes": welsh} if welsh else {})
        self.ask(
            "welsh",
            YesNoField(
                label="Does it go in Welsh as well?",
                help_text="Where they chose Welsh. Its Welsh comes first; the English follows.",
                widget=widget,
            ),
        )
        for one in asked:
            if in_both(one):
                label = f"{one.label}, in Welsh"
                self.ask(f"{one.name}_cy", self._text(label, "Have it translated.", one.welsh))

    def given(self):
        said = dict(self.cleaned_data)
        welsh = said.pop("welsh")
        words = {name: text.isoformat() if hasattr(text, "year") else text or "" for name, text in said.items()}  # fmt: skip
        return {"words": words, "welsh": welsh}

    def _field(self, one):
        if one.day:
            return FlexibleDateField(label=one.label, past=True, required=False, initial=one.stands)
        longest = LONGEST_TRANSLATION if one.whole else LONGEST
        return self._text(one.label, one.hint, one.stands, longest)

    def _text(self, label, help_text, stands, longest=LONGEST):
        return LongTextField(
            label=label, help_text=help_text, rows=3 if longest == LONGEST else 10, max_length=longest, required=False,
            initial=stands,
        )  # fmt: skip


class SendLetterForm(GovukForm):
    """`how`: an e-mail is its own proof, and asks nothing."""

    def __init__(self, *args, how, **kwargs):
        super().__init__(*args, **kwargs)
        if how != SentBy.EMAIL:
            label, help_text = PROOF[how]
            field = forms.CharField(label=label, help_text=help_text, max_length=LONGEST_PROOF)
            self.ask("proof", field)

    def given(self):
        return {"proof": self.cleaned_data.get("proof", "")}


class LetterBackForm(GovukForm):
    on = FlexibleDateField(label="On which day did it come back?", past=True, initial=localdate)
    because = forms.CharField(
        label="Why, as it is written on it?",
        help_text="“Gone away”, “addressee unknown”, the message that the e-mail came back with.",
        max_length=LONGEST_WHY,
    )


class WhyForm(GovukForm):
    """Why a letter is not to go, or none is written after one that came back."""

    because = forms.CharField(label="Why?", max_length=LONGEST_WHY)

    def __init__(self, *args, asks, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].label, self.fields["because"].help_text = asks, help_text


class PostedForm(GovukForm):
    """One proof of all that were posted together; none where all of them go by e-mail."""

    proof = forms.CharField(
        label="What proves that they were posted?",
        help_text="The number of the certificate of posting that lists them, or where it is kept.",
        max_length=LONGEST_PROOF,
        required=False,
    )


def in_both(one):
    """Whether it is asked in Welsh as well, where the letter goes in both."""
    return not (one.day or one.whole)


def names_of_words(asked):
    """Every box of the letter that is words, and may therefore name somebody."""
    return [name for one in asked for name in (one.name, f"{one.name}_cy") if name != HOW]

"""What staff fill in about a reply: taking it in, whose it is, and what was answered about each.

Source: product rules, checks; a reply covers only those it speaks of, so nothing is chosen beforehand.
"""

from typing import cast

from django import forms
from django.http import QueryDict

from cases.reference.checks import Reply
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

LONGEST = 50_000  # letters of a reply
NONE = "none"
ANSWERS = [*Reply.choices(), (NONE, "They said nothing about this one")]
EACH = "each"
ALIKE = [*Reply.choices(), (EACH, "No: I answer for each below")]


class TakeInForm(GovukForm):
    text = LongTextField(
        label="Paste what came",
        help_text="The whole of it. Our reference, such as EN-0001234-82, leads to the enquiry.",
        required=False,
        rows=10,
        max_length=LONGEST,
    )
    file = forms.FileField(
        label="Or attach it",
        help_text="A PDF, a text, an e-mail (.eml) or a picture, at most 10 MB. It is kept with the case.",
        required=False,
        allow_empty_file=True,
    )


class FindEnquiryForm(GovukForm):
    asked = forms.CharField(
        label="Whose reply is it?",
        help_text="The reference of the enquiry, or the CRN. Never go by the name alone.",
        max_length=40,
    )


class SetAsideForm(GovukForm):
    because = LongTextField(
        label="Why does it belong to no enquiry?",
        help_text="It is kept, with your reason and your name.",
        rows=3,
        max_length=150,
    )


class FurtherForm(GovukForm):
    text = LongTextField(
        label="What did they say?",
        help_text="In their words as far as you can. Not shared with the person on probation.",
        rows=8,
        max_length=LONGEST,
    )
    on = FlexibleDateField(label="When did the reply come?", past=True)

    def given(self):
        return {"text": self.cleaned_data["text"], "on": self.cleaned_data["on"]}


class OfReply(GovukForm):
    """About a reply that stands. `version`: the step on the enquiry that the writer read last."""

    because = LongTextField(
        label="What was wrong, and how do you know?",
        help_text="It is kept with your name, beside what was recorded before. The officer, and whoever analysed the reply, are told to look again.",
        rows=3,
        max_length=1000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def say_stands(self, version):
        """After a refusal what is sent again is sent knowing what stands now."""
        sent = cast(QueryDict, self.data).copy()
        sent["version"] = str(version)
        self.data = sent


class ReplyForm(FurtherForm):
    """An answer about each of those asked about. `about`: [(key, name, hint)] as this reader may see them."""

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].help_text += " You may leave this blank only if there was no trace."
        self.keys = {f"answer_{key}": key for key, _, _ in about}
        fields = {}
        if len(about) > 1:
            fields["alike"] = forms.ChoiceField(
                label="Did they say the same of everybody?",
                help_text="What you answer below about one of them counts before this.",
                choices=ALIKE,
                required=False,
                widget=Radios(small=True, inline=True),
            )
        for key, name, hint in about:
            fields[f"answer_{key}"] = forms.ChoiceField(
                label=name,
                help_text=hint,
                choices=ANSWERS,
                required=False,
                widget=Radios(small=True, inline=True),
            )
        self.fields = fields | self.fields
        for name in fields:
            self.fields[name].error_messages["invalid_choice"] = "Choose one of the answers given"

    def clean(self):
        alike = self.cleaned_data.get("alike", "").removeprefix(EACH)
        for name in self.keys:
            own = self.cleaned_data.get(name) or alike
            if not own and name not in self.errors:
                label = self.fields[name].label
                self.add_error(
                    name, f"Choose what they said about {label}, or that they said nothing"
                )
            self.cleaned_data[name] = own
        said = {self.cleaned_data[name] for name in self.keys}
        kept_quiet = not self.cleaned_data.get("text", "").strip() and "text" not in self.errors
        if kept_quiet and said - {Reply.NO_TRACE, NONE, ""}:
            self.add_error("text", "Enter what the agency said")

    def given(self):
        answers = {key: self.cleaned_data[name] for name, key in self.keys.items()}
        said = {key: Reply(answer) for key, answer in answers.items() if answer != NONE}
        return super().given() | {"answers": said}


class PutReplyRightForm(ReplyForm, OfReply):
    """What stands is filled in, so that only what is wrong is changed."""

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.fields.pop("alike", None)  # each has an answer already

    def given(self):
        said = {name: self.cleaned_data[name] for name in ("because", "version")}
        return super().given() | said


def as_recorded(answers, text, on):
    """What the form begins with. `answers`: [(key of the subject, what is recorded of it)]."""
    each = {f"answer_{key}": reply or NONE for key, reply in answers}
    return each | {"text": text, "on": on}

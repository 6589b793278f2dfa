"""What staff say of a breach: its pack, what the NPS answered, what was changed, the court, and why it is withdrawn.

Source: product rules, failures and gates.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.forms.signing import ReadForm
from cases.reference.enforcement import AT_COURT, BreachState, WithdrawnBecause
from cases.rules.answering import field_name
from cases.rules.enforcement.breaches import LONGEST_TOLD
from cases.rules.enforcement.court import MAY_BE_PRISON
from cases.rules.enforcement.pack import SAY_SOMETHING, says_enough
from cases.rules.signing import LONGEST_SAID
from staff.forms import (
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
    SharedForm,
    YesNoField,
)

LONGEST = 4000
LONGEST_PART = 8000
COURT = "court_name"


def outside_field(label, **given):
    return forms.CharField(label=label, max_length=200, **given)


class PackForm(SharedForm):
    """`asked`: [(name, what it asks, hint, rows)]; `stands`: {name: words} of what is written."""

    def __init__(self, *args, asked, stands, **kwargs):
        self.names = {field_name(name): name for name, *_ in asked}
        held = {field: stands.get(name) for field, name in self.names.items()}
        initial = held | kwargs.pop("initial", {})
        super().__init__(*args, stands=held, initial=initial, **kwargs)
        for name, asks, hint, rows in asked:
            known = {"label": asks, "help_text": hint, "required": False}
            self.ask(
                field_name(name),
                forms.CharField(max_length=200, **known)
                if name == COURT
                else LongTextField(rows=rows, max_length=LONGEST_PART, **known),
            )
        self.initial["seen"] = self._marks()

    def clean(self):
        super().clean()
        for field in self.names:
            if not says_enough(self.cleaned_data.get(field) or ""):
                self.add_error(field, SAY_SOMETHING)

    def given(self):
        """{"given": {name: words}, "seen": marks} by the names of the service."""
        said, seen = self.cleaned_data, self.cleaned_data["seen"]
        return {
            "given": {name: said[field] or None for field, name in self.names.items()},
            "seen": {name: seen[field] for field, name in self.names.items() if field in seen},
        }

    def fields_of(self, names):
        """The fields of these names, as the service gives them back."""
        fields = {name: field for field, name in self.names.items()}
        return [fields[name] for name in names]


class SendPackForm(ReadForm):
    """`warnings`: [(key, what is warned of)]; `again`: it has gone before."""

    another = "The pack has changed"

    def __init__(self, *args, warnings, again, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {f"said-{field_name(key)}": key for key, _ in warnings}
        for key, words in warnings:
            self.ask(
                f"said-{field_name(key)}",
                LongTextField(
                    label=words,
                    help_text="One honest sentence. It goes to the NPS with the pack.",
                    rows=2,
                    max_length=LONGEST_SAID,
                    error_messages={"required": f"Say in a sentence of your own: {words}"},
                ),
            )
        if again:
            self.ask(
                "words",
                LongTextField(
                    label="What is in the pack now that was not before?", rows=3, max_length=LONGEST
                ),
            )

    def clean(self):
        super().clean()
        for name in self.keys:
            if not says_enough(self.cleaned_data.get(name) or ""):
                self.add_error(name, SAY_SOMETHING)

    def given(self):
        said = self.cleaned_data
        explained = {key: said.get(name, "") for name, key in self.keys.items()}
        return {"explained": explained, "words": said.get("words", "")}


class SendAmendmentForm(SendPackForm):
    """The same gates and warnings, and what is different now."""

    def __init__(self, *args, warnings, **kwargs):
        super().__init__(*args, warnings=warnings, again=False, **kwargs)
        asked = LongTextField(
            label="What is different in the report now?", help_text="The officer reads it.", rows=3, max_length=LONGEST
        )  # fmt: skip
        self.ask("changed", asked)

    def given(self):
        return {"explained": super().given()["explained"], "changed": self.cleaned_data["changed"]}


class NPSAnswerForm(GovukForm):
    to = forms.ChoiceField(label="What did the NPS answer?", widget=Radios())
    outside = outside_field(
        "Who said so?", help_text="A name and an office. Of one they accept: who lays it."
    )
    words = LongTextField(
        label="What did they say?",
        help_text="What they ask for, what they want put right, or why they decline it. It may be blank where they accept it.",
        rows=4,
        max_length=LONGEST,
        required=False,
    )
    on = FlexibleDateField(label="On which day?", past=True)

    def __init__(self, *args, may, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("to", [(str(one), one.title) for one in BreachState if one in may])


class AskAmendmentForm(GovukForm):
    what = LongTextField(label="What has to be changed in the report?", rows=4, max_length=LONGEST)
    asked_by = outside_field("Who asks for it?", help_text="The court, or the NPS officer by name.")
    asked_on = FlexibleDateField(label="When did they ask?", past=True)
    due_on = FlexibleDateField(label="By when do they need it?")


class RefuseAmendmentForm(GovukForm):
    because = LongTextField(
        label="Why is it not changed, and who was told?", rows=3, max_length=500
    )


class IssuedForm(GovukForm):
    to = forms.ChoiceField(label="What is issued?", widget=Radios())
    court = outside_field("Which court issued it?")
    on = FlexibleDateField(label="On which day?", past=True)
    words = LongTextField(
        label="Anything else to know",
        help_text="For example that the warrant is with bail.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args, may, **kwargs):
        super().__init__(*args, **kwargs)
        hint = "They are then looked for, and the clocks that need them stand still."
        self.fields["to"].widget.hints = {str(BreachState.WARRANT): hint}
        self.offer("to", [(str(one), one.title) for one in BreachState if one in AT_COURT & may])


class HearingForm(GovukForm):
    on = FlexibleDateField(label="On which day?")
    at = FlexibleTimeField(label="At what time?")
    court = outside_field("In which court?")

    def given(self):
        said = self.cleaned_data
        return {"at": moment(said["on"], said["at"]), "court": said["court"]}


class SayHearingForm(GovukForm):
    attended = YesNoField(label="Did they come?")
    result = LongTextField(
        label="What did the court say?",
        help_text="In its words. If it decided the breach, go back and choose “The court has decided”.",
        rows=3,
        max_length=500,
    )
    adjourned = YesNoField(
        label="Did it set another day?", widget=Radios(reveals={"yes": ["next_on", "next_time"]})
    )
    next_on = FlexibleDateField(label="Which day?", future=True)
    next_time = FlexibleTimeField(label="At what time?")

    def given(self):
        said = self.cleaned_data
        again = said["adjourned"]
        return {
            "attended": said["attended"],
            "result": said["result"],
            "next_at": moment(said["next_on"], said["next_time"]) if again else None,
        }


class CallOffHearingForm(GovukForm):
    because = LongTextField(label="Why is it not to be, and who said so?", rows=3, max_length=500)


class AskedForm(GovukForm):
    outside = outside_field("Whom did you ask?", help_text="At the court, or the NPS officer.")
    words = LongTextField(label="What did they answer?", rows=3, max_length=LONGEST)


class OutcomeForm(GovukForm):
    """`outcomes`: what a court may decide of that kind of order."""

    code = forms.ChoiceField(label="What did the court decide?", widget=Radios())
    on = FlexibleDateField(label="On which day?", past=True)
    attended = YesNoField(label="Were they in court?")
    words = LongTextField(
        label="What did the court say?",
        help_text="What changes in the order, and what they have to do. In its words.",
        rows=4,
        max_length=LONGEST,
        required=False,
    )
    prison = outside_field(
        "If they were taken to prison, which one?",
        help_text="Blank where they were not. It is recorded at once that they cannot be seen.",
        required=False,
    )

    def __init__(self, *args, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("code", [(one.code, one.title) for one in outcomes])

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("prison") and said.get("code") and said["code"] not in MAY_BE_PRISON:
            self.add_error(
                "prison",
                "Nobody goes to prison from that decision. Leave it blank, or check the decision",
            )


class CorrectOutcomeForm(OutcomeForm):
    """The same once more, as it should have been, and why. `heard`: whether a day in court was said with it."""

    because = LongTextField(
        label="What was wrong, and who told us what the court decided?",
        help_text="It stands beside what was recorded before.",
        rows=3,
        max_length=500,
    )

    def __init__(self, *args, heard, **kwargs):
        super().__init__(*args, **kwargs)
        if not heard:
            del self.fields["attended"]


class WithdrawBreachForm(GovukForm):
    """`gone`: whether the NPS has had the pack."""

    because = forms.ChoiceField(
        label="Why is it withdrawn?",
        choices=WithdrawnBecause.choices(),
        widget=Radios(),
    )
    words = LongTextField(
        label="Say it in a sentence", help_text="A senior probation officer reads it.", rows=3, max_length=500
    )  # fmt: skip
    authority = outside_field(
        "Who agreed?", help_text="A name and where they work: the NPS officer, the court, or a senior of ours."
    )  # fmt: skip
    told = LongTextField(
        label="Who told the NPS, and the court where it is there, and when?",
        help_text="Tell them first. For example “S. Okoro rang J. Hall of the NPS on 3 May, who told the court.”",
        rows=2,
        max_length=LONGEST_TOLD,
    )

    def __init__(self, *args, gone, **kwargs):
        super().__init__(*args, **kwargs)
        if not gone:
            del self.fields["told"]


def moment(day, at):
    """A day and a time of day as a moment of our clock."""
    return datetime.combine(day, at, get_current_timezone())

"""What staff write and say of a recall: Part A, the senior's signature, what the NPS and the casework section answer.

Nothing of Part A is required while it is written: what is missing is named before it is signed. Source: supervision reference 2.3.
"""

from django import forms
from django.core.validators import MaxLengthValidator

from cases.reference.enforcement import RecallState
from cases.reference.recall import PART_A, Alternative, RecalledWhere, Term
from cases.rules.enforcement.recalls import LONGEST, LONGEST_OUTSIDE, LONGEST_WORDS, SAID, TRIED
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    GovukForm,
    LongTextField,
    Radios,
    SharedForm,
)

State = RecallState
EMERGENCY, OUT_OF_HOURS = "emergency", "out_of_hours"
GOES, BACK = "goes", "back"
TRIED_HINT = "What was tried, when and with what result; or why it was not."
MAY_SAY = {  # what may be recorded of the answer, by where the recall is
    State.WITH_NPS: {
        State.ENDORSED: "The NPS endorses it",
        State.NPS_REJECTED: "The NPS rejects it",
    },
    State.ENDORSED: {State.WITH_PPCS: "It has gone to the Public Protection Casework Section"},
    State.WITH_PPCS: {State.DECISION: "They are recalled", State.PPCS_REJECTED: "It is rejected"},
}


def question(code):
    """The box in which one answer of Part A is written."""
    asked = next((one for one in PART_A if one.code == code), None)
    label, hint = (asked.asks, asked.hint) if asked else (Alternative(code).title, TRIED_HINT)
    return LongTextField(
        label=label,
        help_text=hint,
        rows=4,
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
    )


class PartAForm(SharedForm):
    """`answers`: what stands, by code; `names`: how the reader reads words."""

    def __init__(self, *args, answers, names, **kwargs):
        self.names = names
        stands = {code: answers.get(code) for code in (*SAID, *TRIED)}
        initial = {code: names.text(words or "") for code, words in stands.items()}
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, stands=stands, initial=initial, **kwargs)
        for code in stands:
            self.ask(code, question(code))
        self.ask(
            "ways",
            forms.MultipleChoiceField(
                label="How does it go?",
                help_text="Only as you sign it. In an emergency the first three answers are enough: it goes, and the "
                "rest of Part A follows.",
                choices=[
                    (EMERGENCY, "It is an emergency: somebody could be hurt before the rest is written"),
                    (OUT_OF_HOURS, "It is out of hours: I have rung the senior on call"),
                ],
                widget=Checkboxes(),
                required=False,
            ),
        )  # fmt: skip
        self.initial["seen"] = self._marks()

    def asked(self):
        """The fields of Part A, apart from those of what was tried."""
        return [self[code] for code in SAID]

    def instead(self):
        return [self[code] for code in TRIED]

    def given(self):
        given = {
            code: self.names.put_back((self.cleaned_data.get(code) or "").strip(), stands or "")
            for code, stands in self.stands.items()
        }
        return {"given": given, "seen": self.cleaned_data["seen"]}

    def ways(self):
        """How it is signed, as the service takes it."""
        said = self.cleaned_data.get("ways", [])
        return {"emergency": EMERGENCY in said, "out_of_hours": OUT_OF_HOURS in said}


class RestForm(GovukForm):
    """What was left blank when Part A went in an emergency. `blank`: its codes."""

    def __init__(self, *args, blank, **kwargs):
        super().__init__(*args, **kwargs)
        for code in blank:
            field = question(code)
            field.required = True
            self.ask(code, field)

    def given(self):
        return {"given": dict(self.cleaned_data)}


class CountersignForm(GovukForm):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(GOES, "Countersign it: it goes to the NPS"), (BACK, "Send it back to be put right")],
        widget=Radios(hints={BACK: "Say below what has to be put right. Ring whoever signed it: it is owed today."}),
    )  # fmt: skip
    words = LongTextField(
        label="Why?",
        help_text="In a sentence. Where you send it back, what has to be put right.",
        rows=3,
        max_length=LONGEST_WORDS,
    )

    def given(self):
        said = self.cleaned_data
        return {"goes": said["decision"] == GOES, "words": said["words"]}


class SendForm(GovukForm):
    whom = forms.CharField(
        label="Who at the NPS has it, and how did it reach them?",
        help_text="A name, an office, and a secure e-mail or telephone. Send it first, then say so here.",
        max_length=LONGEST_OUTSIDE,
    )


class AnswerForm(GovukForm):
    """`state`: where the recall is; `asks_where`: whether it is not recorded yet where they are."""

    outside = forms.CharField(
        label="Who said so?", help_text="A name and an office.", max_length=LONGEST_OUTSIDE
    )
    words = LongTextField(
        label="What did they say?",
        help_text="Where it goes no further, why: whoever holds the case goes on from there.",
        rows=4,
        max_length=LONGEST_WORDS,
        required=False,
    )

    def __init__(self, *args, state, asks_where, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_where = asks_where
        choices = [(str(to), words) for to, words in MAY_SAY[State(state)].items()]
        revealed = self._of_a_decision() if State.DECISION in MAY_SAY[State(state)] else []
        reveals = {str(State.DECISION): revealed} if revealed else {}
        widget = Radios(reveals=reveals)
        self.ask(
            "to", forms.ChoiceField(label="What was the answer?", choices=choices, widget=widget)
        )
        self.order_fields(["to", *revealed, "outside", "words"])

    def _of_a_decision(self):
        self.ask(
            "decided_on", FlexibleDateField(label="On which day were they recalled?", past=True)
        )
        terms = forms.ChoiceField(
            label="For how long?", choices=Term.choices(), widget=Radios(small=True)
        )
        self.ask("term", terms)
        if not self.asks_where:
            return ["decided_on", "term"]
        where = forms.ChoiceField(
            label="Where are they?",
            choices=RecalledWhere.choices(),
            widget=Radios(small=True),
        )
        self.ask("found", where)
        self.ask(
            "prison",
            forms.CharField(
                label="Which prison?",
                help_text="Leave it blank where they are not found yet.",
                max_length=200,
                required=False,
            ),
        )
        return ["decided_on", "term", "found", "prison"]

    def given(self):
        said = self.cleaned_data
        given = {"to": said["to"], "outside": said["outside"], "words": said["words"]}
        if said["to"] != State.DECISION:
            return given
        term = said["term"]
        given |= {
            "decided_on": said["decided_on"],
            "days": None if term == Term.STANDARD else int(term),
        }
        if self.asks_where:
            where = said["prison"] if said["found"] == RecalledWhere.PRISON else ""
            given["found"] = {"kind": said["found"], "from_on": said["decided_on"], "where": where}
        return given


class WithdrawForm(GovukForm):
    """`requested`: the NPS has it, and must hear."""

    because = LongTextField(
        label="Why is it withdrawn?",
        help_text="What has changed, and how the risk is managed from now on.",
        rows=4,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args, requested, **kwargs):
        super().__init__(*args, **kwargs)
        if requested:
            told = "Tell them first: they may be sending somebody out."
            field = forms.CharField(
                label="Whom at the NPS did you tell?", help_text=told, max_length=LONGEST_OUTSIDE
            )
            self.ask("outside", field)

"""The screen of an induction, and its signature. Nothing is required before it is signed: what is missing is named.

Source: `cases.reference.induction_questions`.
"""

import json

from django import forms
from django.core.validators import MaxLengthValidator

from cases.reference.arriving import Proof
from cases.reference.induction_questions import BOXES, InductionPart, Said
from cases.rules.answering import field_name
from cases.rules.induction import LONGEST, LONGEST_PROOF
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, SharedForm
from staff.kit import Clash
from staff.rules.merging import marks


class InductionForm(SharedForm):
    """`questions`: as this person is asked them; `answers`: what stands, by code; `names`: how the reader reads words."""

    def __init__(self, *args, questions, answers, names, **kwargs):
        self.questions, self.names = {one.code: one for one in questions}, names
        stands = {code: answers.get(code) for code in self.questions}
        initial: dict[str, str] = {}
        for code, answer in stands.items():
            initial |= self._initial(code, answer or {})
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, stands=stands, initial=initial, **kwargs)
        for one in questions:
            self._ask(one)

    def _initial(self, code, answer):
        name, said = field_name(code), answer.get("said", "")
        return {name: said, f"{name}-{said}": self.names.text(answer.get("words", ""))}

    def _ask(self, one):
        name = field_name(one.code)
        boxes = [said for said, _ in one.answers if said in BOXES]
        for said in boxes:
            box = LongTextField(label=BOXES[Said(said)], rows=3, required=False, validators=[MaxLengthValidator(LONGEST)])  # fmt: skip
            self.ask(f"{name}-{said}", box)
        widget = Radios(small=True, reveals={said: [f"{name}-{said}"] for said in boxes})
        self.ask(
            name,
            forms.ChoiceField(
                label=self.names.text(one.asks),
                help_text=one.why,
                choices=one.answers,
                widget=widget,
                required=False,
            ),
        )

    def sections(self):
        """[(heading, its bound fields)] in the order in which they are asked."""
        return [
            (part.title, [self[field_name(code)] for code, one in self.questions.items() if one.part == part])
            for part in InductionPart
        ]  # fmt: skip

    def given(self):
        answers = {code: self._answer(code) for code in self.questions}
        return {"given": answers, "seen": self.cleaned_data["seen"]}

    def _answer(self, code):
        name, stands = field_name(code), self.stands[code] or {}
        said = self.cleaned_data.get(name)
        if not said:
            return None
        words = (self.cleaned_data.get(f"{name}-{said}") or "").strip()
        words = self.names.put_back(words, stands.get("words", ""))
        return {"said": said, **({"words": words} if words else {})}

    def show_clashes(self, names, who="", when=""):
        """[Clash] of the questions that both answered. Sent again, it writes over what is shown now."""
        self.saw(names)
        found = []
        for code in names:
            name = field_name(code)
            self.add_error(name, "Somebody else answered this while you were writing")
            asks, words = str(self[name].label), self.names.text(said_in_words(self.stands[code]))
            found.append(Clash(asks, words, f"#id_{name}", who, when))
        return found

    def _marks(self):
        return json.dumps(marks(self.stands, self.questions))


class SignInductionForm(GovukForm):
    held_on = FlexibleDateField(
        label="On which day was it held?",
        help_text="The day on which you explained it to them, not the day on which you write it down.",
        past=True,
    )
    proof = forms.ChoiceField(
        label="How did they show that they understood?",
        choices=Proof.choices(),
        widget=Radios(
            hints={
                Proof.PAPER.value: "Print the sheet above, let them sign it, and keep it on the file.",
                Proof.SCREEN.value: "Say who was present.",
                Proof.REFUSED.value: "Say what they said, and who was there. It still counts: they were told.",
            }
        ),
    )
    proof_words = LongTextField(
        label="Who was present, and what did they say?",
        help_text="Needed unless they signed on paper.",
        rows=3,
        required=False,
        max_length=LONGEST_PROOF,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def said_in_words(answer):
    """An answer in a line."""
    if not answer:
        return "Nothing"
    return ". ".join(filter(None, [Said(answer["said"]).title, answer.get("words", "")]))

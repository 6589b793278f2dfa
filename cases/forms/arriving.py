"""Recording that somebody came, what came with them, and the first note on risk."""

import json
from typing import Any

from django import forms

from cases.reference.arriving import Brought, BroughtState, CameFrom
from cases.rules.arriving import LONGEST_NOTE, LONGEST_WORDS
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, SharedForm
from staff.kit import Clash
from staff.rules.dates import say_date
from staff.rules.merging import marks

WHY = {  # why we ask, and where to look
    Brought.ALLOCATION: "It says why the case is ours and not the NPS’s. Read the risk section.",
    Brought.RSR: "The score on which the allocation rests, with its date.",
    Brought.REPORT: "What the court was told. Where there is none, the reasons of the court or an earlier report.",
    Brought.ORDER: "The induction explains the requirements or conditions in its words.",
    Brought.RECORD: "The whole list, not the last offence: what happened before says what may happen again.",
    Brought.POLICE: "Call-outs and intelligence, whether or not the offence was domestic. If the court asked, get the answer.",
    Brought.CHILDREN: "Whether any child is known to them. If the court asked, get the answer.",
    Brought.REGISTERS: "Compare what came with what stands on the record, and raise what is not there.",
}


class RecordArrivalForm(GovukForm):
    came_from = forms.ChoiceField(
        label="Where did they come from?",
        help_text="A release from prison leaves one working day for the first appointment, the others five.",
        choices=CameFrom.choices(),
        widget=Radios,
    )
    arrived_on = FlexibleDateField(
        label="On which day did they come to us?",
        help_text="The day of the allocation, the release or the hand-over, not the day on which you heard. The clocks "
        "run from it.",
        past=True,
    )


class BroughtForm(SharedForm):
    """`items`: what is known of each thing; `stands`: what somebody has said, by code."""

    def __init__(self, *args, items, brought, **kwargs):
        stands = {one.value: brought.get(one.value) for one in Brought}
        initial: dict[str, Any] = {}
        for one in items:
            initial |= _initial(one)
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, stands=stands, initial=initial, **kwargs)
        self.shown = {one.what.value: one for one in items}
        for one in items:
            self._ask(one)

    def _ask(self, one):
        code = one.what.value
        undated = one.from_record and one.on is None  # the record shows it, and not since when
        self.ask(f"{code}-came", _day("On which day did it come?", required=not undated))
        self.ask(f"{code}-from", _words("Where is it kept, or who sent it?", required=False))
        self.ask(f"{code}-asked", _day("On which day was it asked for?"))
        self.ask(f"{code}-none", _words("Who says so, or why is it not asked for?"))
        reveals = {
            "came": [f"{code}-came", f"{code}-from"],
            "asked": [f"{code}-asked"],
            "none": [f"{code}-none"],
        }
        states = [(str(state), state.title) for state in BroughtState if state]
        widget = Radios(small=True, reveals=reveals)
        self.ask(code, forms.ChoiceField(label=one.what.title, help_text=WHY[one.what], choices=states, widget=widget, required=False))  # fmt: skip

    def fields_asked(self):
        return [self[code] for code in self.shown]

    def given(self):
        """What was said of each; what the record shows and nobody has changed is left to the record."""
        said = {code: self._said(code) for code in self.shown}
        unsaid = {code for code, one in self.shown.items() if one.from_record and said[code] == _plain(one)}  # fmt: skip
        given = {code: one for code, one in said.items() if code not in unsaid}
        return {"given": given, "seen": self.cleaned_data["seen"]}

    def _said(self, code):
        said = self.cleaned_data
        state = said.get(code)
        if not state:
            return None
        words = said.get(f"{code}-from" if state == "came" else f"{code}-none") or ""
        return {"state": state, "on": said.get(f"{code}-{state}") if state != "none" else None, "words": words}  # fmt: skip

    def show_clashes(self, names, who="", when=""):
        """[Clash] of what both said. Sent again, it writes over what is shown now."""
        self.saw(names)
        found = []
        for code in names:
            self.add_error(code, "Somebody else said something of this while you were writing")
            found.append(Clash(Brought(code).title, in_words(self.stands[code]), f"#id_{code}", who, when))  # fmt: skip
        return found

    def _marks(self):
        return json.dumps(marks(self.stands, self.stands))


class ReadArrivalForm(GovukForm):
    note = LongTextField(
        label="What does the record show of risk?",
        help_text="What they did and to whom, who could be hurt now, what is not known yet, and what is done about it "
        "until it is. It is kept as it is: what you learn later goes into the assessment.",
        rows=8,
        max_length=LONGEST_NOTE,
    )


def in_words(said):
    """What somebody said of a thing, in a line."""
    if not said:
        return "Nothing"
    state = BroughtState(said["state"]).title
    return ". ".join(filter(None, [state, said.get("on", ""), said.get("words", "")]))


def _initial(one):
    code, state = one.what.value, one.state.value
    day = say_date(one.on) if one.on else ""
    words = "from" if state == "came" else "none"
    return {code: state, f"{code}-{state}": day, f"{code}-{words}": one.words} if state else {}


def _plain(one):
    return {"state": one.state.value, "on": one.on, "words": one.words}


def _day(label, required=True):
    return FlexibleDateField(label=label, past=True, required=required)


def _words(label, required=True):
    return forms.CharField(label=label, required=required, max_length=LONGEST_WORDS)

"""What is asked at the end of a case, on one page and saved as one goes; an early end; opening a case again.

Nothing is required while it is prepared: what is missing stands in "still to do" until the case ends. Source:
`cases.rules.endings`.
"""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from cases.reference.endings import BY_HAND, LONGEST, PersonAsked, Tell
from cases.services.reopening import LONGEST as LONGEST_BECAUSE
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, SharedForm
from staff.kit import Clash
from staff.rules.merging import marks

KEEP, CLOSE, TOLD, NOT_NEEDED = "keep", "close", "told", "not_needed"
WHY_ASKED = {  # what is asked in words: label, and why
    "person_words": ("What did they say?", "As they said it."),
    "helped": ("What helped?", "As they see it. It is what the next person is offered."),
    "not_helped": ("What did not help?", "As they see it, of us too."),
    "help": (
        "Where do they go for help from now on?",
        "The names and places that they know of, and whom they ring in a crisis.",
    ),
    "open": (
        "What is still open, and who sees to it?",
        "An answer that comes after the end comes to nobody, unless somebody is named.",
    ),
}
WHY_NOT = {  # {answer: (its box, what it asks)}
    PersonAsked.DECLINED: ("declined", "How were they asked?"),
    PersonAsked.NOT_ASKED: ("unasked", "Why could they not be asked?"),
}


@dataclass(frozen=True)
class Section:
    """A part of the page: its fields, and those that are asked less often."""

    title: str
    lead: str
    fields: list[BoundField]
    others: list[BoundField]
    is_open: bool = False  # something is said in the others, or is to be put right there


class EndingForm(SharedForm):
    """`stands`: what was said so far, by name; `registers`: (key, name) of each; `calls`: {whom: why} of the record."""

    def __init__(self, *args, said, registers, calls, **kwargs):
        self.registers, self.calls = registers, calls
        initial = _initial(said) | kwargs.pop("initial", {})
        super().__init__(*args, stands=said, initial=initial, **kwargs)
        ways = [(one.value, one.title) for one in BY_HAND]
        self.ask("way", _radios("How does it end?", ways))
        for key, name in registers:
            self._ask_flag(f"flag-{key}", name)
        for whom in Tell:
            self._ask_told(f"tell-{whom}", whom, calls.get(whom, ""))
        self._ask_person()
        for code in ("help", "open"):
            self.ask(code, _words(*WHY_ASKED[code]))

    def _ask_flag(self, name, register):
        reveals = {KEEP: [f"{name}-stays", f"{name}-review"], CLOSE: [f"{name}-over"]}
        choices = [(KEEP, "It stays"), (CLOSE, "It is closed")]
        self.ask(f"{name}-stays", _words("Why does it stay?"))
        self.ask(f"{name}-review", _day("When is it looked at again?", future=True))
        self.ask(f"{name}-over", _words("Why is it closed?"))
        self.ask(name, _radios(register, choices, reveals=reveals))

    def _ask_told(self, name, whom, why):
        reveals = {TOLD: [f"{name}-on", f"{name}-words"], NOT_NEEDED: [f"{name}-because"]}
        choices = [(TOLD, "They were told"), (NOT_NEEDED, "They need not be told")]
        hint = f"Called for by {why}." if why else ""
        self.ask(f"{name}-on", _day("When?", past=True))
        self.ask(f"{name}-words", _words("Who was told, and what did they say?"))
        self.ask(f"{name}-because", _words("Why not?"))
        self.ask(name, _radios(whom.title, choices, hint, reveals=reveals))

    def _ask_person(self):
        reveals = {PersonAsked.SAID.value: ["person_words", "helped", "not_helped"]}
        for code in reveals[PersonAsked.SAID.value]:
            self.ask(code, _words(*WHY_ASKED[code]))
        for answer, (box, asks) in WHY_NOT.items():
            self.ask(box, _words(asks))
            reveals[answer.value] = [box]
        hint = "Asked of everybody, at the last meeting or by telephone. Nobody has to answer."
        choices = PersonAsked.choices()
        self.ask("person", _radios("What do they say of it?", choices, hint, reveals=reveals))

    def sections(self):
        """The parts of the page in order."""
        yield Section("How it ends", "", [self["way"]], [])
        yield Section(
            "Registers",
            "nDelius is told by the admin hub, which copies what you say here.",
            [self[f"flag-{key}"] for key, _ in self.registers],
            [],
        )
        called = [self[f"tell-{whom}"] for whom in Tell if whom in self.calls]
        others = [self[f"tell-{whom}"] for whom in Tell if whom not in self.calls]
        yield Section("Who is told", "Nobody is to learn by chance that supervision is over.", called, others, self._says(others))  # fmt: skip
        yield Section("What they say", "", [self["person"]], [])
        yield Section("What is left", "", [self["help"], self["open"]], [])

    def _says(self, fields):
        """Whether anything is said in one of these, or in a box that it reveals, or has to be put right there."""
        begins = tuple(f"{field.name}-" for field in fields)
        names = [field.name for field in fields] + [
            one for one in self.fields if one.startswith(begins)
        ]
        return any(self[name].value() or self[name].errors for name in names)

    def given(self):
        said = self.cleaned_data
        names = ["way", "help", "open", "person"]
        given: dict[str, Any] = {name: said.get(name) or None for name in names}
        given |= {code: said.get(code) or None for code in ("person_words", "helped", "not_helped")}
        given["person_because"] = next(
            (said[box] for box, _ in WHY_NOT.values() if said.get(box)), None
        )
        given |= {f"flag-{key}": self._flag(f"flag-{key}") for key, _ in self.registers}
        given |= {f"tell-{whom}": self._told(f"tell-{whom}") for whom in Tell}
        return {"given": given, "seen": said["seen"]}

    def _flag(self, name):
        said = self.cleaned_data
        if said.get(name) == KEEP:
            day = said.get(f"{name}-review")
            return _kept(True, said.get(f"{name}-stays")) | _review(day)
        return _kept(False, said.get(f"{name}-over")) if said.get(name) == CLOSE else None

    def _told(self, name):
        said = self.cleaned_data
        if said.get(name) == TOLD:
            on = said.get(f"{name}-on")
            words = (said.get(f"{name}-words") or "").strip()
            return {"on": on.isoformat() if on else "", "words": words}
        because = (said.get(f"{name}-because") or "").strip()
        return {"because": because} if said.get(name) == NOT_NEEDED else None

    def show_clashes(self, names, who="", when=""):
        """[Clash] of what both changed. Sent again, it writes over what is shown now."""
        self.saw(names)
        found = []
        for name in names:
            box = name if name in self.fields else "person"
            self.add_error(box, "Somebody else changed this while you were writing")
            label = str(self[box].label)
            found.append(Clash(label, _say(self.stands.get(name)), f"#id_{box}", who, when))
        return found

    def _marks(self):
        names = ["way", "person", "person_because", *WHY_ASKED]
        names += [f"flag-{key}" for key, _ in self.registers] + [f"tell-{whom}" for whom in Tell]
        return json.dumps(marks(self.stands, names))


class EarlyEndForm(GovukForm):
    propose = forms.ChoiceField(
        label="Is the court asked to end the order early?",
        choices=[("yes", "Yes, propose it"), ("no", "No, not now")],
        widget=Radios(
            hints={
                "yes": "You are shown what the court is sent.",
                "no": "It is not asked again of this order.",
            }
        ),
    )
    because = LongTextField(
        label="Why?",
        help_text="What they have done, or what is still to come. They may read it, and so may the court.",
        rows=4,
        max_length=LONGEST,
    )

    def given(self):
        said = self.cleaned_data
        return {"propose": said["propose"] == "yes", "because": said["because"]}


class ReopenForm(GovukForm):
    because = LongTextField(
        label="Why is it opened again?",
        help_text="For example what a court decided. Kept with your name.",
        rows=3,
        max_length=LONGEST_BECAUSE,
    )


def _initial(said):
    found = {code: said.get(code, "") for code in ("way", "person", *WHY_ASKED)}
    if said.get("person") in WHY_NOT:
        found[WHY_NOT[PersonAsked(said["person"])][0]] = said.get("person_because", "")
    for name, value in said.items():
        if name.startswith("flag-"):
            keep = value["keep"]
            box = f"{name}-stays" if keep else f"{name}-over"
            found |= {name: KEEP if keep else CLOSE, box: value["because"]}
            found |= {f"{name}-review": value.get("review_on", "")}
        elif name.startswith("tell-") and "because" in value:
            found |= {name: NOT_NEEDED, f"{name}-because": value["because"]}
        elif name.startswith("tell-"):
            found |= {name: TOLD, f"{name}-on": value["on"], f"{name}-words": value["words"]}
    return found


def _say(value):
    if isinstance(value, dict):
        return "; ".join(str(one) for one in value.values() if one not in ("", True, False))
    return str(value or "")


def _kept(keep, because):
    return {"keep": keep, "because": (because or "").strip()}


def _review(day):
    return {"review_on": day.isoformat()} if day else {}


def _radios(label, choices, hint="", reveals=None):
    widget = Radios(small=True, reveals=reveals or {})
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, widget=widget, required=False
    )


def _words(label, hint=""):
    return LongTextField(
        label=label,
        help_text=hint,
        rows=3,
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
    )


def _day(label, **which):
    return FlexibleDateField(label=label, required=False, **which)

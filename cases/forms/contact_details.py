"""How we get in touch: asked of the person where nobody else hears. Not asked stands apart from no.

Source: product rules, safe contact.
"""

from django import forms

from cases.forms.whole import InWordsForm
from cases.models import Reachable
from cases.queries.contact_details import OFFERED
from cases.reference.contact_details import STANDS_FOR, Asked
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

ANSWERS = Asked.choices()
LONGEST_SAID = 24  # letters of an address that a question repeats; its heading has the whole
YES_NO = {
    "may_text": (
        "May we text them?",
        "“Can we send you texts about appointments? You can say no at any time.”",
    ),
    "may_email": (
        "May we e-mail them?",
        "“Can we send you e-mails about appointments? You can say no at any time.”",
    ),
    "wants_welsh": (
        "Do they want to hear from us in Welsh?",
        "“Would you like Welsh or English?” Reminders then go in Welsh.",
    ),
    "needs_interpreter": (
        "Do they need an interpreter?",
        "Asked of them, never of a relative. Each appointment then asks for one.",
    ),
}


def answered(label, help_text=""):
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=ANSWERS, widget=Radios(inline=True, small=True)
    )


class ContactDetailsForm(InWordsForm):
    """`numbers`, `homes`: as `cases.queries.contact_details` shows them; `stands`: its answers."""

    def __init__(self, *args, numbers, homes, stands, **kwargs):
        super().__init__(*args, stands=stands, initial=stands, **kwargs)
        self.numbers, self.homes = numbers, homes
        for one in numbers:
            self._ask_about(one)
        for name in ("may_text", "may_email"):
            self.ask(name, answered(*YES_NO[name]))
        for home in homes:
            self.ask(f"write_{home.key}", answered(f"Is it safe to write to {home.words}?"))
        for name in ("wants_welsh", "needs_interpreter"):
            self.ask(name, answered(*YES_NO[name]))
        self.ask(
            OFFERED,
            FlexibleDateField(
                label="When were they offered Welsh?",
                past=True,
                required=False,
                help_text="It is offered to everybody once, at induction. Leave it blank if nobody has.",
            ),
        )
        self.ask(
            "first_language",
            forms.CharField(label="First language", required=False, max_length=100),
        )
        self.ask(
            "language_notes",
            LongTextField(
                label="What helps them to follow",
                help_text="Dialect, reading, hearing, who must not interpret for them.",
                required=False,
                rows=2,
                max_length=500,
            ),
        )
        self.initial["seen"] = self._marks()

    def _ask_about(self, one):
        said = one.value if len(one.value) <= LONGEST_SAID else "this address"
        self.ask(
            f"safe_{one.key}",
            answered(
                f"Is it safe to {one.use} {said}?",
                "“Could anybody else see it or pick it up, and would that matter?” Yes only if they say so.",
            ),
        )
        self.ask(
            f"shared_{one.key}",
            forms.CharField(
                label=f"Who else uses {said}?",
                help_text="Leave it blank if nobody does.",
                required=False,
                max_length=200,
            ),
        )
        self.ask(
            f"note_{one.key}",
            forms.CharField(
                label=f"What to know before using {said}",
                help_text="For example: only in the mornings, leave no message.",
                required=False,
                max_length=200,
            ),
        )

    def sections(self):
        """[(heading, its bound fields)] in the order in which they are asked."""
        return [
            *(
                (f"{one.kind}: {one.value}", [self[f"{name}_{one.key}"] for name in ("safe", "shared", "note")])
                for one in self.numbers
            ),
            ("What we may send", [self["may_text"], self["may_email"]]),
            ("Letters", [self[f"write_{home.key}"] for home in self.homes]),
            (
                "Language",
                [self[name] for name in ("wants_welsh", OFFERED, "needs_interpreter", "first_language", "language_notes")],
            ),
        ]  # fmt: skip

    def given(self):
        """As the service takes it: plain values, as they stand in `contact_answers`."""
        said = dict(self.cleaned_data)
        seen = said.pop("seen")
        said[OFFERED] = said[OFFERED].isoformat() if said[OFFERED] else ""
        return {"given": said, "seen": seen}


class AddContactForm(GovukForm):
    kind = forms.ChoiceField(
        label="What is it?", choices=Reachable.Kind.choices, widget=Radios(small=True)
    )
    value = forms.CharField(label="The number or address", max_length=200)
    safe = answered(
        "Is it safe to use?",
        "“Could anybody else see it or pick it up, and would that matter?” Nothing is sent to it until they say yes.",
    )
    shared_with = forms.CharField(
        label="Who else uses it?",
        help_text="Leave it blank if nobody does.",
        required=False,
        max_length=200,
    )
    note = forms.CharField(
        label="What to know before using it",
        help_text="For example: only in the mornings, leave no message.",
        required=False,
        max_length=200,
    )

    def given(self):
        return self.cleaned_data | {"safe": STANDS_FOR[Asked(self.cleaned_data["safe"])]}

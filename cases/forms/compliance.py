"""What staff fill in about somebody who did not come: the call of the same day, and the decision.

Source: product rules, failures.
"""

from django import forms

from cases.forms.meetings import reason_of
from cases.reference.appointments import ACCEPTABLE_ABSENCES, Called, Decided, Safe
from staff.forms import Checkboxes, GovukForm, LongTextField, Radios

NOTE = 4000
ACCEPTED, FAILED = Decided.ACCEPTABLE, Decided.FAILURE


class CallForm(GovukForm):
    called = forms.ChoiceField(
        label="What came of ringing them?",
        choices=Called.choices(),
        widget=Radios(
            reveals={Called.SPOKE: ["safe"]},
            hints={
                Called.MESSAGE: "Your first name and a number to ring. Nothing of probation.",
                Called.NOT_SAFE: "Say below what you did instead.",
            },
        ),
    )
    safe = forms.ChoiceField(
        label="Are they safe?",
        help_text="Ask this first, before why they did not come. If they are not alone, ask only what yes or no answers.",
        choices=Safe.choices(),
        widget=Radios(
            hints={
                Safe.NO: "The senior probation officer is told at once. If anybody is in danger now, ring 999 first."
            }
        ),
    )
    note = LongTextField(
        label="What they said, and what was arranged",
        help_text="In their own words where it matters. This stands in the log.",
        rows=5,
        max_length=NOTE,
        required=False,
    )

    def given(self):
        return {name: self.cleaned_data[name] for name in ("called", "safe", "note")}


class DecideAbsenceForm(GovukForm):
    to = forms.ChoiceField(
        label="What does it come to?",
        widget=Radios(
            hints={
                ACCEPTED: "There was a reason, or we were at fault. Nothing follows.",
                FAILED: "They had no reasonable excuse, and they knew of it.",
            },
        ),
    )
    reason = forms.ChoiceField(label="Which reason?", widget=Radios(small=True))
    orders = forms.MultipleChoiceField(
        label="Which other orders does it fail as well?",
        required=False,
        widget=Checkboxes(small=True),
    )
    excuse = LongTextField(
        label="What reason did they give?",
        help_text="In their own words. Leave it blank where they gave none. Why you do not accept it is asked below.",
        rows=2,
        max_length=NOTE,
        required=False,
    )
    not_waiting = LongTextField(
        label="Why do you not wait?",
        help_text="They may still give a reason. For example, they have told you that they have none.",
        rows=2,
        max_length=NOTE,
    )
    because = LongTextField(
        label="Why do you decide so?",
        help_text="What you took into account, in words that they could be shown.",
        rows=4,
        max_length=NOTE,
    )

    def __init__(self, *args, may_fail, early, absent, own=None, others=(), **kwargs):
        """`may_fail`: it can be a failure; `early`: they may still give a reason; `absent`: nobody came.

        `own`: the order it was under; `others`: those in force that day which it may fail as well.
        """
        super().__init__(*args, **kwargs)
        reveals: dict[str, list[str]] = {ACCEPTED: [], FAILED: []}
        if absent:
            self.offer("reason", [(code, reason_of(code)) for code in ACCEPTABLE_ABSENCES])
            reveals[ACCEPTED].append("reason")
        else:
            del self.fields["reason"]
        if may_fail and others:
            self._ask_which(own, others)
            reveals[FAILED].append("orders")
        else:
            del self.fields["orders"]
        if may_fail:
            reveals[FAILED].append("excuse")
        else:
            del self.fields["excuse"]
        if may_fail and early:
            reveals[FAILED].append("not_waiting")
        else:
            del self.fields["not_waiting"]
        field = self.fields["to"]
        revealed = {option: names for option, names in reveals.items() if names}
        field.widget = Radios(hints=field.widget.hints, reveals=revealed)
        to = [(str(FAILED), FAILED.title)] if may_fail else []
        self.offer("to", [(str(ACCEPTED), ACCEPTED.title), *to])

    def _ask_which(self, own, others):
        """An absence may fail several orders at once, and each is answered by itself."""
        self.offer("orders", [(str(row.key), row.words) for row in others])
        field = self.fields["orders"]
        if own:
            field.help_text = f"It fails {own.words}. Tick each other order whose terms it broke too: each is answered by itself."
        else:
            field.label = "Which order does it fail?"
            field.help_text = "What the appointment was under was not enforced that day."

    def given(self):
        said = self.cleaned_data
        return {
            "to": said["to"],
            "because": said["because"],
            "reason": said.get("reason", ""),
            "not_waiting": said.get("not_waiting", ""),
            "excuse": said.get("excuse", ""),
            "orders": [int(key) for key in said.get("orders") or ()],
        }

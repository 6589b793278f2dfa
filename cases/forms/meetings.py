"""What staff fill in about an appointment: what came of it and when the next is, what to talk about, putting it right.

Source: features rows 57 to 62; ui.md (contact recording is designed at 400 px first).
"""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone

from cases.reference.appointments import ACCEPTABLE_ABSENCES, MOVED, OUTCOMES
from cases.rules.meeting_notes import with_headings
from cases.rules.outcomes import KEPT, KEPT_VOLUNTARY, MOST_NOTES, follows
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
)

REASON = 500
ACCEPTED, MOVED_EARLIER = "accepted", "moved"  # each stands for several outcomes
TAKEN_BACK = "taken_back"
FOLLOW_UP = ("became_aware_on", "reason", "moved", "rar_day")  # asked where an outcome calls for it
OTHER_TIME, BOOKED_ALREADY, NOT_NOW = "other", "booked", "none"
NOTES_HELP = (
    "What was said and done, as it would help whoever sees them next. There is no length to reach; "
    "a heading left empty is not kept."
)

KEPT_BEFORE = "Chosen because you kept your last notes of this kind from them. Change it if these may be shown."
SHOWN_BEFORE = (
    "Not chosen, as you last chose for this kind of contact. Notes are part of their record, which they may "
    "ask to see."
)
ASKED_ANEW = (
    "Notes are part of their record, which they may ask to see. Keep them back only where somebody could "
    "be harmed."
)


class NotesForm(GovukForm):
    """One with notes, in which headings may be put."""

    def put_in_headings(self):
        """The same form with the headings in its notes, and nothing said of what is not filled in yet."""
        data: Any = self.data
        self.data = data = data.copy()
        written = data.get("notes", "").replace("\r\n", "\n")
        data["notes"] = with_headings(written)
        self.withhold_errors()


class OutcomeForm(NotesForm):
    """What came of it. Several outcomes that say why somebody was excused are one choice that asks which."""

    outcome = forms.ChoiceField(label="What happened?", widget=Radios())
    became_aware_on = FlexibleDateField(
        label="When did we come to know?",
        help_text="The day to ring them, and the days we have to act, count from it.",
        past=True,
    )
    reason = forms.ChoiceField(label="Which reason?", widget=Radios(small=True))
    moved = forms.ChoiceField(
        label="Who asked for another time?",
        choices=[(code, by.title) for by, code in MOVED.items()],
        widget=Radios(small=True),
    )
    rar_day = forms.BooleanField(label="It counts as a rehabilitation activity day", required=False)
    notes = LongTextField(
        label="Notes", help_text=NOTES_HELP, rows=8, max_length=MOST_NOTES, required=False
    )

    def __init__(self, *args, outcomes, rar, **kwargs):
        """`outcomes`: those that apply; `rar`: whether a day may be credited for it."""
        super().__init__(*args, **kwargs)
        choices, hints, reveals = _choices(outcomes, rar)
        field = self.fields["outcome"]
        field.widget = Radios(hints=hints, reveals=reveals)
        self.offer("outcome", choices)
        codes = [one.code for one in outcomes]
        excused = [(code, reason_of(code)) for code in ACCEPTABLE_ABSENCES if code in codes]
        self.offer("reason", excused)
        asked = {name for names in reveals.values() for name in names}
        for name in FOLLOW_UP:
            if name not in asked:
                del self.fields[name]

    def given(self):
        said = self.cleaned_data
        outcome = said["outcome"]
        if outcome == ACCEPTED:
            outcome = said["reason"]
        elif outcome == MOVED_EARLIER:
            outcome = said["moved"]
        return {
            "outcome": outcome,
            "became_aware_on": said.get("became_aware_on"),
            "rar_day": said.get("rar_day", False),
            "notes": said["notes"],
        }


class QuickOutcomeForm(OutcomeForm):
    """In a list: what came of it, and no more."""

    sensitive = forms.BooleanField(label="Keep these notes from the person", required=False)

    def __init__(self, *args, why_sensitive, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sensitive"].help_text = why_sensitive

    def given(self):
        return super().given() | {"sensitive": self.cleaned_data["sensitive"]}


class MeetingForm(QuickOutcomeForm):
    """The whole of a meeting on one page."""

    objectives = forms.MultipleChoiceField(
        label="Which objectives did you work on?", widget=Checkboxes(small=True), required=False
    )
    next = forms.ChoiceField(label="When do you see them next?", widget=Radios())
    next_on = FlexibleDateField(label="Which day?", future=True)
    next_time = FlexibleTimeField(label="What time?")

    def __init__(self, *args, objectives, coming, again, **kwargs):
        """`objectives`: (key, words); `coming`: what is booked already; `again`: `meeting_page.Again` times."""
        super().__init__(*args, **kwargs)
        self.again = {one.code: one for one in again}
        self.offer("objectives", objectives)
        if not objectives:
            del self.fields["objectives"]
        self._offer_next(coming, again)
        self.order_fields(
            ["outcome", "became_aware_on", "reason", "moved", "rar_day", "notes", "objectives", "sensitive"]
        )  # fmt: skip

    def _offer_next(self, coming, again):
        choices = [(BOOKED_ALREADY, f"Booked already: {coming}")] if coming else []
        choices += [(one.code, one.words) for one in again]
        if again:
            choices.append((OTHER_TIME, "Another day or time"))
        choices.append((NOT_NOW, "Not now"))
        hints = {one.code: one.beside for one in again if one.beside}
        hints[NOT_NOW] = "Nothing is booked, and nothing reminds you: book it once you know when."
        self.fields["next"].widget = Radios(
            hints=hints, divider_before=NOT_NOW, reveals={OTHER_TIME: ["next_on", "next_time"]}
        )
        self.offer("next", choices)

    def given(self):
        chosen, said = self.cleaned_data["next"], self.cleaned_data
        known = super().given() | {
            "objectives": [int(key) for key in said.get("objectives", [])],
            "next_at": None,
        }
        if chosen in self.again:
            return known | {
                "next_at": self.again[chosen].at,
                "seen": tuple(self.again[chosen].codes),
            }
        if chosen == OTHER_TIME:
            zone = get_current_timezone()
            return known | {"next_at": datetime.combine(said["next_on"], said["next_time"], zone)}
        return known


class CorrectOutcomeForm(QuickOutcomeForm):
    because = LongTextField(
        label="Why is it put right?",
        help_text="What stood before is kept, with this beside it.",
        rows=2,
        max_length=REASON,
    )

    def __init__(self, *args, ahead, **kwargs):
        """`ahead`: it is still to come, so that it may be taken back."""
        super().__init__(*args, **kwargs)
        if ahead:
            stands = (TAKEN_BACK, "Take it back: they can come after all")
            field: Any = self.fields["outcome"]
            self.offer("outcome", [*field.choices, stands])

    def takes_back(self):
        return self.cleaned_data["outcome"] == TAKEN_BACK

    def given(self):
        said = super().given() | {"because": self.cleaned_data["because"]}
        kept = ("notes", "sensitive", "because") if self.takes_back() else said
        return {name: said[name] for name in kept}


class PrepareForm(GovukForm):
    prepared = LongTextField(
        label="What to talk about",
        help_text="For whoever sees them. The person is not shown it.",
        rows=5,
        max_length=MOST_NOTES,
        required=False,
    )


def _choices(outcomes, rar):
    """(choices, hints, reveals) of the radios: what excuses somebody is one choice, and so is moving it."""
    choices, hints = [], {}
    reveals: dict[str, list[str]] = {}
    for one in outcomes:
        if one.code in ACCEPTABLE_ABSENCES:
            code, words, hint = ACCEPTED, "Absent with good reason", ""
            reveals[ACCEPTED] = ["reason"]
        elif one.code in MOVED.values():
            code, words, hint = MOVED_EARLIER, "It had been moved to another time", ""
            reveals[MOVED_EARLIER] = ["moved"]
        else:
            code, words, hint = one.code, one.title, one.hint
        if (code, words) not in choices:
            choices.append((code, words))
            hints[code] = hint
        if follows(one).call:
            reveals[code] = ["became_aware_on"]
        elif rar and code in {KEPT, KEPT_VOLUNTARY}:
            reveals[code] = ["rar_day"]
    return choices, {code: hint for code, hint in hints.items() if hint}, reveals


def reason_of(code):
    """ "Absent with good reason: health" under that choice: "Health"."""
    title = OUTCOMES[code].title
    reason = title.partition(": ")[2] or title
    return reason[:1].upper() + reason[1:]


def why_sensitive(kept):
    """Why the box stands as it does. `kept`: what this member of staff chose last; None: nothing yet."""
    return {True: KEPT_BEFORE, False: SHOWN_BEFORE}.get(kept, ASKED_ANEW)

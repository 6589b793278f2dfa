"""What staff say of a meeting of agencies: the invitation, our report, how we took part, and that the minutes came.

Source: supervision reference 3.3; report 2.3 (neither who nor by when) and 3.3 (meetings without minutes).
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.reference.agency_meetings import AgencyMeetingKind, TookPart
from cases.rules.uploads import LARGEST
from staff.forms import (
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
)

MOST_ACTIONS = 4  # at once; more are added on a page of their own
LONGEST_MINUTES = 60_000  # letters


def moment(day, time):
    """The moment by the clock here; None where no day is given."""
    return datetime.combine(day, time, get_current_timezone()) if day else None


class _WhenForm(GovukForm):
    held_on = FlexibleDateField(label="On which day is it, or was it?")
    held_time = FlexibleTimeField(label="At what time?")
    where = forms.CharField(
        label="Where, or how do you join?",
        help_text="So that whoever covers for you can go in your place.",
        max_length=200,
    )
    chair = forms.CharField(
        label="Who chairs it?",
        help_text="Name, agency and how to reach them. Whom to ask for the minutes. Leave it blank if you do not know.",
        max_length=200,
        required=False,
    )
    report_by_on = FlexibleDateField(
        label="By when is our report asked for?",
        help_text="It is owed by that day. Leave it blank if no report is asked for.",
        required=False,
    )

    def when(self):
        said = self.cleaned_data
        return {
            "held_at": moment(said["held_on"], said["held_time"]),
            "where": said["where"],
            "chair": said["chair"],
            "report_by_on": said["report_by_on"],
        }


class MeetingForm(_WhenForm):
    kind = forms.ChoiceField(
        label="What kind of meeting is it?",
        choices=AgencyMeetingKind.choices(),
        widget=Radios(
            hints={
                str(AgencyMeetingKind.MARAC): "The person must never learn of it",
                str(
                    AgencyMeetingKind.CORE_GROUP
                ): "Follows a child protection conference, usually every 6 weeks",
            }
        ),
    )
    about = forms.ChoiceField(
        label="Whom is it about?",
        help_text="A conference is about a child. If the child or adult is not listed, add them to the people around this person first.",
        required=False,
    )
    invited_on = FlexibleDateField(label="When were we asked?", past=True)
    field_order = ("kind", "about", "held_on", "held_time", "where", "chair", "invited_on", "report_by_on")  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("about", [("", "The person on probation themselves"), *people])

    def given(self):
        said = self.cleaned_data
        return {**self.when(), "kind": said["kind"], "invited_on": said["invited_on"]}

    def about_whom(self):
        """The key of the person it is about; None: whoever is on probation."""
        return int(self.cleaned_data["about"]) if self.cleaned_data["about"] else None


class MoveMeetingForm(_WhenForm):
    field_order = ("held_on", "held_time", "where", "chair", "report_by_on")

    def given(self):
        return self.when()


class CallOffMeetingForm(GovukForm):
    because = LongTextField(
        label="Why was it called off, and who told us?",
        help_text="Whoever reads the record later asks why nobody met.",
        rows=3,
        max_length=300,
    )


class MeetingReportForm(GovukForm):
    on = FlexibleDateField(label="When was it sent?", past=True)
    words = LongTextField(
        label="What did it say, in short?",
        help_text="A sentence or two, so that whoever goes to the meeting can stand by it.",
        rows=4,
        max_length=500,
    )


class SaidForm(GovukForm):
    """How we took part and what follows. `again`: it was said before and is put right."""

    took_part = forms.ChoiceField(
        label="How did we take part?",
        choices=[(str(one), one.title) for one in TookPart if one],
        widget=Radios(reveals={TookPart.WENT: ["went"]}),
    )
    went = forms.ChoiceField(label="Who was there?")
    came_to = LongTextField(
        label="What was decided?",
        help_text="In your own words, and who told you if nobody went. If nothing was sent or it was not held, say why. It is read on the case; what other agencies said belongs in the minutes.",
        rows=5,
        max_length=4000,
    )
    nothing_for_us = forms.BooleanField(
        label="There is nothing for us to do",
        required=False,
    )
    next_on = FlexibleDateField(
        label="On which day does it meet again?",
        help_text="The next meeting is recorded in this step. Leave it blank if no day is set.",
        required=False,
        future=True,
    )
    next_time = FlexibleTimeField(label="At what time?", required=False)
    next_where = forms.CharField(
        label="Where, if it is not the same place?", max_length=200, required=False
    )

    def __init__(self, *args, staff, again, **kwargs):
        super().__init__(*args, **kwargs)
        self.staff = {str(one.pk): one for one in staff}
        self.offer("went", [("", "Choose"), *((key, one.name) for key, one in self.staff.items())])
        for n in range(1, MOST_ACTIONS + 1):
            self._ask_action(n)
        if again:  # what we are to do, and the next day, are said already
            for name in ("nothing_for_us", *(name for n in range(1, MOST_ACTIONS + 1) for name in _names(n))):  # fmt: skip
                del self.fields[name]

    def _ask_action(self, n):
        what, by_whom, by_on = _names(n)
        self.ask(what, forms.CharField(label=f"What are we to do?{_nth(n)}", max_length=500, required=False))  # fmt: skip
        self.ask(
            by_whom, forms.CharField(label=f"By whom?{_nth(n)}", max_length=200, required=False)
        )
        self.ask(by_on, FlexibleDateField(label=f"By when?{_nth(n)}", future=True, required=False))

    def asked(self):
        """How we took part and what was decided, for the page to place first."""
        return [self[name] for name in ("took_part", "came_to")]

    def first_action(self):
        """The fields of the first thing we are to do; the others are folded away."""
        return [self[name] for name in _names(1)]

    def more_actions(self):
        return [[self[name] for name in _names(n)] for n in range(2, MOST_ACTIONS + 1)]

    def has_more_actions(self):
        """Whether something is in the part that is folded away, so that the page leaves it open."""
        return any(field.value() or field.errors for one in self.more_actions() for field in one)

    def following(self):
        return [self[name] for name in ("next_on", "next_time", "next_where")]

    def clean(self):
        said = self.cleaned_data
        for n in range(1, MOST_ACTIONS + 1):
            given = [said.get(name) for name in _names(n)]
            if any(given) and not all(given):
                first = next(name for name, one in zip(_names(n), given, strict=True) if not one)
                if first not in self.errors:
                    self.add_error(first, f"Say what, by whom and by when for number {n}, or clear all three")  # fmt: skip
        if said.get("next_on") and not said.get("next_time") and "next_time" not in self.errors:
            self.add_error("next_time", "Enter the time of the next meeting")

    def given(self):
        said = self.cleaned_data
        rows = [[said.get(name) for name in _names(n)] for n in range(1, MOST_ACTIONS + 1)]
        return {
            "took_part": said["took_part"],
            "went": self.staff.get(said["went"]),
            "came_to": said["came_to"],
            "actions": [tuple(row) for row in rows if all(row)],
            "nothing_for_us": bool(said.get("nothing_for_us")),
            "next_at": moment(said["next_on"], said["next_time"]),
            "next_where": said["next_where"],
        }


class MinutesForm(GovukForm):
    on = FlexibleDateField(label="When did they come?", past=True)
    text = LongTextField(
        label="The minutes",
        help_text="Paste them, or attach the file below. If none are made of this meeting, say so and who told us.",
        rows=10,
        max_length=LONGEST_MINUTES,
        required=False,
    )
    attached = forms.FileField(
        label="The file",
        help_text="A PDF, text, e-mail or picture.",
        required=False,
    )

    def given(self):
        file = self.cleaned_data["attached"]
        return {
            "on": self.cleaned_data["on"],
            "text": self.cleaned_data["text"],
            "attached": file.read(LARGEST + 1) if file else None,
        }


def _nth(n):
    """Told apart from the first, which stands by itself."""
    return f" Number {n}" if n > 1 else ""


def _names(n):
    return f"what_{n}", f"by_whom_{n}", f"by_on_{n}"

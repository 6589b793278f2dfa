"""What is filled in on a register: how somebody worked and left, why they did not come, what is put right.

Drawn to be filled in within twenty seconds a person: what the session already says stands there. Source: unpaid work
reference 7 and 9.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.reference.appointments import OUTCOMES
from staff.forms import Checkboxes, FlexibleTimeField, GovukForm, LongTextField, Radios
from unpaidwork.reference.sessions import LEFT_WITHOUT_LEAVE, WITHOUT_LEAVE, Came, Grade, Skill
from unpaidwork.rules.register import EXCUSED, LONGEST_TASK, MOST_NOTE, Said

OTHER = "other"
NOT_KNOWN = ("", "Not known: their officer rings today and decides")
NOTE = "What the officer should know. Name nobody but the person themselves."
LEAVING = (Came.LEFT, Came.SENT_HOME, Came.NO_WORK)
LEFT_EARLY = "left_early"  # Came.LEFT, and that nobody had let them go
ENDINGS = [
    (Came.LEFT.value, Came.LEFT.title),
    (LEFT_EARLY, LEFT_WITHOUT_LEAVE),
    *((one.value, one.title) for one in LEAVING[1:]),
]
ENDING_HINTS = {
    Came.LEFT.value: "Or went earlier with leave: enter when, and say why in the note.",
    LEFT_EARLY: "Enter when, and say in the note how. Their officer decides what it comes to.",
}


class NoteForm(GovukForm):
    """A note, and whether it is kept from the person. `day`: when the session is."""

    note = LongTextField(label="Note", help_text=NOTE, rows=3, max_length=MOST_NOTE, required=False)
    sensitive = forms.BooleanField(
        label="Keep this note from the person. Once it is ticked it stays so", required=False
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def on_the_day(self, name):
        """A time of the form as a moment of the day of the session."""
        time = self.cleaned_data.get(name)
        on = self.day.starts_at.date()
        return datetime.combine(on, time, get_current_timezone()) if time else None


class NotComeForm(NoteForm):
    """They did not come. `excuses`: the reader may say that it had a good reason."""

    field_order = ("outcome", "note", "sensitive")

    def __init__(self, *args, excuses, **kwargs):
        super().__init__(*args, **kwargs)
        if excuses:
            known = [(code, OUTCOMES[code].title) for code in EXCUSED]
            asked = forms.ChoiceField(
                label="Why?", choices=[NOT_KNOWN, *known], widget=Radios(small=True), required=False
            )
            self.ask("outcome", asked)
        self.fields[
            "note"
        ].help_text = "What they told you, and how. Leave it blank if nobody heard."
        self.order_fields(self.field_order)

    def given(self):
        given = self.cleaned_data
        return {
            "outcome": given.get("outcome", ""),
            "note": given["note"],
            "sensitive": given["sensitive"],
        }


class WorkedForm(NoteForm):
    """What they did and how, with what the session says already standing there. `tasks`: what is done on this site."""

    task = forms.ChoiceField(label="What did they do?", widget=Radios(), required=False)
    task_other = forms.CharField(label="What was it?", max_length=LONGEST_TASK, required=False)
    quality = forms.ChoiceField(
        label="How did they work?",
        choices=Grade.choices(),
        widget=Radios(inline=True),
        required=False,
    )
    behaviour = forms.ChoiceField(
        label="How did they behave?",
        choices=Grade.choices(),
        widget=Radios(inline=True),
        required=False,
    )
    skills = forms.MultipleChoiceField(
        label="What did they practise?",
        help_text="Whatever they could put on an application. You may leave this out.",
        choices=Skill.choices(),
        widget=Checkboxes(small=True),
        required=False,
    )
    hi_vis = forms.BooleanField(label="Wore hi-vis clothing", required=False)
    intensive = forms.BooleanField(label="Worked as part of an intensive week", required=False)
    arrived_at = FlexibleTimeField(label="Arrived at", help_text="", required=False)
    left_at = FlexibleTimeField(label="Left at", help_text="", required=False)
    break_minutes = forms.IntegerField(
        label="Minutes of break", min_value=0, max_value=600, required=False
    )
    penalty_minutes = forms.IntegerField(
        label="Minutes not to be credited",
        help_text="Such as for arriving late from a break. Say why in the note.",
        min_value=0,
        max_value=600,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tasks = [(one, one) for one in self.day.tasks]
        self.offer("task", [*tasks, (OTHER, "Something else")])
        self.fields["task"].widget.reveals = {OTHER: ["task_other"]}

    def worked(self, came, **more):
        """What is said of somebody who was there."""
        given = self.cleaned_data
        task = given["task_other"] if given["task"] == OTHER else given["task"]
        known = {
            "left_at": self.on_the_day("left_at"),
            "arrived_at": self.on_the_day("arrived_at"),
            "break_minutes": given["break_minutes"] or 0,
            "penalty_minutes": given["penalty_minutes"] or 0,
            "hi_vis": given["hi_vis"],
            "intensive": given["intensive"],
            "quality": given["quality"],
            "behaviour": given["behaviour"],
            "task": task or "",
            "skills": tuple(given["skills"]),
        }
        if came == Came.NO_WORK:
            known |= {"quality": "", "behaviour": ""}
        return Said(came, **known, **more)

    def ended(self, **more):
        """What is said of somebody who was there, as they chose among `ENDINGS`."""
        if self.cleaned_data["came"] == LEFT_EARLY:
            return self.worked(Came.LEFT, outcome=WITHOUT_LEAVE, **more)
        return self.worked(Came(self.cleaned_data["came"]), **more)


class LeaveForm(WorkedForm):
    """How one person left."""

    came = forms.ChoiceField(
        label="How does it end?",
        choices=ENDINGS,
        widget=Radios(hints=ENDING_HINTS),
    )
    field_order = (
        "came", "task", "task_other", "quality", "behaviour", "skills", "hi_vis", "intensive", "arrived_at",
        "left_at", "break_minutes", "penalty_minutes", "note", "sensitive",
    )  # fmt: skip

    def given(self):
        given = self.cleaned_data
        kept = {"note": given["note"], "sensitive": given["sensitive"]}
        return {"said": self.ended(**kept)}


class CorrectForm(WorkedForm):
    """How it came out after all, and why what stood is put right. `excuses`: as for `NotComeForm`."""

    came = forms.ChoiceField(
        label="How did it come out?",
        choices=[*ENDINGS, (Came.NOT_COME.value, Came.NOT_COME.title)],
        widget=Radios(hints=ENDING_HINTS),
    )
    because = forms.CharField(
        label="Why is it put right?",
        help_text="What stood is kept with your reason.",
        max_length=500,
    )
    field_order = ("came", "outcome", *LeaveForm.field_order[1:], "because")

    def __init__(self, *args, excuses, **kwargs):
        super().__init__(*args, **kwargs)
        if excuses:
            known = [(code, OUTCOMES[code].title) for code in EXCUSED]
            asked = forms.ChoiceField(
                label="If they did not come: why?", choices=[NOT_KNOWN, *known], required=False
            )
            self.ask("outcome", asked)
        self.order_fields(self.field_order)

    def given(self):
        given = self.cleaned_data
        kept = {"note": given["note"], "sensitive": given["sensitive"]}
        if given["came"] == Came.NOT_COME:
            said = Said(Came.NOT_COME, outcome=given.get("outcome", ""), **kept)
        else:
            said = self.ended(**kept)
        return {"said": said, "because": given["because"]}


class LeaveTogetherForm(WorkedForm):
    """Those who leave at once. `people`: (key and version, name) of those who are here."""

    who = forms.MultipleChoiceField(
        label="Who leaves?",
        help_text="Take the tick away from whoever stays, or of whom something else is to be said.",
        widget=Checkboxes(),
    )
    field_order = ("who", "task", "task_other", "quality", "behaviour", "skills", "hi_vis", "left_at", "break_minutes")  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("note", "sensitive", "arrived_at", "penalty_minutes", "intensive"):
            del self.fields[name]
        self.offer("who", people)
        self.order_fields(self.field_order)

    def clean(self):
        self.cleaned_data |= {"penalty_minutes": 0, "intensive": False}

    def given(self):
        pairs = (one.split("-") for one in self.cleaned_data["who"])
        versions = {int(key): int(version) for key, version in pairs}
        return {"versions": versions, "said": self.worked(Came.LEFT)}


class StandDownForm(GovukForm):
    because = forms.CharField(
        label="Why is there no work?",
        help_text="Such as: the van broke down; no supervisor; the site is flooded. It is counted as ours.",
        max_length=300,
    )


class TravelForm(GovukForm):
    """What each way took, or that it does not count."""

    counts = forms.ChoiceField(
        label="Does the travel to that session count?",
        choices=[("yes", "Yes"), ("no", "No, not eligible this time")],
        widget=Radios(reveals={"yes": ["there", "back"]}),
    )
    there = forms.IntegerField(label="Minutes there", min_value=0, max_value=300)
    back = forms.IntegerField(label="Minutes back", min_value=0, max_value=300)

    def given(self):
        given = self.cleaned_data
        return {"there": given["there"] or 0, "back": given["back"] or 0}

"""What staff fill in about hours: entries of the ledger, travel, courses, how it is worked, looking back.

Source: unpaid work reference 2 and 7; report 4.1.
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField
from unpaidwork.forms.durations import MinutesField
from unpaidwork.reference.work import Adjusts, ReviewPoint, Runs
from unpaidwork.rules.adjusting import OFFERED, signed

SHORT = 300
LONG = 4000
ADDS, TAKES = "adds", "takes"


def asked_first(form):
    """The fields that are always asked; the rest are drawn under the option that reveals them."""
    return [form[name] for name in form.fields if name not in form.revealed_fields()]


class AdjustForm(GovukForm):
    reason = forms.ChoiceField(
        label="Why do the hours change?",
        choices=[(one.value, one.title) for one in OFFERED],
        widget=Radios(
            hints={
                Adjusts.COURT_ADDED: "For a breach, or on an application. More is to be worked.",
                Adjusts.COURT_TAKEN: "On an application. Less is to be worked.",
                Adjusts.ELSEWHERE: "Before they came to us, or for another area. It counts as worked.",
                Adjusts.ERROR: "An entry is never changed: this one puts it right.",
            },
            reveals={Adjusts.ERROR: ["way"]},
        ),
    )
    way = forms.ChoiceField(
        label="Which way?",
        choices=[
            (ADDS, "More was worked than is credited"),
            (TAKES, "Less was worked than is credited"),
        ],
        widget=Radios(),
    )
    minutes = MinutesField(label="How long?")
    on = FlexibleDateField(label="On which day?", past=True)
    note = forms.CharField(
        label="Say in a line what it rests on",
        error_messages={"required": "Say in a line what it rests on"},
        help_text="For example: Reading Magistrates, 3 May 2018, breach proved, 20 hours added.",
        max_length=SHORT,
    )

    def given(self):
        said = self.cleaned_data
        minutes = signed(said["reason"], said["minutes"], said["way"] == TAKES)
        return {
            "reason": said["reason"],
            "minutes": minutes,
            "on": said["on"],
            "note": said["note"],
        }


class TravelForm(GovukForm):
    attendance = forms.ChoiceField(label="Which session?", widget=Radios())
    there = MinutesField(label="How long did it take them to get there?")
    back = MinutesField(label="And back?")
    note = forms.CharField(
        label="What shows it?",
        help_text="For example: bus tickets seen. Left blank, the times are kept.",
        max_length=SHORT,
        required=False,
    )

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = {str(one.pk): one for one in sessions}
        self.offer("attendance", [(key, _session(one)) for key, one in self.sessions.items()])

    def given(self):
        said = self.cleaned_data
        return said | {"attendance": self.sessions[said["attendance"]]}


def _session(one):
    return f"{one.session.on:%A} {one.session.on.day} {one.session.on:%B %Y}, {one.session.project.name}"


class CourseForm(GovukForm):
    provider = forms.CharField(label="Whose course was it?", max_length=200)
    title = forms.CharField(label="What was it called?", max_length=200)
    reference = forms.CharField(
        label="The provider’s reference",
        help_text="By it the same course is not counted twice. Leave it blank if there is none.",
        max_length=100,
        required=False,
    )
    expected_minutes = MinutesField(label="How long is the course meant to take?")
    taken_minutes = MinutesField(label="How long did it take them?")
    finished_on = FlexibleDateField(label="When did they finish it?", past=True)


class DecideCourseForm(GovukForm):
    credit = YesNoField(label="Does it count?")
    because = LongTextField(
        label="Why?",
        help_text="Needed where it does not count, and where it looks like one they already have.",
        rows=3,
        max_length=SHORT,
        required=False,
    )


class IntensiveForm(GovukForm):
    intensive = YesNoField(
        label="Do they work intensively, 28 hours a week?",
        help_text="For people without work who can. Ask about caring, health, faith and appointments first.",
        widget=Radios(inline=True, reveals={"no": ["weekly_minutes"]}),
    )
    weekly_minutes = MinutesField(label="How long a week is offered?")
    because = LongTextField(
        label="Why?",
        help_text="What they say about it, and what 28 hours would do to them.",
        rows=3,
        max_length=SHORT,
    )

    def given(self):
        said = self.cleaned_data
        return said | {"weekly_minutes": said["weekly_minutes"] or 0}


class BecauseForm(GovukForm):
    """A reason, asked in its own words."""

    because = LongTextField(label="Why?", rows=3, max_length=SHORT)

    def __init__(self, *args, label, hint="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["because"]
        field.label, field.help_text = label, hint
        self.ask("because", field)


class RunsForm(GovukForm):
    runs = forms.ChoiceField(
        label="How does it run?",
        choices=Runs.choices(),
        widget=Radios(
            hints={
                Runs.CONCURRENT: "An hour worked counts for both.",
                Runs.CONSECUTIVE: "The other one is worked first.",
            },
        ),
    )
    beside = forms.ChoiceField(
        label="Which other requirement of theirs?",
        help_text="Where it runs at the same time as another, or after it.",
        required=False,
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): (one, words) for one, words in others}
        choices = [(key, words) for key, (_, words) in self.others.items()]
        self.offer("beside", [("", "Choose"), *choices])

    def given(self):
        said = self.cleaned_data
        chosen = self.others.get(said["beside"])
        return {"runs": said["runs"], "beside": chosen[0] if chosen else None}


class ExtensionForm(GovukForm):
    did = forms.ChoiceField(
        label="What was done?",
        choices=[
            ("extended", "The court gave more time"),
            ("proposed", "An application is proposed or made"),
            ("not", "No application, because"),
        ],
        widget=Radios(reveals={"extended": ["extended_to"]}),
    )
    extended_to = FlexibleDateField(
        label="To be worked by",
        help_text="Not of a supervision default order: that is worked before supervision ends.",
        future=True,
    )
    words = LongTextField(
        label="What was said and by whom?",
        help_text="It stands in the log of contact.",
        rows=4,
        max_length=LONG,
    )

    def given(self):
        said = self.cleaned_data
        return {"extended_to": said["extended_to"], "words": said["words"]}


class ReviewForm(GovukForm):
    """Looking back with the person. `points`: (key of the work and the point, in words), those that are owed first."""

    point = forms.ChoiceField(label="Which point have they reached?", widget=Radios())
    held_on = FlexibleDateField(label="When did you talk?", past=True)
    their_words = LongTextField(
        label="What do they say they have got out of it?",
        help_text="In their own words. They stand in the closing report.",
        rows=4,
        max_length=LONG,
        required=False,
    )
    their_words_absent = forms.CharField(
        label="If their view is not here, why not?",
        help_text="For example: asked on 3 May, and did not want to say.",
        max_length=SHORT,
        required=False,
    )
    strengths = LongTextField(
        label="What has grown?",
        help_text="A strength or a skill, and what was seen that shows it. For example: comes on time since March; "
        "showed two new people how to lay slabs.",
        rows=4,
        max_length=LONG,
    )
    next = LongTextField(
        label="What changes from here?",
        help_text="Another task, a course, more or fewer hours a week, what worries them.",
        rows=3,
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {f"{work.pk}-{point}": (work, point) for work, point, _ in points}
        choices = [(f"{work.pk}-{point}", words) for work, point, words in points]
        self.offer("point", choices)
        if len(choices) == 1:
            self.fields["point"].initial = choices[0][0]

    def given(self):
        said = dict(self.cleaned_data)
        work, point = self.points[said["point"]]
        return said | {"work": work, "point": ReviewPoint(point)}

"""When somebody can come: their usual week, what they are tied to, and what they say of a place."""

from typing import Any, NamedTuple

from django import forms

from cases.queries.names import Names
from cases.rules.hours import DAYS, say_hours, understand_hours
from cases.rules.travel import Mode
from grid.queries.week_page import WOMEN_ONLY, time_words, times_of
from grid.reference.groups import CanGo
from grid.reference.parts_of_day import PartOfDay
from grid.rules.said_weeks import LONGEST_NOTE, LONGEST_WORDS
from staff.errors import RuleBroken
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
    YesNoField,
)
from staff.kit import Clash

EVERY_WEEK, ONCE, NEITHER = "weekly", "once", "neither"
SLOTS = [(f"{day}-{part}", f"{name}, {part.title.lower()}") for day, name in enumerate(DAYS) for part in PartOfDay]  # fmt: skip


class Box(NamedTuple):
    """A box to tick, as the table of the page draws it."""

    id: str
    value: str
    part: str
    checked: bool


class WeekForm(GovukForm):
    """`woman`: whether she is asked about groups for women alone."""

    week = forms.IntegerField(widget=forms.HiddenInput, required=False)
    free = forms.MultipleChoiceField(
        label="When can they come in a usual week?",
        help_text="Tick a part of the day only if they could come at any time of it, the way there and back included. "
        "Where they can come at certain hours alone, write these instead.",
        choices=SLOTS,
        required=False,
    )
    by_way_of = forms.ChoiceField(
        label="How do they get about?",
        help_text="From this and where they live we estimate how long they are on the way, so that nobody is sent too far.",
        choices=Mode.choices(),
        widget=Radios(small=True),
    )
    women_only = YesNoField(
        label="Does she want groups for women alone?",
        help_text="Ask her where nobody else hears. With yes she is never offered a group to which men come. Leave it if she "
        "has not been asked.",
        required=False,
    )
    note = LongTextField(
        label="What else to know of their week",
        help_text="For example shifts that change, or who minds the children. Leave it blank if there is nothing.",
        required=False,
        rows=2,
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args: Any, woman: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, day in enumerate(DAYS):
            self.ask(
                hours_name(weekday),
                forms.CharField(label=f"{day}, exact hours", max_length=200, required=False),
            )
        if not woman:
            del self.fields["women_only"]

    def days(self):
        """[(day, its boxes, the box of its exact hours)], as the page draws them."""
        free = self["free"]
        chosen = {str(one) for one in free.value() or ()}
        boxes = [
            Box(
                id=f"{free.auto_id}_{at}" if at else free.auto_id,
                value=value,
                part=PartOfDay(value.partition("-")[2]).title,
                checked=value in chosen,
            )
            for at, (value, _) in enumerate(SLOTS)
        ]
        a_day = len(PartOfDay)
        return [
            (day, boxes[weekday * a_day : (weekday + 1) * a_day], self[hours_name(weekday)])
            for weekday, day in enumerate(DAYS)
        ]

    def clean(self):
        self.hours = []
        for weekday, day in enumerate(DAYS):
            name = hours_name(weekday)
            try:
                stretches = understand_hours(self.cleaned_data.get(name, ""))
            except RuleBroken as refusal:
                self.add_error(name, f"{day}: {refusal}")
            else:
                self.hours += [(weekday, *one) for one in stretches]
        return self.cleaned_data

    def given(self):
        said = self.cleaned_data
        parts: dict[int, list[PartOfDay]] = {}
        for slot in said["free"]:
            weekday, _, part = slot.partition("-")
            parts.setdefault(int(weekday), []).append(PartOfDay(part))
        return {
            "parts": parts,
            "hours": self.hours,
            "by_way_of": said["by_way_of"],
            "women_only": said.get("women_only"),
            "note": said["note"],
            "seen": said["week"] or 0,
        }

    def show_what_changed(self, shown, stands, names: Names, when: str) -> list[Clash]:
        """What they said when the page was drawn and stands otherwise now. Sent again, it takes the place of that."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("week")] = str(stands.pk)
        before, now = _answers(shown, names), _answers(stands, names)
        return [
            Clash(question, now[name], f"#{self[name].auto_id}", stands.recorded_by.name, when)
            for name, question in self._questions()
            if now[name] != before[name]
        ]

    def _questions(self):
        days = [(hours_name(weekday), day) for weekday, day in enumerate(DAYS)]
        asked = ("by_way_of", "women_only", "note")
        return days + [(name, self.fields[name].label) for name in asked if name in self.fields]


def hours_name(weekday: int) -> str:
    return f"hours_{weekday}"


def begun_with(week, names: Names):
    """What the form holds where they were asked before; `week`: a row, or None."""
    if week is None:
        return {"week": 0}
    times = times_of(week)
    hours = {
        hours_name(day): say_hours((t.from_at, t.to_at) for t in times if t.weekday == day and not t.part)
        for day in range(len(DAYS))
    }  # fmt: skip
    return {
        "week": week.pk,
        "free": [f"{one.weekday}-{one.part}" for one in times if one.part],
        "by_way_of": week.by_way_of,
        "women_only": week.women_only,
        "note": names.text(week.note),
    } | hours


def _answers(week, names):
    """{name of a field: its answer in words}; every one blank where nobody had asked."""
    words = {hours_name(day): "" for day in range(len(DAYS))}
    if week is None:
        return words | {"by_way_of": "", "women_only": WOMEN_ONLY[None], "note": ""}
    for one in times_of(week):
        name = hours_name(one.weekday)
        words[name] = ", ".join(filter(None, [words[name], time_words(one)]))
    return words | {
        "by_way_of": Mode(week.by_way_of).title,
        "women_only": WOMEN_ONLY[week.women_only],
        "note": names.text(week.note),
    }


class CommitmentForm(GovukForm):
    words = forms.CharField(
        label="What is it?",
        help_text="In a word or two, as it follows “clashes with”: work, the school run, a curfew. Name nobody.",
        max_length=LONGEST_WORDS,
    )
    how_often = forms.ChoiceField(
        label="How often?",
        choices=[(EVERY_WEEK, "Every week"), (ONCE, "Once")],
        widget=Radios(
            reveals={EVERY_WEEK: ["weekday", "first_on", "last_on"], ONCE: ["on"]}, small=True
        ),
    )
    weekday = forms.TypedMultipleChoiceField(
        label="On which days?",
        help_text="Tick each day on which it is at the same hours. Other hours are added by themselves.",
        choices=list(enumerate(DAYS)),
        coerce=int,
        widget=Checkboxes(small=True),
        required=False,
    )
    first_on = FlexibleDateField(
        label="From which day?", help_text="Leave it blank if it has begun.", required=False
    )
    last_on = FlexibleDateField(
        label="Until which day?",
        help_text="Its last day. Leave it blank if it has no end.",
        future=True,
        required=False,
    )
    on = FlexibleDateField(label="On which day?", future=True, required=False)
    from_at = FlexibleTimeField(label="From what time?")
    to_at = FlexibleTimeField(
        label="Until what time?",
        help_text="Their own way there and back included. Past midnight is the next day.",
    )

    def clean(self):
        said = self.cleaned_data
        needs = {EVERY_WEEK: "weekday", ONCE: "on"}.get(said.get("how_often", ""), "")
        if needs and not said.get(needs) and needs not in self.errors:
            self.add_error(needs, "Say on which day")
        return said

    def given(self):
        said = self.cleaned_data
        known = {name: said[name] for name in ("words", "from_at", "to_at")}
        if said["how_often"] == ONCE:
            day = said["on"]
            return known | {"weekdays": [day.weekday()], "first_on": day, "last_on": day}
        return known | {
            "weekdays": said["weekday"],
            "first_on": said["first_on"],
            "last_on": said["last_on"],
        }


class PlaceSaidForm(GovukForm):
    can_go = forms.ChoiceField(
        label="What did they say of it?",
        choices=[*CanGo.choices(), (NEITHER, "Neither: it is like any other")],
        widget=Radios(divider_before=NEITHER),
    )
    because = forms.CharField(
        label="Why?",
        help_text="Needed where they cannot or must not go there, for example somebody who threatens them lives near by. "
        "Name nobody and give no address.",
        max_length=LONGEST_NOTE,
        required=False,
    )

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("can_go") == CanGo.CANNOT and not said.get("because"):
            self.add_error("because", "Say why they cannot or must not go there.")

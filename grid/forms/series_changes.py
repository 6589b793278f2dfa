"""What is asked where a series is changed: what is moved or called off, who leads it, and why. A hint says why it is asked.

Source: product rules, groups.
"""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from grid.forms.series import CHOOSE, STAND_INS
from grid.services.series_changes import LONGEST_BECAUSE
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
)

OUTSIDE = ", not within the hours that they said they work"
MAKING_UP = 3  # days that may be put in by hand
WHY = "Everybody who comes may ask, and so may the court. It is kept with the session, and in the record of each of them: name nobody."


class ReasonForm(GovukForm):
    """Why something is changed: asked for once what it means has been read."""

    because = LongTextField(label="Why?", help_text=WHY, rows=3, max_length=LONGEST_BECAUSE)

    def without_reason(self):
        """Whether all but the reason is answered rightly, whatever was refused of the whole."""
        self.is_valid()
        return not set(self.errors) - {"because", NON_FIELD_ERRORS}


class ChangeForm(ReasonForm):
    """`leaders`: users who may lead what is new."""

    leaders = forms.MultipleChoiceField(
        label="Who leads what is new?",
        help_text="Leave it empty where whoever led it before leads it. Where one of them cannot, it is said who could.",
        widget=Checkboxes(small=True),
        required=False,
    )

    def __init__(self, *args, leaders, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in leaders}
        self.offer("leaders", [(key, one.name) for key, one in self.users.items()])

    def led_by(self):
        """The users chosen; None: nobody in particular."""
        return [self.users[key] for key in self.cleaned_data["leaders"]] or None


class MoveSessionForm(ChangeForm):
    on = FlexibleDateField(
        label="To which day?",
        help_text="Between the session before it and the one after, for each builds on the others. For example 16 October 2018.",
        future=True,
    )
    from_at = FlexibleTimeField(label="From what time?")
    room = forms.ChoiceField(label="In which room?", required=False)
    field_order = ("on", "from_at", "room", "leaders", "because")

    def __init__(self, *args, rooms, **kwargs):
        """`rooms`: rows of the place."""
        super().__init__(*args, **kwargs)
        self.rooms = {str(one.pk): one for one in rooms}
        self.offer(
            "room", [("", "The same"), *((key, one.name) for key, one in self.rooms.items())]
        )

    def change(self):
        said = self.cleaned_data
        return {
            "on": said["on"],
            "from_at": said["from_at"],
            "room": self.rooms.get(said["room"]),
            "users": self.led_by(),
        }

    def given(self):
        return self.change() | {"because": self.cleaned_data["because"]}


class CallOffForm(ChangeForm):
    """`sessions`: [(number, words)] of those to come."""

    numbers = forms.MultipleChoiceField(
        label="Which sessions are called off?",
        help_text="What they would have done is done at the next one, and as many more are held at the end.",
        widget=Checkboxes(small=True),
    )

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("numbers", [(str(number), words) for number, words in sessions])
        for row in range(MAKING_UP):
            self.ask(
                f"on_{row}",
                FlexibleDateField(label=f"Day {row + 1} that makes up for it", required=False),
            )
            self.ask(
                f"at_{row}",
                FlexibleTimeField(label=f"Day {row + 1}: from what time?", required=False),
            )
        pairs = [name for row in range(MAKING_UP) for name in (f"on_{row}", f"at_{row}")]
        self.order_fields(["numbers", *pairs, "leaders", "because"])

    def clean(self):
        for row in range(MAKING_UP):
            day, hour = (self.cleaned_data.get(f"{name}_{row}") for name in ("on", "at"))
            if day and not hour and f"at_{row}" not in self.errors:
                self.add_error(f"at_{row}", f"Say from what time on day {row + 1}, or clear it")
            if hour and not day and f"on_{row}" not in self.errors:
                self.add_error(f"on_{row}", f"Say which day, or clear the time of day {row + 1}")
        return self.cleaned_data

    def change(self):
        said = self.cleaned_data
        return {
            "numbers": [int(one) for one in said["numbers"]],
            "making_up": [
                (said[f"on_{row}"], said[f"at_{row}"])
                for row in range(MAKING_UP)
                if said[f"on_{row}"]
            ],
            "users": self.led_by(),
        }

    def given(self):
        return self.change() | {"because": self.cleaned_data["because"]}


class NameLeadersForm(GovukForm):
    from_number = forms.TypedChoiceField(
        label="From which session on?",
        help_text="What has begun stays as it was.",
        coerce=int,
    )
    leaders = forms.MultipleChoiceField(label="Who leads it?", widget=Checkboxes(small=True))
    stand_ins = forms.MultipleChoiceField(
        label="Who stands in?", help_text=STAND_INS, widget=Checkboxes(small=True), required=False
    )

    def __init__(self, *args, sessions, leaders, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in leaders}
        names = [(key, one.name) for key, one in self.users.items()]
        self.offer("from_number", sessions)
        self.offer("leaders", names)
        self.offer("stand_ins", names)

    def given(self):
        said = self.cleaned_data
        chosen = dict.fromkeys([*said["leaders"], *said["stand_ins"]])
        return {
            "users": [self.users[key] for key in chosen],
            "from_number": said["from_number"],
        }


class CoverForm(ReasonForm):
    """`leading`: users who lead the session; `leaders`: those who may; `outside`: keys of those who said other hours."""

    out = forms.ChoiceField(label="Who cannot lead it?", required=False)
    stand_in = forms.ChoiceField(label="Who stands in?")
    field_order = ("out", "stand_in", "because")

    def __init__(self, *args, leading, leaders, short, outside, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in (*leading, *leaders)}
        nobody = [("", "Nobody: it has too few")] if short else []
        self.offer("out", [*nobody, *((str(one.pk), one.name) for one in leading)])
        self.offer("stand_in", [CHOOSE, *((str(one.pk), f"{one.name}{OUTSIDE if one.pk in outside else ''}") for one in leaders)])  # fmt: skip
        self.short = short

    def clean_out(self):
        if not self.cleaned_data["out"] and not self.short:
            raise ValidationError("Say who cannot lead it: it has as many as it asks for")
        return self.cleaned_data["out"]

    def given(self):
        said = self.cleaned_data
        return {
            "out": self.users.get(said["out"]),
            "stand_in": self.users[said["stand_in"]],
            "because": said["because"],
        }

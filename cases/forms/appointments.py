"""When an appointment is; moving it and calling it off; its interpreter, and how the person was told.

Source: product rules, failures (moved and called off ones keep who asked and why; interpreters).
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.queries.booking_page import said_moment, said_offer
from cases.reference.appointments import AskedBy, ToldHow
from cases.rules.booking import LONGEST_REASON
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, Radios

OTHER = "other"


class BesideForm(GovukForm):
    """Sent back with what stood beside the date when it was read. `asked`: the fields that it was read of."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    asked: tuple[str, ...] = ()

    def mark(self):
        """Tells what was asked for, and read of, from anything else."""
        return " ".join(str(self[name].value() or "") for name in self.asked if name in self.fields)

    def codes_seen(self):
        """What had been read when this was sent: of that which is asked for, and of nothing else."""
        of, _, codes = self.cleaned_data["seen"].partition("|")
        return [code for code in codes.split(",") if code] if of == self.mark() else []


class WhenForm(BesideForm):
    """Which time: one that is offered, or another."""

    when = forms.ChoiceField(
        label="When?", widget=Radios(reveals={OTHER: ["on", "at"]}, divider_before=OTHER)
    )
    on = FlexibleDateField(label="Which day?", future=True)
    at = FlexibleTimeField(label="At what time?")

    def offer_times(self, offers, also=()):
        """`also`: times besides those that are free, such as the same time some weeks on."""
        known = {one.starts_at.isoformat(timespec="minutes"): said_offer(one) for one in offers}
        begun = {moment.isoformat(timespec="minutes"): said_moment(moment) for moment in also}
        # What was chosen when the page was drawn may be taken by now; that is seen beside it, not lost
        if given := read_moment(self["when"].value()):
            begun.setdefault(given.isoformat(timespec="minutes"), said_moment(given))
        self.offer("when", [*(begun | known).items(), (OTHER, "Another day or time")])

    def times_typed(self):
        """The times asked for so far, whether or not the rest of the form is sound; none where it says none."""
        chosen_time = self["when"].value()
        if chosen_time != OTHER:
            moment = read_moment(chosen_time)
            return [moment] if moment else []
        try:
            day = self.fields["on"].clean(self["on"].value())
            at = self.fields["at"].clean(self["at"].value())
        except forms.ValidationError:
            return []
        return [datetime.combine(day, at, get_current_timezone())]

    def starts_at(self):
        """The local moment that was asked for."""
        said = self.cleaned_data
        if said["when"] != OTHER:
            return read_moment(said["when"])
        return datetime.combine(said["on"], said["at"], get_current_timezone())

    def mark(self):
        times = self.times_typed()
        ends = {times[0], times[-1]} if times else ()
        return " ".join(sorted(one.isoformat(timespec="minutes") for one in ends))


class WhoAskedForm(GovukForm):
    """Who asked, why, and for how many of the series."""

    asked_by = forms.ChoiceField(
        label="Who asked?", choices=AskedBy.choices(), widget=Radios(small=True)
    )
    because = forms.CharField(
        label="Why?",
        help_text="In a few words. Kept with the appointment, and read by whoever asks why somebody was not seen.",
        max_length=LONGEST_REASON,
    )
    whole = forms.BooleanField(label="And all that follow in this series", required=False)

    def __init__(self, *args, follow, **kwargs):
        super().__init__(*args, **kwargs)
        if not follow:
            del self.fields["whole"]
        else:
            self.fields["whole"].label = f"And the {follow} that follow in this series"

    def given(self):
        said = self.cleaned_data
        return {
            "asked_by": said["asked_by"],
            "because": said["because"],
            "whole": said.get("whole", False),
        }


class CallOffForm(WhoAskedForm):
    """Calling off one appointment, or the rest of its series."""


class MoveForm(WhenForm, WhoAskedForm):
    def whole_typed(self):
        return "whole" in self.fields and bool(self["whole"].value())

    def mark(self):
        return f"{super().mark()}{' and all' if self.whole_typed() else ''}"

    field_order = ("seen", "when", "on", "at", "asked_by", "because", "whole")

    def given(self):
        return WhoAskedForm.given(self) | {"starts_at": self.starts_at(), "seen": self.codes_seen()}


class InterpreterForm(GovukForm):
    note = forms.CharField(
        label="Which language, and who comes?",
        help_text="For example Polish, A. Nowak of Word for Word, by telephone.",
        max_length=200,
    )


class ToldForm(GovukForm):
    told_how = forms.ChoiceField(
        label="How were they told?",
        help_text="Asked about again before an absence is called a failure.",
        choices=[(one.value, one.title) for one in ToldHow if one != ToldHow.NOT_YET],
        widget=Radios,
    )


def read_moment(text):
    """The local moment that a choice stands for; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.astimezone(get_current_timezone()) if moment.tzinfo else None

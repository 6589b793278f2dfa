"""Arranging a visit at home, and saying when whoever goes will be out.

Source: report 2.3; supervision reference 3.4; product rules, failures.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone, localtime

from cases.forms.appointments import BesideForm
from cases.reference.appointments import ToldHow
from cases.reference.visits import VisitWay
from cases.rules.visits import next_on_the_clock
from cases.rules.words import within_a_sentence
from staff.forms import (
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
)

CHOOSE = [("", "Choose")]
NOBODY = [("", "Nobody: one officer goes")]


def at(day, time):
    """The moment of a day and a time as staff say them."""
    return datetime.combine(day, time, get_current_timezone())


class CompanyForm(BesideForm):
    """Who goes and who watches. `safety`: decisions in force; `goers` and `watchers`: staff."""

    asked = ("on", "at", "minutes", "officer", "second")  # what stands beside a date hangs on them
    safety = forms.ChoiceField(label="Which address?", widget=Radios())
    second = forms.ChoiceField(
        label="Who is the second of the pair?",
        help_text="Needed where the safety decision says two staff.",
        required=False,
    )
    buddy = forms.ChoiceField(
        label="Who is your buddy?",
        help_text="Somebody who stays behind, is told when you set out, and rings when they have not heard. "
        "They see where you go, and nothing of the case.",
    )

    def __init__(self, *args, safety, goers, watchers, **kwargs):
        super().__init__(*args, **kwargs)
        self.safeties = {str(one.pk): one for one in safety}
        self.goers = {str(one.pk): one for one in goers}
        self.watchers = {str(one.pk): one for one in watchers}
        known = [
            (key, f"{one.where}: {within_a_sentence(VisitWay(one.way).title)}")
            for key, one in self.safeties.items()
        ]
        self.offer("safety", known)
        if len(known) == 1:
            self.fields["safety"].initial = known[0][0]
        self.offer("second", NOBODY + [(key, one.name) for key, one in self.goers.items()])
        self.offer("buddy", CHOOSE + [(key, _said(one)) for key, one in self.watchers.items()])

    def goes_along(self):
        return self.goers.get(self.cleaned_data["second"])

    def given(self):
        """As the service takes it."""
        given = self.cleaned_data
        return {
            "safety": self.safeties[given["safety"]],
            "second": self.goes_along(),
            "buddy": self.watchers[given["buddy"]],
            "seen": self.codes_seen(),
        }


class ArrangeVisitForm(CompanyForm):
    """`enforced`: what the visit may enforce, as `cases.rules.enforcing.Choice`."""

    on = FlexibleDateField(label="On which day?", future=True)
    at = FlexibleTimeField(label="At what time?")
    minutes = forms.IntegerField(
        label="How many minutes do you expect to be there?", initial=45, min_value=5, max_value=480
    )
    officer = forms.ChoiceField(label="Who goes?")
    enforces = forms.ChoiceField(
        label="What does it enforce?",
        help_text="Nobody fails by missing what is voluntary, or what they were not told of.",
    )
    told_how = forms.ChoiceField(
        label="How were they told of it?",
        help_text="Leave it at “Not told yet” where we come unannounced.",
        choices=ToldHow.choices(),
    )
    prepared = LongTextField(
        label="What do you go there for?",
        help_text="It stands on your sheet.",
        rows=3,
        max_length=2000,
        required=False,
    )
    field_order = (
        "safety", "on", "at", "minutes", "officer", "second", "buddy", "enforces", "told_how", "prepared",
    )  # fmt: skip

    def __init__(self, *args, enforced, **kwargs):
        super().__init__(*args, **kwargs)
        self.enforced = {one.key: one for one in enforced}
        self.offer("officer", [(key, one.name) for key, one in self.goers.items()])
        self.offer("enforces", [(key, one.words) for key, one in self.enforced.items()])

    def starts_at(self):
        return at(self.cleaned_data["on"], self.cleaned_data["at"])

    def given(self):
        """As the service takes it, but for what it enforces: that is `self.choice()`."""
        given = self.cleaned_data
        return super().given() | {
            "starts_at": self.starts_at(),
            "minutes": given["minutes"],
            "officer": self.goers[given["officer"]],
            "told_how": given["told_how"],
            "prepared": given["prepared"],
        }

    def choice(self):
        return self.enforced[self.cleaned_data["enforces"]]


class CallByForm(GovukForm):
    """When whoever is there will be out: the next time the clock shows it, after midnight too."""

    out_by = FlexibleTimeField(
        label="By when will you be out and call in?",
        help_text="For example 2:30pm. Your buddy rings if they have not heard by then.",
    )

    def call_by(self, now):
        return next_on_the_clock(self.cleaned_data["out_by"], localtime(now))


def _said(user):
    where = f", {user.team.name}" if user.team else ""
    number = "" if user.mobile else " (no mobile number known)"
    return f"{user.name}{where}{number}"

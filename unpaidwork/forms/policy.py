"""What a head of service fills in to set a new version of the policy on unpaid work.

Source: unpaid work reference 2. What the law or the contract sets is not here.
"""

from django import forms

from cases.forms.policy import NewVersionForm
from cases.rules.words import within_a_sentence
from staff.forms import YesNoField
from unpaidwork.reference.measures import MEASURES, TARGETS
from unpaidwork.rules.policy import MOST

LARGEST = 1000
NUMBERS = {  # what the policy says: label, and why it is asked
    "ete_percent": (
        "Per cent of hours that courses may count for",
        "Education, training and employment. By what is in force on the day a course is finished.",
    ),
    "overrun_percent": (
        "Per cent beyond its expected time that a course may count for",
        "20 means a course of ten hours counts for twelve at most.",
    ),
    "weekly_minutes": ("Minutes of work offered a week, at least", "420 is seven hours."),
    "travel_beyond_minutes": (
        "Minutes of travel each way that nobody is credited for",
        "Only where travel time is allowed, and 180 minutes an entry at most.",
    ),
    "travel_soft_minutes": ("Minutes of travel each way from which staff say why", ""),
    "travel_hard_minutes": ("Minutes of travel each way beyond which nobody is sent", ""),
    "risk_good_days": (
        "Days for which a risk assessment for unpaid work holds",
        "Calendar days. A change of what it rests on ends it sooner.",
    ),
    "extension_month": (
        "Month of the twelve from which an application to extend is proposed",
        "Where the hours will not be worked in time.",
    ),
    "pace_weeks": ("Weeks over which what is worked a week is counted", ""),
    "amber_days": (
        "Days between the forecast finish and the last day that count as close",
        "Calendar days.",
    ),
    "watch_minutes": (
        "Minutes that a supervisor alone on site may go unheard",
        "Proposed when they begin. They may say a shorter time.",
    ),
    "watch_second_minutes": ("Minutes after that time until their senior is told", ""),
    "watch_third_minutes": ("Minutes after that time until the head of service is told", ""),
}
TARGET_NUMBERS = {f"target_{code}": MEASURES[code].title for code in TARGETS}
NO_TARGET = "Blank: none is set."
BREAK = "Is an unpaid break taken off what is credited?"
ASKED = (*NUMBERS, "deduct_break", *TARGET_NUMBERS)


class WorkPolicyForm(NewVersionForm):
    deduct_break = YesNoField(
        label=BREAK, help_text="A break is recorded with each session, whichever it is."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in NUMBERS.items():
            most = MOST.get(name, LARGEST)
            self.ask(
                name,
                forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=most),
            )
        for name, title in TARGET_NUMBERS.items():
            label = f"Target, per cent: {within_a_sentence(title)}"
            field = forms.IntegerField(
                label=label, help_text=NO_TARGET, required=False, min_value=1, max_value=100
            )
            self.ask(name, field)

    @staticmethod
    def as_written(body):
        return {name: body.get(name) for name in ASKED}

    def applied_to(self, body):
        return body | {name: self.cleaned_data[name] for name in ASKED}

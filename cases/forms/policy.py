"""What a head of service fills in to set a new version of a policy: lengths, days and words.

Source: architecture, "policy that a provider sets". What the contract or the law sets is not here.
"""

from typing import ClassVar

from django import forms
from django.utils.timezone import localdate

from cases.reference.checks import CheckKind
from cases.reference.deadlines import CHECK_KINDS, KINDS, SET_ELSEWHERE
from staff.forms import FlexibleDateField, GovukForm, LongTextField
from staff.rules.dates import NotUnderstood, say_date, understand_date

LONGEST_REASON = 500
MOST_DAYS = 366
CHECKS = {  # what the policy on checks says, in the order of an enquiry's life: label, and why it is asked
    "send_days": ("Working days to send an enquiry", "From what made it due."),
    "chase_days": (
        "Working days until an agency is chased",
        "For an agency with no turnaround of its own in the book.",
    ),
    "analyse_days": ("Working days to read and analyse a reply", ""),
    "senior_days": (
        "Working days of silence until the senior probation officer is told",
        "Where there is a concern about domestic abuse, a child or a named victim.",
    ),
    "head_days": ("Working days of silence until the head of service is told", "Likewise."),
    "refresh_months": ("Months until a flagged case is asked about again", ""),
    "release_days": ("Days before release that enquiries fall due", "Calendar days."),
    "interim_days": (
        "Working days to write an interim plan",
        "While an enquiry is open and there is no concern.",
    ),
    "interim_concern_days": ("Working days to write one where there is a concern", ""),
    "interim_longest_days": ("Most days an interim plan may run", "Calendar days."),
    "interim_sample_one_in": (
        "Plans without a concern of which the senior reads one",
        "10 means one in ten.",
    ),
    "backlog_a_week": ("Imported cases each team takes up in a week", ""),
}
ASSESSING = {  # what the policy on assessing, planning and overrides says: label, and why it is asked
    "alike_percent": (
        "Per cent of text alike, from which an assessment is asked about",
        "Text as like as this to what stood before the present offence is confirmed in a sentence, not copied on. 95 is usual.",
    ),
    "override_longest_days": (
        "Most days an override may run",
        "Calendar days. Then it comes back to whoever approved it.",
    ),
    "override_most_a_month": (
        "Overrides that one senior may approve in a calendar month",
        "Beyond it another senior or a head of service decides, so that approving stays a decision.",
    ),
    "override_sample_one_in": (
        "Approved overrides of which a head of service reads one",
        "5 means one in five of those that seniors approve.",
    ),
}
ENDING = {  # what the policy on bringing cases to their end says: label, and why it is asked
    "opens_days": (
        "Days before the last day from which the end is prepared",
        "Calendar days.",
    ),
    "kept_years": (
        "Years for which the record of a case that ended is kept",
        "From the day it ended. To be confirmed by the data protection officer.",
    ),
    "early_end_months": (
        "Months without a failure or a rise in risk before an early end is proposed",
        "From half-way of a community order whose requirements are done.",
    ),
}
MEETING = {  # what the policy on meetings, visits and reviews says: label, and why it is asked
    "clash_minutes": (
        "Minutes between two appointments that are too near each other",
        "Shown beside the time when an appointment is booked. Nobody is stopped.",
    ),
    "reminder_days_before": ("Days before an appointment that a reminder goes", "Calendar days."),
    "reminder_hour": ("Hour of the day at which reminders go", "10 means 10am."),
    "contact_weeks": ("Weeks over which contact is counted", ""),
    "month_notice_days": (
        "Days before the end of a month from which a case with no appointment in it is shown",
        "The contract asks for one face-to-face appointment offered each calendar month.",
    ),
    "rar_stall_weeks": (
        "Weeks without a rehabilitation activity day until a requirement counts as stalled",
        "Neither credited nor booked.",
    ),
    "home_visit_planned_days": (
        "Working days to visit somebody whose plan says yes",
        "Where there is no concern. With a concern the policy on clocks says how long.",
    ),
    "visit_safety_months": ("Months for which a decision on how to visit holds", ""),
    "buddy_second_minutes": (
        "Minutes after a missed check-in until the senior is told",
        "The buddy is told at once.",
    ),
    "buddy_third_minutes": (
        "Minutes after a missed check-in until the head of service is told",
        "",
    ),
    "review_weeks_medium_complex": ("Weeks between reviews: medium, complex", ""),
    "review_weeks_other": ("Weeks between reviews: medium, and low complex", ""),
    "review_ending_days": (
        "Days before the end of supervision that a low case is reviewed",
        "Calendar days.",
    ),
    "missed_is_significant": (
        "Missed appointments since the last review that call for one",
        "Without good reason, or awaiting a decision.",
    ),
}
CLOCKS = [
    kind
    for kind in KINDS.values()
    if kind.source == "default" and kind.code not in SET_ELSEWHERE | set(CHECK_KINDS)
]
REPLY_TO = {
    "name": "Whom agencies reply to",
    "organisation": "Organisation",
    "address": "Address",
    "email": "Address for e-mail",
    "telephone": "Telephone",
}


class NewVersionForm(GovukForm):
    """What every new version needs besides what it changes."""

    changing = forms.IntegerField(widget=forms.HiddenInput)
    from_on = FlexibleDateField(
        label="In force from",
        help_text="Today or a later day. Work that has begun keeps its dates.",
        future=True,
    )
    reason = LongTextField(
        label="Why does it change?",
        help_text="Kept with your name, and shown to everybody who reads the policy.",
        rows=3,
        max_length=LONGEST_REASON,
    )

    def shown(self):
        """The fields of the policy itself, before those of any version."""
        return [self[name] for name in self.fields if name not in NewVersionForm.base_fields]


def _number(label, hint=""):
    return forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=MOST_DAYS)


class NumbersPolicyForm(NewVersionForm):
    """A policy that is a list of numbers; `numbers` says what each is."""

    numbers: ClassVar[dict[str, tuple[str, str]]]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in self.numbers.items():
            self.ask(name, _number(*words))

    @classmethod
    def as_written(cls, body):
        return {name: body.get(name) for name in cls.numbers}

    def applied_to(self, body):
        return body | {name: self.cleaned_data[name] for name in self.numbers}


class ChecksPolicyForm(NumbersPolicyForm):
    numbers = CHECKS


class AssessingPolicyForm(NumbersPolicyForm):
    numbers = ASSESSING


class EndingPolicyForm(NumbersPolicyForm):
    numbers = ENDING


class MeetingPolicyForm(NumbersPolicyForm):
    numbers = MEETING


class ClocksPolicyForm(NewVersionForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in CLOCKS:
            self.ask(kind.code, _number(f"{kind.title}: working days"))
        holidays = LongTextField(
            label="Bank holidays proclaimed since",
            help_text="One a line, such as 19 September 2022. Those of every year are known already. "
            "A change is in force from today and moves what is running.",
            required=False,
            rows=3,
        )
        self.ask("extra_bank_holidays", holidays)

    @staticmethod
    def as_written(body):
        days = [
            say_date(understand_date(day, today=localdate())) for day in body["extra_bank_holidays"]
        ]
        lengths = {kind.code: body["lengths"].get(kind.code, kind.days) for kind in CLOCKS}
        return lengths | {"extra_bank_holidays": "\n".join(days)}

    def clean_extra_bank_holidays(self):
        found = set()
        for line in filter(str.strip, self.cleaned_data["extra_bank_holidays"].splitlines()):
            try:
                found.add(understand_date(line, today=localdate()).isoformat())
            except NotUnderstood as problem:
                raise forms.ValidationError(f"“{line.strip()}”: {problem}") from problem
        return sorted(found)

    def applied_to(self, body):
        lengths = {kind.code: self.cleaned_data[kind.code] for kind in CLOCKS}
        days = self.cleaned_data["extra_bank_holidays"]
        return body | {"lengths": body["lengths"] | lengths, "extra_bank_holidays": days}


class RequestsPolicyForm(NewVersionForm):
    """What one kind of agency is asked, by `kind`; without one, whom every agency replies to."""

    def __init__(self, *args, kind="", **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        questions = _about_a_kind() if kind else _reply_to()
        for name, field in questions.items():
            self.ask(name, field)

    @staticmethod
    def as_written(body, kind=""):
        if not kind:
            return body["reply_to"]
        said = body["kinds"][kind]
        return {
            "purpose": said["purpose"],
            "legal_basis": "\n".join(said["legal_basis"]),
            "questions": "\n".join(said["questions"]),
        }

    def applied_to(self, body):
        given = self.cleaned_data
        if not self.kind:
            return body | {"reply_to": {name: given[name] for name in REPLY_TO}}
        said = {
            "purpose": given["purpose"],
            "legal_basis": _lines(given["legal_basis"]),
            "questions": _lines(given["questions"]),
        }
        return body | {"kinds": body["kinds"] | {CheckKind(self.kind).value: said}}


def _reply_to():
    return {name: forms.CharField(label=label, max_length=200) for name, label in REPLY_TO.items()}


def _about_a_kind():
    return {
        "purpose": LongTextField(
            label="Why do we ask?", help_text="Said to the agency in each request.", rows=3
        ),
        "legal_basis": LongTextField(
            label="By what right?",
            help_text="One a line. To be confirmed by the data protection officer.",
            rows=4,
        ),
        "questions": LongTextField(
            label="What do we ask?", help_text="One question a line.", rows=8
        ),
    }


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]

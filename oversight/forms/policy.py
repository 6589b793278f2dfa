"""What a head of service fills in to set a new version of the policy on workload.

Source: `oversight.rules.policy`: what no source settles. The points of the national tiers are not here.
"""

from django import forms

from cases.forms.policy import NewVersionForm
from cases.reference.codes import Titled
from cases.reference.groups import Level
from oversight.reference.tiers import RsrGap, SameDay
from oversight.reference.workload import Basis
from oversight.rules.policy import MAY_BE_NONE, MOST, MOST_MINUTES, PERCENT
from staff.forms import Checkboxes, Radios
from staff.reference import Grade

CHOICES: dict[
    str, tuple[str, str, type[Titled]]
] = {  # what is one of a list: label, why it is asked, the list
    "basis": (
        "By what do cases weigh?",
        "Every officer’s figure moves with it. Weeks that were kept stay as they were counted. A tier rests on what nDelius and OASys have told us: see on an officer’s workload of how many cases not all is known.",
        Basis,
    ),
    "rsr_gap": (
        "RSR between 6.99 and 7.00, for the national tier",
        "The table as written leaves a gap.",
        RsrGap,
    ),
    "same_day": ("Two levels registered on one day, for the national tier", "", SameDay),
}
A_MONTH = "Minutes a month."
ROOM = {  # what there is room for: label, and why it is asked
    "full_points": ("Points of an officer with full hours", "The national figure is 2,176."),
    "full_hours": ("Full hours a week", ""),
    "case_work_percent": (
        "Per cent of hours that go into cases",
        "The rest is leave, training and meetings.",
    ),
}
WEIGHTS = {
    "contact_minutes": ("Minutes of one contact", "Preparing, holding and recording it."),
    "case_minutes": ("Minutes of any case", f"{A_MONTH} Letters, plan, reviews and record."),
    "medium_minutes": ("Besides, of a medium or medium complex group", A_MONTH),
    "complex_minutes": ("Besides, of a complex one", f"{A_MONTH} Agencies, meetings, home visits."),
    "licence_minutes": ("Besides, on licence", A_MONTH),
    "custody_contacts_a_year": (
        "Contacts a year with somebody in prison",
        "In place of the contact of their group.",
    ),
    "unpaid_work_minutes": ("Unpaid work alone", f"{A_MONTH} In place of all others."),
    "curfew_minutes": ("A curfew alone", f"{A_MONTH} In place of all others."),
    "keeps_overdue": ("Per cent of its points that a case past its end keeps", ""),
    "keeps_warrant": ("Per cent kept while a warrant is out", ""),
    "keeps_unpaid_work": ("Per cent kept by unpaid work alone", ""),
}
WARNED = {
    "full_percent": ("Per cent of room beyond which giving a case warns", ""),
    "travel_minutes": ("Minutes each way beyond which it warns", ""),
    "away_days": (
        "Days from today within which leave is warned of",
        "The first appointment falls in them.",
    ),
}
SHARED = {  # sharing out many cases at once: what each counts, in points of uneven load
    "ceiling_percent": (
        "Per cent of room beyond which nobody is given anything",
        "But where cases fit no other way: then it is said by how much.",
    ),
    "weight_safety": ("Safety", "An untrained officer, or one whom they must not have."),
    "weight_wish": ("A wish", "Such as a woman’s for a woman."),
    "weight_support": ("Support", "Grade, and induction."),
    "weight_continuity": ("Somebody they had before", ""),
    "weight_travel_minute": ("A minute of travel", ""),
    "weight_uneven_point": ("A point of uneven load", "What the others are measured by."),
}
NUMBERS = ROOM | WEIGHTS | WARNED | SHARED


def grade_field(grade):
    return f"grade_{grade}"


LISTS: dict[str, tuple[str, type[Titled]]] = {
    grade_field(one): (
        f"GRID levels that a {one.title[0].lower()}{one.title[1:]} holds without a word more",
        Level,
    )
    for one in Grade
}
ASKED = (*CHOICES, *NUMBERS, *LISTS)


class WorkloadPolicyForm(NewVersionForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint, codes) in CHOICES.items():
            self.ask(
                name,
                forms.ChoiceField(
                    label=label, help_text=hint, choices=codes.choices(), widget=Radios
                ),
            )
        for name, (label, hint) in NUMBERS.items():
            most = 100 if name in PERCENT else MOST.get(name, MOST_MINUTES)
            least = 0 if name in MAY_BE_NONE else 1
            self.ask(
                name,
                forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most),
            )
        for name, (label, codes) in LISTS.items():
            choices = [(one.value, one.title) for one in codes]
            field = forms.MultipleChoiceField(
                label=label, choices=choices, widget=Checkboxes, required=False
            )
            self.ask(name, field)

    @staticmethod
    def as_written(body):
        return {name: body.get(name) for name in ASKED}

    def applied_to(self, body):
        return body | {name: self.cleaned_data[name] for name in ASKED}

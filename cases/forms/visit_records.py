"""What came of a visit: what was seen by the prompts, or why it was not done, and what follows from it.

Source: report 2.3; product rules, checks. The prompts are `cases.reference.visits`.
"""

from django import forms

from cases.forms.visits import at
from cases.reference.checks import SubjectKind
from cases.reference.information import RaiseKind
from cases.reference.visits import OBSERVATIONS, FollowOn, NotDone, Prompt
from cases.rules.visits import follow_ons
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
    YesNoField,
)

LONGEST = 2000  # letters of a box
NOTES = 8000
MOST_CHILDREN = 30
KINDS = [
    (one.value, one.title) for one in (SubjectKind.PARTNER, SubjectKind.CHILD, SubjectKind.OTHER)
]
# The tick that stands for what follows, and when it does
TICKS = {
    FollowOn.CHILDREN: (
        "ask_children",
        "If you saw children: ask children’s social care about them",
    ),
    FollowOn.PERSON: (
        "ask_person",
        "If you met somebody new: add them to the people around the person, and ask the police",
    ),
    FollowOn.ADDRESS: (
        "ask_address",
        "If there is another address: ask the police and the council about it",
    ),
    FollowOn.SAFETY: (
        "ask_safety",
        "If staff were at risk: nobody goes again until it is decided anew how",
    ),
}


class FollowsForm(GovukForm):
    """What a record of a visit may call for. Each is ticked; what nothing calls for is left alone.

    `rises`: what may be raised on this case, as choices of "kind:value". `children_asked`: children's social care
    is being asked, or has answered in the last half-year.
    """

    offers: tuple[FollowOn, ...] = ()

    other_address = forms.CharField(
        label="Did you learn of another address? Which?",
        help_text="Where they stay as well, or live instead. With its postcode, so that the agencies there are asked.",
        max_length=300,
        required=False,
    )
    rise = forms.ChoiceField(
        label="Do you raise something now?",
        help_text="At once and provisionally. The senior probation officer is told.",
        required=False,
    )
    rise_because = forms.CharField(
        label="If you do: why, in a sentence", max_length=500, required=False
    )

    def __init__(self, *args, rises, children_asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.children_asked = children_asked
        self.offer("rise", [("", "Nothing"), *rises])
        for one in self.offers:
            if one == FollowOn.CHILDREN and children_asked:
                continue
            name, label = TICKS[one]
            self.ask(name, forms.BooleanField(label=label, required=False, initial=True))

    def follows(self):
        """As the services take it: what is called for and still ticked."""
        said = self.cleaned_data
        proposed = follow_ons(
            self.seen(),
            not_done=said.get("not_done", ""),
            asked_about_children=self.children_asked,
            new_person=bool(said.get("new_name")),
            other_address=bool(said["other_address"]),
        )
        chosen = [one for one in proposed if said.get(TICKS[one][0])]
        given = {"follow_on": chosen, "other_address": said["other_address"]}
        if said["rise"]:
            kind, value = said["rise"].split(":")
            given["rise"] = {"kind": RaiseKind(kind), "value": value}
            given["rise_because"] = said["rise_because"]
            given["follow_on"] = [*chosen, FollowOn.RAISE]
        return given

    def seen(self):
        return {}


class RecordVisitForm(FollowsForm):
    offers = (FollowOn.CHILDREN, FollowOn.PERSON, FollowOn.ADDRESS, FollowOn.SAFETY)

    complied = YesNoField(label="Did they keep to what was asked of them?", required=False)
    new_name = forms.CharField(
        label="Did you meet somebody who is not recorded? Their name",
        help_text="Names go here and nowhere else: they are shown only to those who hold the case.",
        max_length=200,
        required=False,
    )
    new_kind = forms.ChoiceField(
        label="Who are they?", choices=[("", "Choose"), *KINDS], required=False
    )
    new_relationship = forms.CharField(
        label="What are they to the person?", max_length=100, required=False
    )
    new_born_on = FlexibleDateField(label="When were they born?", past=True, required=False)
    notes = LongTextField(
        label="What else belongs in the record?",
        help_text="What you talked about and what was agreed. Leave names of others out.",
        rows=5,
        max_length=NOTES,
        required=False,
    )
    sensitive = forms.BooleanField(label="Not to be shared with the person", required=False)

    def __init__(self, *args, voluntary, **kwargs):
        super().__init__(*args, **kwargs)
        for prompt in OBSERVATIONS.values():
            self.ask(_name(prompt), _field(prompt))
        if voluntary:
            del self.fields["complied"]
        else:
            self.fields["complied"].required = True

    @property
    def prompts(self):
        """The prompts as they are drawn, in their order."""
        return [self[_name(one)] for one in OBSERVATIONS.values()]

    def seen(self):
        given = {code: self.cleaned_data.get(_name(one)) for code, one in OBSERVATIONS.items()}
        return {code: answer for code, answer in given.items() if answer not in (None, "", [])}

    def given(self):
        """As the service takes it."""
        said = self.cleaned_data
        names = ("name", "kind", "relationship", "born_on")
        return self.follows() | {
            "seen": self.seen(),
            "notes": said["notes"],
            "sensitive": said["sensitive"],
            "complied": said.get("complied") is not False,
            "new_person": {name: said[f"new_{name}"] for name in names},
        }


class NotDoneForm(FollowsForm):
    offers = (FollowOn.ADDRESS, FollowOn.SAFETY)

    not_done = forms.ChoiceField(
        label="Why was it not done?", choices=NotDone.choices(), widget=Radios()
    )
    because = LongTextField(
        label="What happened?",
        help_text="For whoever goes next: who came to the door, what you saw and heard.",
        rows=4,
        max_length=LONGEST,
    )
    next_on = FlexibleDateField(
        label="On which day do you try again?",
        help_text="With the same people. Leave it blank if you cannot say yet: the visit stays owed.",
        future=True,
        required=False,
    )
    next_at = FlexibleTimeField(label="And at what time?", required=False)
    sensitive = forms.BooleanField(label="Not to be shared with the person", required=False)

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if bool(said.get("next_on")) != bool(said.get("next_at")) and not self.errors:
            missing = "next_at" if said.get("next_on") else "next_on"
            self.add_error(missing, "Say both the day and the time of the next attempt, or neither")
        return said

    def given(self):
        """As the service takes it."""
        said = self.cleaned_data
        next_at = at(said["next_on"], said["next_at"]) if said["next_on"] else None
        known = {name: said[name] for name in ("not_done", "because", "sensitive")}
        return self.follows() | known | {"next_at": next_at}


def _name(prompt):
    return f"saw_{prompt.code}"


def _field(prompt):
    asked = {"label": prompt.asks, "help_text": prompt.why, "required": prompt.code == "met"}
    match prompt.how:
        case Prompt.ANY:
            return forms.MultipleChoiceField(
                choices=prompt.choices, widget=Checkboxes(small=True), **asked
            )
        case Prompt.ONE:
            return forms.ChoiceField(choices=prompt.choices, widget=Radios(small=True), **asked)
        case Prompt.NUMBER:
            return forms.IntegerField(min_value=0, max_value=MOST_CHILDREN, **asked)
    return LongTextField(rows=3, max_length=LONGEST, **asked)

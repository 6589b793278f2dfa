"""What is filled in to report something from a site, and to say what was done about it.

Source: unpaid work reference 6; report 2.4.
"""

from django import forms

from cases.reference.information import Relation
from staff.forms import GovukForm, LongTextField, Radios, YesNoField
from unpaidwork.reference.sessions import IncidentKind
from unpaidwork.rules.incidents import BETWEEN, MOST_WORDS, Matter

NOBODY = ("", "Nobody in particular: it is about the site")


class IncidentForm(GovukForm):
    """`people`: those on the session whose cases are open to the reader, as `Attendance`s."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=IncidentKind.choices(),
        widget=Radios(
            hints={
                IncidentKind.NEAR_MISS: "Nobody was hurt this time.",
                IncidentKind.DISCLOSURE: "Such as about a child, violence at home, or how they are.",
                IncidentKind.INJURY: "After first aid, and 999 where it is needed.",
            },
            reveals={IncidentKind.DISCLOSURE: ["matter"]},
        ),
    )
    matter = forms.ChoiceField(
        label="What is it about?", choices=Matter.choices(), widget=Radios(small=True)
    )
    about = forms.ChoiceField(label="Whom is it about?", required=False)
    words = LongTextField(
        label="What happened, or what was said?",
        help_text="As nearly as you can in their words. The officer of whoever it is about reads it, and the coordinators.",
        rows=5,
        max_length=MOST_WORDS,
    )
    harm = YesNoField(
        label="Could somebody be hurt?",
        help_text="If you are not sure, say yes. The officer and the senior are then told at once, at any hour.",
    )
    other = forms.ChoiceField(
        label="Was somebody else of this session in it?",
        help_text="Those who attacked or threatened one another are kept apart from now on.",
        required=False,
    )
    relation = forms.ChoiceField(
        label="What did the first do to the other?",
        choices=[("", "Choose"), *((one.value, one.title) for one in BETWEEN)],
        required=False,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        named = [(key, one.case.name) for key, one in self.people.items()]
        self.offer("about", [NOBODY, *named])
        self.offer("other", [("", "Nobody else"), *named])

    def clean(self):
        given = self.cleaned_data
        if given.get("other") and not given.get("relation"):
            self.add_error("relation", "Say what the first did to the other")

    def given(self):
        given = self.cleaned_data
        other = self.people.get(given["other"])
        return {
            "kind": given["kind"],
            "matter": given["matter"] or "",
            "about": self.people.get(given["about"]),
            "words": given["words"],
            "harm": given["harm"],
            "others": [(other, Relation(given["relation"]))] if other else [],
        }


class AnswerForm(GovukForm):
    answer = LongTextField(
        label="What was done about it?",
        help_text="On site: such as a tool taken away, a group changed, the beneficiary rung. Whoever reported it reads this.",
        rows=4,
        max_length=2000,
    )

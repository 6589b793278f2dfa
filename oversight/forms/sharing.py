"""What a senior fills in to have many cases shared out, to move one of them by hand, and to publish the proposal.

Source: features 123; product rules, gates (a warning is cleared by one honest sentence).
"""

from django import forms

from oversight.forms.giving import said_of_warning
from oversight.models.sharing import LONGEST_SENTENCE
from oversight.reference.sharing import Demand, Which
from staff.forms import Checkboxes, GovukForm, LongTextField, Radios

LEFT_OUT = "leave-out"
LONGEST_TYPED = LONGEST_SENTENCE - 1  # a stop is put at its end
LONGEST_NOTE = 2000


class AskForSharingForm(GovukForm):
    which = forms.ChoiceField(
        label="Which cases are to be shared out?",
        widget=Radios(reveals={str(Which.OFFICER): ["officer"]}),
        help_text="A case that is offered to somebody already, or that is kept from you, takes no part.",
    )
    officer = forms.ChoiceField(label="Whose cases?", required=False)
    officers = forms.MultipleChoiceField(
        label="Who takes part?",
        widget=Checkboxes,
        help_text="Cases may go to these officers. Where a whole team is shared out, whoever takes no part keeps what they "
        "hold. Whoever is away is given nothing, and nor is whoever’s cases they are.",
    )
    demands = forms.MultipleChoiceField(
        label="What must be so, whatever else it costs?",
        widget=Checkboxes,
        required=False,
        help_text="Leave it empty where nothing must: the policy on workload weighs each of these anyway. What you tick is met, or you are told what stands in the way.",
    )

    def __init__(self, *args, officers, numbers, **kwargs):
        """`officers`: of the team, in the order of their names; `numbers`: {Which: cases}, {key of an officer: cases}."""
        super().__init__(*args, **kwargs)
        self.users = {one.username: one for one in officers}
        self.offer("which", [(each.value, _with(each.title, numbers.get(each))) for each in Which])
        self.offer(
            "officer",
            [
                ("", "Choose"),
                *((one.username, _with(one.name, numbers[one.pk])) for one in officers),
            ],
        )
        self.offer("officers", [(one.username, one.name) for one in officers])
        self.offer("demands", Demand.choices())

    def clean(self):
        said = self.cleaned_data
        if said.get("which") == Which.OFFICER and not said.get("officer"):
            self.add_error("officer", "Choose whose cases they are")
        return said

    def given(self):
        said = self.cleaned_data
        taking_part = [each for each in said["officers"] if each != said["officer"]]
        return {
            "which": said["which"],
            "officer": self.users.get(said["officer"]),
            "officers": [self.users[each] for each in taking_part],
            "demands": said["demands"],
        }


def _with(words, number):
    return words if number is None else f"{words} ({number:,})"


class MoveForm(GovukForm):
    to = forms.ChoiceField(label="Who is it proposed for?", widget=Radios)
    because = LongTextField(
        label="Why is that right?",
        required=False,
        rows=2,
        max_length=LONGEST_TYPED,
        help_text="One sentence, where something is warned of or the case is left out. It stands in the log of the case.",
    )

    def __init__(self, *args, choices, **kwargs):
        """`choices`: [(username, member of staff, words)] of those who may have it."""
        super().__init__(*args, **kwargs)
        self.users = {username: user for username, user, _ in choices}
        self.offer(
            "to",
            [
                *((username, words) for username, _, words in choices),
                (LEFT_OUT, "Nobody: leave it out, and it stays where it is"),
            ],
        )

    @property
    def leaves_out(self):
        return self.cleaned_data["to"] == LEFT_OUT

    def given(self):
        said = self.cleaned_data
        if self.leaves_out:
            return {"because": said["because"]}
        return {"officer": self.users[said["to"]], "because": said["because"]}


class PublishForm(GovukForm):
    """A sentence for each kind of warning that is not cleared by hand, and what whoever is offered a case must know."""

    def __init__(self, *args, kinds, offers, **kwargs):
        """`kinds`: Warneds; `offers`: whether any case is offered rather than given."""
        super().__init__(*args, **kwargs)
        self.kinds, self.offers = list(kinds), offers
        if offers:
            self.ask("note", LongTextField(label="What must whoever takes them know?", help_text="What holds of all of them. Why each goes to them stands beside it by itself.", rows=5, max_length=LONGEST_NOTE))  # fmt: skip
        for kind in self.kinds:
            box = LongTextField(
                label=kind.words,
                help_text="Why is it right all the same? One sentence for all of them; for one alone, settle it by hand.",
                rows=2,
                max_length=LONGEST_TYPED,
            )
            box.error_messages |= said_of_warning(kind.words, LONGEST_TYPED)
            self.ask(_box(kind.key), box)

    def given(self):
        said = self.cleaned_data
        return {
            "note": said.get("note", ""),
            "said": {kind.key: said[_box(kind.key)] for kind in self.kinds},
        }


def _box(key):
    return f"said_{key.replace(':', '_').replace('-', '_')}"

"""What is asked of whoever gives a case to an officer: from which team, why them, and a sentence to each warning."""

from django import forms

from cases.forms.departures import OfferCasesForm
from cases.forms.holding import OfferForm
from cases.reference.holding import TransferKind
from oversight.forms.officers import WorkloadTeamForm
from staff.forms import GovukForm, LongTextField

LONGEST_WHY, LONGEST_NOTE = 500, 4000
SAID = "said_"  # before the key of a warning, in the name of its box


class OfficersOfForm(WorkloadTeamForm):
    """From which team officers are compared."""

    team = forms.ChoiceField(label="Officers of", required=False)


class GiveCaseForm(GovukForm):
    because = LongTextField(
        label="Why them?",
        help_text="One sentence, so that whoever asks later why they hold it finds an answer. It is kept with who held the case, and asked this once.",
        rows=3,
        max_length=LONGEST_WHY,
    )

    note = LongTextField(
        label="What must whoever takes it know?",
        help_text="For whoever is offered it: what is under way, what was promised, what to do first.",
        rows=6,
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args, warned, offered=False, **kwargs):
        """`warned`: what is warned of, each of which one sentence answers; `offered`: somebody holds the case."""
        super().__init__(*args, **kwargs)
        why, note = self.fields.pop("because"), self.fields.pop("note")
        self.keys = _ask_each(self, warned)
        self.ask("because", why)
        if offered:
            self.ask("note", note)

    def given(self):
        said = {key: self.cleaned_data[box] for box, key in self.keys.items()}
        asked = {
            name: self.cleaned_data[name] for name in ("because", "note") if name in self.fields
        }
        return asked | {"said": said}


class HandOverForm(OfferForm):
    """Offering a case: to a colleague with why them, and a sentence to each thing that is warned of."""

    because = LongTextField(
        label="Why them?",
        help_text="One sentence, so that whoever asks later why they hold it finds an answer.",
        rows=3,
        max_length=LONGEST_WHY,
    )

    def __init__(self, *args, warned=(), **kwargs):
        """`warned`: of the officer who is chosen, once one is."""
        super().__init__(*args, **kwargs)
        self.keys = {}
        if self.into:
            del self.fields["because"]
            return
        order = list(self.fields)
        self.keys = _ask_each(self, warned)
        beside = ["because", *self.keys]
        self.fields["kind"].widget.reveals[TransferKind.OFFICER] = ["to_officer", *beside]
        at = order.index("to_officer") + 1
        self.order_fields([*order[:at], *beside, *order[at:]])

    def given(self):
        said = self.cleaned_data
        answers = {key: said[box] for box, key in self.keys.items() if said.get(box)}
        return super().given() | {"because": said.get("because", ""), "said": answers}


class OfferLeaversCasesForm(OfferCasesForm):
    """Offering cases of somebody who leaves, with a sentence to each kind of thing that is warned of."""

    def __init__(self, *args, kinds=(), **kwargs):
        """`kinds`: Warneds, of what is chosen."""
        super().__init__(*args, **kwargs)
        self.kinds = {box_of(one.key): one.key for one in kinds}
        for one in kinds:
            box = LongTextField(
                label=one.words,
                help_text="Why is it right all the same? One sentence for all of them; offered on its own page, a case has one of its own.",
                rows=2,
                max_length=LONGEST_WHY - 1,
            )
            box.error_messages |= said_of_warning(one.words, LONGEST_WHY - 1)
            self.ask(box_of(one.key), box)

    @property
    def warnings(self):
        return [self[box] for box in self.kinds]

    def chosen(self):
        """[(case, officer)] of what is ticked and has somebody, however much is still to be answered."""
        said = getattr(self, "cleaned_data", {})
        return [
            (case, self.users[said[f"to_{crn}"]])
            for crn, case in self.cases.items()
            if said.get(f"take_{crn}") and said.get(f"to_{crn}")
        ]

    def given(self):
        said = self.cleaned_data
        return super().given() | {"said": {key: said[box] for box, key in self.kinds.items()}}


def _ask_each(form, warned):
    """A box for each warning. Gives {name of the box: key of the warning}."""
    for one in warned:
        box = LongTextField(
            label=one.sentence,
            help_text=f"{one.rule}. One honest sentence; it is kept with the decision.",
            rows=2,
            max_length=LONGEST_WHY,
        )
        box.error_messages |= said_of_warning(one.sentence, LONGEST_WHY)
        form.ask(box_of(one.key), box)
    return {box_of(one.key): one.key for one in warned}


def said_of_warning(words, longest):
    """What is said of an answer to a warning that is missing or too long, wherever one is asked for."""
    as_it_is = words.replace("%", "%%")  # Django puts its limit into what is said of a length
    return {
        "required": f"Say in one sentence why it is right all the same: {words}",
        "max_length": f"Say it in {longest} characters or fewer: {as_it_is}",
    }


def box_of(key):
    """The name of the box in which a warning is answered."""
    return SAID + "".join(letter if letter.isalnum() else "_" for letter in key)

"""What is asked of whoever gives a case to an officer: from which team, why them, and a sentence to each warning."""

from django import forms

from staff.forms import GovukForm, LongTextField

LONGEST_WHY, LONGEST_NOTE = 500, 4000
SAID = "said_"  # before the key of a warning, in the name of its box


class OfficersOfForm(GovukForm):
    """From which team officers are compared."""

    team = forms.ChoiceField(label="Officers of", required=False)

    def __init__(self, data, *, teams, own):
        """`own`: the key of the team that is shown unless another is asked for, or None."""
        self.teams = {one.code: one for one in teams}
        first = next((one.code for one in teams if one.pk == own), next(iter(self.teams), ""))
        data = data.copy()
        data["team"] = data.get("team") or first
        super().__init__(data)
        self.offer("team", [(code, one.name) for code, one in self.teams.items()])

    def chosen(self):
        return self.teams.get(self.cleaned_data.get("team", ""))


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
        self.keys = {box_of(one.key): one.key for one in warned}
        for one in warned:
            box = LongTextField(
                label=one.sentence,
                help_text=f"{one.rule}. One honest sentence; it is kept with the decision.",
                rows=2,
                max_length=LONGEST_WHY,
            )
            box.error_messages["required"] = (
                f"Say in one sentence why it is right all the same: {one.sentence}"
            )
            self.ask(box_of(one.key), box)
        self.ask("because", why)
        if offered:
            self.ask("note", note)

    def given(self):
        said = {key: self.cleaned_data[box] for box, key in self.keys.items()}
        asked = {
            name: self.cleaned_data[name] for name in ("because", "note") if name in self.fields
        }
        return asked | {"said": said}


def box_of(key):
    """The name of the box in which a warning is answered."""
    return SAID + "".join(letter if letter.isalnum() else "_" for letter in key)

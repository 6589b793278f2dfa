"""What a senior fills in about an officer's hours, training and induction, and which team's workload is shown.

Source: risk flags reference 3; report 1.2.
"""

from django import forms

from oversight.reference.allocation import training_choices
from oversight.reference.workload import REDUCTIONS, Sets
from oversight.rules.known_of_officers import LONGEST_WHY, MOST_HOURS
from staff.forms import FlexibleDateField, GovukForm, LongTextField

CHOOSE = ("", "Choose")
NOBODY = ("", "Nobody yet")


def _hours(label, hint, *, required=True):
    return forms.DecimalField(
        label=label, help_text=hint, required=required, min_value=0, max_value=MOST_HOURS,
        max_digits=4, decimal_places=2,
    )  # fmt: skip


class WorkloadTeamForm(GovukForm):
    """Of which team something is shown: the reader's own, unless another is asked for."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, teams, own):
        """`teams`: those of whom the reader may see the workload; `own`: the key of theirs, or None."""
        self.teams = {one.code: one for one in teams}
        first = next((one.code for one in teams if one.pk == own), next(iter(self.teams), ""))
        data = data.copy()
        data["team"] = data.get("team") or first
        super().__init__(data)
        self.offer("team", [(code, one.name) for code, one in self.teams.items()])

    def chosen(self):
        return self.teams.get(self.cleaned_data.get("team", ""))


class TrainingListForm(WorkloadTeamForm):
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Everybody"), ("arrange", "Where something is to be arranged")],
    )


class ContractForm(GovukForm):
    hours = _hours(
        "Hours a week",
        "By contract, such as 37 or 22.5. What there is room for is worked out from them.",
    )
    from_on = FlexibleDateField(label="From which day?", help_text="What was recorded before holds until the day before.")  # fmt: skip
    to_on = FlexibleDateField(
        label="Last day, where one is known",
        help_text="Leave it empty where the contract runs on.",
        required=False,
    )


class HoursOffForm(GovukForm):
    code = forms.ChoiceField(
        label="What are hours taken off for?",
        help_text="Seen by the officer and those who answer for them, and nobody else. For a few days or weeks away use “Away and cover”.",
    )
    hours = _hours(
        "Hours a week",
        "Only where the list does not say how much.",
        required=False,
    )
    from_on = FlexibleDateField(label="First day", help_text="Of the whole: months are counted from it.")  # fmt: skip
    to_on = FlexibleDateField(
        label="Last day, where one is known",
        help_text="Put it in when it ends. Where the list says how many months, it ends by itself.",
        required=False,
    )
    why = LongTextField(
        label="Why?",
        help_text="In a sentence: it is how the officer’s room for cases is explained to them. Nothing medical.",
        rows=2,
        max_length=LONGEST_WHY,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("code", [CHOOSE, *((code, _words(one)) for code, one in REDUCTIONS.items())])


class TrainingForm(GovukForm):
    kind = forms.ChoiceField(
        label="In what?",
        help_text="Whoever gives a case that asks for it is warned where the officer is not trained, or where it has expired.",
    )
    done_on = FlexibleDateField(label="When was it done?", past=True)
    expires_on = FlexibleDateField(
        label="When does it expire?",
        help_text="Leave it empty where it does not.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("kind", [CHOOSE, *training_choices()])


class OfficerInductionForm(GovukForm):
    from_on = FlexibleDateField(label="First day of the induction")
    to_on = FlexibleDateField(
        label="Last day",
        help_text="Until then whoever gives them anything but a plain case is warned, unless somebody supports them.",
    )
    supporter = forms.ChoiceField(
        label="Who supports them?", help_text="Works their cases with them until then.", required=False
    )  # fmt: skip

    def __init__(self, *args, supporters, **kwargs):
        super().__init__(*args, **kwargs)
        self.supporters = {one.username: one for one in supporters}
        self.offer("supporter", [NOBODY, *((code, one.name) for code, one in self.supporters.items())])  # fmt: skip

    def given(self):
        said = self.cleaned_data
        return said | {"supporter": self.supporters.get(said["supporter"])}


def _words(one):
    if one.sets == Sets.FIXED:
        months = f", months {one.months[0] + 1} to {one.months[1]}" if one.months else ""
        words = "" if "months" in one.name else months
        return f"{one.name} ({one.percent}% of their hours{words})"
    if one.percent is not None:
        return f"{one.name} (up to {one.percent}%: say how many hours)"
    return f"{one.name} (say how many hours)"

"""An objective and its steps in one form: those that stand, and room for more.

Source: supervision reference 4.3 (who does a step, by when, how it stands); report 2.3.
"""

from django import forms

from cases.forms.whole import WholeForm, in_words
from cases.reference.codes import Sharing
from cases.reference.needs import NeedArea
from cases.reference.plans import Actor, Nature
from cases.rules.plan_steps import StepGiven
from staff.forms import Checkboxes, FlexibleDateField, LongTextField, Radios
from staff.kit import Clash

NEW = 3  # rows for steps that are not there yet
PLAIN = ("what", "actor", "by_on", "nature", "protects")
MORE = ("by_whom", "agency", "enquiry", "sharing")
NOBODY = ("", "Nobody by name")


class ObjectiveForm(WholeForm):
    """`stands`: `cases.queries.plan_words.objective_said`. `steps`: keys of those that may be changed here.

    `about`, `victims`, `agencies`, `enquiries`: [(key, words)] to choose from. `alone`: actions that may
    join; `joined`: actions that have joined already, [(key, words)] too.
    """

    what = LongTextField(
        label="What is to be different?",
        help_text="Something both of you can tell has happened. Put it in their own words where you can.",
        rows=2,
        max_length=500,
    )
    area = forms.ChoiceField(label="Which need is it about?", required=False)
    about = forms.MultipleChoiceField(
        label="What else is it about?", required=False, widget=Checkboxes(small=True)
    )
    sharing = forms.ChoiceField(
        label="May the person see this objective?",
        help_text="What they are given is made only of what they may see.",
        choices=Sharing.choices(),
        initial=Sharing.YES,
        widget=Radios(small=True),
    )

    def __init__(
        self,
        *args,
        stands,
        steps,
        about,
        victims,
        agencies,
        enquiries,
        alone=(),
        joined=(),
        **kwargs,
    ):
        self.steps = list(steps)
        self.choices = {
            "actor": Actor.choices(),
            "nature": Nature.choices(),
            "protects": [NOBODY, *victims],
            "agency": [("", "No agency"), *agencies],
            "enquiry": [("", "No reply"), *enquiries],
            "sharing": Sharing.choices(),
        }
        initial = _there(stands, self.steps) | kwargs.pop("initial", {})
        super().__init__(*args, stands=stands, initial=initial, **kwargs)
        self.offer("area", [("", "No one need: it is about risk"), *NeedArea.choices()])
        self.offer("about", about)
        self._ask_steps()
        self._ask_actions("adopt", "Actions that stand by themselves and belong here", alone)
        self._ask_actions(
            "leave", "Actions of this objective that should stand by themselves", joined
        )

    def _ask_steps(self):
        for key in self.steps:
            self._ask_step(f"step-{key}", required=True)
            out = forms.BooleanField(label="Take this step out of the plan", required=False)
            self.ask(f"step-{key}-out", out)
        for number in range(NEW):
            self._ask_step(f"new-{number}", required=False)

    def _ask_actions(self, name, label, choices):
        if choices:
            field = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=Checkboxes(small=True)
            )
            self.ask(name, field)

    def _ask_step(self, prefix, *, required):
        victims = len(self.choices["protects"]) > 1
        fields = {
            "what": forms.CharField(label="What is done?", max_length=500, required=required),
            "actor": self._choice("actor", "Who does it?"),
            "by_on": FlexibleDateField(label="By when?", required=required),
            "nature": self._choice("nature", "What kind of step is it?"),
            "protects": self._choice("protects", "Whom does it protect?"),
            "by_whom": forms.CharField(
                label="Who, by name or post?", max_length=200, required=False
            ),
            "agency": self._choice("agency", "Which agency?"),
            "enquiry": self._choice("enquiry", "Which reply does it rest on?"),
            "sharing": self._choice("sharing", "May the person see this step?"),
        }
        if not victims:
            del fields["protects"]
        for name, field in fields.items():
            self.ask(f"{prefix}-{name}", field)

    def _choice(self, name, label):
        initial = {"actor": Actor.OFFICER, "nature": Nature.CONSTRUCTIVE, "sharing": Sharing.YES}
        return forms.ChoiceField(
            label=label, choices=self.choices[name], required=False, initial=initial.get(name, "")
        )

    def clean(self):
        super().clean()
        for number in range(NEW):
            what, by_on = f"new-{number}-what", f"new-{number}-by_on"
            said = self.cleaned_data
            if said.get(what) and not said.get(by_on) and by_on not in self.errors:
                self.add_error(by_on, "Say by when this step is done")
            if said.get(by_on) and not said.get(what) and what not in self.errors:
                self.add_error(what, "Say what is done by that day")

    def rows(self):
        """Each step as the page draws it: its title, the fields, those under "more", whether that is open, to take it out."""
        prefixes = [f"step-{key}" for key in self.steps] + [f"new-{n}" for n in range(NEW)]
        for number, prefix in enumerate(prefixes, start=1):
            shown = [
                self[f"{prefix}-{name}"] for name in PLAIN if f"{prefix}-{name}" in self.fields
            ]
            more = [self[f"{prefix}-{name}"] for name in MORE]
            out = self[f"{prefix}-out"] if f"{prefix}-out" in self.fields else None
            yield f"Step {number}", shown, more, _says(more), out

    def given(self):
        said = self.cleaned_data
        out = [key for key in self.steps if said[f"step-{key}-out"]]
        kept = [self._step(f"step-{key}", key) for key in self.steps if key not in out]
        fresh = [self._step(f"new-{number}") for number in range(NEW) if said[f"new-{number}-what"]]
        return {
            "what": said["what"],
            "area": said["area"],
            "about": said["about"],
            "sharing": said["sharing"],
            "steps": [*kept, *fresh],
            "removed": [*out, *map(int, said.get("leave", []))],
            "adopt": [int(key) for key in said.get("adopt", [])],
            "seen": said["seen"],
        }

    def _step(self, prefix, key=None):
        said = {name: self.cleaned_data.get(f"{prefix}-{name}") for name in (*PLAIN, *MORE)}
        named = {name: _key(said.pop(name)) for name in ("agency", "protects", "enquiry")}
        chosen = {name: value for name, value in said.items() if value}
        return StepGiven(**chosen, **named, id=key)

    def show_clashes(self, names, who="", when=""):
        """[Clash] of what both changed; a step is shown at its first box."""
        clashes = []
        for name in names:
            step = name.startswith("step:")
            field = f"step-{name.partition(':')[2]}-what" if step else name
            if field not in self.fields:
                continue
            box, stands = self[field], self.stands.get(name)
            words = (stands["what"] if stands else "") if step else in_words(box.field, stands)
            self.add_error(field, f"{who or 'Somebody else'} changed this while you were writing")
            clashes.append(Clash(str(box.label), words, f"#{box.auto_id}", who, when))
        self.saw(names)
        return clashes


def _says(more):
    """Whether anything but what a step begins with is said there, or has to be put right."""
    return any(one.errors or (one.value() or "") != (one.field.initial or "") for one in more)


def _there(stands, steps):
    """What stands, by the boxes it is drawn in."""
    said = {name: value for name, value in stands.items() if not name.startswith("step:")}
    for key in steps:
        said |= {f"step-{key}-{name}": value for name, value in stands[f"step:{key}"].items()}
    return said


def _key(value):
    return int(value) if value else None

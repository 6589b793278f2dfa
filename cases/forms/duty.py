"""What is asked at the duty desk: of somebody who walks in, what came of it, of fares, and of the rota.

Source: product rules, roles (duty officer); local policy on fares.
"""

from django import forms

from cases.reference.duty import CameFor, FareKind
from cases.rules.fares import pence_of
from cases.rules.rota import Officer
from cases.rules.walk_ins import LONGEST_WORDS, MOST_CAME_TO, worries
from staff.errors import RuleBroken
from staff.forms import GovukForm, LongTextField, Radios, YesNoField
from staff.rules.dates import say_date

NONE, SAFE, NOT_SAFE, NOT_ASKED = "none", "safe", "unsafe", "not-asked"
SHOWN, KEPT = "shown", "kept"
ASKED = {SAFE: True, NOT_SAFE: False, NOT_ASKED: None}


class WalkInForm(GovukForm):
    came_for = forms.ChoiceField(
        label="Why did they come?",
        help_text="It tells whoever sees them what to prepare, and who must hear at once.",
        choices=CameFor.choices(),
        widget=Radios(
            hints={
                CameFor.UPSET.value: "Their officer and a senior hear at once",
                CameFor.RELEASED.value: "Ask where they sleep tonight, and what they were given",
            }
        ),
    )
    words = LongTextField(
        label="What do they say they want?",
        help_text="Their own words, in a line.",
        rows=2,
        max_length=LONGEST_WORDS,
        required=False,
    )
    safe = forms.ChoiceField(
        label="Ask: “Are you safe today?” What do they say?",
        help_text="Out of hearing of the waiting room. Of whoever says no, their officer and a senior hear at once.",
        choices=[(SAFE, "Yes"), (NOT_SAFE, "No"), (NOT_ASKED, "Not asked yet")],
        widget=Radios(inline=True),
    )
    place = forms.ChoiceField(label="Where are they?", required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        names = [(key, one.name) for key, one in self.places.items()]
        self.offer("place", [*names, ("", "Somewhere else")])

    def given(self):
        said = self.cleaned_data
        return {
            "came_for": said["came_for"],
            "words": said["words"],
            "safe": ASKED[said["safe"]],
            "place": self.places.get(said["place"]),
        }


class SeenForm(GovukForm):
    safe = YesNoField(
        label="Are they safe today, as they say?",
        help_text="Ask again now, alone with them. Of whoever says no, their officer and a senior hear at once.",
    )
    about = forms.ChoiceField(
        label="Was it about an appointment of today?",
        help_text="Then what came of that appointment is recorded next, in place of a line of its own in the log.",
        widget=Radios(),
    )
    came_to = LongTextField(
        label="What did it come to?",
        help_text="What they said, what you did, and what happens next. It goes into the log.",
        rows=6,
        max_length=MOST_CAME_TO,
    )
    sensitive = forms.ChoiceField(
        label="May this be shown to the person?",
        help_text="The log is part of their record, which they may ask to see.",
        choices=[(SHOWN, "Yes"), (KEPT, "No, keep it from the person")],
        widget=Radios(small=True),
    )

    def __init__(self, *args, walk_in, appointments, **kwargs):
        worry = worries(walk_in.came_for, walk_in.safe)
        begins = {
            "sensitive": KEPT if worry else SHOWN
        }  # safe is asked anew: alone, they may say otherwise
        super().__init__(*args, **{"initial": begins} | kwargs)
        self.appointments = {str(one.pk): one for one, _ in appointments}
        if appointments:
            choices = [(str(one.pk), words) for one, words in appointments]
            self.offer("about", [*choices, (NONE, "No")])
        else:
            del self.fields["about"]

    def given(self):
        said = self.cleaned_data
        return {
            "safe": said["safe"],
            "came_to": said["came_to"],
            "sensitive": said["sensitive"] == KEPT,
            "appointment": self.appointments.get(said.get("about", NONE)),
        }


class LeftForm(GovukForm):
    because = LongTextField(
        label="What do you know of why they left?",
        help_text="When they were last seen, what they said, and whether anybody spoke with them. Also that nobody saw them go.",
        rows=3,
        max_length=MOST_CAME_TO,
    )


class FareForm(GovukForm):
    kind = forms.ChoiceField(
        label="What are they given?",
        choices=FareKind.choices(),
        widget=Radios(
            reveals={FareKind.TICKET.value: ["ticket"], FareKind.VOUCHER.value: ["voucher"]}
        ),
    )
    ticket = forms.CharField(
        label="Number of the ticket", help_text="Where it has one.", max_length=60, required=False
    )
    voucher = forms.CharField(label="Number of the voucher", max_length=60)
    pence = forms.CharField(
        label="How much is it?",
        help_text="In pounds, for example 4.80. Exact to the penny, because it is accounted for.",
        max_length=12,
    )
    journey = forms.CharField(
        label="From where to where?",
        help_text="Towns or offices will do: no address of anybody they must not find.",
        max_length=200,
    )
    appointment = forms.ChoiceField(label="What is it for?", widget=Radios(small=True))
    signed_for = forms.BooleanField(label="They have signed for it")
    again = forms.BooleanField(label="Give another all the same", required=False)
    field_order = ("kind", "ticket", "voucher", "pence", "journey", "appointment", "again", "signed_for")  # fmt: skip

    def __init__(self, *args, appointments, before, **kwargs):
        """`before`: what they have been given today, in words; blank where nothing."""
        super().__init__(*args, **kwargs)
        self.appointments = {str(one.pk): one for one, _ in appointments}
        choices = [(str(one.pk), words) for one, words in appointments]
        if choices:
            nothing = [(NONE, "None of these: a walk-in, or to come to us another day")]
            self.offer("appointment", [*choices, *nothing])
        else:
            del self.fields["appointment"]
        if not before and not self.is_bound:
            del self.fields["again"]  # asked where the service says what was given
        elif before:
            self.fields["again"].help_text = before

    def clean_pence(self):
        try:
            return pence_of(self.cleaned_data["pence"])
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def given(self):
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "pence": said["pence"],
            "journey": said["journey"],
            "voucher": said["voucher"] or said["ticket"],
            "signed_for": said["signed_for"],
            "appointment": self.appointments.get(said.get("appointment", NONE)),
            "again": said["again"],
        }


class TakeBackForm(GovukForm):
    because = forms.CharField(
        label="Why is it taken back?",
        help_text="For example: not used, and handed in; or given by mistake.",
        max_length=300,
    )


class TurnForm(GovukForm):
    on = forms.ChoiceField(label="Day")
    user = forms.ChoiceField(label="Who has the duty")

    def __init__(self, *args, days, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = {day.isoformat(): day for day in days}
        self.officers: dict[str, Officer] = {str(one.key): one for one in officers}
        self.offer("on", [(key, f"{day:%A} {say_date(day)}") for key, day in self.days.items()])
        names = [(key, one.name) for key, one in self.officers.items()]
        self.offer("user", [("", "Choose somebody"), *names])

    def given(self):
        return {"on": self.days[self.cleaned_data["on"]]}

"""What is asked at each step of a referral. Source: `ttg.rules.referrals`."""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from staff.forms import (
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
    YesNoField,
)
from ttg.reference.referrals import Consent, ReferralState, SentHow
from ttg.rules.referrals import LONGEST_TELLS

WHEN = ("first_on", "first_time", "first_where", "first_postcode")


def at(on, time):
    """A day and a time here, as one moment; none where either is missing."""
    return datetime.combine(on, time, get_current_timezone()) if on and time else None


class DraftForm(GovukForm):
    """`services`: choices; none where the service is settled already. `may_be_duty`: it is about a home."""

    service = forms.ChoiceField(
        label="Which service?", help_text="Those in the book. Add one there if it is missing."
    )
    consent = forms.ChoiceField(
        label="Do they agree that we tell this service?",
        choices=Consent.choices(),
        widget=Radios(reveals={Consent.AGREED: ["consent_on"]}),
        help_text="A service is told nothing until they agree.",
    )
    consent_on = FlexibleDateField(label="When did they agree?", past=True)
    tells = LongTextField(
        label="What does the service need to know?",
        help_text="No more than it needs to help. Their name, date of birth, prison and day of release are said anyway. "
        "This stands on the page by which the service answers, so name nobody here.",
        rows=6,
        max_length=LONGEST_TELLS,
    )
    under_duty = YesNoField(
        label="Is this under the duty to refer?",
        help_text="In England a prison or probation provider refers somebody who may be homeless to the housing authority they choose. They must agree.",
        required=False,
        widget=Radios(reveals={"yes": ["chosen_because"]}),
    )
    chosen_because = forms.CharField(
        label="Why did they choose this authority?",
        help_text="The choice is theirs: family, work or where they lived before.",
        max_length=300,
    )

    def __init__(self, *args, services=None, may_be_duty=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_be_duty = may_be_duty
        if services is None:
            del self.fields["service"]
        else:
            self.offer("service", [("", "Choose a service"), *services])
        if not may_be_duty:
            del self.fields["under_duty"]
            del self.fields["chosen_because"]

    def given(self):
        said = dict(self.cleaned_data)
        if "service" in said:
            said["service_key"] = said.pop("service")
        return said | {
            "under_duty": bool(said.get("under_duty")),
            "chosen_because": said.get("chosen_because") or "",
        }


class SendForm(GovukForm):
    how = forms.ChoiceField(
        label="How does it go?",
        help_text="It is recorded as sent now. By e-mail what they need stays out of the e-mail: it stands on the page where the service answers.",
        choices=SentHow.choices(),
        widget=Radios,
    )


class AnswerForm(GovukForm):
    """`answers`: what the service may have said, given where the referral stands."""

    received_by = forms.CharField(
        label="Who at the service has it?",
        help_text="By name. An answer that nobody gave is not one.",
        max_length=200,
    )
    answer = forms.ChoiceField(
        label="What did they say?",
        widget=Radios(reveals={ReferralState.BOOKED: [*WHEN], ReferralState.REJECTED: ["because"]}),
    )
    first_on = FlexibleDateField(label="Day of the first appointment")
    first_time = FlexibleTimeField(label="Time")
    first_where = forms.CharField(label="Where?", max_length=300)
    first_postcode = forms.CharField(
        label="Postcode",
        help_text="So that the way there can be looked at.",
        max_length=20,
        required=False,
    )
    because = forms.CharField(label="Why did they turn them down?", max_length=500)

    def __init__(self, *args, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("answer", [(one.value, one.title) for one in answers])

    def given(self):
        said = dict(self.cleaned_data)
        on, time = said.pop("first_on"), said.pop("first_time")
        said = {name: value or "" for name, value in said.items()}
        return said | {"first_at": at(on, time)}


class FirstForm(GovukForm):
    first_on = FlexibleDateField(label="Day of the first appointment")
    first_time = FlexibleTimeField(label="Time")
    where = forms.CharField(label="Where?", max_length=300)
    postcode = forms.CharField(
        label="Postcode",
        help_text="So that the way there can be looked at.",
        max_length=20,
        required=False,
    )

    def given(self):
        said = dict(self.cleaned_data)
        return {
            "at": at(said["first_on"], said["first_time"]),
            "where": said["where"],
            "postcode": said["postcode"],
        }


class ToldForm(GovukForm):
    on = FlexibleDateField(
        label="When were they told of their first appointment?",
        help_text="Somebody who does not know of it cannot come. For example today or 3 May 2018.",
        past=True,
    )


class AttendedForm(GovukForm):
    came = YesNoField(label="Did they go to their first appointment there?")
    words = LongTextField(
        label="What is known of it?",
        help_text="If they did not go: why, as they say it, and what is done about it now.",
        required=False,
        rows=3,
        max_length=500,
    )


class OverForm(GovukForm):
    because = LongTextField(
        label="Why?",
        help_text="The next person who meets them needs to know whether to ask again.",
        rows=3,
        max_length=500,
    )

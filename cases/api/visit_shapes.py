"""What the API takes and gives of visits at home. The endpoints are `cases.api.visits`."""

from django.utils.timezone import localdate
from rest_framework import serializers

from cases.models import HomeVisit, VisitSafety
from cases.queries.visit_pages import state_words
from cases.queries.visit_safety import decision_of
from cases.queries.visit_sheet import seen_lines
from cases.reference.appointments import ToldHow
from cases.reference.checks import SubjectKind
from cases.reference.information import RaiseKind
from cases.reference.visits import FollowOn, NotDone, Signal, VisitWay, YesNoUnsure
from cases.rules.visit_safety import stands_in_the_way


class VisitSafetyOut(serializers.ModelSerializer):
    """How staff may visit one address: protected names are taken out of its words.

    The context has `facts`, what the record shows now, by the key of the decision.
    """

    endangers = serializers.ChoiceField(choices=YesNoUnsure.choices())
    signal = serializers.ChoiceField(choices=Signal.choices())
    way = serializers.ChoiceField(choices=VisitWay.choices())
    says = serializers.SerializerMethodField()
    in_the_way = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True)

    class Meta:
        model = VisitSafety
        fields = [
            "id", "address", "endangers", "signal", "way", "says", "needs_senior", "asked_on", "asked_by",
            "decided_at", "decided_by", "review_on", "in_the_way", "record",
        ]  # fmt: skip

    def get_says(self, safety) -> dict[str, str]:
        names = self.context["names"]
        written = ("where", "endangers_whom", "staff_risk", "fallback", "because")
        return {name: names.text(getattr(safety, name)) for name in written}

    def get_in_the_way(self, safety) -> list[str]:
        """Why nobody may go yet."""
        names = self.context["names"]
        found = stands_in_the_way(decision_of(safety), self._facts(safety), localdate())
        return [names.text(one) for one in found]

    def get_record(self, safety) -> dict[str, str]:
        """What the record shows, by its keys, while it waits for a senior: whoever decides says what they saw."""
        if safety.decided_at:
            return {}
        record = self._facts(safety).record
        return {one.key: self.context["names"].text(one.words) for one in record}

    def _facts(self, safety):
        return self.context["facts"][safety.pk]


class VisitSafetyIn(serializers.Serializer):
    address = serializers.IntegerField(required=False, allow_null=True)
    where = serializers.CharField(max_length=400, required=False, default="")
    endangers = serializers.ChoiceField(choices=YesNoUnsure.choices())
    endangers_whom = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True
    )
    staff_risk = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True
    )
    signal = serializers.ChoiceField(choices=Signal.choices())
    fallback = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    way = serializers.ChoiceField(choices=VisitWay.choices())
    because = serializers.CharField(max_length=1000)
    ask_senior = serializers.BooleanField(required=False, default=False)


class VisitSafetyDecisionIn(serializers.Serializer):
    way = serializers.ChoiceField(choices=VisitWay.choices())
    because = serializers.CharField(max_length=1000)
    seen = serializers.ListField(child=serializers.CharField(max_length=60), max_length=1000)


class HomeVisitOut(serializers.ModelSerializer):
    """A visit as this reader may see it."""

    id = serializers.IntegerField(source="pk")
    starts_at = serializers.DateTimeField(source="appointment.contact.started_at")
    state = serializers.SerializerMethodField()
    officer = serializers.CharField(
        source="appointment.officer.username", default=None, allow_null=True
    )
    with_whom = serializers.CharField(source="with_whom.username", default=None, allow_null=True)
    buddy = serializers.CharField(source="buddy.username", default=None, allow_null=True)
    seen = serializers.SerializerMethodField()

    class Meta:
        model = HomeVisit
        fields = [
            "id", "starts_at", "state", "safety", "officer", "with_whom", "buddy", "set_out_at", "call_by",
            "back_at", "seen",
        ]  # fmt: skip

    def get_state(self, visit) -> str:
        return state_words(visit)

    def get_seen(self, visit) -> dict[str, str]:
        """What was seen, or why it was not done, by what was asked."""
        return {line.label: line.value for line in seen_lines(visit, self.context["names"])}


class HomeVisitIn(serializers.Serializer):
    safety = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=480)
    officer = serializers.CharField(max_length=150)
    second = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    buddy = serializers.CharField(max_length=150)
    enforces = serializers.CharField(max_length=40, required=False, default="")
    told_how = serializers.ChoiceField(
        choices=ToldHow.choices(), required=False, default=ToldHow.NOT_YET.value
    )
    prepared = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class CallByIn(serializers.Serializer):
    call_by = serializers.DateTimeField()


class FollowsIn(serializers.Serializer):
    """`follow_on`: what is carried out with the record."""

    follow_on = serializers.MultipleChoiceField(
        choices=FollowOn.choices(), required=False, default=set
    )
    other_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    rise_kind = serializers.ChoiceField(choices=RaiseKind.choices(), required=False)
    rise_value = serializers.CharField(max_length=20, required=False)
    rise_because = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )
    sensitive = serializers.BooleanField(required=False, default=False)


class NewPersonIn(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=SubjectKind.choices())
    relationship = serializers.CharField(max_length=100, required=False, default="")
    born_on = serializers.DateField(required=False, allow_null=True, default=None)


class VisitRecordIn(FollowsIn):
    """`seen`: answers by the codes of the prompts: lists of codes, a code, a number or words."""

    seen = serializers.DictField()
    notes = serializers.CharField(max_length=8000, required=False, default="", allow_blank=True)
    complied = serializers.BooleanField(required=False, default=True)
    new_person = NewPersonIn(required=False, allow_null=True, default=None)


class VisitNotDoneIn(FollowsIn):
    not_done = serializers.ChoiceField(choices=NotDone.choices())
    because = serializers.CharField(max_length=2000)
    next_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class CheckInOut(serializers.Serializer):
    """A visit that the reader watches or makes, with no more than it takes to send help."""

    id = serializers.IntegerField(source="key")
    who = serializers.CharField()
    state = serializers.CharField()
    call_by = serializers.CharField()
    late = serializers.BooleanField()
    where = serializers.CharField()
    asks = serializers.CharField()
    signal = serializers.CharField()
    instruction = serializers.CharField()

"""The parts of a plan as the API shows and takes them.

What several write carries `seen`: marks of what stood when the writer read it, as `GET` gives them.
"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.base import InOrder
from cases.models import Contingency, Delivery, Objective, PlanAction
from cases.queries.plan_words import CONTINGENCY, DELIVERY, objective_said, said_of
from cases.reference.codes import Sharing
from cases.reference.needs import NeedArea
from cases.reference.plans import Actor, Nature, Route
from cases.rules.plan_steps import StepGiven
from staff.rules.merging import marks


class NamedText(serializers.CharField):
    """Words of the case, without the names this reader may not see."""

    def to_representation(self, value):
        return self.context["names"].text(value)


class StepOut(serializers.ModelSerializer):
    what = NamedText()
    by_whom = NamedText()
    done_note = NamedText()
    dropped_because = NamedText()

    class Meta:
        model = PlanAction
        list_serializer_class = InOrder
        fields = [
            "id", "what", "actor", "by_whom", "by_on", "nature", "agency", "protects", "enquiry", "sharing",
            "in_draft", "done_on", "done_note", "dropped_on", "dropped_because",
        ]  # fmt: skip


class ObjectiveOut(serializers.ModelSerializer):
    what = NamedText()
    steps = StepOut(many=True)
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Objective
        list_serializer_class = InOrder
        fields = ["id", "area", "what", "about", "place", "carried", "sharing", "steps", "seen"]

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_seen(self, one):
        standing = [step for step in one.steps.all() if step.dropped_on is None]
        said = objective_said(one, standing)
        return marks(said, said)


class ContingencyOut(serializers.ModelSerializer):
    what_if = NamedText()
    then = NamedText()
    by_whom = NamedText()
    by_when = NamedText()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Contingency
        list_serializer_class = InOrder
        fields = ["id", "what_if", "then", "by_whom", "by_when", "carried", "sharing", "seen"]

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_seen(self, one):
        said = said_of(one, CONTINGENCY)
        return marks(said, said)


class DeliveryOut(serializers.ModelSerializer):
    """`key` is how it is named when it is written: "requirement:12"."""

    key = serializers.SerializerMethodField()
    how = NamedText()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        list_serializer_class = InOrder
        fields = [
            "key",
            "requirement",
            "condition",
            "route",
            "how",
            "arranged_on",
            "sharing",
            "seen",
        ]

    def get_key(self, one) -> str:
        if one.requirement_id:
            return f"requirement:{one.requirement_id}"
        return f"condition:{one.condition_id}"

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_seen(self, one):
        key = self.get_key(one)
        return marks({key: said_of(one, DELIVERY)}, [key])


class StepIn(serializers.Serializer):
    """`id`: of a step that stands and is changed."""

    id = serializers.IntegerField(required=False, min_value=1)
    what = serializers.CharField(max_length=500)
    by_on = serializers.DateField()
    actor = serializers.ChoiceField(choices=Actor.choices(), default=Actor.OFFICER)
    by_whom = serializers.CharField(max_length=200, default="", allow_blank=True)
    nature = serializers.ChoiceField(choices=Nature.choices(), default=Nature.CONSTRUCTIVE)
    agency = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    protects = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    enquiry = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    sharing = serializers.ChoiceField(choices=Sharing.choices(), default=Sharing.YES)


class SeenIn(serializers.Serializer):
    seen = serializers.DictField(child=serializers.CharField(), default=dict, allow_empty=True)


class ObjectiveIn(SeenIn):
    """`removed`: steps taken out. `adopt`: actions that stand by themselves and join it."""

    what = serializers.CharField(max_length=500)
    area = serializers.ChoiceField(choices=NeedArea.choices(), default="", allow_blank=True)
    about = serializers.ListField(child=serializers.CharField(max_length=30), default=list)
    sharing = serializers.ChoiceField(choices=Sharing.choices(), default=Sharing.YES)
    steps = StepIn(many=True, default=list)
    removed = serializers.ListField(child=serializers.IntegerField(), default=list)
    adopt = serializers.ListField(child=serializers.IntegerField(), default=list)

    def given(self):
        said = dict(self.validated_data)
        return said | {"steps": [StepGiven(**one) for one in said["steps"]]}


class ContingencyIn(SeenIn):
    what_if = serializers.CharField(max_length=500)
    then = serializers.CharField(max_length=500)
    by_whom = serializers.CharField(max_length=200)
    by_when = serializers.CharField(max_length=100)
    sharing = serializers.ChoiceField(choices=Sharing.choices(), default=Sharing.NO)

    def given(self):
        said = dict(self.validated_data)
        return {"seen": said.pop("seen"), "given": said}


class OneDeliveryIn(serializers.Serializer):
    route = serializers.ChoiceField(choices=Route.choices())
    how = serializers.CharField(max_length=500, default="", allow_blank=True)
    arranged_on = serializers.DateField(default=None, allow_null=True)
    sharing = serializers.ChoiceField(choices=Sharing.choices(), default=Sharing.YES)

    def to_internal_value(self, data):
        said = dict(super().to_internal_value(data))
        day = said["arranged_on"]
        return said | {"arranged_on": day.isoformat() if day else None}


class DeliveriesIn(SeenIn):
    given = serializers.DictField(child=OneDeliveryIn())


class PlanAnswersIn(SeenIn):
    """`given`: what is said once a plan, by code; blank or null takes an answer away."""

    given = serializers.DictField(child=serializers.JSONField(allow_null=True))


class ConflictsOut(serializers.Serializer):
    """What somebody else changed meanwhile, and was therefore not written."""

    conflicts = serializers.ListField(child=serializers.CharField())


class GiveUpIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)

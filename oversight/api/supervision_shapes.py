"""The shapes of supervision as the API takes and gives it: officers, sessions with their agenda, and what was agreed."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.services.policy import supervision_policy
from oversight.queries import supervision as queries
from oversight.queries.agenda import agenda_for
from oversight.reference.supervision import ONCE_SIGNED, SupervisionState


class SupervisedOut(serializers.Serializer):
    """In the order of their names. `open`, `late`: of what was agreed."""

    officer = serializers.CharField(source="name")
    last_held = serializers.CharField(source="last")
    next = serializers.CharField()
    stands = serializers.CharField(source="words")
    open = serializers.IntegerField()
    late = serializers.IntegerField()


class AgendaItemOut(serializers.Serializer):
    """`crns`: of cases that the reader may open; `others`: how many more it names; `before`: late already when the case was given."""

    title = serializers.CharField()
    count = serializers.IntegerField()
    crns = serializers.SerializerMethodField()
    others = serializers.IntegerField()
    before = serializers.IntegerField()

    def get_crns(self, item) -> list[str]:
        return [link.text for link in item.cases]


class AgendaOut(serializers.Serializer):
    strengths = AgendaItemOut(many=True)
    red = AgendaItemOut(many=True)
    left_off = serializers.CharField(allow_blank=True)
    limited_access = serializers.IntegerField(source="kept")


class AgreedOut(serializers.Serializer):
    """`id`: by which what is on no case is settled."""

    id = serializers.IntegerField(source="key")
    what = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    where = serializers.CharField(allow_blank=True)
    stands = serializers.CharField()
    said = serializers.CharField(allow_blank=True)


class SupervisionOut(serializers.Serializer):
    """One session, as this reader may see it."""

    id = serializers.IntegerField(source="pk")
    officer = serializers.CharField(source="officer.username")
    senior = serializers.CharField(source="senior.username")
    state = serializers.ChoiceField(SupervisionState.choices())
    planned_on = serializers.DateField()
    held_on = serializers.DateField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    read_at = serializers.DateTimeField(allow_null=True)
    discussed = serializers.SerializerMethodField()
    answer = serializers.CharField(allow_blank=True)
    agenda = serializers.SerializerMethodField()
    agreed = serializers.SerializerMethodField()

    def get_discussed(self, one) -> str:
        return one.discussed if one.state in ONCE_SIGNED else ""

    @extend_schema_field(AgendaOut)
    def get_agenda(self, one):
        reader, today = self.context["reader"], localdate()
        if one.state == SupervisionState.PLANNED:
            made = agenda_for(one.officer, reader, today, supervision_policy(today))
            return AgendaOut(queries.agenda_shown(made, reader)).data
        return AgendaOut(queries.kept_agenda(one, reader)).data

    @extend_schema_field(AgreedOut(many=True))
    def get_agreed(self, one):
        rows = queries.agreed_of([one], self.context["reader"], localdate())
        return AgreedOut(rows, many=True).data


class PlanSupervisionIn(serializers.Serializer):
    planned_on = serializers.DateField()


class CallOffSupervisionIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class SettleAgreedIn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


class AgreeActionIn(serializers.Serializer):
    what = serializers.CharField(max_length=1000)
    why = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()
    crn = serializers.CharField(max_length=10, required=False, allow_blank=True)


class SignSupervisionIn(serializers.Serializer):
    discussed = serializers.CharField(max_length=4000)
    next_on = serializers.DateField()


class ReadSupervisionIn(serializers.Serializer):
    answer = serializers.CharField(max_length=4000, required=False, allow_blank=True)

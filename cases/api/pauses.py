"""That somebody cannot be seen as usual, where they are as far as we know, and that it is over."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, InOrder
from cases.models import Pause
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.suggested_pauses import suggestions_of
from cases.reference.pauses import PauseKind
from cases.services import pauses as services
from staff.permissions import Action


class WhereaboutsOut(serializers.Serializer):
    class Meta:
        list_serializer_class = InOrder

    id = serializers.IntegerField(source="pk")
    on = serializers.DateField()
    asked = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username")

    def get_asked(self, one) -> str:
        return self.context["names"].text(one.asked)

    def get_said(self, one) -> str:
        return self.context["names"].text(one.said)


class PauseOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    where = serializers.SerializerMethodField()
    who_said = serializers.SerializerMethodField()
    ended_because = serializers.SerializerMethodField()
    asked = WhereaboutsOut(many=True)

    class Meta:
        model = Pause
        fields = [
            "id", "kind", "from_on", "to_on", "where", "who_said", "last_seen_on", "begun_at", "ended_at", "ended_because",
            "asked",
        ]  # fmt: skip

    def get_where(self, one) -> str:
        return self.context["names"].text(one.where)

    def get_who_said(self, one) -> str:
        return self.context["names"].text(one.source)

    def get_ended_because(self, one) -> str:
        return self.context["names"].text(one.ended_because)


class SuggestionOut(serializers.Serializer):
    """What the record suggests and nobody has said: never assumed."""

    kind = serializers.ChoiceField(PauseKind.choices())
    words = serializers.CharField()
    since = serializers.DateField(allow_null=True)


class PausesOut(serializers.Serializer):
    pauses = PauseOut(many=True)
    suggested = SuggestionOut(many=True)


class PauseIn(serializers.Serializer):
    """`where`: the prison, hospital or country, of those kinds that are in one."""

    kind = serializers.ChoiceField(PauseKind.choices())
    from_on = serializers.DateField()
    where = serializers.CharField(max_length=200, default="", allow_blank=True)
    who_said = serializers.CharField(max_length=300, source="source")
    last_seen_on = serializers.DateField(default=None, allow_null=True)


class BeginIn(PauseIn):
    """`calls_off`: keys of their appointments to come that are called off in the same step."""

    calls_off = serializers.ListField(child=serializers.IntegerField(min_value=1), default=list)


class EndIn(serializers.Serializer):
    """`now_as`: the kind of pause that takes its place, `where` where that is; blank: they are seen as usual."""

    to_on = serializers.DateField()
    because = serializers.CharField(max_length=500)
    now_as = serializers.ChoiceField(PauseKind.choices(), default="", allow_blank=True)
    where = serializers.CharField(max_length=200, default="", allow_blank=True)


class AskedIn(serializers.Serializer):
    on = serializers.DateField()
    asked = serializers.CharField(max_length=200)
    said = serializers.CharField(max_length=2000)


class Pauses(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.PAUSE_CASE}

    @extend_schema(operation_id="list_pauses", responses=PausesOut)
    def get(self, request, crn):
        """Every pause, the latest first, with whom was asked; and what the record suggests."""
        found = self.case.pauses.prefetch_related("asked__by").order_by("-from_on", "-pk")
        known = {
            "pauses": found,
            "suggested": suggestions_of([self.case.pk]).get(self.case.pk, ()),
        }
        return Response(PausesOut(known, context=_context(self.case, request.user)).data)

    @extend_schema(operation_id="begin_pause", request=BeginIn, responses={201: PauseOut})
    def post(self, request, crn):
        """They cannot be seen as usual: what is owed with them stands still."""
        given = BeginIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.begin_pause(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self.case, request.user, made), status=201)


class _Step(CaseAPI):
    action = Action.PAUSE_CASE

    def found(self, pk):
        return get_object_or_404(self.case.pauses.select_related("case"), pk=pk)


class CorrectPause(_Step):
    @extend_schema(operation_id="correct_pause", request=PauseIn, responses=PauseOut)
    def post(self, request, crn, pause):
        """Put right what was recorded of a pause that runs."""
        given = PauseIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"pause": self.found(pause), "by": request.user, "now": now()}
        done = services.correct_pause(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, done))


class EndPause(_Step):
    @extend_schema(operation_id="end_pause", request=EndIn, responses=PauseOut)
    def post(self, request, crn, pause):
        """It is over: they can be seen as usual, or another pause takes its place."""
        given = EndIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"pause": self.found(pause), "by": request.user, "now": now()}
        done = services.end_pause(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, done))


class RecordWhereabouts(_Step):
    @extend_schema(
        operation_id="record_whereabouts", request=AskedIn, responses={201: WhereaboutsOut}
    )
    def post(self, request, crn, pause):
        """Whom somebody asked where they are, and what was said."""
        given = AskedIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"pause": self.found(pause), "by": request.user, "now": now()}
        made = services.record_whereabouts(**known, **given.validated_data)
        out = WhereaboutsOut(made, context=_context(self.case, request.user))
        return Response(out.data, status=201)


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}


def _shown(case, user, found):
    return PauseOut(found, context=_context(case, user)).data

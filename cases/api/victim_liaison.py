"""Who the victim liaison officer of a case is, what they are still to hear, and saying that they were told."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import VictimLiaison, VictimNotice
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.victim_liaison import ToldHow
from cases.services import victim_liaison as services
from staff.permissions import Action


class _Named(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    def to_representation(self, one):
        said = super().to_representation(one)
        names = self.context["names"]
        return said | {name: names.text(said[name]) for name in self.Meta.texts}


class LiaisonOut(_Named):
    class Meta:
        model = VictimLiaison
        texts = ("officer", "unit", "reach", "ended_because")
        fields = ["id", "officer", "unit", "reach", "since_on", "ended_on", "ended_because"]


class VictimNoticeOut(_Named):
    """`told_on`: none of what is answered and need not be told; `said` is then why."""

    class Meta:
        model = VictimNotice
        texts = ("words", "told_whom", "said")
        fields = [
            "id", "cause", "happened_on", "words", "raised_at", "told_on", "told_whom", "told_how", "said", "answered_at",
        ]  # fmt: skip


class VictimLiaisonOut(serializers.Serializer):
    officers = LiaisonOut(many=True)
    notices = VictimNoticeOut(many=True)


class LiaisonIn(serializers.Serializer):
    officer = serializers.CharField(max_length=200)
    unit = serializers.CharField(max_length=200)
    reach = serializers.CharField(max_length=300)
    since_on = serializers.DateField()


class EndLiaisonIn(serializers.Serializer):
    on = serializers.DateField()
    because = serializers.CharField(max_length=300)


class VictimNoticeIn(serializers.Serializer):
    words = serializers.CharField(max_length=300)
    happened_on = serializers.DateField()


class VictimToldIn(serializers.Serializer):
    """`said`: never who or where a victim is."""

    on = serializers.DateField()
    whom = serializers.CharField(max_length=200)
    how = serializers.ChoiceField(ToldHow.choices())
    said = serializers.CharField(max_length=4000)


class NeedNotTellIn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


class VictimLiaisonOfCase(CaseAPI):
    action = Action.VIEW_VICTIM_LIAISON
    actions = {"POST": Action.TELL_VICTIM_LIAISON}

    @extend_schema(operation_id="list_victim_liaison", responses=VictimLiaisonOut)
    def get(self, request, crn):
        """Whoever it is and was, the latest first; and everything they were to hear, the first raised first."""
        known = {
            "officers": self.case.victim_liaison.order_by("-since_on", "-pk"),
            "notices": self.case.victim_notices.order_by("raised_at", "pk"),
        }
        return Response(VictimLiaisonOut(known, context=_context(self.case, request.user)).data)

    @extend_schema(
        operation_id="name_victim_liaison", request=LiaisonIn, responses={201: LiaisonOut}
    )
    def post(self, request, crn):
        """Say who it is from that day on; whoever was before ends on it."""
        given = LiaisonIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.name_liaison(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(LiaisonOut(made, context=_context(self.case, request.user)).data, 201)


class AddVictimNotice(CaseAPI):
    action = Action.TELL_VICTIM_LIAISON

    @extend_schema(
        operation_id="add_victim_notice", request=VictimNoticeIn, responses={201: VictimNoticeOut}
    )
    def post(self, request, crn):
        """Something else has happened that they must hear of."""
        given = VictimNoticeIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.add_notice(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(VictimNoticeOut(made, context=_context(self.case, request.user)).data, 201)


class EndVictimLiaison(CaseAPI):
    action = Action.TELL_VICTIM_LIAISON

    @extend_schema(operation_id="end_victim_liaison", request=EndLiaisonIn, responses=LiaisonOut)
    def post(self, request, crn, liaison):
        """They are not any more. What is still to be told stays."""
        found = get_object_or_404(self.case.victim_liaison, pk=liaison)
        given = EndLiaisonIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.end_liaison(
            liaison=found, by=request.user, today=localdate(), **given.validated_data
        )
        return Response(LiaisonOut(done, context=_context(self.case, request.user)).data)


class _Answer(CaseAPI):
    action = Action.TELL_VICTIM_LIAISON

    def answer(self, request, service, shape, notice):
        found = get_object_or_404(self.case.victim_notices, pk=notice)
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        done = service(notice=found, by=request.user, now=now(), **given.validated_data)
        return Response(VictimNoticeOut(done, context=_context(self.case, request.user)).data)


class TellVictimLiaison(_Answer):
    @extend_schema(
        operation_id="tell_victim_liaison", request=VictimToldIn, responses=VictimNoticeOut
    )
    def post(self, request, crn, notice):
        """They were told: when, whom, how and in which words."""
        return self.answer(request, services.tell_liaison, VictimToldIn, notice)


class NeedNotTell(_Answer):
    @extend_schema(operation_id="need_not_tell", request=NeedNotTellIn, responses=VictimNoticeOut)
    def post(self, request, crn, notice):
        """They need not hear of it, because."""
        return self.answer(request, services.need_not_tell, NeedNotTellIn, notice)


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}

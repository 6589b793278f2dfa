"""That somebody has died: recorded, who has to hear and who has, put right, and undone where it was a mistake."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Death
from cases.queries.deaths import circumstances_of, standing_death
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.deaths import Hear
from cases.rules.deaths import left_to_tell
from cases.services import deaths as services
from staff.permissions import Action


class DeathOut(serializers.ModelSerializer):
    """`told`: by code, on which day and in which words; no day: there is nobody to tell. `to_tell`: codes still open."""

    told_by = serializers.SerializerMethodField()
    family = serializers.SerializerMethodField()
    told = serializers.SerializerMethodField()
    to_tell = serializers.SerializerMethodField()
    undone_because = serializers.SerializerMethodField()

    class Meta:
        model = Death
        fields = [
            "id", "died_on", "told_by", "in_custody", "family", "told", "to_tell", "recorded_at", "undone_at",
            "undone_because",
        ]  # fmt: skip

    def get_told_by(self, one) -> str:
        return self.context["names"].text(one.told_by)

    def get_family(self, one) -> str:
        return self.context["names"].text(one.family)

    def get_undone_because(self, one) -> str:
        return self.context["names"].text(one.undone_because)

    def get_told(self, one) -> dict[str, dict[str, str]]:
        names = self.context["names"]
        return {
            whom: {"on": said["on"], "words": names.text(said["words"])}
            for whom, said in one.told.items()
        }

    def get_to_tell(self, one) -> list[str]:
        if one.undone_at:
            return []
        return [str(whom) for whom in left_to_tell(circumstances_of(one), one.told)]


class DeathIn(serializers.Serializer):
    """`died_on` and `in_custody`: none where it is not known."""

    died_on = serializers.DateField(default=None, allow_null=True)
    told_by = serializers.CharField(max_length=200)
    in_custody = serializers.BooleanField(default=None, allow_null=True)
    family = serializers.CharField(max_length=2000, default="", allow_blank=True)


class HeardIn(serializers.Serializer):
    """`on`: none where there is nobody to tell, and `words` say how we know."""

    whom = serializers.ChoiceField(Hear.choices())
    on = serializers.DateField(allow_null=True)
    words = serializers.CharField(max_length=1000)


class UndoneIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class Deaths(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.RECORD_DEATH}

    @extend_schema(operation_id="list_deaths", responses=DeathOut(many=True))
    def get(self, request, crn):
        """The death that stands, and those that were recorded by mistake."""
        found = list(self.case.deaths.order_by("-recorded_at", "-pk"))
        for one in found:
            one.case = self.case
        return Response(_shown(self.case, request.user, found, many=True))

    @extend_schema(operation_id="record_death", request=DeathIn, responses={201: DeathOut})
    def post(self, request, crn):
        """They have died: from this moment nothing is sent to them and nothing booked."""
        given = DeathIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.record_death(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self.case, request.user, made), status=201)


class _Step(CaseAPI):
    action = Action.RECORD_DEATH

    def known(self, request):
        """The death that stands, whoever acts on it and when."""
        found = standing_death(self.case)
        if found is None:
            raise NotFound
        return {"death": found, "by": request.user, "now": now()}


class CorrectDeath(_Step):
    @extend_schema(operation_id="correct_death", request=DeathIn, responses=DeathOut)
    def post(self, request, crn):
        """Put right, or add, what is known of it."""
        given = DeathIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.correct_death(**self.known(request), **given.validated_data)
        return Response(_shown(self.case, request.user, done))


class SayHeard(_Step):
    @extend_schema(operation_id="say_heard", request=HeardIn, responses=DeathOut)
    def post(self, request, crn):
        """Somebody has been told, or there is nobody to tell."""
        given = HeardIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.say_heard(**self.known(request), **given.validated_data)
        return Response(_shown(self.case, request.user, done))


class UndoDeath(_Step):
    action = Action.UNDO_DEATH

    @extend_schema(operation_id="undo_death", request=UndoneIn, responses=DeathOut)
    def post(self, request, crn):
        """They are alive: the case is open again, and every clock goes on."""
        given = UndoneIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.undo_death(**self.known(request), **given.validated_data)
        return Response(_shown(self.case, request.user, done))


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return DeathOut(found, many=many, context={"names": names}).data

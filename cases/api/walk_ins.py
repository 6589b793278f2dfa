"""Whoever walks in: those who wait, recording that they are here, that they were seen, that they left."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, one_of
from cases.api.cases import MaskedOut
from cases.models import Case, WalkIn
from cases.queries.names import names_for, names_for_each
from cases.queries.reach import actions_on, actions_on_each
from cases.queries.walk_ins import (
    appointments_today,
    door_warnings,
    places_to_choose,
    waiting_among,
)
from cases.reference.duty import CameFor
from cases.services import walk_ins as services
from staff.permissions import Action


class WalkInOut(serializers.ModelSerializer):
    """`safe`: what they answered, null while nobody has asked. Names that are protected are left out of words."""

    crn = serializers.CharField(source="case.crn")
    place = serializers.CharField(source="place.name", default=None, allow_null=True)
    recorded_by = serializers.CharField(source="recorded_by.username")
    words = serializers.SerializerMethodField()
    came_to = serializers.SerializerMethodField()

    class Meta:
        model = WalkIn
        fields = [
            "id", "crn", "came_at", "came_for", "words", "safe", "place", "state", "recorded_by", "ended_at",
            "came_to", "contact",
        ]  # fmt: skip

    def get_words(self, one) -> str:
        return self.context["names"][one.case_id].text(one.words)

    def get_came_to(self, one) -> str:
        return self.context["names"][one.case_id].text(one.came_to)


class WaitingOut(WalkInOut):
    """`warnings`: what must be known before anybody goes out to them, in sentences."""

    warnings = serializers.SerializerMethodField()

    class Meta(WalkInOut.Meta):
        fields = [*WalkInOut.Meta.fields, "warnings"]

    def get_warnings(self, one) -> list[str]:
        return self.context["warnings"][one.pk]


class WaitingPage(serializers.Serializer):
    results = WaitingOut(many=True)
    limited_access = MaskedOut(many=True)


class WalkInIn(serializers.Serializer):
    """`place`: the name of a place in use. `safe`: null where nobody has asked yet."""

    came_for = serializers.ChoiceField(CameFor.choices())
    words = serializers.CharField(max_length=500, default="", allow_blank=True)
    safe = serializers.BooleanField(default=None, allow_null=True)
    place = serializers.CharField(default=None, allow_null=True)


class SeenIn(serializers.Serializer):
    """`appointment`: the number of the one of today that it was about. `sensitive`: not for the person."""

    came_to = serializers.CharField(max_length=4000)
    safe = serializers.BooleanField()
    sensitive = serializers.BooleanField(default=False)
    appointment = serializers.IntegerField(default=None, allow_null=True)


class LeftIn(serializers.Serializer):
    because = serializers.CharField(max_length=4000)


class WaitingNow(StaffAPI):
    action = Action.VIEW_DUTY

    @extend_schema(operation_id="list_waiting", responses=WaitingPage)
    def get(self, request):
        """Who walked in and waits, whoever came first before the others, with what must be known at the door."""
        user = request.user
        found = list(waiting_among(Case.objects.open_to(user, self.action)).select_related("recorded_by")[:SIZE])  # fmt: skip
        people = {one.case_id: one.case for one in found}
        names = names_for_each(people.values(), actions_on_each(people.values(), user))
        context = {"names": names, "warnings": door_warnings(found, user, now())}
        masked = Case.objects.within_reach(user, self.action).masked_to(user)[:SIZE]
        rows = WaitingOut(found, many=True, context=context).data
        return Response({"results": rows, "limited_access": MaskedOut(masked, many=True).data})


class WalkIns(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.SEE_WALK_IN}

    @extend_schema(operation_id="list_walk_ins", responses=WalkInOut(many=True))
    def get(self, request, crn):
        """When they walked in, and what it came to, the latest first."""
        found = self.case.walk_ins.select_related("case", "place", "recorded_by")
        found = found.order_by("-came_at", "-pk")
        return Response(_shown(self.case, request.user, found, many=True))

    @extend_schema(operation_id="record_walk_in", request=WalkInIn, responses={201: WalkInOut})
    def post(self, request, crn):
        """They stand at the desk: seeing them is owed today, and whoever holds the case is told."""
        given = WalkInIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        places = places_to_choose(request.user, localdate())
        said["place"] = one_of(places, "name", said["place"], "place")
        made = services.record_walk_in(case=self.case, by=request.user, now=now(), **said)
        return Response(_shown(self.case, request.user, made), status=201)


class _Step(CaseAPI):
    action = Action.SEE_WALK_IN

    def found(self, pk):
        return get_object_or_404(self.case.walk_ins.select_related("case"), pk=pk)


class SeeWalkIn(_Step):
    @extend_schema(operation_id="see_walk_in", request=SeenIn, responses=WalkInOut)
    def post(self, request, crn, walk_in):
        """They were seen: it is in the log, or it was about an appointment of today."""
        given = SeenIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        today = [one for one, _ in appointments_today(self.case, localdate())]
        said["appointment"] = one_of(today, "pk", said["appointment"], "appointment")
        known = {"walk_in": self.found(walk_in), "by": request.user, "now": now()}
        return Response(_shown(self.case, request.user, services.see_walk_in(**known, **said)))


class LeaveUnseen(_Step):
    @extend_schema(operation_id="leave_unseen", request=LeftIn, responses=WalkInOut)
    def post(self, request, crn, walk_in):
        """They left: whoever was upset or not safe is rung the same day."""
        given = LeftIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"walk_in": self.found(walk_in), "by": request.user, "now": now()}
        done = services.leave_unseen(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, done))


def _shown(case, user, found, many=False):
    names = {case.pk: names_for(case, actions_on(case, user))}
    return WalkInOut(found, many=many, context={"names": names}).data

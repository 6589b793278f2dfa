"""How somebody stands with the Home Office, and leave to travel abroad. Nothing of a passport is kept."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import HomeOffice, Travel
from cases.queries.home_office import stands_with_the_home_office
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.home_office import HomeOfficeInterest
from cases.services import travels as services
from cases.services.home_office import record_home_office
from staff.permissions import Action


class _Named(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    def to_representation(self, one):
        said = super().to_representation(one)
        names = self.context["names"]
        return said | {name: names.text(said[name]) for name in self.Meta.texts}


class HomeOfficeOut(_Named):
    class Meta:
        model = HomeOffice
        texts = ("reference", "caseworker", "conditions")
        fields = [
            "interest", "reference", "asked_on", "answered_on", "caseworker", "conditions", "set_at", "version",
        ]  # fmt: skip


class TravelAbroadOut(_Named):
    class Meta:
        model = Travel
        texts = ("where", "why", "because")
        fields = [
            "id", "where", "why", "from_on", "to_on", "state", "asked_at", "decided_at", "because", "back_on",
        ]  # fmt: skip


class HomeOfficeStandsOut(serializers.Serializer):
    """`home_office`: none where nobody has written anything down."""

    home_office = HomeOfficeOut(allow_null=True)
    travels = TravelAbroadOut(many=True)


class HomeOfficeIn(serializers.Serializer):
    """`version`: of what the writer saw, 0 where there was nothing."""

    interest = serializers.ChoiceField(HomeOfficeInterest.choices(), allow_blank=True)
    reference = serializers.CharField(max_length=60, default="", allow_blank=True)
    asked_on = serializers.DateField(default=None, allow_null=True)
    answered_on = serializers.DateField(default=None, allow_null=True)
    caseworker = serializers.CharField(max_length=300, default="", allow_blank=True)
    conditions = serializers.CharField(max_length=4000, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0)


class TravelAbroadIn(serializers.Serializer):
    where = serializers.CharField(max_length=200)
    why = serializers.CharField(max_length=500)
    from_on = serializers.DateField()
    to_on = serializers.DateField()


class DecideTravelIn(serializers.Serializer):
    granted = serializers.BooleanField()
    because = serializers.CharField(max_length=500)


class WithdrawTravelIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class TravelBackIn(serializers.Serializer):
    on = serializers.DateField()


class HomeOfficeOfCase(CaseAPI):
    action = Action.VIEW_HOME_OFFICE
    actions = {"PUT": Action.RECORD_HOME_OFFICE}

    @extend_schema(operation_id="read_home_office", responses=HomeOfficeStandsOut)
    def get(self, request, crn):
        """How they stand, and all their travel, the first day first."""
        known = {
            "home_office": stands_with_the_home_office(self.case),
            "travels": self.case.travels.order_by("from_on", "pk"),
        }
        return Response(HomeOfficeStandsOut(known, context=_context(self.case, request.user)).data)

    @extend_schema(operation_id="record_home_office", request=HomeOfficeIn, responses=HomeOfficeOut)
    def put(self, request, crn):
        """What the Home Office said stands in place of what was known before."""
        given = HomeOfficeIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = record_home_office(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(HomeOfficeOut(done, context=_context(self.case, request.user)).data)


class AskTravel(CaseAPI):
    action = Action.RECORD_HOME_OFFICE

    @extend_schema(
        operation_id="ask_travel", request=TravelAbroadIn, responses={201: TravelAbroadOut}
    )
    def post(self, request, crn):
        """They want to travel abroad: a senior decides."""
        given = TravelAbroadIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.ask_travel(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(TravelAbroadOut(made, context=_context(self.case, request.user)).data, 201)


class _Step(CaseAPI):
    action = Action.RECORD_HOME_OFFICE

    def step(self, request, service, shape, trip):
        found = get_object_or_404(self.case.travels, pk=trip)
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        done = service(travel=found, by=request.user, now=now(), **given.validated_data)
        return Response(TravelAbroadOut(done, context=_context(self.case, request.user)).data)


class DecideTravel(_Step):
    action = Action.DECIDE_TRAVEL

    @extend_schema(
        operation_id="decide_travel_abroad", request=DecideTravelIn, responses=TravelAbroadOut
    )
    def post(self, request, crn, trip):
        """Grant it or refuse it, and why: never by whoever asked."""
        return self.step(request, services.decide_travel, DecideTravelIn, trip)


class WithdrawTravel(_Step):
    @extend_schema(
        operation_id="withdraw_travel", request=WithdrawTravelIn, responses=TravelAbroadOut
    )
    def post(self, request, crn, trip):
        """They do not travel."""
        return self.step(request, services.withdraw_travel, WithdrawTravelIn, trip)


class TravelBack(_Step):
    @extend_schema(
        operation_id="see_back_from_travel", request=TravelBackIn, responses=TravelAbroadOut
    )
    def post(self, request, crn, trip):
        """They are back in this country."""
        return self.step(request, services.see_back, TravelBackIn, trip)


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}

"""Fares: those given, giving one, taking one back. Amounts are whole pence."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, one_of, page
from cases.api.cases import MaskedOut
from cases.models import Case, Fare
from cases.queries.fares import appointments_to_pay_for, fares_among, page_of_fares
from cases.queries.names import names_for, names_for_each
from cases.queries.reach import actions_on, actions_on_each
from cases.reference.duty import FareKind
from cases.rules.addresses import number
from cases.services import fares as services
from staff.permissions import Action


class FareOut(serializers.ModelSerializer):
    crn = serializers.CharField(source="case.crn")
    given_by = serializers.CharField(source="given_by.username")
    journey = serializers.SerializerMethodField()
    taken_back_because = serializers.SerializerMethodField()

    class Meta:
        model = Fare
        fields = [
            "id", "crn", "kind", "pence", "journey", "voucher", "contact", "given_at", "given_by", "signed_for",
            "taken_back_at", "taken_back_because",
        ]  # fmt: skip

    def get_journey(self, one) -> str:
        return self.context["names"][one.case_id].text(one.journey)

    def get_taken_back_because(self, one) -> str:
        return self.context["names"][one.case_id].text(one.taken_back_because)


class FarePage(serializers.Serializer):
    results = FareOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class FareIn(serializers.Serializer):
    """`appointment`: the number of the one it is for. `again`: knowingly a second one today, or for the same."""

    kind = serializers.ChoiceField(FareKind.choices())
    pence = serializers.IntegerField(min_value=1)
    journey = serializers.CharField(max_length=200)
    voucher = serializers.CharField(max_length=60, default="", allow_blank=True)
    signed_for = serializers.BooleanField()
    appointment = serializers.IntegerField(default=None, allow_null=True)
    again = serializers.BooleanField(default=False)


class TakeBackFareIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class FaresGiven(StaffAPI):
    action = Action.VIEW_DUTY

    @extend_schema(
        operation_id="list_fares_given",
        parameters=[
            OpenApiParameter(
                "from", str, description="the first day, 2018-05-03; today unless said"
            ),
            OpenApiParameter("to", str, description="the last day; today unless said"),
            OpenApiParameter("after", int, description="the fare to start after"),
        ],
        responses=FarePage,
    )
    def get(self, request):
        """What was given on these days, the latest first; what was taken back is among it, and says so."""
        user, asked = request.user, request.query_params
        cases = Case.objects.open_to(user, self.action)
        given = fares_among(cases, _day(asked, "from"), _day(asked, "to"))
        after = number(asked.get("after", "")) or ""
        found = page_of_fares(given, after=after, size=SIZE)
        people = {one.case_id: one.case for one in found.rows}
        names = names_for_each(people.values(), actions_on_each(people.values(), user))
        masked = (
            [] if after else Case.objects.within_reach(user, self.action).masked_to(user)[:SIZE]
        )
        rows = FareOut(found.rows, many=True, context={"names": names}).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


class Fares(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.GIVE_FARE}

    @extend_schema(operation_id="list_fares", responses=FareOut(many=True))
    def get(self, request, crn):
        """What they were given, the latest first."""
        found = self.case.fares.select_related("case", "given_by").order_by("-given_at", "-pk")
        return Response(_shown(self.case, request.user, found, many=True))

    @extend_schema(operation_id="give_fare", request=FareIn, responses={201: FareOut})
    def post(self, request, crn):
        """They have signed, and are given money, a ticket or a voucher for the way."""
        given = FareIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        theirs = [one for one, _ in appointments_to_pay_for(self.case, localdate())]
        said["appointment"] = one_of(theirs, "pk", said["appointment"], "appointment")
        made = services.give_fare(case=self.case, by=request.user, now=now(), **said)
        return Response(_shown(self.case, request.user, made), status=201)


class TakeBackFare(CaseAPI):
    action = Action.GIVE_FARE

    @extend_schema(operation_id="take_back_fare", request=TakeBackFareIn, responses=FareOut)
    def post(self, request, crn, fare):
        """It was not used, or was given by mistake."""
        given = TakeBackFareIn(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(self.case.fares.select_related("case"), pk=fare)
        known = {"fare": found, "by": request.user, "now": now()}
        done = services.take_back_fare(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, done))


def _day(asked, name):
    said = asked.get(name, "")
    if not said:
        return localdate()
    return serializers.DateField().run_validation(said)


def _shown(case, user, found, many=False):
    names = {case.pk: names_for(case, actions_on(case, user))}
    return FareOut(found, many=many, context={"names": names}).data

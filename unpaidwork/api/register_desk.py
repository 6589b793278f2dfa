"""What coordinators owe of registers: closing them, choosing what stands, deciding travel."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.api.cases import MaskedOut
from cases.models import Case
from staff.permissions import Action
from unpaidwork.api.register import RegisterAPI, RegisterOut
from unpaidwork.queries.register_desk import find_travel, page_of_registers, page_of_travel
from unpaidwork.queries.work_today import work_today
from unpaidwork.services.sync import settle_sync
from unpaidwork.services.travel import decide_travel


class ToCloseOut(serializers.Serializer):
    session = serializers.IntegerField(source="key")
    day = serializers.CharField()
    hours = serializers.CharField()
    project = serializers.CharField()
    staff = serializers.CharField()
    unsaid = serializers.CharField()
    due = serializers.CharField()
    late = serializers.CharField()
    disagree = serializers.CharField()


class ToClosePage(serializers.Serializer):
    results = ToCloseOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class AfterIn(serializers.Serializer):
    after = serializers.IntegerField(required=False, allow_null=True, default=None)


class TravelOut(serializers.Serializer):
    attendance = serializers.IntegerField(source="key")
    name = serializers.CharField()
    crn = serializers.CharField()
    day = serializers.CharField()
    project = serializers.CharField()
    worked = serializers.CharField()


class TravelPage(serializers.Serializer):
    results = TravelOut(many=True)
    masked = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class TravelTakenIn(serializers.Serializer):
    """Minutes each way; both nought: not eligible this time."""

    there = serializers.IntegerField(min_value=0, max_value=300)
    back = serializers.IntegerField(min_value=0, max_value=300)


class ChooseIn(serializers.Serializer):
    """`take`: what the tablet sent; else what stands. `version`: of what was seen of what stands."""

    sync = serializers.UUIDField()
    take = serializers.BooleanField()
    version = serializers.IntegerField()


class SettleDisagreement(RegisterAPI):
    @extend_schema(operation_id="settle_disagreement", request=ChooseIn, responses=RegisterOut)
    def post(self, request, session):
        """Choose between what a tablet sent and what the register says."""
        given = ChooseIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        open_now = Case.objects.open_to(request.user, self.action)
        waiting = self.session.syncs.waiting().filter(attendance__case__in=open_now)
        sync = waiting.filter(pk=asked.pop("sync")).select_related("attendance__case").first()
        if sync is None:
            raise Http404
        settle_sync(sync=sync, by=request.user, now=now(), **asked)
        return Response(self.register(request))


class WorkTodayOut(serializers.Serializer):
    """Numbers alone. `hurt`: of the reports, those in which somebody was hurt or could be; `since`: oldest travel."""

    publish_today = serializers.IntegerField()
    publish_tomorrow = serializers.IntegerField()
    registers = serializers.IntegerField()
    reports = serializers.IntegerField()
    hurt = serializers.IntegerField()
    travel = serializers.IntegerField()
    since = serializers.DateField(allow_null=True)


class UnpaidWorkToday(StaffAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(operation_id="read_unpaid_work_today", responses=WorkTodayOut)
    def get(self, request):
        """How much of unpaid work waits for the reader, as at the top of My work."""
        return Response(WorkTodayOut(work_today(request.user, localdate())).data)


class RegistersToClose(StaffAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(
        operation_id="list_registers_to_close", parameters=[AfterIn], responses=ToClosePage
    )
    def get(self, request):
        """Registers of days that have passed and are not closed, the oldest first."""
        given = AfterIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        after = given.validated_data["after"] or ""
        rows, following, _ = page_of_registers(request.user, today=localdate(), after=after)
        return Response(
            {"results": ToCloseOut(rows, many=True).data, "next_after": following or None}
        )


class TravelToDecide(StaffAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(operation_id="list_travel_to_decide", parameters=[AfterIn], responses=TravelPage)
    def get(self, request):
        """Sessions of people whose circumstances allow travel to count, the oldest first."""
        given = AfterIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        rows, masked, following, _ = page_of_travel(
            request.user, after=given.validated_data["after"] or ""
        )
        return Response(
            {
                "results": TravelOut(rows, many=True).data,
                "masked": MaskedOut(masked, many=True).data,
                "next_after": following or None,
            }
        )


class DecideTravel(StaffAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(operation_id="decide_travel", request=TravelTakenIn, responses={204: None})
    def post(self, request, attendance):
        """Credit what each way took, or say that it is not eligible."""
        found = find_travel(request.user, attendance)
        if found is None:
            raise Http404
        given = TravelTakenIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"attendance": found, "by": request.user, "today": localdate(), "now": now()}
        decide_travel(**known, **given.validated_data)
        return Response(status=204)

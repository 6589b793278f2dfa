"""How full officers are, and what is recorded of each: as on the pages of workload."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI, one_of
from oversight.queries.both_methods import other_method
from oversight.queries.development import development_rows
from oversight.queries.leavers import holding_or_here
from oversight.queries.officers import officers_to_read, officers_to_record
from oversight.queries.policy import workload_policy
from oversight.queries.tiers import tiers_of
from oversight.queries.workload import loads_of, said_off
from oversight.queries.workload_pages import case_rows, load_of, teams_to_read
from oversight.reference.workload import Basis, Kind
from staff.permissions import Action


class ExcessOut(serializers.Serializer):
    since = serializers.DateField()
    weeks = serializers.IntegerField()


class LoadOut(serializers.Serializer):
    """`contract_hours` is null where none are recorded: a full week is counted then."""

    officer = serializers.CharField(source="user.username")
    grade = serializers.CharField(source="user.grade")
    cases = serializers.SerializerMethodField()
    points = serializers.IntegerField(source="full.total")
    available = serializers.IntegerField(source="full.available")
    percent = serializers.DecimalField(source="full.percent", max_digits=7, decimal_places=1)
    contract_hours = serializers.SerializerMethodField()
    hours_off = serializers.SerializerMethodField()
    working = serializers.SerializerMethodField()
    trained_in = serializers.SerializerMethodField()
    induction_to = serializers.DateField(source="known.induction_to", allow_null=True)
    last_on = serializers.DateField(source="known.last_on", allow_null=True)
    excessive = ExcessOut(source="excess", allow_null=True)

    def get_cases(self, load) -> int:
        return len(load.cases)

    def get_contract_hours(self, load) -> float | None:
        return None if load.known.contract is None else float(load.known.contract)

    def get_hours_off(self, load) -> float:
        return float(load.off.hours)

    def get_trained_in(self, load) -> list[str]:
        return sorted(load.known.trained)

    def get_working(self, load) -> list[str]:
        """For what hours are taken off is told to the officer and those who answer for them."""
        reasons = load.user.pk in self.context["reasons"]
        return [*said_off(load, reasons=reasons), *load.room.working, *load.full.working]


class WorkloadOut(serializers.Serializer):
    """In the order of their names."""

    policy_version = serializers.IntegerField()
    results = LoadOut(many=True)


class WeighedOut(serializers.Serializer):
    """`points` is null where another case of theirs is kept from the reader."""

    crn = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices())
    group = serializers.CharField(allow_blank=True)
    points = serializers.IntegerField(allow_null=True)
    tier = serializers.CharField()
    other_points = serializers.IntegerField(allow_null=True)


class OtherMethodOut(serializers.Serializer):
    """How full they would be by the method that the policy does not count by. `not_known`: of how many cases the tier turns on what nobody has recorded."""

    counted_by = serializers.ChoiceField(Basis.choices(), source="basis")
    points = serializers.IntegerField(source="full.total")
    percent = serializers.DecimalField(source="full.percent", max_digits=7, decimal_places=1)
    not_known = serializers.IntegerField(source="unsure")


class WeekOut(serializers.Serializer):
    week = serializers.DateField()
    percent = serializers.DecimalField(max_digits=7, decimal_places=1)


class OfficerLoadOut(serializers.Serializer):
    load = LoadOut()
    other_method = OtherMethodOut(
        allow_null=True
    )  # null where a case of theirs is kept from the reader
    weeks = WeekOut(many=True)
    cases_open_to_you = WeighedOut(many=True)
    limited_access = serializers.IntegerField()


class WorkloadAPI(StaffAPI):
    action = Action.VIEW_WORKLOAD

    def reasons(self):
        user = self.request.user
        keys = officers_to_record(user).order_by().values_list("pk", flat=True)
        return {"reasons": {user.pk, *keys}}


class TeamWorkload(WorkloadAPI):
    @extend_schema(
        operation_id="read_workload",
        parameters=[OpenApiParameter("team", str, description="code of a team; the reader's own unless said")],
        responses=WorkloadOut,
    )  # fmt: skip
    def get(self, request):
        """How full each officer of a team is."""
        today, user = localdate(), request.user
        policy, teams = workload_policy(today), teams_to_read(user)
        own = user.team.code if user.team_id else None
        code = request.query_params.get("team") or own
        team = one_of(teams, "code", code, "team") if code in {one.code for one in teams} else None
        if team is None and request.query_params.get("team"):
            raise Http404
        officers = holding_or_here(officers_to_read(user), today)
        team = team or next(iter(teams), None)
        loads = loads_of(officers.filter(team=team) if team else officers, today, policy)
        found = {"policy_version": policy.version, "results": loads}
        return Response(WorkloadOut(found, context=self.reasons()).data)


class OfficerWorkload(WorkloadAPI):
    @extend_schema(operation_id="read_workload_of_officer", responses=OfficerLoadOut)
    def get(self, request, officer):
        """One officer, the weeks that were kept of them, and the cases of theirs that are open to the reader."""
        today = localdate()
        one = get_object_or_404(officers_to_read(request.user), pk=officer)
        policy = workload_policy(today)
        load = load_of(one, today, policy)
        other = other_method(load, today, policy)
        rows, kept = case_rows(load, other, request.user)
        weighed = {case.crn: case for case in load.cases}
        cases = [
            {"crn": row.crn, "kind": weighed[row.crn].facts.kind, "group": weighed[row.crn].facts.group, "points": row.points,
             "tier": row.tier, "other_points": row.other}
            for row in rows
        ]  # fmt: skip
        weeks = [{"week": week, "percent": load.known.weeks[week]} for week in sorted(load.known.weeks)]  # fmt: skip
        found = {"load": load, "other_method": None if kept else other, "weeks": weeks, "cases_open_to_you": cases, "limited_access": len(kept)}  # fmt: skip
        return Response(OfficerLoadOut(found, context=self.reasons()).data)


class TrainingStandOut(serializers.Serializer):
    """`asked`: how many of their cases, of those open to the reader, ask for it, in words."""

    title = serializers.CharField()
    words = serializers.CharField()
    asked = serializers.CharField(allow_blank=True)


class DevelopmentOut(serializers.Serializer):
    """In the order of their names. `left`: when, of somebody who has left and still holds a case."""

    officer = serializers.CharField(source="name")
    training = TrainingStandOut(many=True)
    development = TrainingStandOut(many=True, source="other")
    induction = serializers.CharField(allow_blank=True)
    to_arrange = serializers.ListField(child=serializers.CharField())
    left = serializers.CharField(allow_blank=True)


class TeamTraining(StaffAPI):
    action = Action.VIEW_WORKLOAD

    @extend_schema(operation_id="list_training", responses=DevelopmentOut(many=True))
    def get(self, request):
        """What the officers whose workload the reader may read are trained in, until when, and what is to be arranged."""
        today, user = localdate(), request.user
        rows = development_rows(holding_or_here(officers_to_read(user), today), user, today)
        return Response(DevelopmentOut(rows, many=True).data)


class TierLineOut(serializers.Serializer):
    """`points` may be taken off."""

    points = serializers.IntegerField()
    sentence = serializers.CharField()


class NationalTierOut(serializers.Serializer):
    """Computed whenever it is asked for. It places nobody."""

    code = serializers.CharField()
    protect_points = serializers.IntegerField(source="tier.protect_points")
    change_points = serializers.IntegerField(source="tier.change_points")
    protect = TierLineOut(source="tier.protect_lines", many=True)
    change = TierLineOut(source="tier.change_lines", many=True)
    not_known = serializers.ListField(child=serializers.CharField())
    policy_version = serializers.IntegerField()


class NationalTier(CaseAPI):
    action = Action.VIEW_PLACEMENT

    @extend_schema(operation_id="read_national_tier", responses=NationalTierOut)
    def get(self, request, crn):
        """The national tier of a case by the record, with its working and what of it is not known."""
        today = localdate()
        policy = workload_policy(today)
        found = tiers_of([self.case.pk], today, policy)[self.case.pk]
        shown = {
            "code": found.code,
            "tier": found.tier,
            "not_known": found.not_known,
            "policy_version": policy.version,
        }
        return Response(NationalTierOut(shown).data)


ADDRESSES = [
    path("cases/<crn:crn>/tier/", NationalTier.as_view(), name="api-national-tier"),
    path("workload/training/", TeamTraining.as_view(), name="api-team-training"),
    path("workload/", TeamWorkload.as_view(), name="api-workload"),
    path("workload/<int:officer>/", OfficerWorkload.as_view(), name="api-officer-workload"),
]

"""Demand for an intervention beside what is planned of it, over the API."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from grid.queries.demand import demand_of
from grid.reference.interventions import INTERVENTIONS
from grid.services.intervention_policy import intervention_policy
from staff.permissions import Action


class DemandAsked(serializers.Serializer):
    """`women_only`: whether the series that is tried is for women alone."""

    women_only = serializers.BooleanField(default=False)


class DemandShareOut(serializers.Serializer):
    """`nothing`: of those who wait, whom nothing that is planned fits. `code`: of a GRID group; blank for what is none."""

    name = serializers.CharField()
    code = serializers.CharField()
    wait = serializers.IntegerField(source="wait.count")
    nothing = serializers.IntegerField()


class OneMoreSeriesOut(serializers.Serializer):
    """`begins`: its first day; the rest is by how many more there would be with it. `sooner`: weeks, all together."""

    place = serializers.IntegerField()
    site = serializers.CharField()
    time_of_week = serializers.CharField(source="when")
    begins = serializers.DateField()
    begin = serializers.IntegerField(source="change.begin")
    in_time = serializers.IntegerField(source="change.in_time")
    sooner = serializers.IntegerField(source="change.sooner")
    taken = serializers.IntegerField(source="change.taken")
    lacks = serializers.CharField()


class DemandOut(serializers.Serializer):
    """`wait`: those in your reach; `whole`: the whole list. `trained`: who may lead it; `leaders`: how many lead each session.

    `groups`: of the GRID; null for those who may not read the placement of everybody in their reach.
    """

    wait = serializers.IntegerField()
    whole = serializers.IntegerField()
    places = DemandShareOut(many=True)
    times = DemandShareOut(many=True)
    groups = DemandShareOut(many=True, allow_null=True)
    tried = OneMoreSeriesOut(many=True)
    trained = serializers.IntegerField()
    leaders = serializers.IntegerField()


class InterventionDemand(StaffAPI):
    action = Action.VIEW_DEMAND

    @extend_schema(operation_id="read_demand", parameters=[DemandAsked], responses=DemandOut)
    def get(self, request, intervention):
        """Who waits for one intervention, by place, time and GRID group; and what one more series of it would change."""
        if intervention not in INTERVENTIONS:
            raise Http404
        asked = DemandAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        women_only = asked.validated_data["women_only"]
        policy = intervention_policy(localdate())
        found = demand_of(intervention, request.user, policy, now(), women_only=women_only)
        return Response(DemandOut(found).data)

"""The measures of unpaid work, as their page shows them, and the list behind each number."""

from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.queries.counting import WHICH
from staff.permissions import Action
from unpaidwork.queries import measure_pages as queries
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.measures import MEASURES, Period
from unpaidwork.rules.measures import window_of

ASKED = [
    OpenApiParameter("period", str, enum=[one.value for one in Period], description="year unless said"),
    OpenApiParameter("team", str, description="code of the team that holds the case; all unless said"),
]  # fmt: skip


class MeasureOut(serializers.Serializer):
    """`met` of `counted`, each counted once. `share`: per cent; null of fewer than ten. `target`: null where none is set."""

    code = serializers.ChoiceField(choices=[(one.code, one.title) for one in MEASURES.values()])
    met = serializers.IntegerField()
    counted = serializers.IntegerField()
    share = serializers.IntegerField(allow_null=True)
    target = serializers.IntegerField(allow_null=True)


class TeamMeasuresOut(serializers.Serializer):
    team = serializers.CharField()
    measures = MeasureOut(many=True)


class MeasuresOut(serializers.Serializer):
    """`limited_access`: how many cases of the reach are kept from the reader, and so are not counted."""

    first = serializers.DateField()
    last = serializers.DateField()
    whole = MeasureOut(many=True)
    teams = TeamMeasuresOut(many=True)
    limited_access = serializers.IntegerField()


class UnitOut(serializers.Serializer):
    """One thing that is counted. `words`: why it is so or not."""

    crn = serializers.CharField()
    on = serializers.CharField()
    met = serializers.BooleanField()
    words = serializers.CharField()


class UnitPageOut(serializers.Serializer):
    results = UnitOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class WorkMeasures(StaffAPI):
    action = Action.VIEW_WORK_FIGURES

    @extend_schema(operation_id="read_work_measures", parameters=ASKED, responses=MeasuresOut)
    def get(self, request):
        """Every measure of unpaid work over the days of a period, together and by team."""
        today = localdate()
        team, cases, window = _asked(request, today)
        found, targets = queries.figures_of(cases, window, today), work_policy(today).targets
        body = {
            "first": window.first,
            "last": window.last,
            "whole": _sums(found.whole, targets),
            "teams": [
                {"team": one.team.code, "measures": _sums(one.sums, targets)}
                for one in found.teams
                if one.team
            ],
            "limited_access": queries.kept_from(request.user, team).count(),
        }
        return Response(MeasuresOut(body).data)


class WorkMeasurePeople(StaffAPI):
    action = Action.VIEW_WORK_FIGURES

    @extend_schema(
        operation_id="list_work_measure",
        parameters=[
            OpenApiParameter("code", str, enum=list(MEASURES), description="the first unless said"),
            OpenApiParameter("which", str, enum=list(WHICH), description="all unless said"),
            *ASKED,
            OpenApiParameter("after", str, description="the one to start after"),
        ],
        responses=UnitPageOut,
    )
    def get(self, request):
        """What is counted under one measure, by the names of the people."""
        today, asked = localdate(), request.query_params
        team, cases, window = _asked(request, today)
        code, which = asked.get("code"), asked.get("which")
        code = code if code in MEASURES else next(iter(MEASURES))
        which = which if which in WHICH else ""
        units = queries.units_of(cases, code, which, window, today)
        after = asked.get("after", "")
        found = queries.page_of_units(units, after=after, size=SIZE)
        rows = UnitOut(queries.rows_of(found.units, request.user), many=True).data
        masked = [] if after else queries.kept_from(request.user, team)[:SIZE]
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


def _asked(request, today):
    """(the team or None, its cases, the days). A code that is not on offer is left out."""
    asked, user = request.query_params, request.user
    period = asked.get("period")
    window = window_of(period if period in list(Period) else Period.YEAR, today)
    team = queries.teams_of(user).get(asked.get("team", ""))
    cases = queries.counted_cases(user)
    return team, cases.filter(team=team) if team else cases, window


def _sums(sums, targets):
    return [
        {
            "code": code,
            "met": one.met,
            "counted": one.counted,
            "share": one.share,
            "target": targets.get(code),
        }
        for code, one in sums.items()
    ]

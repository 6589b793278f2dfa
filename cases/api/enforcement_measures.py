"""The measures of enforcement over the API, and decisions compared between groups."""

from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI, page
from cases.forms.enforcement.measures import EqualityForm
from cases.queries.counting import WHICH, page_of_units, rows_of
from cases.queries.enforcement import measures as figures
from cases.queries.enforcement.equality import decisions_of
from cases.reference.counting import Period
from cases.reference.enforcement_measures import MEASURES
from cases.reference.equality import COMPARED
from cases.rules.addresses import number
from cases.rules.counting import window_of
from cases.rules.enforcement.equality import compared
from staff.audit import record
from staff.permissions import Action

SIZE = 50
PERIOD = OpenApiParameter("period", enum=[one.value for one in Period])


class EnforcementMeasureOut(serializers.Serializer):
    """`share`: per cent; none where there are too few to say."""

    code = serializers.CharField()
    title = serializers.CharField()
    met = serializers.IntegerField()
    counted = serializers.IntegerField()
    share = serializers.IntegerField(allow_null=True)


class EnforcementUnitOut(serializers.Serializer):
    crn = serializers.CharField()
    officer = serializers.CharField()
    team = serializers.CharField()
    on = serializers.CharField()
    met = serializers.BooleanField()
    words = serializers.CharField()


class EnforcementUnitsOut(serializers.Serializer):
    results = EnforcementUnitOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class ComparedGroupOut(serializers.Serializer):
    """`counted`, `so`: none where they are not shown, because numbers are small or would give a small one away."""

    characteristic = serializers.CharField()
    group = serializers.CharField()
    counted = serializers.IntegerField(allow_null=True)
    so = serializers.IntegerField(allow_null=True)


class EnforcementMeasures(StaffAPI):
    action = Action.VIEW_ENFORCEMENT_FIGURES

    @extend_schema(
        operation_id="list_enforcement_measures",
        parameters=[PERIOD],
        responses=EnforcementMeasureOut(many=True),
    )
    def get(self, request):
        """The measures of enforcement over the days asked for."""
        cases, window = _counted(request)
        rows = [
            {"code": code, "title": MEASURES[code].title, "met": one.met, "counted": one.counted, "share": one.share}
            for code, one in figures.figures_of(cases, window).items()
        ]  # fmt: skip
        return Response(EnforcementMeasureOut(rows, many=True).data)


class EnforcementMeasurePeople(StaffAPI):
    action = Action.VIEW_ENFORCEMENT_FIGURES

    @extend_schema(
        operation_id="list_enforcement_measure_people",
        parameters=[
            OpenApiParameter("code", enum=list(MEASURES)),
            OpenApiParameter("which", enum=list(WHICH)),
            PERIOD,
            OpenApiParameter("after", int),
        ],
        responses=EnforcementUnitsOut,
    )
    def get(self, request):
        """What one number counts, the earliest first."""
        asked = request.query_params
        code = asked.get("code") if asked.get("code") in MEASURES else next(iter(MEASURES))
        which = asked.get("which", "") if asked.get("which") in WHICH else ""
        cases, window = _counted(request)
        units = figures.units_of(cases, code, which, window)
        found = page_of_units(units, after=number(asked.get("after", "")), size=SIZE)
        rows = EnforcementUnitOut(rows_of(found.units, "case-enforcement"), many=True).data
        return Response(page(found, rows))


class EnforcementEquality(StaffAPI):
    action = Action.VIEW_EQUALITY

    @extend_schema(
        operation_id="list_decisions_compared",
        parameters=[OpenApiParameter("decision", enum=list(COMPARED)), OpenApiParameter("half")],
        responses=ComparedGroupOut(many=True),
    )
    def get(self, request):
        """Decisions of a half-year that is over, by group. Nothing where there are too few to show any."""
        form = EqualityForm(request.query_params, today=localdate())
        form.is_valid()
        decision, half = form.compared(), form.half_year()
        whole, groups = compared(decisions_of(request.user, decision.code, half))
        asked = {"decision": decision.code, "half": half.code}
        record(by=request.user, action="compared_decisions", **asked)
        rows = [_row("", "Everybody", whole)] if whole else []
        rows += [_row(key, one.name, one.cell) for key, found in groups.items() for one in found]
        return Response(ComparedGroupOut(rows, many=True).data)


def _row(characteristic, name, cell):
    counted, so = (cell.counted, cell.so) if cell else (None, None)
    return {"characteristic": characteristic, "group": name, "counted": counted, "so": so}


def _counted(request):
    today, periods = localdate(), [one.value for one in Period]
    asked = request.query_params.get("period")
    days = int(asked if asked in periods else Period.YEAR)
    return figures.counted_cases(request.user), window_of(days, today)

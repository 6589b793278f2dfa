"""Flags raised on what is overdue."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.models import Case, Flag
from cases.queries.due import shown_to
from cases.queries.paging import page_of
from staff.permissions import Action


class FlagOut(serializers.ModelSerializer):
    crn = serializers.CharField(source="case.crn")
    kind = serializers.CharField(source="deadline.kind")
    due_on = serializers.DateField(source="deadline.due_on")

    class Meta:
        model = Flag
        fields = ["crn", "kind", "due_on", "why", "told", "raised_on", "climbed_on", "closed_on"]


class FlagPage(serializers.Serializer):
    results = FlagOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class Flags(StaffAPI):
    action = Action.VIEW_CHECKS

    @extend_schema(
        operation_id="list_flags",
        parameters=[OpenApiParameter("after", str, description="the number to start after")],
        responses=FlagPage,
    )
    def get(self, request):
        """Flags raised and not closed, on cases in reach, in the order they were raised."""
        cases = Case.objects.open_to(request.user, self.action)
        flags = (
            Flag.objects.raised()
            .beside_complaints()
            .filter(case__in=cases)
            .select_related("case", "deadline")
        )
        flags = shown_to(request.user, flags, kind="deadline__kind")
        after = request.query_params.get("after", "")
        found = page_of(
            flags,
            keys=("raised_on", "id"),
            after=after if after.isdecimal() else "",
            size=SIZE,
            known_by="pk",
        )
        return Response(page(found, FlagOut(found.rows, many=True).data))


class CaseFlags(CaseAPI):
    action = Action.VIEW_CHECKS

    @extend_schema(operation_id="list_flags_of_case", responses=FlagOut(many=True))
    def get(self, request, crn):
        """Every flag of the case, closed ones too, the latest first."""
        flags = (
            self.case.flags.beside_complaints()
            .select_related("case", "deadline")
            .order_by("-raised_on", "-pk")
        )
        flags = shown_to(request.user, flags, kind="deadline__kind")
        return Response(FlagOut(flags, many=True).data)

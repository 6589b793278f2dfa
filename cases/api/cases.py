"""Cases: the list in reach, and one case."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.models import Case, Standing
from cases.queries.paging import page_of
from staff.permissions import Action


class StandingOut(serializers.ModelSerializer):
    class Meta:
        model = Standing
        fields = [
            "place", "group", "needs", "harm", "contact_level", "holding", "expires_on", "placed_on",
        ]  # fmt: skip


class CaseOut(serializers.ModelSerializer):
    officer = serializers.CharField(source="officer.username", default=None, allow_null=True)
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    standing = StandingOut(default=None, allow_null=True)

    class Meta:
        model = Case
        fields = [
            "crn", "surname", "forename", "born_on", "sex", "state", "officer", "officer_since",
            "team", "retained_by", "arrived_on", "standing",
        ]  # fmt: skip


class MaskedOut(serializers.Serializer):
    crn = serializers.CharField()
    message = serializers.CharField()
    ask = serializers.CharField()


class CasePage(serializers.Serializer):
    results = CaseOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class Cases(StaffAPI):
    action = Action.LIST_CASES

    @extend_schema(
        operation_id="list_cases",
        parameters=[
            OpenApiParameter("after", str, description="the CRN to start after"),
            OpenApiParameter("group", str, description="a GRID group, such as MC75"),
            OpenApiParameter("place", str, description="where placing came out"),
        ],
        responses=CasePage,
    )
    def get(self, request):
        """Cases with an active sentence in reach, by name; limited access as masked rows."""
        cases = Case.objects.open_to(request.user, self.action).supervised()
        for code in ("group", "place"):
            if request.query_params.get(code):
                cases = cases.filter(**{f"standing__{code}": request.query_params[code]})
        after = request.query_params.get("after", "")
        found = page_of(
            cases.select_related("standing", "officer", "team"),
            keys=("sort_name", "id"),
            after=after,
            size=SIZE,
        )
        reached = Case.objects.within_reach(request.user, self.action)
        masked = [] if after else reached.masked_to(request.user)[:SIZE]
        rows = CaseOut(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


class OneCase(CaseAPI):
    action = Action.VIEW_CASE

    @extend_schema(operation_id="read_case", responses=CaseOut)
    def get(self, request, crn):
        """One case, and where it stands."""
        return Response(CaseOut(self.case).data)

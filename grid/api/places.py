"""Places in series that somebody has or had, leaving one, and letting go one that is kept, over the API.

Giving and keeping one is `grid.api.offers`.
"""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.appointments import AskedBy
from cases.rules.booking import LONGEST_REASON
from grid.models import SeriesPlace
from grid.services import places as services
from staff.permissions import Action


class GroupPlaceOut(serializers.ModelSerializer):
    """`instead`: of something else meanwhile, so that they stay on the list. `expected`: sessions to come.

    Words that name somebody protected are without the name for those who may not see it.
    """

    intervention = serializers.CharField(source="series.code")
    site = serializers.CharField(source="series.place.name")
    expected = serializers.SerializerMethodField()
    closed_because = serializers.SerializerMethodField()

    class Meta:
        model = SeriesPlace
        fields = [
            "id", "series", "intervention", "site", "referral", "instead", "begins_with", "state", "kept_until", "seen",
            "given_at", "closed_at", "closed_because", "expected",
        ]  # fmt: skip

    def get_expected(self, place) -> int:
        at = self.context["at"]
        return sum(
            one.stands and one.starts_at > at and one.appointment.called_off_at is None
            for one in place.attendances.all()
        )

    def get_closed_because(self, place) -> str:
        return self.context["names"].text(place.closed_because)


class LeaveSeriesIn(serializers.Serializer):
    asked_by = serializers.ChoiceField(AskedBy.choices())
    because = serializers.CharField(max_length=LONGEST_REASON)


class LetPlaceGoIn(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST_REASON)


class GroupPlaces(CaseAPI):
    action = Action.VIEW_WAITING

    @extend_schema(operation_id="list_group_places", responses=GroupPlaceOut(many=True))
    def get(self, request, crn):
        """Every place of theirs in a series, those that are over among them, the latest first."""
        found = _places(self.case).order_by("-given_at", "-pk")
        return Response(_shown(self.case, request.user, found, many=True))


class LeaveSeries(CaseAPI):
    action = Action.GIVE_PLACE

    @extend_schema(
        operation_id="leave_series", request=LeaveSeriesIn, responses={200: GroupPlaceOut}
    )
    def post(self, request, crn, series_place):
        """Take them out of a series: what is to come is called off, and they are on the waiting list again."""
        return _close(self.case, request, series_place, LeaveSeriesIn, services.leave_series)


class LetPlaceGo(CaseAPI):
    action = Action.GIVE_PLACE

    @extend_schema(
        operation_id="let_place_go", request=LetPlaceGoIn, responses={200: GroupPlaceOut}
    )
    def post(self, request, crn, series_place):
        """Let go a place that is kept for them. Nothing was booked, so nothing is called off."""
        return _close(self.case, request, series_place, LetPlaceGoIn, services.let_go)


def _close(case, request, pk, shape, service):
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    place = get_object_or_404(_places(case), pk=pk)
    service(place=place, by=request.user, now=now(), **given.validated_data)
    return Response(_shown(case, request.user, _places(case).get(pk=pk)))


def _places(case):
    found = SeriesPlace.objects.filter(case=case).select_related("series__place", "case")
    return found.prefetch_related("attendances__appointment")


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return GroupPlaceOut(found, many=many, context={"names": names, "at": now()}).data

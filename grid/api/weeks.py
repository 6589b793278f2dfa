"""When somebody can come, over the API: their week, what they are tied to, places; read and recorded as on the pages."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, DayField
from cases.models import Place
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.rules.hours import DAYS
from cases.rules.travel import Mode
from grid.queries.seekers import places_of_groups, seekers_of
from grid.queries.week_page import (
    commitments_of,
    groups_of,
    places_said,
    times_of,
    weeks_said,
)
from grid.reference.groups import CanGo
from grid.reference.parts_of_day import PartOfDay
from grid.rules.said_weeks import LONGEST_NOTE, LONGEST_WORDS
from grid.services import weeks as services
from staff.permissions import Action


class WeekTimeOut(serializers.Serializer):
    """A part of a day, or exact hours. `weekday`: 0 is Monday."""

    weekday = serializers.IntegerField()
    part = serializers.CharField()
    from_at = serializers.TimeField(allow_null=True)
    to_at = serializers.TimeField(allow_null=True)


class SaidWeekOut(serializers.Serializer):
    """`women_only`: whether she wants groups for women alone; null: not asked. `recorded_by`: a username."""

    id = serializers.IntegerField(source="pk")
    by_way_of = serializers.ChoiceField(Mode.choices())
    women_only = serializers.BooleanField(allow_null=True)
    note = serializers.SerializerMethodField()
    said_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(source="recorded_by.username")
    times = serializers.SerializerMethodField()

    @extend_schema_field(WeekTimeOut(many=True))
    def get_times(self, one):
        return WeekTimeOut(times_of(one), many=True).data

    def get_note(self, one) -> str:
        return self.context["names"].text(one.note)


class CommitmentOut(serializers.Serializer):
    """Every week on that day; on one day alone where its first is its last. Past midnight, where it ends earlier than it begins."""

    id = serializers.IntegerField(source="pk")
    words = serializers.SerializerMethodField()
    weekday = serializers.IntegerField()
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(source="recorded_by.username")

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)


class GroupToComeOut(serializers.Serializer):
    """A session of a group at which they are expected."""

    intervention = serializers.CharField(source="session.series.code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class PlaceForThemOut(serializers.Serializer):
    """A place where groups are held, or of which they spoke. `minutes`: each way; null: not known.

    `can_go`: prefers or cannot; blank: they said nothing of it. `barred`: they must not or cannot go there.
    """

    place = serializers.IntegerField()
    name = serializers.CharField()
    minutes = serializers.IntegerField(allow_null=True)
    can_go = serializers.CharField()
    because = serializers.CharField()
    barred = serializers.BooleanField()


class CaseWeekOut(serializers.Serializer):
    """`week`: what they said last; null: nobody has asked. `earlier`: the latest first."""

    week = SaidWeekOut(allow_null=True)
    commitments = CommitmentOut(many=True)
    groups = GroupToComeOut(many=True)
    places = PlaceForThemOut(many=True)
    earlier = SaidWeekOut(many=True)


class WeekPartIn(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6)
    part = serializers.ChoiceField(PartOfDay.choices())


class WeekHoursIn(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6)
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()


class SaidWeekIn(serializers.Serializer):
    """`seen`: the id of the week that was read first, 0 for none; refused where another has been recorded since."""

    by_way_of = serializers.ChoiceField(Mode.choices())
    parts = WeekPartIn(many=True, required=False)
    hours = WeekHoursIn(many=True, required=False)
    women_only = serializers.BooleanField(required=False, allow_null=True, default=None)
    note = serializers.CharField(
        max_length=LONGEST_NOTE, required=False, allow_blank=True, default=""
    )
    seen = serializers.IntegerField(required=False, allow_null=True, default=None)

    def said(self):
        """As the service takes it."""
        said = dict(self.validated_data)
        parts: dict[int, list[str]] = {}
        for one in said.pop("parts", ()):
            parts.setdefault(one["weekday"], []).append(one["part"])
        hours = [(one["weekday"], one["from_at"], one["to_at"]) for one in said.pop("hours", ())]
        return said | {"parts": parts, "hours": hours}


class CommitmentIn(serializers.Serializer):
    """`weekday`: of one day, 0 for Monday; or `weekdays`, for the same hours of several: all are recorded, or none."""

    words = serializers.CharField(max_length=LONGEST_WORDS)
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        allow_empty=False,
        max_length=len(DAYS),
        required=False,
    )
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()
    first_on = DayField(required=False, allow_null=True, default=None)
    last_on = DayField(required=False, allow_null=True, default=None)

    def validate(self, attrs):
        if ("weekday" in attrs) == ("weekdays" in attrs):
            raise serializers.ValidationError("Send “weekday” or “weekdays”, and not both.")
        return attrs

    def said(self):
        """As the service takes it."""
        said = dict(self.validated_data)
        days = said.pop("weekdays", None) or [said.pop("weekday")]
        return said | {"weekdays": days}


class PlaceSaidIn(serializers.Serializer):
    can_go = serializers.ChoiceField(CanGo.choices())
    because = serializers.CharField(
        max_length=LONGEST_NOTE, required=False, allow_blank=True, default=""
    )


class WeekAPI(CaseAPI):
    """What is recorded answers with all there is."""

    action = Action.SAY_WEEK

    def shown(self):
        names = names_for(self.case, actions_on(self.case, self.request.user))
        weeks, today = weeks_said(self.case), localdate()
        found = {
            "week": weeks[0] if weeks else None,
            "commitments": commitments_of(self.case, today),
            "groups": groups_of(self.case, today),
            "places": _places(self.case, names, today),
            "earlier": weeks[1:],
        }
        return CaseWeekOut(found, context={"names": names}).data


class CaseWeeks(WeekAPI):
    action = Action.VIEW_PLAN
    actions = {"POST": Action.SAY_WEEK}

    @extend_schema(operation_id="read_case_week", responses=CaseWeekOut)
    def get(self, request, crn):
        """When they can come, what they are tied to, and how far each place is for them."""
        return Response(self.shown())

    @extend_schema(operation_id="say_case_week", request=SaidWeekIn, responses={201: CaseWeekOut})
    def post(self, request, crn):
        """Record what they said of a usual week, in place of what they said before."""
        given = SaidWeekIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.say_week(case=self.case, by=request.user, now=now(), **given.said())
        return Response(self.shown(), status=201)


class Commitments(WeekAPI):
    @extend_schema(
        operation_id="add_commitment", request=CommitmentIn, responses={201: CaseWeekOut}
    )
    def post(self, request, crn):
        """Record what they are tied to, on one day of the week or several: no group is offered at that time."""
        given = CommitmentIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.add_commitments(case=self.case, by=request.user, now=now(), **given.said())
        return Response(self.shown(), status=201)


class TakeBackCommitment(WeekAPI):
    @extend_schema(operation_id="take_back_commitment", request=None, responses=CaseWeekOut)
    def post(self, request, crn, commitment):
        """They are not tied to it any more, or never were."""
        found = get_object_or_404(self.case.commitments, pk=commitment)
        services.take_back_commitment(commitment=found, by=request.user, now=now())
        return Response(self.shown())


class SaidOfPlace(WeekAPI):
    @extend_schema(operation_id="say_of_place", request=PlaceSaidIn, responses=CaseWeekOut)
    def put(self, request, crn, place):
        """Record that they prefer a place, or cannot or must not go there and why."""
        given = PlaceSaidIn(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(Place, pk=place)
        services.say_of_place(
            case=self.case, place=found, by=request.user, now=now(), **given.validated_data
        )
        return Response(self.shown())

    @extend_schema(operation_id="unsay_place", responses=CaseWeekOut)
    def delete(self, request, crn, place):
        """Whatever was said of the place holds no more."""
        found = get_object_or_404(Place, pk=place)
        services.unsay_place(case=self.case, place=found, by=request.user)
        return Response(self.shown())


def _places(case, names, today):
    seeker, said = seekers_of([case.pk], today)[case.pk], places_said(case)
    places = {one.pk: one for one in places_of_groups(today)}
    places |= {pk: one.place for pk, one in said.items()}
    return [
        {
            "place": pk,
            "name": one.name,
            "minutes": seeker.minutes.get(pk),
            "can_go": said[pk].can_go if pk in said else "",
            "because": names.text(said[pk].because) if pk in said else "",
            "barred": pk in seeker.barred,
        }
        for pk, one in places.items()
    ]

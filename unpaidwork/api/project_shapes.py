"""What the API says of projects and takes about them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from cases.api.base import InOrder
from cases.reference.restrictions import EASTINGS, NORTHINGS
from staff.models import Team
from unpaidwork.models import Availability, Beneficiary, Project
from unpaidwork.reference.sites import Every, Near, ProjectKind, SiteSignal, Takes, Tool


class PointField(serializers.ListField):
    """[easting, northing] in metres of the national grid."""

    child = serializers.IntegerField(min_value=1, max_value=NORTHINGS[1])

    def __init__(self, **kwargs):
        super().__init__(min_length=2, max_length=2, **kwargs)

    def to_internal_value(self, data):
        east, north = super().to_internal_value(data)
        if east > EASTINGS[1]:
            raise ValidationError("That lies outside Great Britain.")
        return east, north


class StopOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    pick_up = serializers.IntegerField()
    code = serializers.CharField()
    where = serializers.CharField()
    point = PointField()
    at = serializers.TimeField()


class WayOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    line = serializers.ListField(child=PointField())
    seats = serializers.IntegerField()
    stops = StopOut(many=True)


class NeighbourOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    near = serializers.ChoiceField(choices=Near.choices())
    what = serializers.CharField()
    point = PointField(allow_null=True, help_text="null: on the site itself")
    when = serializers.CharField()


class ProjectDaysOut(serializers.ModelSerializer):
    class Meta:
        model = Availability
        list_serializer_class = InOrder
        fields = ["id", "weekday", "every", "from_on", "to_on", "from_at", "to_at"]


class SiteGapOut(serializers.Serializer):
    """One thing that stands against anybody working there today."""

    key = serializers.CharField()
    refuses = serializers.BooleanField()
    sentence = serializers.CharField()


class ProjectOut(serializers.ModelSerializer):
    """One project; `neighbours` leaves out what the reader may not know of."""

    point = serializers.SerializerMethodField()
    team: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", read_only=True
    )
    beneficiary: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="name", read_only=True
    )
    tools = serializers.SerializerMethodField()
    checked_on = serializers.SerializerMethodField()
    review_on = serializers.SerializerMethodField()
    neighbours = serializers.SerializerMethodField()
    ways = serializers.SerializerMethodField()
    days = ProjectDaysOut(source="availability", many=True)
    gaps = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = [
            "id", "code", "name", "kind", "team", "beneficiary", "address", "postcode", "point", "from_on", "to_on",
            "takes", "most", "ratio", "hi_vis", "step_free", "toilets", "signal", "fallback", "what_is_done", "tasks",
            "benefit", "accredits", "tools", "checked_on", "review_on", "days", "neighbours", "ways", "gaps",
        ]  # fmt: skip

    def _site(self, project):
        return self.context["sites"][project.pk]

    @extend_schema_field(PointField)
    def get_point(self, project):
        return self._site(project).point

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_tools(self, project):
        return sorted(self._site(project).tools)

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_checked_on(self, project):
        return self._site(project).checked_on

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_review_on(self, project):
        return self._site(project).review_on

    @extend_schema_field(NeighbourOut(many=True))
    def get_neighbours(self, project):
        return NeighbourOut(self.context["told"](self._site(project)), many=True).data

    @extend_schema_field(WayOut(many=True))
    def get_ways(self, project):
        return WayOut(self._site(project).driven, many=True).data

    @extend_schema_field(SiteGapOut(many=True))
    def get_gaps(self, project):
        return SiteGapOut(self.context["gaps"](self._site(project)), many=True).data


class ProjectIn(serializers.Serializer):
    """Everything that is said of a project: what is left out is left blank."""

    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=ProjectKind.choices())
    team = serializers.SlugRelatedField(
        slug_field="code", queryset=Team.objects.all(), default=None, allow_null=True
    )
    beneficiary = serializers.SlugRelatedField(
        slug_field="name", queryset=Beneficiary.objects.all()
    )
    address = serializers.CharField(max_length=400, default="", allow_blank=True)
    postcode = serializers.CharField(max_length=8, default="", allow_blank=True)
    point = PointField()
    from_on = serializers.DateField()
    to_on = serializers.DateField(default=None, allow_null=True)
    takes = serializers.ChoiceField(choices=Takes.choices(), default=Takes.ANYBODY)
    most = serializers.IntegerField(min_value=1, max_value=200)
    ratio = serializers.IntegerField(min_value=1, max_value=200)
    hi_vis = serializers.BooleanField(default=True)
    step_free = serializers.BooleanField(default=None, allow_null=True)
    toilets = serializers.BooleanField(default=None, allow_null=True)
    signal = serializers.ChoiceField(choices=SiteSignal.choices(), default=SiteSignal.UNKNOWN)
    fallback = serializers.CharField(max_length=300, default="", allow_blank=True)
    what_is_done = serializers.CharField(max_length=1000)
    tasks = serializers.ListField(child=serializers.CharField(max_length=100))
    benefit = serializers.CharField(max_length=1000, default="", allow_blank=True)
    accredits = serializers.CharField(max_length=200, default="", allow_blank=True)


class DaysIn(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday")
    every = serializers.ChoiceField(choices=Every.choices(), default=Every.WEEK)
    from_on = serializers.DateField()
    to_on = serializers.DateField(default=None, allow_null=True)
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()


class HazardIn(serializers.Serializer):
    hazard = serializers.CharField(max_length=300)
    control = serializers.CharField(max_length=300)


class SiteCheckIn(serializers.Serializer):
    checked_on = serializers.DateField()
    hazards = HazardIn(many=True)
    tools = serializers.MultipleChoiceField(choices=Tool.choices(), default=set())
    first_aid = serializers.CharField(max_length=300)
    review_on = serializers.DateField()


class NeighbourIn(serializers.Serializer):
    near = serializers.ChoiceField(choices=Near.choices())
    what = serializers.CharField(max_length=200, default="", allow_blank=True)
    point = PointField(default=None, allow_null=True)
    when = serializers.CharField(max_length=200, default="", allow_blank=True)


class StopIn(serializers.Serializer):
    pick_up = serializers.IntegerField()
    at = serializers.TimeField()


class WayIn(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    seats = serializers.IntegerField(min_value=1, max_value=80)
    line = serializers.ListField(
        child=PointField(),
        default=None,
        allow_null=True,
        max_length=500,
        help_text="null: straight from stop to stop",
    )
    stops = StopIn(many=True)


class LastDayIn(serializers.Serializer):
    to_on = serializers.DateField()


class PickUpOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    where = serializers.CharField()
    postcode = serializers.CharField()
    easting = serializers.IntegerField()
    northing = serializers.IntegerField()
    closed_on = serializers.DateField(allow_null=True)


class PickUpIn(serializers.Serializer):
    code = serializers.CharField(max_length=20)
    where = serializers.CharField(max_length=200)
    postcode = serializers.CharField(max_length=8, default="", allow_blank=True)
    point = PointField()
    closed_on = serializers.DateField(default=None, allow_null=True)

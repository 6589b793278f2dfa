"""What the API says of places at work and takes about them."""

from rest_framework import serializers

from unpaidwork.models import Project, WorkAllocation
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sites import Every


class WorkAllocationOut(serializers.ModelSerializer):
    """A place as this reader may read it."""

    state = serializers.ChoiceField(choices=AllocationState.choices())
    project = serializers.CharField(source="project.code")
    every = serializers.ChoiceField(choices=Every.choices())
    because = serializers.SerializerMethodField()
    overridden = serializers.SerializerMethodField()

    class Meta:
        model = WorkAllocation
        fields = [
            "id", "work", "project", "weekday", "every", "from_on", "to_on", "from_at", "to_at", "stop", "state",
            "because", "overridden",
        ]  # fmt: skip

    def get_because(self, one) -> str:
        return self.context["names"].text(one.state_because)

    def get_overridden(self, one) -> bool:
        """Whether a senior let a gate pass for it."""
        return one.override_id is not None


class WarningsReadIn(serializers.Serializer):
    """`seen`: the keys of the warnings that were read."""

    seen = serializers.ListField(child=serializers.CharField(max_length=200), default=list)


class PlaceIn(WarningsReadIn):
    """Days, hours and way of a place, at a project that is known."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    every = serializers.ChoiceField(choices=Every.choices(), default=Every.WEEK.value)
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True, default=None)
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()
    stop = serializers.IntegerField(allow_null=True, default=None)
    travel_help = serializers.CharField(max_length=200, allow_blank=True, default="")
    travel_because = serializers.CharField(max_length=300, allow_blank=True, default="")
    agreed_alone = serializers.CharField(max_length=300, allow_blank=True, default="")


class PlacingIn(PlaceIn):
    project = serializers.SlugRelatedField(slug_field="code", queryset=Project.objects.all())


class AllocateIn(PlacingIn):
    """`work`: which requirement; null: the first that is to be worked."""

    work = serializers.IntegerField(allow_null=True, default=None)


class MoveWorkIn(PlacingIn):
    because = serializers.CharField(max_length=300)


class StopWorkIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class ReopenWorkIn(WarningsReadIn):
    from_on = serializers.DateField(allow_null=True, default=None)
    to_on = serializers.DateField(allow_null=True, default=None)


class GateFoundOut(serializers.Serializer):
    key = serializers.CharField()
    weight = serializers.CharField()
    sentence = serializers.CharField()
    may_override = serializers.BooleanField()


class WorkMatchOut(serializers.Serializer):
    project = serializers.CharField()
    stands = serializers.CharField()
    days = serializers.ListField(child=serializers.CharField())
    minutes_each_way = serializers.IntegerField(allow_null=True)
    why = serializers.ListField(child=serializers.CharField())
    against = GateFoundOut(many=True)


class WorkMatchesOut(serializers.Serializer):
    """`stands_in_the_way`: whatever the project."""

    stands_in_the_way = GateFoundOut(many=True)
    matches = WorkMatchOut(many=True)


class InductionIn(serializers.Serializer):
    work = serializers.IntegerField(allow_null=True, default=None)
    project = serializers.SlugRelatedField(slug_field="code", queryset=Project.objects.all())
    on = serializers.DateField()


class InductionOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    appointment = serializers.IntegerField(source="appointment_id")
    on = serializers.DateField(source="session.on")


class AllocateManyIn(PlaceIn):
    works = serializers.ListField(child=serializers.IntegerField(), max_length=200)


class NotAllocatedOut(serializers.Serializer):
    crn = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())


class AllocatedManyOut(serializers.Serializer):
    """`made`: keys of the places; `exceptions`: who was not placed, and why."""

    made = serializers.ListField(child=serializers.IntegerField())
    exceptions = NotAllocatedOut(many=True)

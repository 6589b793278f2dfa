"""What the API of series takes in and gives out: plain shapes, no rule in any of them."""

from typing import Any

from rest_framework import serializers

from cases.api.base import DayField, SomeOfField
from cases.models import Place
from grid.forms.series import MOST_PLACES
from grid.models import Room
from grid.queries.leaders import who_leads
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import TimeOfWeek
from grid.services.series import LONGEST_NOTE
from grid.services.series_changes import LONGEST_BECAUSE


class SeriesAsked(serializers.Serializer):
    """`when`: daytime, evening or weekend; `left`: yes, where there is a place left; `after`: the last series of the page before.

    `over`: yes, those that are over or were called off, the newest first; `when` and `left` are not asked of these.
    """

    code = serializers.ChoiceField(list(INTERVENTIONS), required=False)
    place = serializers.IntegerField(required=False)
    women_only = serializers.ChoiceField(["yes", "no"], required=False)
    when = serializers.ChoiceField(TimeOfWeek.choices(), required=False)
    left = serializers.ChoiceField(["yes"], required=False)
    over = serializers.ChoiceField(["yes"], required=False)
    after = serializers.IntegerField(required=False)

    def validate(self, attrs):
        if "over" in attrs and {"when", "left"} & attrs.keys():
            raise serializers.ValidationError(
                "Ask “when” and “left” of series that are to come: leave them out, or leave “over” out."
            )
        return attrs


class SeriesRowOut(serializers.Serializer):
    """`tags`: what is to be seen of it at once, such as "Short of a leader"."""

    id = serializers.IntegerField(source="key")
    title = serializers.CharField()
    where = serializers.CharField()
    when = serializers.CharField()
    next = serializers.CharField()
    places = serializers.CharField()
    leaders = serializers.CharField()
    tags = serializers.SerializerMethodField()

    def get_tags(self, one) -> list[str]:
        return [each.text for each in one.tags]


class SeriesPageOut(serializers.Serializer):
    results = SeriesRowOut(many=True)
    count = serializers.IntegerField()
    next_after = serializers.CharField(allow_null=True)


class SeriesSessionOut(serializers.Serializer):
    """`because`: why it was called off, or stands on another day."""

    id = serializers.IntegerField(source="key")
    number = serializers.IntegerField()
    day = serializers.CharField()
    hours = serializers.CharField()
    room = serializers.CharField()
    leaders = serializers.CharField()
    state = serializers.CharField(source="tag.text")
    because = serializers.CharField()
    to_come = serializers.BooleanField()


class SeriesMemberOut(serializers.Serializer):
    crn = serializers.CharField()
    name = serializers.CharField()
    place = serializers.CharField(source="tag.text")
    begins = serializers.CharField()
    ends = serializers.CharField()


class SeriesMaskedOut(serializers.Serializer):
    """A case of limited access: all that is told of it."""

    crn = serializers.CharField()
    message = serializers.CharField()
    ask = serializers.CharField()


class SeriesShortOut(serializers.Serializer):
    """A session to come with too few who can lead it, and who could stand in."""

    session = serializers.IntegerField()
    said = serializers.CharField()
    out = serializers.IntegerField(allow_null=True)
    stand_ins = serializers.SerializerMethodField()

    def get_stand_ins(self, one) -> list[dict[str, Any]]:
        return [{"id": key, "name": name, "why": why} for key, name, why in one.stand_ins]


class SeriesOut(serializers.Serializer):
    """`short` is told to whoever runs groups; `unseen`: how many more are in it whose cases are out of reach."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    title = serializers.CharField()
    place = serializers.CharField()
    places = serializers.IntegerField()
    leaders = serializers.IntegerField()
    women_only = serializers.BooleanField()
    state = serializers.CharField()
    state_because = serializers.CharField()
    note = serializers.CharField()
    version = serializers.IntegerField()
    sessions = SeriesSessionOut(many=True)
    members = SeriesMemberOut(many=True)
    masked = SeriesMaskedOut(many=True)
    unseen = serializers.IntegerField()
    short = SeriesShortOut(many=True)


class SeriesHourIn(serializers.Serializer):
    """`weekday`: 0 is Monday."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    from_at = serializers.TimeField()


def some_leaders(**known):
    """Keys of users who lead groups."""
    one = serializers.PrimaryKeyRelatedField(queryset=who_leads())
    return SomeOfField(child_relation=one, **known)


class SeriesPlanIn(serializers.Serializer):
    """`leaders`: keys of users, those who lead it from week to week first; `room`: null only where it is one to one."""

    code = serializers.ChoiceField(list(INTERVENTIONS))
    place = serializers.PrimaryKeyRelatedField(queryset=Place.objects.all())
    room = serializers.PrimaryKeyRelatedField(queryset=Room.objects.all(), allow_null=True)
    first_on = DayField()
    weekly = SeriesHourIn(many=True)
    places = serializers.IntegerField(min_value=1, max_value=MOST_PLACES)
    leaders = some_leaders()
    women_only = serializers.BooleanField()
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")


class SeriesLeadersIn(serializers.Serializer):
    version = serializers.IntegerField()
    from_number = serializers.IntegerField(min_value=1)
    users = some_leaders()


class SeriesCoverIn(serializers.Serializer):
    """`out`: whoever cannot lead it; null where it has too few."""

    version = serializers.IntegerField()
    out = serializers.IntegerField(allow_null=True)
    stand_in = serializers.PrimaryKeyRelatedField(queryset=who_leads())
    because = serializers.CharField(max_length=LONGEST_BECAUSE)


class SeriesMoveIn(serializers.Serializer):
    """`room`, `users`: left out, those that it has."""

    version = serializers.IntegerField()
    on = DayField()
    from_at = serializers.TimeField()
    room = serializers.PrimaryKeyRelatedField(queryset=Room.objects.all(), required=False)
    users = some_leaders(required=False)
    because = serializers.CharField(max_length=LONGEST_BECAUSE)


class SeriesInsteadIn(serializers.Serializer):
    on = DayField()
    from_at = serializers.TimeField()


class SeriesSessionsOffIn(serializers.Serializer):
    """`making_up`: days that make up for it; what these do not is held after the last."""

    version = serializers.IntegerField()
    numbers = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)
    making_up = SeriesInsteadIn(many=True, default=list)
    users = some_leaders(required=False)
    because = serializers.CharField(max_length=LONGEST_BECAUSE)


class SeriesOffIn(serializers.Serializer):
    version = serializers.IntegerField()
    because = serializers.CharField(max_length=LONGEST_BECAUSE)

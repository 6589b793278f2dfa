"""What endpoints about hours of unpaid work take and give. Everything is in whole minutes."""

from rest_framework import serializers

from unpaidwork.models import Adjustment, Course, WorkReview
from unpaidwork.reference.work import ReviewPoint, Runs, WorkState
from unpaidwork.rules.adjusting import OFFERED
from unpaidwork.rules.hours import INTENSIVE_MINUTES, Pace


class WorkHoursOut(serializers.Serializer):
    """Where the hours of one requirement stand. `needed`: none where there is no time left, or no need."""

    requirement = serializers.IntegerField(source="work.pk")
    state = serializers.ChoiceField(WorkState.choices(), source="work.state")
    runs = serializers.ChoiceField(Runs.choices(), source="work.runs")
    beside = serializers.IntegerField(source="work.beside_id", allow_null=True)
    sentenced_on = serializers.DateField(source="work.sentenced_on")
    ordered = serializers.IntegerField(source="hours.ordered")
    worked = serializers.IntegerField(source="hours.worked")
    courses = serializers.IntegerField(source="hours.courses")
    left = serializers.IntegerField(source="hours.left")
    courses_left = serializers.IntegerField(source="hours.cap_left")
    finish_by = serializers.DateField(source="hours.finish_by")
    needed_a_week = serializers.IntegerField(source="hours.needed", allow_null=True)
    a_week = serializers.IntegerField(source="hours.weekly")
    measured = serializers.BooleanField(source="hours.measured")
    forecast = serializers.DateField(source="hours.forecast", allow_null=True)
    pace = serializers.ChoiceField(Pace.choices(), source="hours.pace")


class WorkRowOut(serializers.Serializer):
    """One requirement in the list of everybody with unpaid work."""

    crn = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField(source="state.text")
    left = serializers.CharField(source="hours")
    finish_by = serializers.CharField()
    pace = serializers.CharField(source="pace.text")
    next_session = serializers.CharField(source="next")
    owed = serializers.CharField()
    overdue = serializers.BooleanField(source="late")
    to_look_into = serializers.ListField(child=serializers.CharField(), source="looks")


class WorkListOut(serializers.Serializer):
    results = WorkRowOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class AdjustmentIn(serializers.Serializer):
    """`minutes`: with their sign. Travel has an endpoint of its own."""

    reason = serializers.ChoiceField([(one.value, one.title) for one in OFFERED])
    minutes = serializers.IntegerField()
    on = serializers.DateField()
    note = serializers.CharField(max_length=300)


class AdjustmentOut(serializers.ModelSerializer):
    class Meta:
        model = Adjustment
        fields = ["id", "reason", "minutes", "on"]


class TravelIn(serializers.Serializer):
    """`there` and `back`: minutes each way."""

    attendance = serializers.IntegerField(min_value=1)
    there = serializers.IntegerField(min_value=0, max_value=600)
    back = serializers.IntegerField(min_value=0, max_value=600)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class CourseIn(serializers.Serializer):
    provider = serializers.CharField(max_length=200)
    title = serializers.CharField(max_length=200)
    reference = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    expected_minutes = serializers.IntegerField(min_value=1, max_value=18000)
    taken_minutes = serializers.IntegerField(min_value=1, max_value=18000)
    finished_on = serializers.DateField()


class CourseOut(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ["id", "expected_minutes", "taken_minutes", "finished_on", "state", "credited_minutes"]  # fmt: skip


class DecideCourseIn(serializers.Serializer):
    credit = serializers.BooleanField()
    because = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class WeekIn(serializers.Serializer):
    """`weekly_minutes`: what is offered, where they do not work intensively."""

    intensive = serializers.BooleanField()
    weekly_minutes = serializers.IntegerField(
        min_value=0, max_value=INTENSIVE_MINUTES, required=False, default=0
    )
    because = serializers.CharField(max_length=300)


class SuspensionIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class MoreTimeIn(serializers.Serializer):
    """`extended_to`: where the court gave more time."""

    extended_to = serializers.DateField(required=False, allow_null=True, default=None)
    words = serializers.CharField(max_length=4000)


class WorkReviewIn(serializers.Serializer):
    """Their view, or why it is not here, is asked for."""

    point = serializers.ChoiceField(ReviewPoint.choices())
    held_on = serializers.DateField()
    their_words = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)  # fmt: skip
    their_words_absent = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)  # fmt: skip
    strengths = serializers.CharField(max_length=4000)
    next = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)


class WorkReviewOut(serializers.ModelSerializer):
    class Meta:
        model = WorkReview
        fields = ["id", "point", "held_on"]

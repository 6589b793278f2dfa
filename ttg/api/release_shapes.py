"""What endpoints about readiness, the hand-over, meetings at the gate and the measures of release take and give."""

from rest_framework import serializers

from ttg.models import GateMeeting, HandOver
from ttg.reference.hand_over import MetState
from ttg.reference.readiness import Must, Stands, Whose


class MustHaveOut(serializers.Serializer):
    code = serializers.ChoiceField(Must.choices())
    stands = serializers.ChoiceField(Stands.choices())
    words = serializers.CharField()
    whose = serializers.ChoiceField(Whose.choices())
    by_the_gate = serializers.BooleanField()


class ReadinessOut(serializers.Serializer):
    """`ready`: all by the gate is there or not needed. A status: it stops nothing. No stay in prison: all is empty."""

    release_on = serializers.DateField(allow_null=True)
    released_on = serializers.DateField(allow_null=True)
    ready = serializers.BooleanField(allow_null=True)
    must_haves = MustHaveOut(many=True)


class ReleaseRowOut(serializers.Serializer):
    crn = serializers.CharField()
    name = serializers.CharField()
    officer = serializers.CharField()
    prison = serializers.CharField()
    leaves = serializers.CharField(source="leaves_on")
    readiness = serializers.CharField(source="ready.text")
    lacks = serializers.ListField(child=serializers.CharField())
    contact = serializers.CharField(source="spoken_words")
    hand_over = serializers.CharField(source="hand_over_words")
    warnings = serializers.ListField(source="warns", child=serializers.CharField())


class ReleaseListOut(serializers.Serializer):
    results = ReleaseRowOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class HandOverOut(serializers.ModelSerializer):
    """As this reader may see it: protected names are taken out of its words."""

    offered_by = serializers.CharField(source="offered_by.username")
    accepted_by = serializers.CharField(source="accepted_by.username", default=None, allow_null=True)  # fmt: skip

    class Meta:
        model = HandOver
        texts = ("how", "who_came", "minutes", "watch_for", "asked", "answer", "accepted_note")
        fields = [
            "met_on", "how", "who_came", "minutes", "watch_for", "state", "offered_at", "offered_by", "asked",
            "asked_at", "answer", "accepted_at", "accepted_by", "accepted_note",
        ]  # fmt: skip

    def to_representation(self, one):
        said, names = super().to_representation(one), self.context["names"]
        return said | {name: names.text(said[name]) for name in self.Meta.texts}


class HandOverIn(serializers.Serializer):
    met_on = serializers.DateField()
    how = serializers.CharField(max_length=100)
    who_came = serializers.CharField(max_length=500)
    minutes = serializers.CharField(max_length=8000)
    watch_for = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)


class HandOverWordsIn(serializers.Serializer):
    words = serializers.CharField(max_length=4000)


class AcceptHandOverIn(serializers.Serializer):
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class GateMeetingOut(serializers.ModelSerializer):
    meets = serializers.CharField(source="meets.username")

    class Meta:
        model = GateMeeting
        fields = ["id", "meets", "at", "where", "state"]


class GateMeetingIn(serializers.Serializer):
    """`meets`: the username of whoever is there."""

    meets = serializers.CharField(max_length=150)
    at = serializers.DateTimeField()
    where = serializers.CharField(max_length=300)


class MetIn(serializers.Serializer):
    """`words` are asked for where they were not met."""

    met = serializers.BooleanField()
    words = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class GateMeetingOffIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class MeetingPutRightIn(serializers.Serializer):
    """`to`: met or not met, or planned where nobody knows yet. `because`: what happened, and how you know."""

    to = serializers.ChoiceField(MetState.choices())
    because = serializers.CharField(max_length=500)


class OwnMeetingOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    crn = serializers.CharField()
    name = serializers.CharField()
    when = serializers.CharField()
    where = serializers.CharField()
    state = serializers.ChoiceField(MetState.choices())
    in_vain = serializers.CharField(help_text="Why nobody comes out then any more; blank: they do.")
    instruction = serializers.CharField()
    ring = serializers.CharField()


class ReleaseMeasureOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    met = serializers.IntegerField()
    counted = serializers.IntegerField()
    share = serializers.IntegerField(allow_null=True)


class ReleaseUnitOut(serializers.Serializer):
    crn = serializers.CharField()
    name = serializers.CharField()
    on = serializers.CharField()
    met = serializers.BooleanField()
    words = serializers.CharField()


class ReleaseUnitsOut(serializers.Serializer):
    results = ReleaseUnitOut(many=True)
    next_after = serializers.CharField(allow_null=True)

"""What endpoints about custody and prisons take and give."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.base import InOrder
from ttg.models import Custody, Prison, PrisonStay, ReleaseChange
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.rules.custody import odd_about
from ttg.rules.reckoning import read_reckoned
from ttg.rules.release_dates import MOST_DAYS, MOST_TERMS, Recall, SentenceKind


class PrisonOut(serializers.ModelSerializer):
    class Meta:
        model = Prison
        fields = ["id", "name", "postcode", "telephone", "resettles", "gate", "closed_on"]


class PrisonIn(serializers.Serializer):
    """`resettles`: null where it is not known. `closed_on`: null while it is in use."""

    name = serializers.CharField(max_length=200)
    postcode = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    telephone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    resettles = serializers.BooleanField(required=False, default=None, allow_null=True)
    gate = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    closed_on = serializers.DateField(required=False, default=None, allow_null=True)


class _Named(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    def to_representation(self, one):
        said = super().to_representation(one)
        names = self.context["names"]
        return said | {name: names.text(said[name]) for name in self.Meta.texts}


class PrisonStayOut(_Named):
    prison = serializers.CharField(source="prison.name")

    class Meta:
        model = PrisonStay
        list_serializer_class = InOrder
        texts = ("because",)
        fields = ["prison", "from_on", "to_on", "because"]


class ReleaseChangeOut(_Named):
    class Meta:
        model = ReleaseChange
        list_serializer_class = InOrder
        texts = ("because",)
        fields = ["was_on", "release_on", "kind", "because", "at"]


class ReckonedOut(serializers.Serializer):
    """Null: there is no such day. `rule`: the version of the law as it is reckoned here."""

    half_way = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    release_on = serializers.DateField(allow_null=True)
    hdc_from = serializers.DateField(allow_null=True)
    expiry = serializers.DateField(allow_null=True)
    licence_end = serializers.DateField(allow_null=True)
    pss_end = serializers.DateField(allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())
    rule = serializers.CharField()


class CustodyOut(_Named):
    """`odd`: what is odd about the day of release; it refuses nothing. `reckoned`: null where it never was."""

    prison = PrisonOut()
    worker = serializers.CharField(source="worker.name", default=None)
    mentor = serializers.CharField(source="mentor.name", default=None)
    stays = PrisonStayOut(many=True)
    changes = ReleaseChangeOut(many=True)
    reckoned = serializers.SerializerMethodField()
    odd = serializers.SerializerMethodField()

    class Meta:
        model = Custody
        texts = ("source", "screened_by", "prison_officer", "ended_because")
        fields = [
            "id", "kind", "prison", "prison_officer", "received_on", "source", "screened_on", "screened_by", "release_on",
            "release_kind", "released_on", "ended_on", "ended_because", "worker", "mentor", "reckoned", "odd", "stays",
            "changes", "version",
        ]  # fmt: skip

    @extend_schema_field(ReckonedOut(allow_null=True))
    def get_reckoned(self, one):
        found = read_reckoned(one.reckoned)
        return ReckonedOut(found).data if found else None

    def get_odd(self, one) -> list[str]:
        if one.released_on or one.ended_on:
            return []
        known = read_reckoned(one.reckoned)
        return odd_about(one.release_on, one.release_kind, known, localdate())


class ReceiveIn(serializers.Serializer):
    """`prison`: its id in the book; null where it is not known."""

    kind = serializers.ChoiceField(CustodyKind.choices())
    received_on = serializers.DateField()
    prison = serializers.IntegerField(required=False, default=None, allow_null=True)
    prison_officer = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # fmt: skip
    heard_from = serializers.CharField(source="source", max_length=300)


class ScreeningIn(serializers.Serializer):
    on = serializers.DateField()
    whom = serializers.CharField(max_length=200)


class TermIn(serializers.Serializer):
    """`consecutive`: it runs after the one before it in the list."""

    sentenced_on = serializers.DateField()
    years = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    months = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    weeks = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)
    offence_on = serializers.DateField(required=False, default=None, allow_null=True)
    consecutive = serializers.BooleanField(required=False, default=False)


class ReckonIn(serializers.Serializer):
    """`version`: of the stay as it was read. `bail_days`: all of them; half count."""

    version = serializers.IntegerField(min_value=0)
    kind = serializers.ChoiceField(SentenceKind.choices(), required=False, default=SentenceKind.DETERMINATE)  # fmt: skip
    terms = serializers.ListField(
        child=TermIn(), max_length=MOST_TERMS, required=False, default=list
    )
    remand_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    bail_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    added_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    hdc_excluded = serializers.BooleanField(required=False, default=False)
    recall = serializers.ChoiceField(Recall.choices(), required=False, default=Recall.NONE)
    returned_on = serializers.DateField(required=False, default=None, allow_null=True)


class ReleaseDayIn(serializers.Serializer):
    """`on`: null where no day is known any more; then `kind` is left."""

    version = serializers.IntegerField(min_value=0)
    on = serializers.DateField(required=False, default=None, allow_null=True)
    kind = serializers.ChoiceField(ReleaseKind.choices(), required=False, default="", allow_blank=True)  # fmt: skip
    because = serializers.CharField(max_length=300)


class MovePrisonIn(serializers.Serializer):
    prison = serializers.IntegerField()
    on = serializers.DateField()
    prison_officer = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # fmt: skip
    because = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReleasedIn(serializers.Serializer):
    on = serializers.DateField()


class EndCustodyIn(serializers.Serializer):
    """`mistaken`: they never were in prison."""

    because = serializers.CharField(max_length=300)
    mistaken = serializers.BooleanField()


class UndoReleaseIn(serializers.Serializer):
    because = serializers.CharField(max_length=250)


class NamePersonIn(serializers.Serializer):
    """`username`: null where nobody is any more."""

    username = serializers.CharField(max_length=150, allow_null=True)

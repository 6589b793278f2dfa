"""What the API says of a review, and what it takes."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.base import InOrder
from cases.models import Review, ReviewedEvent
from cases.queries.event_reach import readable
from cases.reference.codes import Rosh
from cases.reference.reviews import Answered, EventKind, PersonView, ReviewBecause, ReviewState


class EventOut(serializers.Serializer):
    """Something that happened."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=EventKind.choices())
    what = serializers.SerializerMethodField()
    on = serializers.DateField()
    significant = serializers.BooleanField()

    def get_what(self, event) -> str:
        return self.context["names"].text(event.what)


class ReviewedEventOut(serializers.ModelSerializer):
    """How a review answers something that happened; protected names are taken out of its words."""

    kind = serializers.ChoiceField(choices=EventKind.choices())
    answer = serializers.ChoiceField(choices=Answered.choices(), allow_blank=True)
    what = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    changes = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ReviewedEvent
        list_serializer_class = InOrder
        fields = [
            "key", "kind", "what", "on", "significant", "answer", "words", "changes", "action", "raised",
            "answered_with",
        ]  # fmt: skip

    def get_what(self, event) -> str:
        return self.context["names"].text(event.what)

    def get_words(self, event) -> str:
        return self.context["names"].text(event.words)


class ReviewOut(serializers.ModelSerializer):
    """A review as this reader may see it."""

    state = serializers.ChoiceField(choices=ReviewState.choices())
    because = serializers.ChoiceField(choices=ReviewBecause.choices())
    person_view = serializers.ChoiceField(choices=PersonView.choices(), allow_blank=True)
    harm_before = serializers.ChoiceField(choices=Rosh.choices(), allow_blank=True)
    harm_after = serializers.ChoiceField(choices=Rosh.choices(), allow_blank=True)
    says = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    happened = serializers.SerializerMethodField()
    signed_by = serializers.CharField(source="signed_by.username", default=None, allow_null=True)
    countersigned_by = serializers.CharField(
        source="countersigned_by.username", default=None, allow_null=True
    )

    class Meta:
        model = Review
        fields = [
            "id", "state", "because", "recommendation", "since_on", "follows", "begun_on", "person_view",
            "harm_before", "harm_after", "says", "answers", "happened", "signed_at", "signed_by",
            "countersigned_at", "countersigned_by", "completed_on", "hollow", "read_at",
        ]  # fmt: skip

    @extend_schema_field(ReviewedEventOut(many=True))
    def get_happened(self, review):
        """Those that this reader may read."""
        shown = readable(review.happened.all(), self.context["may"])
        return ReviewedEventOut(shown, many=True, context=self.context).data

    def get_says(self, review) -> dict[str, str]:
        names = self.context["names"]
        written = (
            "person_words", "harm_because", "countersign_because", "returned_because", "hollow_because",
            "read_note",
        )  # fmt: skip
        return {name: names.text(getattr(review, name)) for name in written}

    def get_answers(self, review) -> dict[str, str | list[str]]:
        names = self.context["names"]
        return {
            code: value if isinstance(value, list) else names.text(value)
            for code, value in review.answers.items()
        }


class ReviewToDoOut(serializers.Serializer):
    """What stands in the way of signing, and the mark of what was read."""

    gates = serializers.ListField(child=serializers.CharField())
    warnings = serializers.DictField(child=serializers.CharField())
    countersign = serializers.ListField(child=serializers.CharField())
    changes = serializers.DictField(child=serializers.CharField())
    read = serializers.CharField()


class BeginReviewIn(serializers.Serializer):
    because = serializers.ChoiceField(choices=ReviewBecause.choices())
    recommendation = serializers.IntegerField(required=False, allow_null=True)


class ReviewAnswersIn(serializers.Serializer):
    given = serializers.DictField()
    seen = serializers.DictField(child=serializers.CharField(), required=False)


class ReviewStepIn(serializers.Serializer):
    what = serializers.CharField(max_length=500)
    by_whom = serializers.CharField(max_length=200)
    by_on = serializers.DateField()


class AnswerEventsIn(serializers.Serializer):
    keys = serializers.ListField(child=serializers.CharField(max_length=60), max_length=200)
    answer = serializers.ChoiceField(choices=Answered.choices())
    words = serializers.CharField(max_length=4000)
    changes = serializers.ListField(child=serializers.CharField(), required=False, max_length=200)
    step = ReviewStepIn(required=False)
    raise_to = serializers.ChoiceField(choices=Rosh.choices(), required=False)


class SignReviewIn(serializers.Serializer):
    explained = serializers.DictField(child=serializers.CharField(), default=dict)
    read = serializers.CharField()


class CountersignReviewIn(serializers.Serializer):
    read = serializers.CharField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ReturnReviewIn(serializers.Serializer):
    question = serializers.CharField(max_length=100)
    note = serializers.CharField(max_length=1000)


class DropReviewIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class NothingIn(serializers.Serializer):
    """Nothing is asked."""

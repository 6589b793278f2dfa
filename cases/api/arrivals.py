"""Arrivals: who has come and is not settled, what came with each, and reading the record with a note."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Arrival
from cases.queries.arriving import shown_by_record, still_to_read
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.arriving import Brought, BroughtState, CameFrom
from cases.rules.arriving import LONGEST_NOTE, LONGEST_WORDS, items_of
from cases.services import arrivals as services
from staff.permissions import Action


class ItemOut(serializers.Serializer):
    """One thing that should come. `from_record`: nobody said so, the record itself shows it."""

    what = serializers.ChoiceField(Brought.choices())
    state = serializers.ChoiceField(BroughtState.choices(), allow_blank=True)
    on = serializers.DateField(allow_null=True)
    words = serializers.SerializerMethodField()
    from_record = serializers.BooleanField()

    def get_words(self, item) -> str:
        return self.context["names"].text(item.words)


class ArrivalOut(serializers.ModelSerializer):
    """`to_do`: what stands before saying that the record is read."""

    note = serializers.SerializerMethodField()
    read_by = serializers.CharField(source="read_by.username", default=None, allow_null=True)
    brought = serializers.SerializerMethodField()
    to_do = serializers.SerializerMethodField()

    class Meta:
        model = Arrival
        fields = [
            "id", "came_from", "arrived_on", "sentence", "settled_on", "read_on", "read_by", "note",
            "brought", "to_do",
        ]  # fmt: skip

    def get_note(self, one) -> str:
        return self.context["names"].text(one.note)

    @extend_schema_field(ItemOut(many=True))
    def get_brought(self, one):
        items = items_of(one.brought, shown_by_record([one])[one.pk])
        return ItemOut(items, many=True, context=self.context).data

    def get_to_do(self, one) -> list[str]:
        if one.read_on:
            return []
        return [found.sentence for found in still_to_read(one.case, one, localdate())]


class ArrivalIn(serializers.Serializer):
    """Only where no extract has said so."""

    came_from = serializers.ChoiceField(CameFrom.choices())
    arrived_on = serializers.DateField()


class BroughtSaidIn(serializers.Serializer):
    state = serializers.ChoiceField([one.value for one in BroughtState if one])
    on = serializers.DateField(required=False, allow_null=True)
    words = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST_WORDS
    )


class BroughtIn(serializers.Serializer):
    """What is said of each, by its code; null for what is not said any more. `seen`: marks of what stood when it was read."""

    given = serializers.DictField(child=BroughtSaidIn(allow_null=True))
    seen = serializers.DictField(child=serializers.CharField(), required=False)


class BroughtConflict(serializers.Serializer):
    """`conflicts`: what somebody else has said otherwise meanwhile, which is not written."""

    written = serializers.ListField(child=serializers.CharField())
    conflicts = serializers.ListField(child=serializers.CharField())


class NoteIn(serializers.Serializer):
    note = serializers.CharField(max_length=LONGEST_NOTE)


class Arrivals(CaseAPI):
    action = Action.VIEW_MOVEMENTS
    actions = {"POST": Action.RECORD_ARRIVAL}

    @extend_schema(operation_id="list_arrivals_of_case", responses=ArrivalOut(many=True))
    def get(self, request, crn):
        """Each time they came, the latest first."""
        found = self.case.arrivals.select_related("sentence", "read_by", "case")
        return Response(_shown(self, request, found.order_by("-arrived_on", "-pk"), many=True))

    @extend_schema(operation_id="record_arrival", request=ArrivalIn, responses={201: ArrivalOut})
    def post(self, request, crn):
        """Record that somebody came: the clocks run from that day."""
        given = ArrivalIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.record_arrival(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self, request, made), status=201)


class OneArrival(CaseAPI):
    action = Action.VIEW_MOVEMENTS

    @extend_schema(operation_id="retrieve_arrival", responses=ArrivalOut)
    def get(self, request, crn, arrival):
        """What came with it, and what stands before its record is read."""
        return Response(_shown(self, request, _found(self.case, arrival)))


class RecordBrought(CaseAPI):
    action = Action.RECORD_ARRIVAL

    @extend_schema(
        operation_id="record_what_came",
        request=BroughtIn,
        responses={200: BroughtConflict, 409: BroughtConflict},
    )
    def post(self, request, crn, arrival):
        """Say what came. Answers 409 where somebody else has said otherwise of some of it meanwhile."""
        given = BroughtIn(data=request.data)
        given.is_valid(raise_exception=True)
        outcome = services.record_brought(
            arrival=_found(self.case, arrival), by=request.user, now=now(), **given.validated_data
        )
        body = {"written": sorted(outcome.write), "conflicts": sorted(outcome.conflicts)}
        return Response(BroughtConflict(body).data, status=409 if outcome.conflicts else 200)


class AskForMissing(CaseAPI):
    action = Action.RECORD_ARRIVAL

    @extend_schema(operation_id="ask_for_missing", request=None, responses=ArrivalOut)
    def post(self, request, crn, arrival):
        """Mark all that nobody has looked for as asked for today, and open the enquiries that were never made."""
        found = _found(self.case, arrival)
        services.ask_for_missing(arrival=found, by=request.user, now=now())
        return Response(_shown(self, request, _found(self.case, arrival)))


class ReadRecord(CaseAPI):
    action = Action.READ_INFORMATION

    @extend_schema(operation_id="write_initial_risk_note", request=NoteIn, responses=ArrivalOut)
    def post(self, request, crn, arrival):
        """Say that the record is read, with the initial risk note."""
        given = NoteIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.read_arrival(
            arrival=_found(self.case, arrival), by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self, request, done))


def _found(case, key):
    return get_object_or_404(case.arrivals.select_related("sentence", "read_by", "case"), pk=key)


def _shown(view, request, found, *, many=False):
    names = names_for(view.case, actions_on(view.case, request.user))
    return ArrivalOut(found, many=many, context={"names": names}).data

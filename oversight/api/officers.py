"""Hours, training and induction of an officer, recorded, put right, ended or taken away: as on their pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI, one_of
from oversight.models import ContractHours, HoursOff, OfficerInduction, TrainingDone
from oversight.queries.officers import officers_to_record, supporters_of
from oversight.reference.allocation import training_choices
from oversight.reference.workload import REDUCTIONS
from oversight.rules.known_of_officers import LONGEST_WHY
from oversight.services import officers as services
from staff.permissions import Action


def _hours(**kwargs):
    return serializers.DecimalField(max_digits=4, decimal_places=2, min_value=0, **kwargs)


class ContractHoursIn(serializers.Serializer):
    hours = _hours()
    from_on = serializers.DateField()
    to_on = serializers.DateField(required=False, allow_null=True)


class HoursOffIn(serializers.Serializer):
    """`hours` only where the table of reductions does not say how much."""

    code = serializers.ChoiceField([(code, one.name) for code, one in REDUCTIONS.items()])
    hours = _hours(required=False, allow_null=True)
    from_on = serializers.DateField()
    to_on = serializers.DateField(required=False, allow_null=True)
    why = serializers.CharField(max_length=LONGEST_WHY)


class OfficerTrainingIn(serializers.Serializer):
    kind = serializers.ChoiceField(training_choices())
    done_on = serializers.DateField()
    expires_on = serializers.DateField(required=False, allow_null=True)


class OfficerInductionIn(serializers.Serializer):
    """`supporter`: the user name of a colleague."""

    from_on = serializers.DateField()
    to_on = serializers.DateField()
    supporter = serializers.CharField(required=False, allow_null=True)


class OfficerRecordedOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")


class KnownAPI(StaffAPI):
    """Something that is recorded of an officer, by its shape."""

    action = Action.RECORD_OFFICER
    shape: type[serializers.Serializer]
    service: str

    def said(self, one):
        """What was sent of this officer, as the service takes it."""
        shape = self.shape(data=self.request.data)
        shape.is_valid(raise_exception=True)
        said = shape.validated_data
        if "supporter" in said:
            found = supporters_of(one)
            said["supporter"] = one_of(found, "username", said["supporter"], "supporter")
        return said

    def serve(self, **known):
        return getattr(services, self.service)(by=self.request.user, now=now(), **known)


class RecordKnown(KnownAPI):
    def record(self, request, officer):
        one = get_object_or_404(officers_to_record(request.user), pk=officer)
        row = self.serve(user=one, **self.said(one))
        return Response(OfficerRecordedOut(row).data, status=201)


class ChangeKnown(KnownAPI):
    """Puts right or ends what is recorded, or takes it away where it was recorded by mistake."""

    model: Any

    def row(self, request, row):
        theirs = officers_to_record(request.user).order_by()
        rows = self.model.objects.filter(user__in=theirs).select_related("user")
        return get_object_or_404(rows, pk=row)

    def change(self, request, known_row):
        row = self.row(request, known_row)
        return Response(OfficerRecordedOut(self.serve(row=row, **self.said(row.user))).data)

    def take_away(self, request, known_row):
        services.take_away(row=self.row(request, known_row), by=request.user, now=now())
        return Response(status=204)


class RecordContractHours(RecordKnown):
    shape, service = ContractHoursIn, "record_contract_hours"

    @extend_schema(operation_id="record_contract_hours", request=ContractHoursIn, responses={201: OfficerRecordedOut})  # fmt: skip
    def post(self, request, officer):
        """Hours a week by contract, from a day."""
        return self.record(request, officer)


class RecordHoursOff(RecordKnown):
    shape, service = HoursOffIn, "record_hours_off"

    @extend_schema(operation_id="record_hours_off", request=HoursOffIn, responses={201: OfficerRecordedOut})  # fmt: skip
    def post(self, request, officer):
        """Hours taken off, such as long-term sick leave."""
        return self.record(request, officer)


class RecordTraining(RecordKnown):
    shape, service = OfficerTrainingIn, "record_training"

    @extend_schema(operation_id="record_training", request=OfficerTrainingIn, responses={201: OfficerRecordedOut})  # fmt: skip
    def post(self, request, officer):
        """Training that was done."""
        return self.record(request, officer)


class RecordOfficerInduction(RecordKnown):
    shape, service = OfficerInductionIn, "record_officer_induction"

    @extend_schema(operation_id="record_officer_induction", request=OfficerInductionIn, responses={201: OfficerRecordedOut})  # fmt: skip
    def post(self, request, officer):
        """The first weeks of an officer, and who supports them."""
        return self.record(request, officer)


class ChangeContractHours(ChangeKnown):
    shape, service, model = ContractHoursIn, "change_contract_hours", ContractHours

    @extend_schema(
        operation_id="change_contract_hours", request=ContractHoursIn, responses=OfficerRecordedOut
    )
    def put(self, request, known_row):
        """Put hours by contract right, or give them their last day."""
        return self.change(request, known_row)

    @extend_schema(operation_id="take_away_contract_hours", request=None, responses={204: None})  # fmt: skip
    def delete(self, request, known_row):
        """It was recorded by mistake."""
        return self.take_away(request, known_row)


class ChangeHoursOff(ChangeKnown):
    shape, service, model = HoursOffIn, "change_hours_off", HoursOff

    @extend_schema(
        operation_id="change_hours_off", request=HoursOffIn, responses=OfficerRecordedOut
    )
    def put(self, request, known_row):
        """Put hours taken off right, or give them their last day."""
        return self.change(request, known_row)

    @extend_schema(operation_id="take_away_hours_off", request=None, responses={204: None})  # fmt: skip
    def delete(self, request, known_row):
        """It was recorded by mistake."""
        return self.take_away(request, known_row)


class ChangeTraining(ChangeKnown):
    shape, service, model = OfficerTrainingIn, "change_training", TrainingDone

    @extend_schema(
        operation_id="change_training", request=OfficerTrainingIn, responses=OfficerRecordedOut
    )
    def put(self, request, known_row):
        """Put a training right, or say when it expires."""
        return self.change(request, known_row)

    @extend_schema(operation_id="take_away_training", request=None, responses={204: None})  # fmt: skip
    def delete(self, request, known_row):
        """It was recorded by mistake."""
        return self.take_away(request, known_row)


class ChangeOfficerInduction(ChangeKnown):
    shape, service, model = OfficerInductionIn, "change_officer_induction", OfficerInduction

    @extend_schema(
        operation_id="change_officer_induction",
        request=OfficerInductionIn,
        responses=OfficerRecordedOut,
    )
    def put(self, request, known_row):
        """Put an induction right, or give it its last day."""
        return self.change(request, known_row)

    @extend_schema(operation_id="take_away_officer_induction", request=None, responses={204: None})  # fmt: skip
    def delete(self, request, known_row):
        """It was recorded by mistake."""
        return self.take_away(request, known_row)


KNOWN = (
    ("contract", "contract-hours", RecordContractHours, ChangeContractHours),
    ("off", "hours-off", RecordHoursOff, ChangeHoursOff),
    ("training", "training", RecordTraining, ChangeTraining),
    ("induction", "officer-induction", RecordOfficerInduction, ChangeOfficerInduction),
)
ADDRESSES = [
    *(
        path(f"workload/<int:officer>/{known}/", record.as_view(), name=f"api-record-{name}")
        for known, name, record, _ in KNOWN
    ),
    *(
        path(f"workload/{known}/<int:known_row>/", change.as_view(), name=f"api-change-{name}")
        for known, name, _, change in KNOWN
    ),
]

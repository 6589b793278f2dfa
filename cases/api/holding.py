"""Who holds a case: offering a case, answering an offer and taking one back; and who is leaving."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Transfer
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.holding import OUT_OF_HERE
from cases.services import transfers as services
from staff.permissions import Action


class HolderOut(serializers.Serializer):
    """`officer`: a username, or none where the seniors of the team hold it; `retained_by`: who of the NPS does."""

    officer = serializers.CharField(source="officer.username", default=None, allow_null=True)
    officer_since = serializers.DateField(allow_null=True)
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    retained_by = serializers.CharField(allow_blank=True)
    left_as = serializers.CharField(allow_blank=True)


class TransferOut(serializers.ModelSerializer):
    """`carried`: what stood open when it was offered, by kind and key."""

    from_officer = serializers.CharField(
        source="from_officer.username", default=None, allow_null=True
    )
    to_officer = serializers.CharField(source="to_officer.username", default=None, allow_null=True)
    caretaker = serializers.CharField(source="caretaker.username", default=None, allow_null=True)
    offered_by = serializers.CharField(source="offered_by.username")
    note = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()
    carried = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))

    class Meta:
        model = Transfer
        fields = [
            "id", "kind", "state", "from_officer", "to_officer", "outside", "outside_officer", "caretaker", "note",
            "carried", "offered_at", "offered_by", "answered_at", "because",
        ]  # fmt: skip

    def get_note(self, one) -> str:
        return self.context["names"].text(one.note)

    def get_because(self, one) -> str:
        return self.context["names"].text(one.because)


class AcceptIn(serializers.Serializer):
    """`outside_officer`: who there has taken it, by name, where it goes out."""

    outside_officer = serializers.CharField(max_length=200, required=False, default="")


class BecauseIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class Holder(CaseAPI):
    """Naming one is at the same address, and stands where officers are compared (`oversight.api.giving`)."""

    action = Action.VIEW_CASE

    @extend_schema(operation_id="read_holder", responses=HolderOut)
    def get(self, request, crn):
        """Who holds the case now."""
        return Response(HolderOut(self.case).data)


class Transfers(CaseAPI):
    """Offering is at the same address, and stands where officers are compared (`oversight.api.giving`)."""

    action = Action.VIEW_CASE

    @extend_schema(operation_id="list_transfers", responses=TransferOut(many=True))
    def get(self, request, crn):
        """Every hand-over of the case, the latest first."""
        found = self.case.transfers.select_related(
            "from_officer", "to_officer", "caretaker", "offered_by"
        )
        return Response(shown(self.case, request.user, found.order_by("-pk"), many=True))


class AcceptTransfer(CaseAPI):
    action = Action.TAKE_OVER

    @extend_schema(operation_id="accept_transfer", request=None, responses=TransferOut)
    def post(self, request, crn, transfer):
        """Whoever was offered the case, or covers for them, takes it."""
        offer = _offer(self.case, transfer, outside=False)
        done = services.accept_transfer(transfer=offer, by=request.user, now=now())
        return Response(shown(self.case, request.user, done))


class RefuseTransfer(CaseAPI):
    action = Action.TAKE_OVER

    @extend_schema(operation_id="refuse_transfer", request=BecauseIn, responses=TransferOut)
    def post(self, request, crn, transfer):
        """Whoever was offered the case, or covers for them, says no, and why."""
        offer = _offer(self.case, transfer, outside=False)
        return _refused(self.case, request, offer)


class RecordAcceptance(CaseAPI):
    action = Action.RECORD_NPS_ANSWER

    @extend_schema(operation_id="record_acceptance", request=AcceptIn, responses=TransferOut)
    def post(self, request, crn, transfer):
        """A named officer of the NPS or of another provider has taken the case."""
        given = AcceptIn(data=request.data)
        given.is_valid(raise_exception=True)
        offer = _offer(self.case, transfer, outside=True)
        done = services.accept_transfer(
            transfer=offer, by=request.user, now=now(), **given.validated_data
        )
        return Response(shown(self.case, request.user, done))


class RecordRefusal(CaseAPI):
    action = Action.RECORD_NPS_ANSWER

    @extend_schema(operation_id="record_refusal", request=BecauseIn, responses=TransferOut)
    def post(self, request, crn, transfer):
        """The NPS or another provider will not take the case."""
        offer = _offer(self.case, transfer, outside=True)
        return _refused(self.case, request, offer)


class WithdrawTransfer(CaseAPI):
    action = Action.HAND_OVER

    @extend_schema(operation_id="withdraw_transfer", request=BecauseIn, responses=TransferOut)
    def post(self, request, crn, transfer):
        """Take an offer back, and say why."""
        given = BecauseIn(data=request.data)
        given.is_valid(raise_exception=True)
        offer = get_object_or_404(self.case.transfers, pk=transfer)
        done = services.withdraw_transfer(
            transfer=offer, by=request.user, now=now(), **given.validated_data
        )
        return Response(shown(self.case, request.user, done))


def _refused(case, request, offer):
    given = BecauseIn(data=request.data)
    given.is_valid(raise_exception=True)
    done = services.refuse_transfer(
        transfer=offer, by=request.user, now=now(), **given.validated_data
    )
    return Response(shown(case, request.user, done))


def _offer(case, key, *, outside):
    """One that goes to somebody of ours, or to somebody outside; the other is answered at another address."""
    found = get_object_or_404(case.transfers, pk=key)
    if (found.kind in OUT_OF_HERE) != outside:
        raise Http404
    return found


def shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return TransferOut(found, many=many, context={"names": names}).data

"""What is raised at once on a case: read, and raise."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Raise
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.codes import ContactLevel, Part, Register, Rosh
from cases.reference.information import RaiseKind
from cases.services.raising import raise_now
from staff.permissions import Action

CODES = {RaiseKind.RISK: Rosh, RaiseKind.FLAG: Register, RaiseKind.CONTACT: ContactLevel}


class RaiseOut(serializers.ModelSerializer):
    """What was raised; `assessed_on` is empty while it stands, provisionally."""

    value = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()

    class Meta:
        model = Raise
        fields = ["id", "kind", "value", "because", "enquiry", "at", "assessed_on"]

    def get_value(self, raised) -> str:
        return raised.contact_level or raised.registration.type_code

    def get_because(self, raised) -> str:
        return self.context["names"].text(raised.because)


class RaiseIn(serializers.Serializer):
    """`value` is a level of risk, a register or a contact level, by `kind`."""

    kind = serializers.ChoiceField(choices=RaiseKind.choices())
    value = serializers.CharField()
    part = serializers.ChoiceField(choices=Part.choices(), default=Part.SOURCE)
    because = serializers.CharField(max_length=500)
    enquiry = serializers.IntegerField(required=False)

    def validate(self, given):
        try:
            given["value"] = CODES[RaiseKind(given["kind"])](given["value"])
        except ValueError as problem:
            raise serializers.ValidationError({"value": "Not a code of that kind."}) from problem
        return given


class Raises(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.RAISE_NOW}

    @extend_schema(operation_id="list_raises", responses=RaiseOut(many=True))
    def get(self, request, crn):
        """Everything raised on the case, the latest first."""
        found = self.case.raises.select_related("registration").order_by("-at", "-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(operation_id="raise_now", request=RaiseIn, responses={201: RaiseOut})
    def post(self, request, crn):
        """Raise a risk, a flag or a contact level now; the full assessment follows."""
        asked = RaiseIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        pk = given.pop("enquiry", None)
        enquiry = get_object_or_404(self.case.enquiries, pk=pk) if pk else None
        raised = raise_now(case=self.case, by=request.user, now=now(), enquiry=enquiry, **given)
        return Response(_shown(raised, self.case, request.user), status=201)


def _shown(raises, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return RaiseOut(raises, many=many, context={"names": names}).data

"""What a court asks of a case: recorded and withdrawn. It is answered where the line is composed (`oversight.api.agencies`)."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import CourtRequest
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.courts import CourtWants
from cases.rules.courts import RequestState, state_of
from cases.services import courts as services
from staff.permissions import Action


class CourtRequestOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    court = serializers.SerializerMethodField()
    asked_by = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    reply = serializers.SerializerMethodField()
    withdrawn_because = serializers.SerializerMethodField()
    stands = serializers.SerializerMethodField()
    replied_by = serializers.CharField(source="replied_by.username", default=None, allow_null=True)

    class Meta:
        model = CourtRequest
        fields = [
            "id", "court", "asked_by", "wants", "words", "asked_at", "needed_by", "stands", "reply", "replied_at",
            "replied_by", "sent_by", "withdrawn_at", "withdrawn_because",
        ]  # fmt: skip

    def get_court(self, one) -> str:
        return self.context["names"].text(one.court)

    def get_asked_by(self, one) -> str:
        return self.context["names"].text(one.asked_by)

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)

    def get_reply(self, one) -> str:
        return self.context["names"].text(one.reply)

    def get_withdrawn_because(self, one) -> str:
        return self.context["names"].text(one.withdrawn_because)

    def get_stands(self, one) -> RequestState:
        return state_of(one.replied_at, one.withdrawn_at)


class CourtRequestIn(serializers.Serializer):
    court = serializers.CharField(max_length=200)
    asked_by = serializers.CharField(max_length=200)
    wants = serializers.ChoiceField(CourtWants.choices())
    words = serializers.CharField(max_length=500, default="", allow_blank=True)
    asked_at = serializers.DateTimeField()
    needed_by = serializers.DateTimeField()


class WithdrawnIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class CourtRequests(CaseAPI):
    action = Action.ANSWER_COURT

    @extend_schema(operation_id="list_court_requests", responses=CourtRequestOut(many=True))
    def get(self, request, crn):
        """Everything courts asked of this case, what is needed first at the top."""
        found = self.case.court_requests.select_related("replied_by").order_by("needed_by", "pk")
        context = {"names": names_for(self.case, actions_on(self.case, request.user))}
        return Response(CourtRequestOut(found, many=True, context=context).data)

    @extend_schema(
        operation_id="record_court_request",
        request=CourtRequestIn,
        responses={201: CourtRequestOut},
    )
    def post(self, request, crn):
        """A court asks. It is owed by the hour it is needed."""
        given = CourtRequestIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.record_request(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(shown(self.case, request.user, made), status=201)


class WithdrawCourtRequest(CaseAPI):
    action = Action.ANSWER_COURT

    @extend_schema(
        operation_id="withdraw_court_request", request=WithdrawnIn, responses=CourtRequestOut
    )
    def post(self, request, crn, court_request):
        """The court no longer needs it."""
        found = get_object_or_404(self.case.court_requests.select_related("case"), pk=court_request)
        given = WithdrawnIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.withdraw_request(
            request=found, by=request.user, now=now(), **given.validated_data
        )
        return Response(shown(self.case, request.user, done))


def shown(case, user, found):
    return CourtRequestOut(found, context={"names": names_for(case, actions_on(case, user))}).data

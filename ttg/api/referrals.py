"""Referrals to community services, over the API: each step as on the pages, and those nobody has answered."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.rules.addresses import number
from staff.permissions import Action
from ttg.models import Need, Referral, Service
from ttg.queries import referrals as queries
from ttg.reference.referrals import Consent, SentHow
from ttg.rules.referrals import ANSWERS
from ttg.services import links
from ttg.services import referrals as services

ACTION = Action.REFER_TO_SERVICE
WORDS = ("tells", "received_by", "first_where", "because", "chosen_because")


class ReferralOut(serializers.ModelSerializer):
    state = serializers.CharField()
    consent = serializers.CharField()
    sent_how = serializers.CharField()

    class Meta:
        model = Referral
        fields = [
            "id", "need", "service", "under_duty", "chosen_because", "state", "consent", "consent_on", "tells", "sent_at",
            "sent_how", "received_by", "first_at", "first_where", "first_postcode", "person_told_on", "because",
        ]  # fmt: skip

    def to_representation(self, one):
        said, names = super().to_representation(one), self.context["names"]
        return said | {name: names.text(said[name]) for name in WORDS}


class ReferralDraftIn(serializers.Serializer):
    """`tells`: what the service needs to know besides who they are, and no more."""

    person_agrees = serializers.ChoiceField(Consent.choices())
    consent_on = serializers.DateField(required=False, allow_null=True, default=None)
    tells = serializers.CharField(max_length=2000)
    under_duty = serializers.BooleanField(default=False)
    chosen_because = serializers.CharField(max_length=300, required=False, default="")

    def said(self):
        given = dict(self.validated_data)
        return {"consent": given.pop("person_agrees")} | given


class ReferralIn(ReferralDraftIn):
    need = serializers.IntegerField()
    service = serializers.IntegerField()


class ReferralSendIn(serializers.Serializer):
    sent_how = serializers.ChoiceField(SentHow.choices())


class ReplyLinkOut(serializers.Serializer):
    """`link` is given this once, for whoever sends it; blank where the system does, and where it goes another way."""

    referral = ReferralOut()
    link = serializers.CharField(allow_blank=True)


class ServiceAnswerIn(serializers.Serializer):
    received_by = serializers.CharField(max_length=200)
    service_said = serializers.ChoiceField([(one.value, one.title) for one in ANSWERS])
    first_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    first_where = serializers.CharField(max_length=300, required=False, default="")
    first_postcode = serializers.CharField(max_length=20, required=False, default="")
    because = serializers.CharField(max_length=500, required=False, default="")


class FirstAtServiceIn(serializers.Serializer):
    at = serializers.DateTimeField()
    where = serializers.CharField(max_length=300)
    postcode = serializers.CharField(max_length=20, required=False, default="")


class PersonToldIn(serializers.Serializer):
    on = serializers.DateField()


class WentToServiceIn(serializers.Serializer):
    came = serializers.BooleanField()
    words = serializers.CharField(max_length=500, required=False, default="")


class ReferralOverIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class Referrals(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": ACTION}

    @extend_schema(operation_id="list_referrals", responses=ReferralOut(many=True))
    def get(self, request, crn):
        """Every referral of the case, the first drafted first."""
        found = Referral.objects.filter(need__custody__case=self.case).order_by("pk")
        return Response(ReferralOut(found, many=True, context=_context(self, request)).data)

    @extend_schema(operation_id="draft_referral", request=ReferralIn, responses={201: ReferralOut})
    def post(self, request, crn):
        """Draft one. Nothing is sent yet."""
        given = ReferralIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.said()
        needs = Need.objects.select_related("custody__case").filter(custody__case=self.case)
        need = get_object_or_404(needs, pk=said.pop("need"))
        service = get_object_or_404(Service, pk=said.pop("service"))
        made = services.draft_referral(
            need=need, service=service, by=request.user, now=now(), **said
        )
        return Response(ReferralOut(made, context=_context(self, request)).data, status=201)


class _Step(CaseAPI):
    """One step on one referral."""

    action = ACTION

    def found(self, key):
        found = Referral.objects.select_related("need__custody__case", "service")
        return get_object_or_404(found, need__custody__case=self.case, pk=key)

    def take(self, request, key, service, shape):
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        done = service(referral=self.found(key), by=request.user, now=now(), **given.validated_data)
        return self.shown(request, done)

    def shown(self, request, referral):
        return Response(ReferralOut(referral, context=_context(self, request)).data)


class ChangeReferral(_Step):
    @extend_schema(operation_id="change_referral", request=ReferralDraftIn, responses=ReferralOut)
    def post(self, request, crn, referral):
        """Change what a draft would tell."""
        given = ReferralDraftIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.change_draft(
            referral=self.found(referral), by=request.user, now=now(), **given.said()
        )
        return self.shown(request, done)


class SendReferral(_Step):
    @extend_schema(operation_id="send_referral", request=ReferralSendIn, responses=ReplyLinkOut)
    def post(self, request, crn, referral):
        """Record that it goes now. By e-mail the system sends it with a link to answer; where nobody carries e-mail
        the link is given this once."""
        given = ReferralSendIn(data=request.data)
        given.is_valid(raise_exception=True)
        sent, token = links.send_with_link(
            referral=self.found(referral),
            how=given.validated_data["sent_how"],
            by=request.user,
            now=now(),
        )
        return _with_link(self, request, sent, token)


class NewReplyLink(_Step):
    @extend_schema(operation_id="make_reply_link", request=None, responses=ReplyLinkOut)
    def post(self, request, crn, referral):
        """Make a link in place of the last. It is given this once."""
        found = self.found(referral)
        _, token = links.make_reply_link(referral=found, by=request.user, now=now())
        return _with_link(self, request, found, token)


class RecordAnswer(_Step):
    @extend_schema(
        operation_id="record_referral_answer", request=ServiceAnswerIn, responses=ReferralOut
    )
    def post(self, request, crn, referral):
        """What the service said, by a name there."""
        given = ServiceAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        done = services.record_answer(
            referral=self.found(referral),
            answer=said.pop("service_said"),
            by=request.user,
            now=now(),
            **said,
        )
        return self.shown(request, done)


class BookFirst(_Step):
    @extend_schema(
        operation_id="book_first_at_service", request=FirstAtServiceIn, responses=ReferralOut
    )
    def post(self, request, crn, referral):
        """The first appointment there, or another day for it."""
        return self.take(request, referral, services.book_first, FirstAtServiceIn)


class SayPersonTold(_Step):
    @extend_schema(operation_id="say_person_told", request=PersonToldIn, responses=ReferralOut)
    def post(self, request, crn, referral):
        """The person knows of their first appointment."""
        given = PersonToldIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.tell_person(
            referral=self.found(referral),
            on=given.validated_data["on"],
            by=request.user,
            today=localdate(),
        )
        return self.shown(request, done)


class SayServiceAttended(_Step):
    @extend_schema(
        operation_id="say_service_attended", request=WentToServiceIn, responses=ReferralOut
    )
    def post(self, request, crn, referral):
        """Whether they went to the first appointment."""
        return self.take(request, referral, services.say_attended, WentToServiceIn)


class WithdrawReferral(_Step):
    @extend_schema(operation_id="withdraw_referral", request=ReferralOverIn, responses=ReferralOut)
    def post(self, request, crn, referral):
        """Take it back."""
        return self.take(request, referral, services.withdraw_referral, ReferralOverIn)


class CloseReferral(_Step):
    @extend_schema(operation_id="close_referral", request=ReferralOverIn, responses=ReferralOut)
    def post(self, request, crn, referral):
        """Nothing more is waited for."""
        return self.take(request, referral, services.close_referral, ReferralOverIn)


class UnansweredOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="need.custody.case.crn")
    service = serializers.CharField(source="service.name")
    state = serializers.CharField()
    sent_at = serializers.DateTimeField()


class UnansweredPage(serializers.Serializer):
    results = UnansweredOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class Unanswered(StaffAPI):
    action = ACTION

    @extend_schema(
        operation_id="list_referrals_unanswered",
        parameters=[OpenApiParameter("after", int, description="the referral to start after")],
        responses=UnansweredPage,
    )
    def get(self, request):
        """Sent and not answered, what has waited longest first."""
        after = number(request.query_params.get("after", "")) or ""
        found = queries.page_of_unanswered(request.user, after=after, size=SIZE)
        masked = [] if after else queries.kept_from(request.user)
        rows = UnansweredOut(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


def _context(view, request):
    return {"names": names_for(view.case, actions_on(view.case, request.user))}


def _with_link(view, request, referral, token):
    said = {"referral": referral, "link": queries.link_address(token) if token else ""}
    answer = Response(ReplyLinkOut(said, context=_context(view, request)).data)
    answer["Cache-Control"] = "no-store"
    return answer

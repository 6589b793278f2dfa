"""Charges with a serious further offence, what was known then; and complaints across cases."""

from django.urls import path
from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.models import Case, FurtherOffence
from cases.queries.names import names_for, names_for_each
from cases.queries.reach import actions_on, actions_on_each
from cases.rules.addresses import number
from oversight.queries import complaints
from oversight.queries import further_offences as charges
from oversight.queries.known_page import known_page
from oversight.services import further_offences as services
from staff.permissions import Action


class FurtherOffenceOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    crn = serializers.CharField(source="case.crn")
    offence = serializers.SerializerMethodField()
    told_by = serializers.SerializerMethodField()
    notified_whom = serializers.SerializerMethodField()
    learnt = serializers.SerializerMethodField()
    set_aside_because = serializers.SerializerMethodField()

    class Meta:
        model = FurtherOffence
        fields = [
            "id", "crn", "charged_on", "offence", "told_by", "learnt_at", "recorded_at", "sealed", "notified_on",
            "notified_whom", "reviewed_on", "learnt", "set_aside_at", "set_aside_because",
        ]  # fmt: skip

    def text(self, one, words):
        return self.context["names"][one.case_id].text(words)

    def get_offence(self, one) -> str:
        return self.text(one, one.offence)

    def get_told_by(self, one) -> str:
        return self.text(one, one.told_by)

    def get_notified_whom(self, one) -> str:
        return self.text(one, one.notified_whom)

    def get_learnt(self, one) -> str:
        return self.text(one, one.learnt)

    def get_set_aside_because(self, one) -> str:
        return self.text(one, one.set_aside_because)


class ChargeIn(serializers.Serializer):
    charged_on = serializers.DateField()
    offence = serializers.CharField(max_length=300)
    told_by = serializers.CharField(max_length=200)
    learnt_at = serializers.DateTimeField()


class FurtherOffenceNotifiedIn(serializers.Serializer):
    on = serializers.DateField()
    whom = serializers.CharField(max_length=200)


class FurtherOffenceReviewIn(serializers.Serializer):
    on = serializers.DateField()
    learnt = serializers.CharField(max_length=8000)


class FurtherOffenceAsideIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class KnownLineOut(serializers.Serializer):
    name = serializers.CharField(source="label")
    value = serializers.CharField()
    detail = serializers.CharField()


class KnownEntryOut(serializers.Serializer):
    title = serializers.CharField()
    mark = serializers.CharField()
    lines = KnownLineOut(many=True)


class KnownSectionOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    entries = KnownEntryOut(many=True)


class KnownLaterOut(KnownEntryOut):
    by = serializers.CharField()


class KnownOut(serializers.Serializer):
    """`whole`: the seal holds. `later`: what stands differently now, and who changed it as far as the history says."""

    at = serializers.CharField()
    whole = serializers.BooleanField()
    sections = KnownSectionOut(many=True)
    later = KnownLaterOut(many=True)


class FurtherOffences(CaseAPI):
    action = Action.VIEW_FURTHER_OFFENCE
    actions = {"POST": Action.RECORD_FURTHER_OFFENCE}

    @extend_schema(
        operation_id="list_further_offences_of_case", responses=FurtherOffenceOut(many=True)
    )
    def get(self, request, crn):
        """Every charge on the case, the latest first."""
        found = self.case.further_offences.defer("known").select_related("case")
        return Response(_shown(self.case, request.user, found.order_by("-recorded_at", "-pk"), many=True))  # fmt: skip

    @extend_schema(
        operation_id="record_further_offence", request=ChargeIn, responses={201: FurtherOffenceOut}
    )
    def post(self, request, crn):
        """What is known is kept as it stands, access is narrowed, and whoever must know is told."""
        given = ChargeIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"case": self.case, "by": request.user, "now": now()}
        made = services.record_further_offence(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, made), status=201)


class KnownThen(CaseAPI):
    action = Action.VIEW_FURTHER_OFFENCE

    @extend_schema(operation_id="read_known_then", responses=KnownOut)
    def get(self, request, crn, further_offence):
        """What was known of the case that day, and what stands differently now."""
        found = get_object_or_404(self.case.further_offences, pk=further_offence)
        found.case, may = self.case, actions_on(self.case, request.user)
        return Response(KnownOut(known_page(found, names_for(self.case, may), may, now())).data)


class _Step(CaseAPI):
    action = Action.NOTIFY_FURTHER_OFFENCE
    shape: type[serializers.Serializer]

    def taken(self, request, pk, service):
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(self.case.further_offences.select_related("case"), pk=pk)
        known = {"further_offence": found, "by": request.user, "now": now()}
        return Response(_shown(self.case, request.user, service(**known, **given.validated_data)))


class NotifyFurtherOffence(_Step):
    shape = FurtherOffenceNotifiedIn

    @extend_schema(
        operation_id="notify_further_offence",
        request=FurtherOffenceNotifiedIn,
        responses=FurtherOffenceOut,
    )
    def post(self, request, crn, further_offence):
        """Who was notified, and when."""
        return self.taken(request, further_offence, services.record_notified)


class ReviewFurtherOffence(_Step):
    shape = FurtherOffenceReviewIn

    @extend_schema(
        operation_id="review_further_offence",
        request=FurtherOffenceReviewIn,
        responses=FurtherOffenceOut,
    )
    def post(self, request, crn, further_offence):
        """The review is handed in, with what it teaches."""
        return self.taken(request, further_offence, services.hand_in_review)


class SetAsideFurtherOffence(_Step):
    shape = FurtherOffenceAsideIn

    @extend_schema(
        operation_id="set_aside_further_offence",
        request=FurtherOffenceAsideIn,
        responses=FurtherOffenceOut,
    )
    def post(self, request, crn, further_offence):
        """It was a mistake, or the charge was dropped: access is as before, and what was kept stays."""
        return self.taken(request, further_offence, services.set_aside)


class FurtherOffencePage(serializers.Serializer):
    results = FurtherOffenceOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class FurtherOffenceList(StaffAPI):
    action = Action.VIEW_FURTHER_OFFENCE

    @extend_schema(
        operation_id="list_further_offences",
        parameters=[
            OpenApiParameter("show", str, enum=[*charges.SHOWN], description="open unless said"),
            OpenApiParameter("after", int, description="the charge to start after"),
        ],
        responses=FurtherOffencePage,
    )
    def get(self, request):
        """Charges on cases in reach, what has not been notified first."""
        user, show = request.user, request.query_params.get("show", "")
        after = number(request.query_params.get("after", "")) or ""
        wanted = charges.Wanted(show=show if show in charges.SHOWN else charges.OPEN)
        found = charges.page_of_charges(user, wanted, after=after, size=SIZE)
        context = {"names": _names_of(found.rows, user)}
        rows = FurtherOffenceOut(found.rows, many=True, context=context).data
        return Response(page(found, rows) | {"limited_access": _masked(user, self.action, after)})


class ComplaintListed(serializers.Serializer):
    """Not what was said: that is of the case."""

    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="case.crn")
    made_by = serializers.CharField()
    received_on = serializers.DateField()
    handler = serializers.CharField(source="handler.username", default=None, allow_null=True)
    acknowledged_on = serializers.DateField(allow_null=True)
    answered_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField()


class ComplaintPage(serializers.Serializer):
    results = ComplaintListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class ComplaintList(StaffAPI):
    action = Action.VIEW_COMPLAINTS

    @extend_schema(
        operation_id="list_complaints",
        parameters=[
            OpenApiParameter("show", str, enum=[*complaints.SHOWN], description="open unless said"),
            OpenApiParameter("after", int, description="the complaint to start after"),
        ],
        responses=ComplaintPage,
    )
    def get(self, request):
        """Complaints on cases in reach, the oldest first; none that is about the reader."""
        user, show = request.user, request.query_params.get("show", "")
        after = number(request.query_params.get("after", "")) or ""
        wanted = complaints.Wanted(show=show if show in complaints.SHOWN else complaints.OPEN)
        found = complaints.page_of_complaints(user, wanted, after=after, size=SIZE)
        rows = ComplaintListed(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": _masked(user, self.action, after)})


def _shown(case, user, found, many=False):
    names = {case.pk: names_for(case, actions_on(case, user))}
    return FurtherOffenceOut(found, many=many, context={"names": names}).data


def _names_of(rows, user):
    cases = {one.case_id: one.case for one in rows}.values()
    return names_for_each(cases, actions_on_each(cases, user))


def _masked(user, action, after):
    reached = Case.objects.within_reach(user, action)
    return MaskedOut([] if after else reached.masked_to(user)[:SIZE], many=True).data


CHARGE = "cases/<crn:crn>/further-offences/<int:further_offence>"
ADDRESSES = [
    path("further-offences/", FurtherOffenceList.as_view(), name="api-further-offences-list"),
    path("complaints/", ComplaintList.as_view(), name="api-complaints-list"),
    path(
        "cases/<crn:crn>/further-offences/", FurtherOffences.as_view(), name="api-further-offences"
    ),
    path(f"{CHARGE}/known/", KnownThen.as_view(), name="api-known-then"),
    path(f"{CHARGE}/notified/", NotifyFurtherOffence.as_view(), name="api-notify-further-offence"),
    path(f"{CHARGE}/review/", ReviewFurtherOffence.as_view(), name="api-review-further-offence"),
    path(
        f"{CHARGE}/aside/", SetAsideFurtherOffence.as_view(), name="api-set-aside-further-offence"
    ),
]

"""Cases that change hands, are put to the NPS, cannot be seen and end, across cases: as on their pages, without free text."""

from django.urls import path
from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.models import Case
from cases.reference.endings import EndedBy
from cases.reference.holding import TransferKind, TransferState
from cases.reference.pauses import PauseKind
from cases.rules.addresses import number
from grid.reference.escalation import EscalationState
from oversight.queries import endings, escalations, holding, standing_still
from staff.permissions import Action

AFTER = OpenApiParameter("after", int, description="the one to start after")
WITH_AN_ENDING = [one for one in endings.SHOWN if one != endings.UNSEEN]


class Listed(serializers.Serializer):
    """Of a case, who has it."""

    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="case.crn")
    team = serializers.CharField(source="case.team.code", default=None, allow_null=True)
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)


class HandOverListed(Listed):
    """Never the note, nor why it was refused: those are of the case."""

    kind = serializers.ChoiceField(TransferKind.choices())
    state = serializers.ChoiceField(TransferState.choices())
    from_officer = serializers.CharField(source="from_officer.username", default=None, allow_null=True)  # fmt: skip
    to_officer = serializers.CharField(source="to_officer.username", default=None, allow_null=True)
    offered_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class EscalationListed(Listed):
    """`due_on`: of what is owed first; none of what is settled."""

    state = serializers.ChoiceField(EscalationState.choices())
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    due_on = serializers.SerializerMethodField()

    def get_due_on(self, one) -> str | None:
        return None if one.due_on == escalations.LAST else one.due_on.isoformat()


class PauseListed(Listed):
    kind = serializers.ChoiceField(PauseKind.choices())
    from_on = serializers.DateField()
    last_seen_on = serializers.DateField(allow_null=True)


class EndingListed(Listed):
    ends_on = serializers.DateField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by_way = serializers.ChoiceField(EndedBy.choices(), allow_blank=True)
    keep_until = serializers.DateField(allow_null=True)


class HandOverPage(serializers.Serializer):
    results = HandOverListed(many=True)
    refused = HandOverListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class EscalationPage(serializers.Serializer):
    results = EscalationListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class PausePage(serializers.Serializer):
    results = PauseListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class EndingPage(serializers.Serializer):
    results = EndingListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class MovementAPI(StaffAPI):
    """A list across cases, page by page, with what is kept from the reader beside its first page."""

    action = Action.VIEW_MOVEMENTS

    def after(self):
        return number(self.request.query_params.get("after", "")) or ""

    def asked(self, name, codes):
        """One of these codes; blank for any other."""
        code = self.request.query_params.get(name, "")
        return code if code in codes else ""

    def answer(self, found, rows, reached, **beside):
        masked = [] if self.after() else reached.masked_to(self.request.user)[:SIZE]
        limited = MaskedOut(masked, many=True).data
        return Response(page(found, rows) | beside | {"limited_access": limited})

    def reached(self):
        return Case.objects.within_reach(self.request.user, self.action)


class HandOvers(MovementAPI):
    @extend_schema(operation_id="list_hand_overs", parameters=[AFTER], responses=HandOverPage)
    def get(self, request):
        """Those nobody has answered, the longest waiting first; beside the first page those refused this week."""
        after = self.after()
        found = holding.page_of_waiting(request.user, after=after, size=SIZE)
        refused = [] if after else holding.refused_lately(request.user, localdate())
        beside = {"refused": HandOverListed(refused, many=True).data}
        rows = HandOverListed(found.rows, many=True).data
        return self.answer(found, rows, self.reached().supervised(), **beside)


class EscalationList(MovementAPI):
    @extend_schema(
        operation_id="list_escalations_across_cases",
        parameters=[
            OpenApiParameter("show", str, enum=[one for one in escalations.SHOWN if one], description="under way unless said"),
            AFTER,
        ],
        responses=EscalationPage,
    )  # fmt: skip
    def get(self, request):
        """Risks put to the NPS, with what is due first before the rest."""
        wanted = escalations.Wanted(show=self.asked("show", escalations.SHOWN))
        found = escalations.page_of_escalations(request.user, wanted, after=self.after(), size=SIZE)
        rows = EscalationListed(found.rows, many=True).data
        return self.answer(found, rows, self.reached().ours())


class PauseList(MovementAPI):
    @extend_schema(
        operation_id="list_pauses_across_cases",
        parameters=[
            OpenApiParameter("kind", str, enum=[one.value for one in PauseKind]),
            AFTER,
        ],
        responses=PausePage,
    )
    def get(self, request):
        """Who cannot be seen as usual: whoever is looked for first, and of each sort the longest away."""
        wanted = standing_still.Wanted(kind=self.asked("kind", set(PauseKind)))
        found = standing_still.page_of_pauses(request.user, wanted, after=self.after(), size=SIZE)
        rows = PauseListed(found.rows, many=True).data
        return self.answer(found, rows, self.reached().supervised())


class EndingList(MovementAPI):
    @extend_schema(
        operation_id="list_endings_across_cases",
        parameters=[
            OpenApiParameter("show", str, enum=WITH_AN_ENDING, description="near unless said"),
            AFTER,
        ],
        responses=EndingPage,
    )
    def get(self, request):
        """Cases that come to their end, the nearest first, or that ended here, the latest first."""
        show = self.asked("show", WITH_AN_ENDING) or endings.NEAR
        found = endings.page_of_listed(
            request.user, None, show, localdate(), after=self.after(), size=SIZE
        )
        return self.answer(found, EndingListed(found.rows, many=True).data, self.reached())


ADDRESSES = [
    path("hand-overs/", HandOvers.as_view(), name="api-hand-overs"),
    path("escalations/", EscalationList.as_view(), name="api-escalations-across-cases"),
    path("pauses/", PauseList.as_view(), name="api-pauses-across-cases"),
    path("endings/", EndingList.as_view(), name="api-endings-across-cases"),
]

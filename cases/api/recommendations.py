"""What audits recommended on a case: making, accepting, contesting, deciding, and showing the change."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Recommendation
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.recommendation_pages import find_recommendation
from cases.reference.reviews import RecommendationState
from cases.services import recommendations as services
from staff.permissions import Action


class RecommendationOut(serializers.ModelSerializer):
    """A recommendation as this reader may see it."""

    state = serializers.ChoiceField(choices=RecommendationState.choices())
    says = serializers.SerializerMethodField()
    made_by = serializers.CharField(source="made_by.username")
    answered_by = serializers.CharField(
        source="answered_by.username", default=None, allow_null=True
    )
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True)

    class Meta:
        model = Recommendation
        fields = [
            "id", "state", "says", "made_on", "made_by", "answered_on", "answered_by", "decided_on",
            "decided_by", "settled_on", "done_by_review", "done_by_action",
        ]  # fmt: skip

    def get_says(self, one) -> dict[str, str]:
        names = self.context["names"]
        written = ("what", "why", "contested_because", "decision_because", "settled_because")
        return {name: names.text(getattr(one, name)) for name in written}


class RecommendIn(serializers.Serializer):
    what = serializers.CharField(max_length=1000)
    why = serializers.CharField(max_length=1000)


class ContestIn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


class DecideContestIn(serializers.Serializer):
    uphold = serializers.BooleanField()
    because = serializers.CharField(max_length=1000)


class DoRecommendationIn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)
    review = serializers.IntegerField(required=False, allow_null=True)
    action = serializers.IntegerField(required=False, allow_null=True)


class AcceptIn(serializers.Serializer):
    """Nothing is asked."""


class Recommendations(CaseAPI):
    action = Action.VIEW_RECOMMENDATIONS
    actions = {"POST": Action.RECOMMEND}

    @extend_schema(
        operation_id="list_recommendations_of_case", responses=RecommendationOut(many=True)
    )
    def get(self, request, crn):
        """What audits recommended on the case, the latest first."""
        people = ("made_by", "answered_by", "decided_by")
        found = self.case.recommendations.select_related(*people).order_by("-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(
        operation_id="recommend", request=RecommendIn, responses={201: RecommendationOut}
    )
    def post(self, request, crn):
        """Recommend something; whoever holds the case accepts or contests it."""
        given = RecommendIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.recommend(
            case=self.case, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_shown(made, self.case, request.user), status=201)


class RecommendationStep(CaseAPI):
    """One step in the life of a recommendation on the case."""

    action = Action.ANSWER_RECOMMENDATION

    def take(self, request, key, form, service):
        found = get_object_or_404(self.case.recommendations, pk=key)
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"recommendation": found, "by": request.user, "today": localdate(), "now": now()}
        service(**known, **given.validated_data)
        return Response(_shown(find_recommendation(self.case, key), self.case, request.user))


class AcceptRecommendation(RecommendationStep):
    @extend_schema(operation_id="accept_recommendation", request=None, responses=RecommendationOut)
    def post(self, request, crn, recommendation):
        """Agree to do it; it stays open until a change is named."""
        return self.take(request, recommendation, AcceptIn, services.accept_recommendation)


class ContestRecommendation(RecommendationStep):
    @extend_schema(
        operation_id="contest_recommendation", request=ContestIn, responses=RecommendationOut
    )
    def post(self, request, crn, recommendation):
        """Say that you do not agree, and why."""
        return self.take(request, recommendation, ContestIn, services.contest_recommendation)


class DecideContest(RecommendationStep):
    action = Action.DECIDE_CONTEST

    @extend_schema(
        operation_id="decide_contest", request=DecideContestIn, responses=RecommendationOut
    )
    def post(self, request, crn, recommendation):
        """Uphold the contest, and it is withdrawn; or do not, and it is to be done."""
        return self.take(request, recommendation, DecideContestIn, services.decide_contest)


class DoRecommendation(RecommendationStep):
    @extend_schema(
        operation_id="do_recommendation", request=DoRecommendationIn, responses=RecommendationOut
    )
    def post(self, request, crn, recommendation):
        """Close it with the change that answers it: a completed review, or a step of the plan."""
        return self.take(request, recommendation, DoRecommendationIn, self._do)

    def _do(self, *, review=None, action=None, **known):
        named = {}
        if review:
            named["review"] = get_object_or_404(self.case.reviews, pk=review)
        if action:
            named["action"] = get_object_or_404(self.case.plan_actions, pk=action)
        return services.do_recommendation(**known, **named)


def _shown(found, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return RecommendationOut(found, many=many, context={"names": names}).data

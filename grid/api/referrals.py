"""Referrals of a case over the API: read, accepted, declined, withdrawn, and made by hand."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from grid.models import Referral
from grid.queries.referrals import no_longer_suits
from grid.reference.groups import Because, ReferralState
from grid.reference.interventions import Hook
from grid.rules.proposals import LONGEST_WORDS
from grid.services import referrals as services
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.permissions import Action


class GroupReferralCriterionOut(serializers.Serializer):
    """One criterion as it was found when it was proposed. `on` is blank where nothing dated says so."""

    criterion = serializers.CharField()
    met = serializers.CharField()
    words = serializers.CharField()
    evidence = serializers.CharField(allow_blank=True)
    on = serializers.CharField(allow_blank=True)


class GroupReferralOut(serializers.ModelSerializer):
    """`proposed_by`: none where it was proposed by itself. `no_longer_suits`: why it suits them no more; blank: it does."""

    intervention = serializers.CharField(source="code")
    hook = serializers.ChoiceField(choices=Hook.choices())
    state = serializers.ChoiceField(choices=ReferralState.choices())
    proposed_by = serializers.CharField(
        source="proposed_by.username", default=None, allow_null=True
    )
    answered_by = serializers.CharField(
        source="answered_by.username", default=None, allow_null=True
    )
    because = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    closed_because = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    no_longer_suits = serializers.SerializerMethodField()

    class Meta:
        model = Referral
        fields = [
            "id", "intervention", "hook", "ordered", "state", "proposed_on", "proposed_by", "because", "criteria",
            "policy_version", "answered_at", "answered_by", "declined_because", "words", "waiting_since", "closed_on",
            "closed_because", "no_longer_suits",
        ]  # fmt: skip

    def get_because(self, one) -> str:
        return self.context["names"].text(one.because)

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)

    def get_closed_because(self, one) -> str:
        return self.context["names"].text(one.closed_because)

    @extend_schema_field(GroupReferralCriterionOut(many=True))
    def get_criteria(self, one):
        text = self.context["names"].text
        return [
            found | {"words": text(found["words"]), "evidence": text(found["evidence"])}
            for found in one.evidence.get("criteria", [])
        ]

    def get_no_longer_suits(self, one) -> str:
        return self.context["no_longer"].get(one.pk, "")


def words():
    return serializers.CharField(max_length=LONGEST_WORDS)


class GroupReferralIn(serializers.Serializer):
    """`because`: why this one; and why it is right where not everything is known."""

    intervention = serializers.SlugField()
    because = words()


class GroupReferralDeclineIn(serializers.Serializer):
    because = serializers.ChoiceField(choices=Because.choices())
    words = words()


class GroupReferralWithdrawIn(serializers.Serializer):
    because = words()


def _shown(found, case, user, many=False):
    today = localdate()
    names = names_for(case, actions_on(case, user))
    rows = found if many else [found]
    said = no_longer_suits(rows, today, grid_policy(today), intervention_policy(today))
    context = {"names": names, "no_longer": said}
    return GroupReferralOut(found, many=many, context=context).data


class GroupReferrals(CaseAPI):
    action = Action.VIEW_ASSESSMENT
    actions = {"POST": Action.ANSWER_REFERRAL}

    @extend_schema(operation_id="list_group_referrals", responses=GroupReferralOut(many=True))
    def get(self, request, crn):
        """Every referral of this person to an intervention, the latest first."""
        found = Referral.objects.filter(case=self.case).order_by("-pk")
        rows = list(found.select_related("proposed_by", "answered_by"))
        return Response(_shown(rows, self.case, request.user, many=True))

    @extend_schema(
        operation_id="refer_to_intervention",
        request=GroupReferralIn,
        responses={201: GroupReferralOut},
    )
    def post(self, request, crn):
        """Refer them to one that suits, or may suit, straight onto its waiting list."""
        given = GroupReferralIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.refer_by_hand(
            case=self.case,
            code=given.validated_data["intervention"],
            because=given.validated_data["because"],
            by=request.user,
            now=now(),
        )
        return Response(_shown(made, self.case, request.user), status=201)


class GroupReferralStep(CaseAPI):
    """One answer about one referral."""

    action = Action.ANSWER_REFERRAL

    def take(self, request, key, service, **said):
        found = get_object_or_404(Referral, case=self.case, pk=key)
        done = service(referral=found, by=request.user, now=now(), **said)
        return Response(_shown(done, self.case, request.user))


class AcceptGroupReferral(GroupReferralStep):
    @extend_schema(operation_id="accept_group_referral", request=None, responses=GroupReferralOut)
    def post(self, request, crn, group_referral):
        """Accept it: they are on the waiting list from the day it was proposed."""
        return self.take(request, group_referral, services.accept)


class DeclineGroupReferral(GroupReferralStep):
    @extend_schema(
        operation_id="decline_group_referral",
        request=GroupReferralDeclineIn,
        responses=GroupReferralOut,
    )
    def post(self, request, crn, group_referral):
        """Decline it, for a reason and in words."""
        given = GroupReferralDeclineIn(data=request.data)
        given.is_valid(raise_exception=True)
        return self.take(request, group_referral, services.decline, **given.validated_data)


class WithdrawGroupReferral(GroupReferralStep):
    @extend_schema(
        operation_id="withdraw_group_referral",
        request=GroupReferralWithdrawIn,
        responses=GroupReferralOut,
    )
    def post(self, request, crn, group_referral):
        """Take them off the waiting list, and say why."""
        given = GroupReferralWithdrawIn(data=request.data)
        given.is_valid(raise_exception=True)
        return self.take(request, group_referral, services.withdraw, **given.validated_data)

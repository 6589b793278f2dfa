"""The interventions of a case over the API: each with its criteria and what says so, in the order of the page."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from grid.queries.suitability_page import Judged, judged_of
from grid.rules.intervention_ranking import why
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.permissions import Action


class SuitabilityFindingOut(serializers.Serializer):
    """`met`: met, not_met or not_known. `evidence` is blank where the policy alone says so."""

    criterion = serializers.CharField()
    met = serializers.CharField()
    words = serializers.CharField()
    evidence = serializers.CharField()
    evidence_on = serializers.DateField(allow_null=True)


class SuitabilityOut(serializers.Serializer):
    intervention = serializers.CharField()
    title = serializers.CharField()
    verdict = serializers.CharField()
    by = serializers.CharField(allow_null=True, help_text="By what they would come")
    findings = SuitabilityFindingOut(many=True)


class CaseInterventionsOut(serializers.Serializer):
    """Nothing is in the lists of somebody `outside`: in custody, escalated, of the NPS, or supervised by nobody."""

    outside = serializers.CharField()
    policy_version = serializers.IntegerField()
    proposed = serializers.CharField(allow_null=True)
    why = serializers.ListField(child=serializers.CharField())
    suits = SuitabilityOut(many=True)
    instead = SuitabilityOut(many=True)
    unknown = SuitabilityOut(many=True)
    unsuitable = SuitabilityOut(many=True)
    already = SuitabilityOut(many=True)


class CaseInterventionList(CaseAPI):
    action = Action.VIEW_ASSESSMENT

    @extend_schema(operation_id="list_case_interventions", responses=CaseInterventionsOut)
    def get(self, request, crn):
        """What is proposed to this person, what suits, what is not known yet and what does not suit, each with why."""
        today = localdate()
        policy = intervention_policy(today)
        names = names_for(self.case, actions_on(self.case, request.user))
        judged = judged_of(self.case, names, today, grid_policy(today), policy)
        return Response(_said(judged, policy.version))


def _said(judged: Judged, version: int):
    ranking, outside = judged.ranking, judged.outside
    unknown = [one.suitability for one in ranking.unknown]
    unsuitable = [one.suitability for one in ranking.unsuitable]
    lists = {
        "suits": ranking.suits,
        "instead": ranking.instead,
        "unknown": unknown,
        "unsuitable": unsuitable,
        "already": ranking.already,
    }
    proposed = None if outside else ranking.proposed
    return {
        "outside": outside,
        "policy_version": version,
        "proposed": proposed.intervention.code if proposed else None,
        "why": [] if outside else why(ranking),
        **{name: [] if outside else list(map(_one, those)) for name, those in lists.items()},
    }


def _one(suitability):
    return {
        "intervention": suitability.intervention.code,
        "title": suitability.intervention.title,
        "verdict": suitability.verdict,
        "by": suitability.by.hook if suitability.by else None,
        "findings": [_finding(one) for one in suitability.findings],
    }


def _finding(one):
    evidence = one.evidence
    return {
        "criterion": one.criterion,
        "met": one.met,
        "words": one.words,
        "evidence": evidence.words if evidence else "",
        "evidence_on": evidence.on if evidence else None,
    }

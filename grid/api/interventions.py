"""The catalogue of interventions, over the API, on the terms of the policy in force."""

from django.http import Http404
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.reference.codes import Sex
from cases.reference.needs import NeedArea
from grid.queries.interventions import Wanted, listed, one_of, places_of
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.intervention_policy import read_intervention_policy
from grid.services.intervention_policy import intervention_policy_in_force
from staff.permissions import Action


class InterventionDoseOut(serializers.Serializer):
    """`minutes`: of one session; `a_week`: sessions in a week, at most; `weeks`: how many it takes at least."""

    sessions = serializers.IntegerField()
    minutes = serializers.IntegerField()
    a_week = serializers.IntegerField()
    weeks = serializers.IntegerField()


class InterventionTermsOut(serializers.Serializer):
    """For whom it is, and how it runs. What is null, or an empty list, asks nothing."""

    offered = serializers.BooleanField()
    hooks = serializers.ListField(child=serializers.CharField())
    sex = serializers.CharField(allow_null=True)
    needs = serializers.ListField(child=serializers.CharField())
    from_percent = serializers.IntegerField()
    to_percent = serializers.IntegerField()
    harm_up_to = serializers.CharField()
    partner_violence = serializers.BooleanField(allow_null=True)
    violence = serializers.BooleanField(allow_null=True)
    days_counted = serializers.BooleanField()
    dose = InterventionDoseOut()
    sites = serializers.ListField(child=serializers.CharField())
    skill = serializers.CharField()
    price_pence = serializers.IntegerField()
    notes = serializers.CharField()


class InterventionOut(serializers.Serializer):
    """`equal_to`: the group whose content this has one to one; blank: of none. `words_from`: their source. `from_on`: since when the policy is in force."""

    code = serializers.CharField(source="intervention.code")
    title = serializers.CharField(source="intervention.title")
    family = serializers.CharField(source="intervention.family")
    equal_to = serializers.CharField(source="intervention.equal_to")
    what = serializers.CharField(source="intervention.what")
    words_from = serializers.CharField(source="intervention.source")
    terms = InterventionTermsOut()
    policy_version = serializers.IntegerField(source="version")
    from_on = serializers.DateField()


class InterventionsAsked(serializers.Serializer):
    """`sex`: what a man, or a woman, may come to; `place`: its name in small letters, with hyphens."""

    need = serializers.ChoiceField(NeedArea.choices(), required=False)
    sex = serializers.ChoiceField([Sex.MALE, Sex.FEMALE], required=False)
    hook = serializers.ChoiceField(Hook.choices(), required=False)
    place = serializers.CharField(required=False, max_length=300)


class Interventions(StaffAPI):
    action = Action.VIEW_CATALOGUE

    @extend_schema(
        operation_id="list_interventions",
        parameters=[InterventionsAsked],
        responses=InterventionOut(many=True),
    )
    def get(self, request):
        """What there is, family by family; of it what answers to all that is asked."""
        asked = InterventionsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        policy, from_on = _in_force()
        wanted = Wanted(**asked.validated_data)
        if wanted.place and wanted.place not in places_of(policy):
            raise ValidationError({"place": ["The policy names no such place."]})
        return Response(InterventionOut(listed(policy, from_on, wanted), many=True).data)


class OneIntervention(StaffAPI):
    action = Action.VIEW_CATALOGUE

    @extend_schema(operation_id="read_intervention", responses=InterventionOut)
    def get(self, request, intervention):
        """One intervention, offered or not."""
        if intervention not in INTERVENTIONS:
            raise Http404
        return Response(InterventionOut(one_of(intervention, *_in_force())).data)


def _in_force():
    kept = intervention_policy_in_force(localdate())
    return read_intervention_policy(kept.body, kept.version), kept.from_on

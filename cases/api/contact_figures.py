"""Contact delivered, planned and asked for by the standard, of one case."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.contact_figures import figures_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.rules.contact_figures import window_of
from cases.services.policy import meeting_policy
from staff.permissions import Action


class DaysOut(serializers.Serializer):
    """Days, each once under each figure; `planned` is none where no plan says how often."""

    standard = serializers.IntegerField()
    planned = serializers.IntegerField(allow_null=True)
    delivered = serializers.IntegerField()
    kept = serializers.IntegerField()
    unplanned = serializers.IntegerField()
    offered = serializers.IntegerField()
    missed = serializers.IntegerField()
    unsaid = serializers.IntegerField()
    telephone = serializers.IntegerField()
    home_visits = serializers.IntegerField()


class CaseContactOut(serializers.Serializer):
    """`because`: why the plan has them seen as often as it does. Of a case that is not counted, `not_counted` says why."""

    first = serializers.DateField()
    last = serializers.DateField()
    level = serializers.CharField(allow_blank=True)
    planned_level = serializers.CharField(allow_blank=True)
    below = serializers.BooleanField()
    because = serializers.CharField(allow_blank=True)
    not_counted = serializers.CharField(allow_null=True)
    figures = DaysOut(allow_null=True)


class CaseContactFigures(CaseAPI):
    action = Action.VIEW_CASE

    @extend_schema(operation_id="read_contact_of_case", responses=CaseContactOut)
    def get(self, request, crn):
        """Contact delivered, planned and standard over the weeks of the policy, up to yesterday."""
        today = localdate()
        weeks = meeting_policy(today).contact_weeks
        window = window_of(today, weeks)
        found = figures_of([self.case.pk], today, weeks).get(self.case.pk)
        names = names_for(self.case, actions_on(self.case, request.user))
        body = {
            "first": window.first,
            "last": window.last,
            "level": found.supervised.level if found else "",
            "planned_level": found.supervised.planned if found else "",
            "below": bool(found) and found.supervised.below,
            "because": names.text(found.because) if found else "",
            "not_counted": _not_counted(found),
            "figures": found.figures if found else None,
        }
        return Response(CaseContactOut(body).data)


def _not_counted(found):
    if found is None:
        return "not-ours"
    return str(found.not_counted) if found.not_counted else None

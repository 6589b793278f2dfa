"""What the reader owes, as My work has it."""

from datetime import time

from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.models import Deadline
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.queries.work import counts_of, page_of_work
from cases.rules.addresses import number
from cases.rules.ranking import END_OF_DAY, is_theirs_alone
from cases.rules.senior_list import minutes_of
from cases.services.policy import supervision_policy
from staff.permissions import Action, Role


class OwedOut(serializers.ModelSerializer):
    crn = serializers.CharField(source="case.crn")
    kind = serializers.CharField()
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)
    hour = serializers.SerializerMethodField(
        help_text="Of the day, by the clock here: by when an answer is wanted, or since when somebody waits; null: none."
    )
    undecided = serializers.BooleanField(help_text="It waits until a senior has decided.")

    class Meta:
        model = Deadline
        fields = [
            "id", "crn", "officer", "kind", "owner_role", "enquiry", "reading", "action", "override", "due_on", "hour",
            "undecided", "why",
        ]  # fmt: skip

    def get_hour(self, one) -> time | None:
        return None if one.hour == END_OF_DAY else one.hour


class WorkPage(serializers.Serializer):
    results = OwedOut(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    minutes = serializers.IntegerField(
        help_text="About how long those of these take that only the reader can do, by the policy."
    )
    next_after = serializers.CharField(allow_null=True)


class MyWork(StaffAPI):
    action = Action.VIEW_WORK

    @extend_schema(
        operation_id="list_work",
        parameters=[OpenApiParameter("after", str, description="the number to start after")],
        responses=WorkPage,
    )
    def get(self, request):
        """What is due today or late and the reader's to do or look into, in the order of the page."""
        user, today = request.user, localdate()
        after = number(request.query_params.get("after", "")) or ""
        found = page_of_work(user, today, after=after, size=SIZE)
        cases = {one.case_id: one.case for one in found.rows}.values()
        names = names_for_each(cases, actions_on_each(cases, user))
        for one in found.rows:
            one.why = names[one.case_id].text(one.why)
        rows = OwedOut(found.rows, many=True).data
        alone = [
            one.kind for one in found.rows if is_theirs_alone(Role(one.owner_role), Role(user.role))
        ]
        minutes = minutes_of(alone, supervision_policy(today)) if alone else 0
        counts = {"counts": counts_of(user, today), "minutes": minutes}
        return Response(page(found, rows) | counts)

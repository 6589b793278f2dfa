"""The admin hub's queue: what waits, claiming, asking, returning, giving; and how old what waits is. As on the pages."""

from django.utils.timezone import localtime, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.api.hub_items import HubItemOut, items_shown
from cases.queries.enforcement import hub_list as queries
from cases.queries.enforcement.hub_ages import ages_of
from cases.reference.deadlines import HUB_KINDS
from cases.rules.addresses import number
from cases.services.enforcement.queue import claim
from cases.services.policy import enforcement_policy
from staff.permissions import Action

SHOWN = [code for code in queries.SHOWN if code]


class QueueOut(serializers.Serializer):
    results = HubItemOut(many=True)
    next_after = serializers.CharField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    limited_access = MaskedOut(many=True)


class ClaimIn(serializers.Serializer):
    """`kind`: of this alone; left out, of any. `held`: how many the claimer works on as far as they know; another number is refused."""

    how_many = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    kind = serializers.ChoiceField(HUB_KINDS, default=None, allow_null=True)
    held = serializers.IntegerField(min_value=0, default=None, allow_null=True)


class AgeOut(serializers.Serializer):
    """Days since each began to be owed. `code`: of the kind or the team; blank for all, and for cases in no team."""

    title = serializers.CharField()
    code = serializers.CharField()
    count = serializers.IntegerField()
    median = serializers.IntegerField()
    oldest = serializers.IntegerField()
    late = serializers.IntegerField()


class AgesOut(serializers.Serializer):
    whole = AgeOut()
    kinds = AgeOut(many=True)
    teams = AgeOut(many=True)


class HubQueue(StaffAPI):
    action = Action.VIEW_QUEUE

    @extend_schema(
        operation_id="list_hub_queue",
        parameters=[
            OpenApiParameter("kind", enum=list(HUB_KINDS)),
            OpenApiParameter("show", enum=SHOWN),
            OpenApiParameter("team", str),
            OpenApiParameter("after", str),
        ],
        responses=QueueOut,
    )
    def get(self, request):
        """What waits, due first at the top. A code that is not on offer narrows nothing."""
        user, at = request.user, now()
        last_post = enforcement_policy(localtime(at).date()).last_post
        wanted = _wanted(request)
        after = number(request.query_params.get("after", "")) or ""
        found = queries.page_of_queue(
            user, wanted, after=after, size=SIZE, now=at, last_post=last_post
        )
        counts = queries.counts_of(user, wanted, at, last_post)
        said = page(found, items_shown(found.rows, user))
        said["counts"] = {code or "all": count for code, count in counts.items()}
        said["limited_access"] = MaskedOut(queries.masked_to(user)[:SIZE], many=True).data
        return Response(said)


class ClaimFromQueue(StaffAPI):
    action = Action.WORK_QUEUE

    @extend_schema(operation_id="claim_from_queue", request=ClaimIn, responses={201: HubItemOut(many=True)})  # fmt: skip
    def post(self, request):
        """The next so many that are free. Nobody else can take them while they are worked on."""
        given = ClaimIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        kinds = (said["kind"],) if said["kind"] else ()
        made = claim(
            by=request.user, now=now(), many=said["how_many"], kinds=kinds, held=said["held"]
        )
        return Response(items_shown([one.deadline for one in made], request.user), status=201)


class HubAges(StaffAPI):
    action = Action.VIEW_QUEUE

    @extend_schema(operation_id="read_hub_ages", responses=AgesOut)
    def get(self, request):
        """How many wait, the median and the oldest in days, and how many are late: of all, by kind and by team."""
        at = now()
        last_post = enforcement_policy(localtime(at).date()).last_post
        whole, kinds, teams = ages_of(request.user, at, last_post)
        return Response(AgesOut({"whole": whole, "kinds": kinds, "teams": teams}).data)


def _wanted(request):
    said = request.query_params
    show = said.get("show", "")
    team = queries.teams_with_work(request.user).get(said.get("team", ""))
    return queries.Wanted(
        kind=said.get("kind", "") if said.get("kind") in HUB_KINDS else "",
        show=show if show in SHOWN else queries.ALL,
        team=team,
    )

"""Routes taken away: the decisions, and booking what takes their place."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import RouteDecision
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.routes import may_see_to_it, requirements_with_a_route
from cases.reference.plans import Route
from cases.services import routes as services
from staff.permissions import Action


class RouteOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    removed = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()
    replacement = serializers.SerializerMethodField()
    booked_with = serializers.SerializerMethodField()
    owner = serializers.CharField(source="owner.username")

    class Meta:
        model = RouteDecision
        fields = [
            "id", "requirement", "removed", "because", "route", "replacement", "owner", "by_on",
            "decided_on", "booked_for", "booked_with",
        ]  # fmt: skip

    def get_removed(self, one) -> str:
        return self.context["names"].text(one.removed)

    def get_because(self, one) -> str:
        return self.context["names"].text(one.because)

    def get_replacement(self, one) -> str:
        return self.context["names"].text(one.replacement)

    def get_booked_with(self, one) -> str:
        return self.context["names"].text(one.booked_with)


class RouteIn(serializers.Serializer):
    """`requirement`: its key, or none for other work; `owner`: the username of who sees to it."""

    requirement = serializers.IntegerField(required=False, min_value=1)
    removed = serializers.CharField(max_length=300)
    because = serializers.CharField(max_length=500)
    route = serializers.ChoiceField(Route.choices())
    replacement = serializers.CharField(max_length=500)
    owner = serializers.CharField(max_length=150)
    by_on = serializers.DateField()


class BookingIn(serializers.Serializer):
    """When the replacement begins; who sees them, and where."""

    booked_for = serializers.DateTimeField()
    booked_with = serializers.CharField(max_length=200)


class RouteDecisions(CaseAPI):
    action = Action.VIEW_PLAN
    actions = {"POST": Action.DECIDE_ROUTE}

    @extend_schema(operation_id="list_routes", responses=RouteOut(many=True))
    def get(self, request, crn):
        """Every route taken away, those whose replacement waits to be booked first."""
        found = self.case.route_decisions.select_related("owner")
        ordered = sorted(found, key=lambda one: (one.booked_at is not None, one.decided_on, one.pk))
        return Response(_shown(self.case, request.user, ordered, many=True))

    @extend_schema(operation_id="take_route_away", request=RouteIn, responses={201: RouteOut})
    def post(self, request, crn):
        """Take a route away, and name what takes its place."""
        given = RouteIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        said["requirement"] = _chosen(
            "requirement", said.get("requirement"), requirements_with_a_route(self.case), "pk"
        )
        today = localdate()
        said["owner"] = _chosen("owner", said["owner"], may_see_to_it(self.case, today), "username")
        made = services.take_route_away(
            case=self.case, by=request.user, today=today, now=now(), **said
        )
        return Response(_shown(self.case, request.user, made), status=201)


class BookReplacement(CaseAPI):
    action = Action.DECIDE_ROUTE

    @extend_schema(operation_id="book_replacement", request=BookingIn, responses=RouteOut)
    def post(self, request, crn, route):
        """Record the booking that closes the decision."""
        given = BookingIn(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(self.case.route_decisions, pk=route)
        done = services.book_replacement(
            decision=found, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_shown(self.case, request.user, done))


def _chosen(name, key, offered, known_by):
    """The one meant; None where none is named; refused where it is not among those offered."""
    if key is None:
        return None
    found = next((one for one in offered if getattr(one, known_by) == key), None)
    if found is None:
        raise ValidationError({name: ["There is none of this case by that name."]})
    return found


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return RouteOut(found, many=many, context={"names": names}).data

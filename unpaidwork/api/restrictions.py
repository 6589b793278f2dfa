"""What orders keep somebody from: read, record, change, end. Work is tested again in the same step.

Whom an order protects, and what its areas are called and where they lie, is given to those who may see protected
names and to nobody else. Source: product rules, sharing and roles.
"""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, one_of
from cases.models import RestrictedArea, Restriction
from cases.queries.names import names_for
from cases.queries.postcodes import point_of
from cases.queries.reach import actions_on
from cases.queries.restrictions import people_to_protect, unanswered_of, with_areas
from cases.reference.restrictions import OrderKind, Shape, Terms
from cases.rules.outlines import understand_point
from cases.rules.restrictions import Area
from cases.services.restrictions import AS_IT_STOOD
from staff.errors import RuleBroken
from staff.permissions import Action
from unpaidwork.services import restrictions as services


class AreaOut(serializers.ModelSerializer):
    class Meta:
        model = RestrictedArea
        fields = ["label", "shape", "outline", "buffer"]


class RestrictionOut(serializers.ModelSerializer):
    """An order as this reader may see it."""

    prohibits = serializers.SerializerMethodField()
    made_by = serializers.SerializerMethodField()
    ended_because = serializers.SerializerMethodField()
    bans_areas = serializers.SerializerMethodField(help_text="How many areas it bans")
    areas = serializers.SerializerMethodField(
        help_text="null: this reader may not see where they are"
    )
    protects = serializers.SerializerMethodField(
        help_text="The name of who it protects; null: nobody on the record, or not for this reader"
    )

    class Meta:
        model = Restriction
        fields = [
            "id", "kind", "terms", "prohibits", "made_by", "from_on", "to_on", "copy_seen_on", "source",
            "follows", "ended_on", "ended_because", "bans_areas", "areas", "protects",
        ]  # fmt: skip

    def get_fields(self):
        # `source` is a name that every field of a serializer has, so that it is not one of the class
        return super().get_fields() | {"source": serializers.SerializerMethodField()}

    def get_prohibits(self, one) -> str:
        return self.context["names"].text(one.prohibits)

    def get_made_by(self, one) -> str:
        return self.context["names"].text(one.made_by)

    def get_source(self, one) -> str:
        return self.context["names"].text(one.source)

    def get_ended_because(self, one) -> str:
        return self.context["names"].text(one.ended_because)

    def get_bans_areas(self, one) -> int:
        return len(one.areas.all())

    @extend_schema_field(AreaOut(many=True, allow_null=True))
    def get_areas(self, one):
        return AreaOut(one.areas.all(), many=True).data if self.context["names"].all_seen else None

    def get_protects(self, one) -> str | None:
        names = self.context["names"]
        return names.of(one.protects) if names.all_seen and one.protects else None


class RestrictionsOut(serializers.Serializer):
    restrictions = RestrictionOut(many=True)
    without_terms = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="Entries of the record that no restriction answers: `of` and `words`",
    )


class AreaIn(serializers.Serializer):
    """A circle: `at` and `radius`. An outline: `rings`, the first outside, the others holes."""

    shape = serializers.ChoiceField(choices=Shape.choices())
    at = serializers.CharField(
        max_length=60, default="", help_text="An easting and a northing in metres, or a postcode"
    )
    radius = serializers.IntegerField(default=0)
    rings = serializers.ListField(
        child=serializers.ListField(child=serializers.ListField(child=serializers.IntegerField())),
        default=list,
    )
    buffer = serializers.IntegerField(default=0)

    def get_fields(self):
        return {"label": serializers.CharField(max_length=200), **super().get_fields()}


class RestrictionIn(serializers.Serializer):
    kind = serializers.ChoiceField(choices=OrderKind.choices())
    terms = serializers.ChoiceField(choices=Terms.choices())
    prohibits = serializers.CharField(max_length=1000, default="", allow_blank=True)
    areas = AreaIn(many=True, required=False)
    protects = serializers.IntegerField(required=False, allow_null=True)
    made_by = serializers.CharField(max_length=200, default="", allow_blank=True)
    from_on = serializers.DateField()
    to_on = serializers.DateField(default=None, allow_null=True)
    copy_seen_on = serializers.DateField(default=None, allow_null=True)
    of = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="The entry of the record that it is"
    )

    def get_fields(self):
        return super().get_fields() | {"source": serializers.CharField(max_length=300)}


class ChangeRestrictionIn(RestrictionIn):
    """`areas` and `protects` left out: as they stood."""

    because = serializers.CharField(max_length=300)


class EndRestrictionIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class Restrictions(CaseAPI):
    action = Action.VIEW_RESTRICTIONS
    actions = {"POST": Action.SET_RESTRICTIONS}

    @extend_schema(operation_id="list_restrictions", responses=RestrictionsOut)
    def get(self, request, crn):
        """What orders keep them from, ended ones too, and orders on the record whose terms are not here."""
        found = with_areas(self.case.restrictions.select_related("protects").order_by("-pk"))
        missing = unanswered_of(self.case, localdate())
        return Response(
            {
                "restrictions": _shown(found, self.case, request.user, many=True),
                "without_terms": [{"of": one.key, "words": one.words} for one in missing],
            }
        )

    @extend_schema(
        operation_id="record_restriction", request=RestrictionIn, responses={201: RestrictionOut}
    )
    def post(self, request, crn):
        """Record an order, as far as its terms are known. What it touches is suspended at once."""
        given = _given(RestrictionIn, request, self.case)
        made = services.record_restriction(case=self.case, by=request.user, now=now(), **given)
        return Response(_shown(made, self.case, request.user), status=201)


class ChangeRestriction(CaseAPI):
    action = Action.SET_RESTRICTIONS

    @extend_schema(
        operation_id="change_restriction", request=ChangeRestrictionIn, responses=RestrictionOut
    )
    def post(self, request, crn, restriction):
        """Put other terms in the place of these. What they touch is suspended at once."""
        stood = get_object_or_404(self.case.restrictions, pk=restriction)
        given = {"protects": AS_IT_STOOD} | _given(ChangeRestrictionIn, request, self.case)
        made = services.change_restriction(restriction=stood, by=request.user, now=now(), **given)
        return Response(_shown(made, self.case, request.user))


class EndRestriction(CaseAPI):
    action = Action.SET_RESTRICTIONS

    @extend_schema(
        operation_id="end_restriction", request=EndRestrictionIn, responses=RestrictionOut
    )
    def post(self, request, crn, restriction):
        """It keeps them from nothing any more."""
        stood = get_object_or_404(self.case.restrictions, pk=restriction)
        given = EndRestrictionIn(data=request.data)
        given.is_valid(raise_exception=True)
        ended = services.end_restriction(
            restriction=stood, by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(ended, self.case, request.user))


def _given(kind, request, case):
    """As the service takes it. Whom they may not see nobody chooses."""
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    given = dict(asked.validated_data)
    if "areas" in given:
        given["areas"] = [_area(one) for one in given["areas"]]
    if "protects" in given:
        names = names_for(case, actions_on(case, request.user))
        offered = [one for one in people_to_protect(case) if names.may_see(one)]
        given["protects"] = one_of(offered, "pk", given["protects"], "protects")
    return given


def _area(one):
    if one["shape"] == Shape.POLYGON:
        outline = {"rings": one["rings"]}
    else:
        point = understand_point(one["at"])
        found = point_of(point) if isinstance(point, str) else point
        if found is None:
            raise RuleBroken(
                "We do not know where that postcode lies. Give its easting and northing instead."
            )
        outline = {"centre": list(found), "radius": one["radius"]}
    return Area(one["label"], one["shape"], outline, one["buffer"])


def _shown(found, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return RestrictionOut(found, many=many, context={"names": names}).data

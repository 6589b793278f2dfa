"""Sharing out many cases: proposals, one with each case and why, and each step of it, as on the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI, one_of
from oversight.queries import sharing as queries
from oversight.queries.sharing_list import what_of
from oversight.queries.sharing_page import Shown
from oversight.reference.sharing import Demand, Outcome, SharingState, Which
from oversight.services import sharing as services
from oversight.services.sharing_publish import publish_sharing
from staff.audit import record
from staff.permissions import Action


class SharingLineOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    team = serializers.CharField(source="team.code")
    which_cases = serializers.ChoiceField(Which.choices(), source="which")
    what = serializers.SerializerMethodField()
    stands = serializers.ChoiceField(SharingState.choices(), source="state")
    asked_at = serializers.DateTimeField()
    asked_by = serializers.CharField(source="asked_by.username")

    def get_what(self, one) -> str:
        return what_of(one)


class SharingOfficerOut(serializers.Serializer):
    """In the order of their names."""

    officer = serializers.CharField(source="name")
    changes = serializers.CharField(source="moves")
    cases = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class SharingCaseOut(serializers.Serializer):
    """Of the cases that are open to the reader: those that move first. `points` is null where another is kept from them."""

    crn = serializers.CharField()
    points = serializers.IntegerField(allow_null=True)
    held_by = serializers.CharField(source="holder")
    proposed_for = serializers.CharField(source="proposed")
    stays = serializers.BooleanField()
    settled = serializers.CharField(allow_blank=True)
    why = serializers.ListField(child=serializers.CharField())
    warnings = serializers.ListField(child=serializers.CharField(), source="warned")
    because = serializers.CharField(allow_blank=True)
    came_of_it = serializers.CharField(source="went", allow_blank=True)


class SharingLeftOutOut(serializers.Serializer):
    crn = serializers.CharField()
    because = serializers.CharField()


class SharingOutOut(SharingLineOut):
    """`counts`, `at_least`: in points of uneven load, as it was worked out; null where there is no answer."""

    outcome = serializers.ChoiceField(Outcome.choices(), allow_blank=True)
    demands = serializers.ListField(child=serializers.ChoiceField(Demand.choices()))
    policy_version = serializers.IntegerField(allow_null=True)
    counts = serializers.IntegerField(allow_null=True)
    at_least = serializers.IntegerField(allow_null=True)
    by_the_clock = serializers.BooleanField()
    in_the_way = serializers.SerializerMethodField()
    officers = serializers.SerializerMethodField()
    cases = serializers.SerializerMethodField()
    left_out = serializers.SerializerMethodField()
    limited_access = serializers.SerializerMethodField()

    def _shown(self):
        return self.context["shown"]

    def get_in_the_way(self, one) -> list[str]:
        if self._shown():
            return self._shown().in_the_way
        return [] if one.state == SharingState.WORKING else one.in_the_way

    @extend_schema_field(SharingOfficerOut(many=True))
    def get_officers(self, one):
        return SharingOfficerOut(self._shown().officers if self._shown() else [], many=True).data

    @extend_schema_field(SharingCaseOut(many=True))
    def get_cases(self, one):
        return SharingCaseOut(self._shown().every_row if self._shown() else [], many=True).data

    @extend_schema_field(SharingLeftOutOut(many=True))
    def get_left_out(self, one):
        return SharingLeftOutOut(self._shown().left_out if self._shown() else [], many=True).data

    def get_limited_access(self, one) -> int:
        return len(self._shown().masked) if self._shown() else 0


class AskForSharingIn(serializers.Serializer):
    """`team`: a code; `officer`, `officers`: usernames of the team."""

    team = serializers.CharField(max_length=20)
    which_cases = serializers.ChoiceField(Which.choices())
    officer = serializers.CharField(max_length=150, required=False)
    officers = serializers.ListField(child=serializers.CharField(max_length=150))
    demands = serializers.ListField(
        child=serializers.ChoiceField(Demand.choices()), required=False, default=list
    )


class MoveInSharingIn(serializers.Serializer):
    """`officer`: a username; left away, the case is left out. `because`: what clears what is warned of, or why it is left out."""

    officer = serializers.CharField(max_length=150, required=False)
    because = serializers.CharField(max_length=499, required=False, default="", allow_blank=True)


class PublishSharingIn(serializers.Serializer):
    """`note`: for whoever is offered cases; `said`: {key of a warning: why it is right all the same}."""

    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    said = serializers.DictField(
        child=serializers.CharField(max_length=499), required=False, default=dict
    )


class Sharings(StaffAPI):
    action = Action.SHARE_OUT_CASES

    @extend_schema(operation_id="list_sharings", responses=SharingLineOut(many=True))
    def get(self, request):
        """Proposals of the teams whose cases the reader may share out, the latest first."""
        found = queries.sharings_within(request.user)[:100]
        return Response(SharingLineOut(found, many=True).data)

    @extend_schema(
        operation_id="ask_for_sharing", request=AskForSharingIn, responses={201: SharingLineOut}
    )
    def post(self, request):
        """Ask for a proposal. It is worked out within a minute or so."""
        user, said = request.user, _read(AskForSharingIn, request)
        team = one_of(queries.teams_to_share(user), "code", said["team"], "team")
        those = list(queries.officers_of(team))
        officer = said.get("officer") and one_of(those, "username", said["officer"], "officer")
        made = services.ask_for_sharing(
            team=team, which=said["which_cases"], officer=officer or None, demands=said["demands"],
            officers=[one_of(those, "username", each, "officers") for each in said["officers"]],
            by=user, now=now(),
        )  # fmt: skip
        return Response(SharingLineOut(made).data, status=201)


class SharingAPI(StaffAPI):
    action = Action.SHARE_OUT_CASES

    def found(self, key):
        return get_object_or_404(queries.sharings_within(self.request.user), pk=key)

    def shown(self, key):
        return _shown(self.found(key), self.request.user)


class OneSharing(SharingAPI):
    @extend_schema(operation_id="read_sharing", responses=SharingOutOut)
    def get(self, request, sharing):
        """One proposal as it stands, with each officer before and after, and each case with why."""
        one = self.found(sharing)
        record(by=request.user, action="opened_sharing", sharing=one.pk)
        return Response(_shown(one, request.user))


class AskAgain(SharingAPI):
    @extend_schema(operation_id="ask_again_for_sharing", request=None, responses=SharingOutOut)
    def post(self, request, sharing):
        """Work it out again, around what was settled and left out by hand."""
        services.ask_again(sharing=self.found(sharing), by=request.user, now=now())
        return Response(self.shown(sharing))


class DropSharing(SharingAPI):
    @extend_schema(operation_id="drop_sharing", request=None, responses=SharingOutOut)
    def post(self, request, sharing):
        """Nothing of it is done."""
        services.drop_sharing(sharing=self.found(sharing), by=request.user, now=now())
        return Response(self.shown(sharing))


class PublishSharing(SharingAPI):
    @extend_schema(
        operation_id="publish_sharing", request=PublishSharingIn, responses=SharingOutOut
    )
    def post(self, request, sharing):
        """Have the officers named and the cases offered, within minutes; each case says what came of it."""
        said = _read(PublishSharingIn, request)
        publish_sharing(sharing=self.found(sharing), by=request.user, now=now(), **said)
        return Response(self.shown(sharing))


class MoveInSharing(CaseAPI):
    action = Action.SHARE_OUT_CASES

    @extend_schema(operation_id="move_in_sharing", request=MoveInSharingIn, responses=SharingOutOut)
    def post(self, request, crn, sharing):
        """Settle by hand whom one case is proposed for, or leave it out."""
        user, said = request.user, _read(MoveInSharingIn, request)
        one = get_object_or_404(queries.sharings_within(user), pk=sharing)
        known = {"sharing": one, "case": self.case, "because": said["because"], "by": user, "now": now()}  # fmt: skip
        if username := said.get("officer"):
            officer = one_of(queries.officers_of(one.team), "username", username, "officer")
            services.move_in_sharing(officer=officer, **known)
        else:
            services.leave_out_of_sharing(**known)
        return Response(_shown(one, user))


def _read(form, request):
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data


def _shown(one, user):
    one = queries.sharings_within(user).get(pk=one.pk)
    worked_out = one.facts and one.state != SharingState.WORKING
    shown = Shown(one, user) if worked_out else None
    return SharingOutOut(one, context={"shown": shown}).data


ADDRESSES = [
    path("sharing/", Sharings.as_view(), name="api-sharings"),
    path("sharing/<int:sharing>/", OneSharing.as_view(), name="api-sharing"),
    *(
        path(f"sharing/<int:sharing>/{name}/", step.as_view(), name=f"api-sharing-{name}")
        for name, step in {
            "again": AskAgain,
            "drop": DropSharing,
            "publish": PublishSharing,
        }.items()
    ),
    path(
        "sharing/<int:sharing>/cases/<crn:crn>/",
        MoveInSharing.as_view(),
        name="api-move-in-sharing",
    ),
]

"""The figures of teams and the views that are kept: as on their pages, without a name of anybody on probation."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.rules.contact_figures import Sums
from oversight.api.team_lists import ADDRESSES as OF_LISTS
from oversight.models import SavedView
from oversight.models.views import LONGEST_NAME
from oversight.queries.team_figures import asked_of, figures_by_team, kept_from
from oversight.queries.views import address_of, may_open
from oversight.reference.lists import LISTS
from oversight.reference.team_figures import FIGURES
from oversight.rules.shares import said_share
from oversight.services import saved_views as services
from staff.models import Team
from staff.permissions import Action


class TeamFigureOut(serializers.Serializer):
    """`code` as in the table of figures; `count` of `out_of`; `share` in words, "Too few" where there are too few to say.

    Of a team whose cases fewer than three officers hold no share is said, as it would be theirs.
    `beyond`: more or less, where it differs from the share of the other teams asked for by more than chance explains.
    """

    code = serializers.CharField()
    count = serializers.IntegerField()
    out_of = serializers.IntegerField()
    share = serializers.CharField()
    beyond = serializers.CharField(allow_null=True)


class SumsOfContactOut(serializers.Serializer):
    """Days on which people were seen, were to be by their plans, and by the GRID."""

    people = serializers.IntegerField()
    delivered = serializers.IntegerField()
    planned = serializers.IntegerField()
    standard = serializers.IntegerField()


class TeamAgeOut(serializers.Serializer):
    """For how many days things of a kind have been owed or waited for: half of them no longer than the median, null of fewer than five."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    median_days = serializers.IntegerField(source="half", allow_null=True)
    oldest_days = serializers.IntegerField(source="oldest")


class FiguresOfTeamOut(serializers.Serializer):
    team = serializers.CharField(allow_null=True)
    figures = TeamFigureOut(many=True)
    contact = SumsOfContactOut()
    ages = TeamAgeOut(many=True)


class TeamFiguresOut(serializers.Serializer):
    """`limited_access`: how many cases are kept from the reader and counted nowhere."""

    whole = FiguresOfTeamOut()
    teams = FiguresOfTeamOut(many=True)
    limited_access = serializers.IntegerField()


class TeamFigures(StaffAPI):
    action = Action.VIEW_TEAM

    @extend_schema(
        operation_id="read_team_figures",
        parameters=[OpenApiParameter("team", str, description="the code of one team; every team unless said")],
        responses=TeamFiguresOut,
    )  # fmt: skip
    def get(self, request):
        """What presses in each team, in the order of their names. Cases of no team are in the whole alone."""
        code = request.query_params.get("team", "")
        team = get_object_or_404(Team, code=code) if code else None
        asked = asked_of(request.user, team, now())
        found = figures_by_team(asked)
        held = Team.objects.filter(pk__in=[key for key in found.teams if key])
        body = {
            "whole": _whole(team, found, asked.today),
            "teams": _teams(held.order_by("name", "pk"), found, asked.today),
            "limited_access": kept_from(request.user, team),
        }
        return Response(TeamFiguresOut(body).data)


def _whole(team, found, today):
    sums = found.whole()
    of_few = team is not None and team.pk in found.of_few_officers()
    code = team.code if team else None
    return _figures(code, sums, found.contact, found.aged(today), {}, of_few=of_few)


def _teams(teams, found, today):
    marks, few = found.marks(), found.of_few_officers()
    return [
        _figures(
            one.code,
            found.of(one.pk),
            found.contact_of.get(one.pk, Sums()),
            found.aged_of(one.pk, today),
            {code: mark.value for (team, code), mark in marks.items() if team == one.pk},
            of_few=one.pk in few,
        )
        for one in teams
    ]


def _figures(team, sums, contact, aged, marks, *, of_few):
    return {
        "team": team,
        "contact": contact,
        "ages": [
            {"code": code, "count": one.count, "half": one.half, "oldest": one.oldest}
            for code, one in aged.items()
        ],
        "figures": [
            {
                "code": code,
                "count": one.met,
                "out_of": one.counted,
                "share": said_share(one, FIGURES[code].few, of_few=of_few),
                "beyond": marks.get(code),
            }
            for code, one in sums.items()
        ],
    }


class SavedViewOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    list = serializers.ChoiceField(
        [(code, one.title) for code, one in LISTS.items()], source="page"
    )
    address = serializers.SerializerMethodField()
    shared = serializers.BooleanField()
    by = serializers.CharField(source="by.username")

    def get_address(self, view) -> str:
        return address_of(view)


class SaveViewIn(serializers.Serializer):
    """`address`: of a list page here, its path and filters. The same name again changes what it is of."""

    address = serializers.CharField(max_length=500)
    name = serializers.CharField(max_length=LONGEST_NAME)
    shared = serializers.BooleanField(default=False)


class ShareViewIn(serializers.Serializer):
    shared = serializers.BooleanField()


class SavedViews(StaffAPI):
    action = Action.SAVE_VIEW

    @extend_schema(operation_id="list_saved_views", responses=SavedViewOut(many=True))
    def get(self, request):
        """One's own, and those that one's team shares."""
        found = SavedView.objects.open_to(request.user).select_related("by").order_by("name", "pk")
        rows = [one for one in found if may_open(one, request.user)]
        return Response(SavedViewOut(rows, many=True).data)

    @extend_schema(operation_id="save_view", request=SaveViewIn, responses={201: SavedViewOut})
    def post(self, request):
        """Keep a list with its filters under a name."""
        given = SaveViewIn(data=request.data)
        given.is_valid(raise_exception=True)
        view = services.save_view(by=request.user, now=now(), **given.validated_data)
        return Response(SavedViewOut(view).data, status=201)


class OneSavedView(StaffAPI):
    action = Action.SAVE_VIEW

    @extend_schema(operation_id="share_view", request=ShareViewIn, responses=SavedViewOut)
    def patch(self, request, saved_view):
        """Share it with one's team, or stop."""
        view = get_object_or_404(SavedView.objects.of(request.user), pk=saved_view)
        given = ShareViewIn(data=request.data)
        given.is_valid(raise_exception=True)
        view = services.share_view(view=view, by=request.user, **given.validated_data)
        return Response(SavedViewOut(view).data)

    @extend_schema(operation_id="remove_view", responses={204: None})
    def delete(self, request, saved_view):
        """Put it away, for whoever it was shared with as well."""
        view = get_object_or_404(SavedView.objects.of(request.user), pk=saved_view)
        services.remove_view(view=view, by=request.user)
        return Response(status=204)


ADDRESSES = [
    path("team-figures/", TeamFigures.as_view(), name="api-team-figures"),
    path("saved-views/", SavedViews.as_view(), name="api-saved-views"),
    path("saved-views/<int:saved_view>/", OneSavedView.as_view(), name="api-saved-view"),
    *OF_LISTS,
]

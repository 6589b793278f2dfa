"""The lists behind figures of a team, as on their pages: codes, days and CRNs, and no word that anybody wrote. And the weekly e-mail."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.models import Case
from cases.reference.deadlines import Harm
from cases.rules.addresses import number
from oversight.models import WeeklyFigures
from oversight.queries import grid_change, interim_plans, owed, waits
from oversight.rules.grid_change import Change
from oversight.services.saved_views import ask_for_figures
from staff.models import Team
from staff.permissions import Action

TEAM = OpenApiParameter("team", str, description="the code of one team; every team unless said")
AFTER = OpenApiParameter("after", str, description="the one to start after")


def _one_of(name, codes):
    return OpenApiParameter(name, str, enum=[str(one) for one in codes])


class OfATeam(serializers.Serializer):
    """Of a case, who has it."""

    crn = serializers.CharField(source="case.crn")
    team = serializers.CharField(source="case.team.code", default=None, allow_null=True)
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)


class OwedOfATeam(OfATeam):
    kind = serializers.CharField()
    triggered_on = serializers.DateField()
    due_on = serializers.DateField()


class PlanOfATeam(OfATeam):
    id = serializers.IntegerField(source="pk")
    made_on = serializers.DateField()
    expires_on = serializers.DateField()


class WaitOfATeam(serializers.Serializer):
    """`since`: the day on which a referral was sent, or on which unpaid work came to us."""

    crn = serializers.CharField()
    team = serializers.CharField(allow_null=True)
    officer = serializers.CharField(allow_null=True)
    since = serializers.DateField()


class MoveOfATeam(serializers.Serializer):
    """`then`, `now`: a group, or what somebody was outside of all groups; null where no placement is kept."""

    crn = serializers.CharField()
    team = serializers.CharField(allow_null=True)
    officer = serializers.CharField(allow_null=True)
    then = serializers.CharField(allow_null=True)
    now = serializers.CharField(allow_null=True)
    change = serializers.CharField()


class OwedOfATeamPage(serializers.Serializer):
    results = OwedOfATeam(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class PlanOfATeamPage(serializers.Serializer):
    results = PlanOfATeam(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class WaitOfATeamPage(serializers.Serializer):
    results = WaitOfATeam(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class MoveOfATeamPage(serializers.Serializer):
    results = MoveOfATeam(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class TeamListAPI(StaffAPI):
    """A list of one team or of all, page by page, with what is kept from the reader beside its first page."""

    action = Action.VIEW_TEAM

    def team(self):
        code = self.request.query_params.get("team", "")
        return get_object_or_404(Team, code=code) if code else None

    def asked(self, name, codes):
        """One of these codes; the first for any other."""
        code = self.request.query_params.get(name, "")
        return code if code in codes else next(iter(codes))

    def after(self):
        return self.request.query_params.get("after", "")

    def answer(self, found, rows):
        masked = [] if self.after() else self.kept()[:SIZE]
        limited = MaskedOut(masked, many=True).data
        return Response(page(found, rows) | {"limited_access": limited})

    def kept(self):
        user, team = self.request.user, self.team()
        reached = Case.objects.within_reach(user, self.action).supervised()
        return (reached.filter(team=team) if team else reached).masked_to(user)


class OwedByTeam(TeamListAPI):
    @extend_schema(
        operation_id="list_owed_of_team",
        parameters=[TEAM, _one_of("harm", owed.HARMS), _one_of("about", owed.ABOUT), _one_of("show", [owed.LATE]), AFTER],
        responses=OwedOfATeamPage,
    )  # fmt: skip
    def get(self, request):
        """What runs and is owed, the longest due first."""
        wanted = owed.Wanted(
            team=self.team(),
            harm=self.asked("harm", ["", *Harm]),
            about=self.asked("about", ["", *owed.ABOUT]),
            show=self.asked("show", owed.SHOWN),
        )
        after = number(self.after()) or ""
        found = owed.page_of_owed(request.user, wanted, localdate(), after=after, size=SIZE)
        return self.answer(found, OwedOfATeam(found.rows, many=True).data)


class PlansByTeam(TeamListAPI):
    @extend_schema(
        operation_id="list_interim_plans_of_team",
        parameters=[TEAM, _one_of("show", [interim_plans.OVER, interim_plans.ENDING]), AFTER],
        responses=PlanOfATeamPage,
    )
    def get(self, request):
        """Interim plans that stand, whichever ends first."""
        wanted = interim_plans.Wanted(self.team(), self.asked("show", interim_plans.SHOWN))
        after = number(self.after()) or ""
        found = interim_plans.page_of_plans(request.user, wanted, localdate(), after=after, size=SIZE)  # fmt: skip
        return self.answer(found, PlanOfATeam(found.rows, many=True).data)


class WaitsByTeam(TeamListAPI):
    @extend_schema(
        operation_id="list_waits_of_team",
        parameters=[TEAM, _one_of("of", waits.FOR), AFTER],
        responses=WaitOfATeamPage,
    )
    def get(self, request):
        """Who waits for a service or for a place, whoever has waited longest first."""
        wanted = waits.Wanted(self.team(), self.asked("of", waits.FOR))
        after = number(self.after()) or ""
        found = waits.page_of_waits(request.user, wanted, localdate(), after=after, size=SIZE)
        rows = [_of_case(waits.case_of(one)) | {"since": waits.since(one)} for one in found.rows]
        return self.answer(found, WaitOfATeam(rows, many=True).data)


class MovesByTeam(TeamListAPI):
    @extend_schema(
        operation_id="list_grid_moves_of_team",
        parameters=[TEAM, _one_of("show", [grid_change.MOVES, *Change]), AFTER],
        responses=MoveOfATeamPage,
    )
    def get(self, request):
        """Where everybody on the board stood four weeks ago and stands now, by name."""
        wanted = grid_change.Wanted(self.team(), self.asked("show", ["", grid_change.MOVES, *Change]))  # fmt: skip
        moves = grid_change.moves_of(request.user, wanted.team, localdate())
        keys = grid_change.matching(moves, wanted)
        found = grid_change.page_of_moves(keys, after=self.after(), size=SIZE)
        rows = [
            _of_case(case)
            | {"then": moves[case.pk].then, "now": moves[case.pk].now, "change": moves[case.pk].change.value}
            for case in found.rows
        ]  # fmt: skip
        return self.answer(found, MoveOfATeam(rows, many=True).data)


def _of_case(case):
    return {
        "crn": case.crn,
        "team": case.team.code if case.team else None,
        "officer": case.officer.username if case.officer else None,
    }


class WeeklyFiguresWanted(serializers.Serializer):
    """Whether the figures of the team come by e-mail on the first working day of each week."""

    wanted = serializers.BooleanField()


class AskForWeeklyFigures(StaffAPI):
    action = Action.VIEW_TEAM

    @extend_schema(operation_id="read_weekly_figures_wanted", responses=WeeklyFiguresWanted)
    def get(self, request):
        """Whether one is sent them."""
        return self._answer(request.user)

    @extend_schema(
        operation_id="ask_for_weekly_figures",
        request=WeeklyFiguresWanted,
        responses=WeeklyFiguresWanted,
    )
    def put(self, request):
        """Be sent them each week, or no more."""
        given = WeeklyFiguresWanted(data=request.data)
        given.is_valid(raise_exception=True)
        ask_for_figures(by=request.user, now=now(), **given.validated_data)
        return self._answer(request.user)

    def _answer(self, user):
        wanted = WeeklyFigures.objects.filter(user=user).exists()
        return Response(WeeklyFiguresWanted({"wanted": wanted}).data)


ADDRESSES = [
    path("team-owed/", OwedByTeam.as_view(), name="api-team-owed"),
    path("team-interim-plans/", PlansByTeam.as_view(), name="api-team-interim-plans"),
    path("team-waits/", WaitsByTeam.as_view(), name="api-team-waits"),
    path("team-grid-moves/", MovesByTeam.as_view(), name="api-team-grid-moves"),
    path("weekly-figures/", AskForWeeklyFigures.as_view(), name="api-weekly-figures"),
]

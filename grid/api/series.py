"""Series of groups, over the API: the list, one of them, planning one, and changing what is to come.

Whoever changes a series says which `version` of it they have seen. A refusal says, in sentences, everything that stands
against it.
"""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import StaffAPI
from grid.api.series_shapes import (
    SeriesAsked,
    SeriesCoverIn,
    SeriesLeadersIn,
    SeriesMoveIn,
    SeriesOffIn,
    SeriesOut,
    SeriesPageOut,
    SeriesPlanIn,
    SeriesSessionsOffIn,
)
from grid.models import Series, SeriesSession
from grid.queries.rooms import title_of
from grid.queries.series_list import SIZE, Wanted, page_of_series
from grid.queries.series_over import page_of_series_over
from grid.queries.series_page import covers_of, members_seen, sessions_of
from grid.reference.groups import SessionState
from grid.rules.series import Weekly
from grid.services import series as planning
from grid.services import series_changes, series_leaders
from staff.permissions import Action, reach


class SeriesList(StaffAPI):
    action = Action.VIEW_GROUPS

    @extend_schema(operation_id="list_series", parameters=[SeriesAsked], responses=SeriesPageOut)
    def get(self, request):
        """What runs or is to run, in the order of the next session, or what is over, the newest first; so many on a page."""
        asked = SeriesAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = {name: str(value) for name, value in asked.validated_data.items() if name != "after"}
        wanted, after = Wanted(**said), asked.validated_data.get("after")
        pages = page_of_series_over if wanted.over else page_of_series
        found = pages(wanted, now(), after=after, size=SIZE)
        return Response(
            SeriesPageOut(
                {
                    "results": found.rows,
                    "count": found.count,
                    "next_after": found.next_after or None,
                }
            ).data
        )


class SeriesPlan(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(operation_id="plan_series", request=SeriesPlanIn, responses={201: SeriesOut})
    def post(self, request):
        """Plan a series on the terms of the policy in force, with its room and its leaders."""
        said = _said(SeriesPlanIn, request)
        weekly = [Weekly(**one) for one in said.pop("weekly")]
        made = planning.plan_series(weekly=weekly, by=request.user, now=now(), **said)
        return Response(_series(made.pk, request.user), status=201)


class OneSeries(StaffAPI):
    action = Action.VIEW_GROUPS

    @extend_schema(operation_id="read_series", responses=SeriesOut)
    def get(self, request, series):
        """One series: its sessions, who is in it as far as you may see, and what is short."""
        return Response(_series(series, request.user))


class SeriesLeaders(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(operation_id="name_series_leaders", request=SeriesLeadersIn, responses=SeriesOut)
    def post(self, request, series):
        """Say who leads every session to come from a number on."""
        said = _said(SeriesLeadersIn, request)
        found = get_object_or_404(Series, pk=series)
        series_leaders.name_leaders(series=found, by=request.user, now=now(), **said)
        return Response(_series(series, request.user))


class SeriesSessionsOff(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(
        operation_id="call_off_series_sessions", request=SeriesSessionsOffIn, responses=SeriesOut
    )
    def post(self, request, series):
        """Call off sessions that have not begun. The rest is planned again, and officers are told."""
        said = _said(SeriesSessionsOffIn, request)
        said["making_up"] = [(one["on"], one["from_at"]) for one in said["making_up"]]
        found = get_object_or_404(Series, pk=series)
        series_changes.call_off_sessions(series=found, by=request.user, now=now(), **said)
        return Response(_series(series, request.user))


class SeriesOff(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(operation_id="call_off_series", request=SeriesOffIn, responses=SeriesOut)
    def post(self, request, series):
        """Call off everything that has not begun. Whoever was in it is back on the waiting list."""
        said = _said(SeriesOffIn, request)
        found = get_object_or_404(Series, pk=series)
        series_changes.call_off_series(series=found, by=request.user, now=now(), **said)
        return Response(_series(series, request.user))


class SeriesMove(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(operation_id="move_series_session", request=SeriesMoveIn, responses=SeriesOut)
    def post(self, request, series_session):
        """Hold a session on another day or at another hour, between the one before it and the one after."""
        said, session = _said(SeriesMoveIn, request), _session(series_session)
        series_changes.move_session(session=session, by=request.user, now=now(), **said)
        return Response(_series(session.series_id, request.user))


class SeriesCover(StaffAPI):
    action = Action.RUN_GROUPS

    @extend_schema(operation_id="cover_series_session", request=SeriesCoverIn, responses=SeriesOut)
    def post(self, request, series_session):
        """Let somebody lead a session in place of another."""
        said, session = _said(SeriesCoverIn, request), _session(series_session)
        out = said.pop("out")
        leads = session.led_by.standing().select_related("user")
        who = get_object_or_404(leads, user=out).user if out is not None else None
        series_leaders.cover_session(session=session, out=who, by=request.user, now=now(), **said)
        return Response(_series(session.series_id, request.user))


def _said(kind, request):
    said = kind(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _session(pk):
    standing = SeriesSession.objects.filter(state=SessionState.STANDS).select_related("series")
    return get_object_or_404(standing, pk=pk)


def _series(pk, user):
    """The whole answer about one series, as far as this reader may see."""
    at = now()
    one = get_object_or_404(Series.objects.select_related("place", "planned_by"), pk=pk)
    members = members_seen(one, user, at)
    runs = bool(reach(user.role, Action.RUN_GROUPS))
    names = ("id", "code", "places", "leaders", "women_only", "state", "state_because", "note", "version")  # fmt: skip
    return SeriesOut(
        {name: getattr(one, name) for name in names}
        | {
            "title": title_of(one.code),
            "place": one.place.name,
            "sessions": sessions_of(one, at),
            "members": members.rows,
            "masked": members.masked,
            "unseen": members.unseen,
            "short": covers_of(one, at) if runs else [],
        }
    ).data

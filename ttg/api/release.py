"""Release over the API: readiness, the board, the hand-over, measures."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.queries.counting import WHICH, page_of_units, rows_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.counting import Period
from cases.rules.addresses import number
from cases.rules.counting import window_of
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.api.release_shapes import (
    AcceptHandOverIn,
    HandOverIn,
    HandOverOut,
    HandOverWordsIn,
    ReadinessOut,
    ReleaseListOut,
    ReleaseMeasureOut,
    ReleaseRowOut,
    ReleaseUnitOut,
    ReleaseUnitsOut,
)
from ttg.queries import board
from ttg.queries import measures as figures
from ttg.queries.hand_over import hand_over_of
from ttg.queries.readiness import readiness_of
from ttg.queries.release_page import stay_of
from ttg.reference.measures import MEASURES
from ttg.rules.days_left import NEAR, Band
from ttg.rules.readiness import is_ready
from ttg.services import hand_over as services

SWITCHED_ON = ("1", "true")
NEVER_THERE = "Nobody has recorded that they are in prison."


class Readiness(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="get_readiness", responses=ReadinessOut)
    def get(self, request, crn):
        """What they must have by the gate, and whether it is there."""
        stay = stay_of(self.case)
        found = readiness_of([stay], localdate())[stay.pk] if stay else []
        said = {
            "release_on": stay.release_on if stay else None,
            "released_on": stay.released_on if stay else None,
            "ready": is_ready(found) if stay else None,
            "must_haves": found,
        }
        return Response(ReadinessOut(said).data)


class ReleaseList(StaffAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(
        operation_id="list_releases",
        parameters=[
            OpenApiParameter("show", enum=list(board.SHOW)),
            OpenApiParameter("band", enum=[*(one.value for one in Band), NEAR]),
            OpenApiParameter("not_ready", bool),
            OpenApiParameter("drugs", bool),
            OpenApiParameter("first_days", bool),
            OpenApiParameter("after", int),
        ],
        responses=ReleaseListOut,
    )
    def get(self, request):
        """Everybody who is to leave prison, the first to leave first. Cases of limited access are left out."""
        asked = request.query_params
        band = asked.get("band", "")
        wanted = board.Wanted(
            show=asked["show"] if asked.get("show") in board.SHOW else board.HELD,
            band=band if band in (*Band, NEAR) else "",
            not_ready=asked.get("not_ready") in SWITCHED_ON,
            drugs=asked.get("drugs") in SWITCHED_ON,
            first_days=asked.get("first_days") in SWITCHED_ON,
        )
        found = board.page_of_releases(
            request.user,
            wanted,
            localdate(),
            after=number(asked.get("after", "")),
            size=SIZE,
        )
        return Response(page(found, ReleaseRowOut(found.rows, many=True).data))


class OfStay(CaseAPI):
    """A step on the stay in prison that counts."""

    def stay(self):
        found = stay_of(self.case)
        if found is None:
            raise RuleBroken(NEVER_THERE)
        return found

    def take(self, request, service, shape):
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        return service(custody=self.stay(), by=request.user, now=now(), **given.validated_data)

    def shown(self, request, found):
        names = names_for(self.case, actions_on(self.case, request.user))
        return HandOverOut(found, context={"names": names}).data


class HandOverOfCase(OfStay):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.WRITE_RESETTLEMENT}

    @extend_schema(operation_id="list_hand_over", responses=HandOverOut(many=True))
    def get(self, request, crn):
        """The hand-over of the stay in prison that counts; empty where nothing is handed over yet."""
        found = hand_over_of(stay_of(self.case))
        return Response([self.shown(request, found)] if found else [])

    @extend_schema(operation_id="offer_hand_over", request=HandOverIn, responses={201: HandOverOut})
    def post(self, request, crn):
        """Hand over to the officer, who hears at once. Until it is accepted it may be handed over anew."""
        made = self.take(request, services.offer_hand_over, HandOverIn)
        return Response(self.shown(request, made), status=201)


class AskAboutHandOver(OfStay):
    action = Action.TAKE_OVER_RELEASE

    @extend_schema(
        operation_id="ask_about_hand_over", request=HandOverWordsIn, responses=HandOverOut
    )
    def post(self, request, crn):
        """The officer asks something before taking over."""
        found = self.take(request, services.ask_about_hand_over, HandOverWordsIn)
        return Response(self.shown(request, found))


class AnswerHandOver(OfStay):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(operation_id="answer_hand_over", request=HandOverWordsIn, responses=HandOverOut)
    def post(self, request, crn):
        """Answer what the officer asked; it waits for them again."""
        return Response(
            self.shown(request, self.take(request, services.answer_query, HandOverWordsIn))
        )


class AcceptHandOver(OfStay):
    action = Action.TAKE_OVER_RELEASE

    @extend_schema(operation_id="accept_hand_over", request=AcceptHandOverIn, responses=HandOverOut)
    def post(self, request, crn):
        """Take over, with what was there and what was missing kept beside it."""
        return Response(
            self.shown(request, self.take(request, services.accept_hand_over, AcceptHandOverIn))
        )


PERIOD = OpenApiParameter("period", enum=[one.value for one in Period])


class ReleaseMeasures(StaffAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(
        operation_id="list_release_measures",
        parameters=[PERIOD],
        responses=ReleaseMeasureOut(many=True),
    )
    def get(self, request):
        """The measures of release over the days asked for. `share`: none where there are too few to say."""
        cases, window, today = _counted(request)
        found = figures.figures_of(cases, window, today)
        rows = [
            {"code": code, "title": MEASURES[code].title, "met": one.met, "counted": one.counted, "share": one.share}
            for code, one in found.items()
        ]  # fmt: skip
        return Response(ReleaseMeasureOut(rows, many=True).data)


class ReleaseMeasurePeople(StaffAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(
        operation_id="list_release_measure_people",
        parameters=[
            OpenApiParameter("code", enum=list(MEASURES)),
            OpenApiParameter("which", enum=list(WHICH)),
            PERIOD,
            OpenApiParameter("after", int),
        ],
        responses=ReleaseUnitsOut,
    )
    def get(self, request):
        """What one number counts, the earliest first."""
        asked = request.query_params
        code = asked.get("code") if asked.get("code") in MEASURES else next(iter(MEASURES))
        which = asked.get("which", "") if asked.get("which") in WHICH else ""
        cases, window, today = _counted(request)
        units = figures.units_of(cases, code, which, window, today)
        found = page_of_units(units, after=number(asked.get("after", "")), size=SIZE)
        rows = ReleaseUnitOut(rows_of(found.units, "case-release"), many=True).data
        return Response(page(found, rows))


def _counted(request):
    today, periods = localdate(), [one.value for one in Period]
    asked = request.query_params.get("period")
    days = int(asked if asked in periods else Period.YEAR)
    return figures.counted_cases(request.user), window_of(days, today), today

"""Visits at home: how staff may go, arranging one, setting out and coming back, and what came of it."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI
from cases.api.visit_shapes import (
    CallByIn,
    CheckInOut,
    HomeVisitIn,
    HomeVisitOut,
    VisitNotDoneIn,
    VisitRecordIn,
    VisitSafetyDecisionIn,
    VisitSafetyIn,
    VisitSafetyOut,
)
from cases.models import HomeVisit
from cases.queries.booking import parts_of, running_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.visit_pages import KNOWN, find_visit
from cases.queries.visit_safety import facts_of_each, safety_of
from cases.queries.visit_staff import may_go, may_watch, still_here
from cases.queries.visit_watch import find_watched, watched_by
from cases.reference.appointments import HOME_VISIT
from cases.reference.information import RaiseKind
from cases.rules.enforcing import chosen, default
from cases.services import visit_records, visits
from cases.services.visit_safety import decide_visit_safety, propose_visit_safety
from staff.errors import RuleBroken
from staff.permissions import Action


class VisitSafeties(CaseAPI):
    action = Action.VISIT_HOME

    @extend_schema(operation_id="list_visit_safety", responses=VisitSafetyOut(many=True))
    def get(self, request, crn):
        """How staff may visit each address, as it stands or waits."""
        return Response(_safety(safety_of(self.case), self.case, request.user, many=True))

    @extend_schema(
        operation_id="propose_visit_safety", request=VisitSafetyIn, responses={201: VisitSafetyOut}
    )
    def post(self, request, crn):
        """Say how staff may visit an address; a senior decides where there is reason to."""
        said = _given(VisitSafetyIn, request)
        key = said.pop("address", None)
        address = get_object_or_404(self.case.addresses, pk=key) if key else None
        safety = propose_visit_safety(
            case=self.case, address=address, by=request.user, now=now(), **said
        )
        return Response(_safety(safety, self.case, request.user), status=201)


class DecideVisitSafety(CaseAPI):
    action = Action.DECIDE_VISIT_SAFETY

    @extend_schema(
        operation_id="decide_visit_safety", request=VisitSafetyDecisionIn, responses=VisitSafetyOut
    )
    def post(self, request, crn, safety):
        """Decide how staff may visit. `seen`: the keys of `record` as it was read; refused where more has come."""
        found = get_object_or_404(self.case.visit_safety, pk=safety)
        said = _given(VisitSafetyDecisionIn, request)
        done = decide_visit_safety(safety=found, by=request.user, now=now(), **said)
        return Response(_safety(done, self.case, request.user))


class HomeVisits(CaseAPI):
    action = Action.VISIT_HOME

    @extend_schema(operation_id="list_home_visits", responses=HomeVisitOut(many=True))
    def get(self, request, crn):
        """The visits of the case, the latest first."""
        found = HomeVisit.objects.filter(appointment__contact__case=self.case)
        ordered = found.select_related(*KNOWN).order_by("-appointment__contact__started_at", "-pk")
        return Response(_visit(ordered, self.case, request.user, many=True))

    @extend_schema(
        operation_id="arrange_home_visit", request=HomeVisitIn, responses={201: HomeVisitOut}
    )
    def post(self, request, crn):
        """Arrange a visit to an address that it is decided how to visit. `enforces`: blank takes the usual."""
        said, today = _given(HomeVisitIn, request), localdate()
        running = running_of(self.case, today)
        choice = chosen(said.pop("enforces") or default(HOME_VISIT, running), running)
        goers = {one.username: one for one in still_here(may_go(self.case), today)}
        watchers = {one.username: one for one in still_here(may_watch(self.case), today)}
        safety = get_object_or_404(self.case.visit_safety, pk=said.pop("safety"))
        second = said.pop("second")
        visit = visits.arrange_visit(
            case=self.case,
            safety=safety,
            officer=_known(goers, said.pop("officer")),
            second=_known(goers, second) if second else None,
            buddy=_known(watchers, said.pop("buddy")),
            enforces=choice.enforces,
            **parts_of(choice),
            **said,
            by=request.user,
            now=now(),
        )
        return Response(
            _visit(find_visit(self.case, visit.pk), self.case, request.user), status=201
        )


class VisitStep(CaseAPI):
    """One step of a visit of the case."""

    action = Action.VISIT_HOME

    def take(self, request, key, service, **said):
        found = find_visit(self.case, key)
        if found is None:
            raise Http404
        service(visit=found, by=request.user, now=now(), **said)
        return Response(_visit(find_visit(self.case, key), self.case, request.user))


class SetOutOnVisit(VisitStep):
    @extend_schema(operation_id="set_out_on_visit", request=CallByIn, responses=HomeVisitOut)
    def post(self, request, crn, visit):
        """Set out, saying by when the buddy will have heard."""
        return self.take(request, visit, visits.set_out, **_given(CallByIn, request))


class StayOnVisit(VisitStep):
    @extend_schema(operation_id="stay_on_visit", request=CallByIn, responses=HomeVisitOut)
    def post(self, request, crn, visit):
        """Say that it takes longer."""
        return self.take(request, visit, visits.extend, **_given(CallByIn, request))


class BackFromVisit(VisitStep):
    @extend_schema(operation_id="back_from_visit", request=None, responses=HomeVisitOut)
    def post(self, request, crn, visit):
        """Say that everybody is out and safe."""
        return self.take(request, visit, visits.check_in)


class RecordVisit(VisitStep):
    @extend_schema(operation_id="record_visit", request=VisitRecordIn, responses=HomeVisitOut)
    def post(self, request, crn, visit):
        """Say what was seen, and carry out what follows."""
        said = _with_rise(_given(VisitRecordIn, request))
        return self.take(request, visit, visit_records.record_visit, **said)


class VisitNotDone(VisitStep):
    @extend_schema(operation_id="visit_not_done", request=VisitNotDoneIn, responses=HomeVisitOut)
    def post(self, request, crn, visit):
        """Say why it was not done; with `next_at` the next attempt is booked."""
        said = _with_rise(_given(VisitNotDoneIn, request))
        return self.take(request, visit, visit_records.record_not_done, **said)


class CheckIns(StaffAPI):
    action = Action.WATCH_VISIT

    @extend_schema(operation_id="list_check_ins", responses=CheckInOut(many=True))
    def get(self, request):
        """The visits that the reader watches or makes: under way first, then those to come."""
        return Response(CheckInOut(watched_by(request.user, now()), many=True).data)


class SayVisitorSafe(StaffAPI):
    action = Action.WATCH_VISIT

    @extend_schema(operation_id="say_visitor_safe", request=None, responses={204: None})
    def post(self, request, visit):
        """Say that whoever went is out and safe: you have spoken to them."""
        found = find_watched(request.user, visit, now())
        if found is None:
            raise RuleBroken("That is not a visit that you watch or make.")
        visits.check_in(visit=found, by=request.user, now=now())
        return Response(status=204)


def _given(kind, request):
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _with_rise(said):
    """As the services take it."""
    kind, value = said.pop("rise_kind", None), said.pop("rise_value", None)
    said["rise"] = {"kind": RaiseKind(kind), "value": value} if kind and value else None
    said["follow_on"] = sorted(said["follow_on"])
    return said


def _known(users, username):
    if username not in users:
        raise RuleBroken(f"{username} cannot be on this visit. Choose somebody else.")
    return users[username]


def _safety(found, case, user, many=False):
    facts = facts_of_each(case, found if many else [found], localdate())
    context = _context(case, user) | {"facts": facts}
    return VisitSafetyOut(found, many=many, context=context).data


def _visit(found, case, user, many=False):
    return HomeVisitOut(found, many=many, context=_context(case, user)).data


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}

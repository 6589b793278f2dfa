"""Supervision of officers: who is supervised when, one session with its agenda, and each step of it, as on the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import Case
from cases.services.policy import supervision_policy
from oversight.api.senior_list import ADDRESSES as LIST_OF_THE_DAY
from oversight.api.supervision_shapes import (
    AgreeActionIn,
    CallOffSupervisionIn,
    PlanSupervisionIn,
    ReadSupervisionIn,
    SettleAgreedIn,
    SignSupervisionIn,
    SupervisedOut,
    SupervisionOut,
)
from oversight.queries import supervision as queries
from oversight.services import supervision as services
from staff.audit import record
from staff.permissions import Action


class Supervised(StaffAPI):
    action = Action.VIEW_SUPERVISION

    @extend_schema(operation_id="list_supervised", responses=SupervisedOut(many=True))
    def get(self, request):
        """The officers whose supervision the reader may read, with when each was supervised and is next."""
        today = localdate()
        rows = queries.officer_rows(request.user, None, today, supervision_policy(today))
        return Response(SupervisedOut(rows, many=True).data)


class PlanSupervision(StaffAPI):
    action = Action.HOLD_SUPERVISION

    @extend_schema(
        operation_id="plan_supervision",
        request=PlanSupervisionIn,
        responses={201: SupervisionOut},
    )
    def post(self, request, officer):
        """Plan the next supervision of an officer."""
        officers = queries.officers_within(request.user, self.action)
        one = get_object_or_404(officers, pk=officer)
        said = _read(PlanSupervisionIn, request)
        made = services.plan_supervision(officer=one, by=request.user, today=localdate(), **said)
        return Response(_shown(made, request.user), status=201)


class OneSupervision(StaffAPI):
    action = Action.VIEW_SUPERVISION

    @extend_schema(operation_id="read_supervision", responses=SupervisionOut)
    def get(self, request, supervision):
        """One session: its agenda as it stood, what was talked about, what was agreed."""
        user = request.user
        one = _found(user, self.action, supervision)
        record(by=user, action="opened_supervision", supervision=one.pk, officer=one.officer_id)
        return Response(_shown(one, user))


class SupervisionStep(StaffAPI):
    """One step in the life of a session."""

    action = Action.HOLD_SUPERVISION

    def take(self, request, key, service, **known):
        user = request.user
        service(supervision=_found(user, self.action, key), by=user, **known)
        return Response(_shown(_found(user, Action.VIEW_SUPERVISION, key), user))


class BeginSupervision(SupervisionStep):
    @extend_schema(operation_id="begin_supervision", request=None, responses=SupervisionOut)
    def post(self, request, supervision):
        """Hold it: its agenda is kept as the record stands."""
        return self.take(request, supervision, services.begin_supervision, today=localdate())


class MoveSupervision(SupervisionStep):
    @extend_schema(
        operation_id="move_supervision", request=PlanSupervisionIn, responses=SupervisionOut
    )
    def post(self, request, supervision):
        """Plan it for another day."""
        said = _read(PlanSupervisionIn, request)
        return self.take(request, supervision, services.move_supervision, today=localdate(), **said)


class CallOffSupervision(SupervisionStep):
    @extend_schema(
        operation_id="call_off_supervision", request=CallOffSupervisionIn, responses=SupervisionOut
    )
    def post(self, request, supervision):
        """Call it off, planned or begun: what was agreed in it stands."""
        said = _read(CallOffSupervisionIn, request)
        return self.take(request, supervision, services.call_off_supervision, today=localdate(), **said)  # fmt: skip


class AgreeAction(SupervisionStep):
    @extend_schema(operation_id="agree_action", request=AgreeActionIn, responses=SupervisionOut)
    def post(self, request, supervision):
        """Agree an action, on a case of the officer or on none."""
        said = _read(AgreeActionIn, request)
        crn, case = said.pop("crn", ""), None
        if crn:
            asked = Case.objects.open_to(request.user, Action.ASK_SENIOR_ACTION)
            case = asked.filter(crn=crn.strip().upper()).first()
            if case is None:
                raise ValidationError(
                    {"crn": ["There is no case by that CRN that you may ask about."]}
                )
        known = {"case": case, "today": localdate(), "now": now()}
        return self.take(request, supervision, services.agree_action, **known, **said)


class SignSupervision(SupervisionStep):
    @extend_schema(
        operation_id="sign_supervision", request=SignSupervisionIn, responses=SupervisionOut
    )
    def post(self, request, supervision):
        """Sign it, and plan the next one."""
        said = _read(SignSupervisionIn, request)
        known = {"today": localdate(), "now": now()}
        return self.take(request, supervision, services.sign_supervision, **known, **said)


class AnswerSupervision(SupervisionStep):
    action = Action.ANSWER_SUPERVISION

    @extend_schema(
        operation_id="answer_supervision", request=ReadSupervisionIn, responses=SupervisionOut
    )
    def post(self, request, supervision):
        """Say that you have read what was signed, with an answer if you have one."""
        said = _read(ReadSupervisionIn, request)
        return self.take(request, supervision, services.read_supervision, now=now(), **said)


class SettleAgreed(StaffAPI):
    """Settles something that was agreed on no case."""

    def settle(self, request, key, service):
        found = get_object_or_404(queries.agreed_within(request.user, self.action), pk=key)
        said = _read(SettleAgreedIn, request)
        service(agreed=found, by=request.user, today=localdate(), **said)
        return Response(
            _shown(_found(request.user, self.action, found.supervision_id), request.user)
        )


class DoAgreed(SettleAgreed):
    action = Action.ANSWER_SUPERVISION

    @extend_schema(operation_id="do_agreed_action", request=SettleAgreedIn, responses=SupervisionOut)  # fmt: skip
    def post(self, request, agreed):
        """Say what was done; the session is given back."""
        return self.settle(request, agreed, services.do_agreed_action)


class WithdrawAgreed(SettleAgreed):
    action = Action.HOLD_SUPERVISION

    @extend_schema(operation_id="withdraw_agreed_action", request=SettleAgreedIn, responses=SupervisionOut)  # fmt: skip
    def post(self, request, agreed):
        """Ask for it no longer, and say why; the session is given back."""
        return self.settle(request, agreed, services.withdraw_agreed_action)


def _read(form, request):
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data


def _found(user, action, key):
    return get_object_or_404(queries.sessions_within(user, action), pk=key)


def _shown(one, reader):
    return SupervisionOut(one, context={"reader": reader}).data


ADDRESSES = [
    *LIST_OF_THE_DAY,
    path("supervision/", Supervised.as_view(), name="api-supervised"),
    path(
        "supervision/officers/<int:officer>/plan/",
        PlanSupervision.as_view(),
        name="api-plan-supervision",
    ),
    path("supervision/<int:supervision>/", OneSupervision.as_view(), name="api-supervision"),
    path("supervision/agreed/<int:agreed>/done/", DoAgreed.as_view(), name="api-agreed-done"),
    path(
        "supervision/agreed/<int:agreed>/no-longer/",
        WithdrawAgreed.as_view(),
        name="api-agreed-no-longer",
    ),
    *(
        path(
            f"supervision/<int:supervision>/{name}/",
            step.as_view(),
            name=f"api-supervision-{name}",
        )
        for name, step in {
            "begin": BeginSupervision,
            "move": MoveSupervision,
            "call-off": CallOffSupervision,
            "agree": AgreeAction,
            "sign": SignSupervision,
            "read": AnswerSupervision,
        }.items()
    ),
]

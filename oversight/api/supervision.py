"""Supervision of officers: who is supervised when, one session with its agenda, and each step of it, as on the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import Case
from cases.services.policy import supervision_policy
from oversight.api.senior_list import ADDRESSES as LIST_OF_THE_DAY
from oversight.queries import supervision as queries
from oversight.queries.agenda import agenda_for
from oversight.reference.supervision import ONCE_SIGNED, SupervisionState
from oversight.services import supervision as services
from staff.audit import record
from staff.permissions import Action


class SupervisedOut(serializers.Serializer):
    """In the order of their names. `open`, `late`: of what was agreed."""

    officer = serializers.CharField(source="name")
    last_held = serializers.CharField(source="last")
    next = serializers.CharField()
    stands = serializers.CharField(source="words")
    open = serializers.IntegerField()
    late = serializers.IntegerField()


class AgendaItemOut(serializers.Serializer):
    """`crns`: of cases that the reader may open; `others`: how many more it names."""

    title = serializers.CharField()
    count = serializers.IntegerField()
    crns = serializers.SerializerMethodField()
    others = serializers.IntegerField()

    def get_crns(self, item) -> list[str]:
        return [link.text for link in item.cases]


class AgendaOut(serializers.Serializer):
    strengths = AgendaItemOut(many=True)
    red = AgendaItemOut(many=True)
    left_off = serializers.CharField(allow_blank=True)


class AgreedOut(serializers.Serializer):
    what = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    where = serializers.CharField(allow_blank=True)
    stands = serializers.CharField()
    said = serializers.CharField(allow_blank=True)


class SupervisionOut(serializers.Serializer):
    """One session, as this reader may see it."""

    id = serializers.IntegerField(source="pk")
    officer = serializers.CharField(source="officer.username")
    senior = serializers.CharField(source="senior.username")
    state = serializers.ChoiceField(SupervisionState.choices())
    planned_on = serializers.DateField()
    held_on = serializers.DateField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    read_at = serializers.DateTimeField(allow_null=True)
    discussed = serializers.SerializerMethodField()
    answer = serializers.CharField(allow_blank=True)
    agenda = serializers.SerializerMethodField()
    agreed = serializers.SerializerMethodField()

    def get_discussed(self, one) -> str:
        return one.discussed if one.state in ONCE_SIGNED else ""

    @extend_schema_field(AgendaOut)
    def get_agenda(self, one):
        reader, today = self.context["reader"], localdate()
        if one.state == SupervisionState.PLANNED:
            made = agenda_for(one.officer, reader, today, supervision_policy(today))
            return AgendaOut(queries.agenda_shown(made, reader)).data
        return AgendaOut(queries.kept_agenda(one, reader)).data

    @extend_schema_field(AgreedOut(many=True))
    def get_agreed(self, one):
        rows = queries.agreed_of([one], self.context["reader"], localdate())
        return AgreedOut(rows, many=True).data


class PlanSupervisionIn(serializers.Serializer):
    planned_on = serializers.DateField()


class AgreeActionIn(serializers.Serializer):
    what = serializers.CharField(max_length=1000)
    why = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()
    crn = serializers.CharField(max_length=10, required=False, allow_blank=True)


class SignSupervisionIn(serializers.Serializer):
    discussed = serializers.CharField(max_length=4000)
    next_on = serializers.DateField()


class ReadSupervisionIn(serializers.Serializer):
    answer = serializers.CharField(max_length=4000, required=False, allow_blank=True)


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


class AgreeAction(SupervisionStep):
    @extend_schema(operation_id="agree_action", request=AgreeActionIn, responses=SupervisionOut)
    def post(self, request, supervision):
        """Agree an action, on a case of the officer or on none."""
        said = _read(AgreeActionIn, request)
        crn, case = said.pop("crn", ""), None
        if crn:
            asked = Case.objects.open_to(request.user, Action.ASK_SENIOR_ACTION)
            case = asked.filter(crn=crn).first()
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
    *(
        path(
            f"supervision/<int:supervision>/{name}/",
            step.as_view(),
            name=f"api-supervision-{name}",
        )
        for name, step in {
            "begin": BeginSupervision,
            "agree": AgreeAction,
            "sign": SignSupervision,
            "read": AnswerSupervision,
        }.items()
    ),
]

"""The register for a tablet: what stands, the next thing said of somebody, and what was said without a network."""

from datetime import datetime

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.cases import MaskedOut
from cases.models import Case
from staff.errors import RuleBroken
from staff.permissions import Action
from unpaidwork.api.sheets import OneSession
from unpaidwork.queries.register import expected_on, said_of
from unpaidwork.queries.register_page import register_of
from unpaidwork.reference.sessions import Came, Grade, Skill
from unpaidwork.rules.register import GONE, LONGEST_TASK, MOST_NOTE, Said
from unpaidwork.services import register as services
from unpaidwork.services.sync import apply_sync

MOST_SENT = 200  # things at once


class RowOut(serializers.Serializer):
    """One person. `version`: to be sent back with what is said next."""

    attendance = serializers.IntegerField(source="key")
    name = serializers.CharField()
    crn = serializers.CharField()
    stands = serializers.CharField()
    said = serializers.CharField()
    version = serializers.IntegerField()


class DisagreementOut(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    sent = serializers.CharField()
    stands = serializers.CharField()
    because = serializers.CharField()
    version = serializers.IntegerField()


class RegisterOut(serializers.Serializer):
    """`shut`: why nothing can be said yet; blank where it can."""

    session = serializers.IntegerField(source="key")
    project = serializers.CharField()
    day = serializers.CharField()
    hours = serializers.CharField()
    state = serializers.CharField()
    open = serializers.BooleanField()
    shut = serializers.CharField()
    may_close = serializers.BooleanField()
    rows = RowOut(many=True)
    masked = MaskedOut(many=True)
    disagree = DisagreementOut(many=True)


class SaidIn(serializers.Serializer):
    """What is said of one person. `because`: why, where what was said is put right."""

    attendance = serializers.IntegerField()
    version = serializers.IntegerField()
    came = serializers.ChoiceField(choices=Came.choices())
    arrived_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    left_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    break_minutes = serializers.IntegerField(required=False, min_value=0, default=0)
    penalty_minutes = serializers.IntegerField(required=False, min_value=0, default=0)
    outcome = serializers.CharField(required=False, allow_blank=True, default="", max_length=4)
    hi_vis = serializers.BooleanField(required=False, allow_null=True, default=None)
    intensive = serializers.BooleanField(required=False, default=False)
    quality = serializers.ChoiceField(
        choices=Grade.choices(), required=False, allow_blank=True, default=""
    )
    behaviour = serializers.ChoiceField(
        choices=Grade.choices(), required=False, allow_blank=True, default=""
    )
    task = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST_TASK
    )
    skills = serializers.MultipleChoiceField(
        choices=Skill.choices(), required=False, allow_empty=True, default=set
    )
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=MOST_NOTE)
    sensitive = serializers.BooleanField(required=False, default=False)
    because = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)


class SentIn(serializers.Serializer):
    """One thing that a tablet kept. `sent`: the whole of what it says of one person, as `say` takes it, with the
    version it had `seen` and, as `sent_at`, what its clock shows as it sends."""

    key = serializers.UUIDField()
    device = serializers.UUIDField()
    said_at = serializers.DateTimeField()
    sent = serializers.DictField()


class SyncIn(serializers.Serializer):
    items = serializers.ListField(child=SentIn(), allow_empty=False, max_length=MOST_SENT)


class SyncedOut(serializers.Serializer):
    """`state`: written, already, conflict (kept until somebody chooses), or refused (not kept: the tablet keeps it)."""

    key = serializers.UUIDField()
    state = serializers.CharField()
    because = serializers.CharField()


class SyncOut(serializers.Serializer):
    items = SyncedOut(many=True)
    register = RegisterOut()


class StandDownIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class RegisterAPI(OneSession):
    """Something about the register of one session that the reader keeps."""

    def register(self, request):
        self.session.refresh_from_db()
        return RegisterOut(register_of(self.session, request.user, now())).data


class Register(RegisterAPI):
    @extend_schema(operation_id="work_register", responses=RegisterOut)
    def get(self, request, session):
        """The register as it stands for this reader."""
        return Response(self.register(request))

    @extend_schema(operation_id="say_on_register", request=SaidIn, responses=RegisterOut)
    def post(self, request, session):
        """Say the next thing of one person, or put right what was said. Refused with what stands by now."""
        given = SaidIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        version, because = asked.pop("version"), asked.pop("because")
        one = _one_of(self.session, request.user, asked.pop("attendance"))
        said = _said(one, asked)
        known = {
            "attendance": one,
            "version": version,
            "said": said,
            "by": request.user,
            "now": now(),
        }
        if because and one.came in GONE:
            services.correct(because=because, **known)
        else:
            services.say(**known)
        return Response(self.register(request))


class CloseRegister(RegisterAPI):
    @extend_schema(operation_id="close_register", request=None, responses=RegisterOut)
    def post(self, request, session):
        """Close it. Refused while somebody is neither gone nor absent."""
        services.close_register(session=self.session, by=request.user, now=now())
        return Response(self.register(request))


class StandDown(RegisterAPI):
    @extend_schema(operation_id="stand_down_session", request=StandDownIn, responses=RegisterOut)
    def post(self, request, session):
        """Stand the session down, as ours and nobody's failure."""
        given = StandDownIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.stand_down(
            session=self.session, by=request.user, now=now(), **given.validated_data
        )
        return Response(self.register(request))


class RegisterSync(RegisterAPI):
    @extend_schema(operation_id="sync_register", request=SyncIn, responses=SyncOut)
    def post(self, request, session):
        """Take in what a tablet said without a network, each thing once, whatever becomes of the others."""
        given = SyncIn(data=request.data)
        given.is_valid(raise_exception=True)
        items = [self._take(request, one) for one in given.validated_data["items"]]
        return Response(
            {"items": SyncedOut(items, many=True).data, "register": self.register(request)}
        )

    def _take(self, request, one):
        try:
            found = apply_sync(session=self.session, by=request.user, now=now(), **one)
        except RuleBroken as refusal:
            return {"key": one["key"], "state": "refused", "because": str(refusal)}
        return {"key": one["key"], "state": found.state, "because": found.because}


def _one_of(session, user, pk):
    """One person on this register whose case is open to the reader."""
    open_now = Case.objects.open_to(user, Action.RUN_SESSION)
    found = expected_on(session).filter(pk=pk, case__in=open_now).first()
    if found is None:
        raise Http404
    return found


def _said(one, asked):
    """As the service takes it; whoever leaves arrived when they were said to, unless it says otherwise."""
    stands = said_of(one)
    came = Came(asked.pop("came"))
    arrived_at: datetime | None = asked.pop("arrived_at")
    if came not in (Came.EXPECTED, Came.NOT_COME):
        arrived_at = arrived_at or stands.arrived_at or asked["left_at"]
    asked["skills"] = tuple(sorted(asked["skills"]))
    return Said(came, arrived_at=arrived_at, **asked)

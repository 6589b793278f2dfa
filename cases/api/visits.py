"""Visits at home: how staff may go, arranging one, setting out and coming back, and what came of it."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI
from cases.models import HomeVisit, VisitSafety
from cases.queries.booking import running_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.visit_booking import enforced_by, rows_of
from cases.queries.visit_pages import KNOWN, find_visit, seen_lines, state_words
from cases.queries.visit_safety import in_the_way, safety_of
from cases.queries.visit_staff import may_go, may_watch
from cases.queries.visit_watch import find_watched, watched_by
from cases.reference.appointments import ToldHow
from cases.reference.checks import SubjectKind
from cases.reference.information import RaiseKind
from cases.reference.visits import FollowOn, NotDone, Signal, VisitWay, YesNoUnsure
from cases.rules.enforcing import chosen
from cases.services import visit_records, visits
from cases.services.visit_safety import decide_visit_safety, propose_visit_safety
from staff.errors import RuleBroken
from staff.permissions import Action


class VisitSafetyOut(serializers.ModelSerializer):
    """How staff may visit one address: protected names are taken out of its words."""

    endangers = serializers.ChoiceField(choices=YesNoUnsure.choices())
    signal = serializers.ChoiceField(choices=Signal.choices())
    way = serializers.ChoiceField(choices=VisitWay.choices())
    says = serializers.SerializerMethodField()
    in_the_way = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True)

    class Meta:
        model = VisitSafety
        fields = [
            "id", "address", "endangers", "signal", "way", "says", "needs_senior", "asked_on", "asked_by",
            "decided_at", "decided_by", "review_on", "in_the_way",
        ]  # fmt: skip

    def get_says(self, safety) -> dict[str, str]:
        names = self.context["names"]
        written = ("where", "endangers_whom", "staff_risk", "fallback", "because")
        return {name: names.text(getattr(safety, name)) for name in written}

    def get_in_the_way(self, safety) -> list[str]:
        """Why nobody may go yet."""
        names = self.context["names"]
        return [names.text(one) for one in in_the_way(safety.case, safety, localdate())]


class VisitSafetyIn(serializers.Serializer):
    address = serializers.IntegerField(required=False, allow_null=True)
    where = serializers.CharField(max_length=400, required=False, default="")
    endangers = serializers.ChoiceField(choices=YesNoUnsure.choices())
    endangers_whom = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True
    )
    staff_risk = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True
    )
    signal = serializers.ChoiceField(choices=Signal.choices())
    fallback = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    way = serializers.ChoiceField(choices=VisitWay.choices())
    because = serializers.CharField(max_length=1000)
    ask_senior = serializers.BooleanField(required=False, default=False)


class VisitSafetyDecisionIn(serializers.Serializer):
    way = serializers.ChoiceField(choices=VisitWay.choices())
    because = serializers.CharField(max_length=1000)


class HomeVisitOut(serializers.ModelSerializer):
    """A visit as this reader may see it."""

    id = serializers.IntegerField(source="pk")
    starts_at = serializers.DateTimeField(source="appointment.contact.started_at")
    state = serializers.SerializerMethodField()
    officer = serializers.CharField(
        source="appointment.officer.username", default=None, allow_null=True
    )
    with_whom = serializers.CharField(source="with_whom.username", default=None, allow_null=True)
    buddy = serializers.CharField(source="buddy.username", default=None, allow_null=True)
    seen = serializers.SerializerMethodField()

    class Meta:
        model = HomeVisit
        fields = [
            "id", "starts_at", "state", "safety", "officer", "with_whom", "buddy", "set_out_at", "call_by",
            "back_at", "seen",
        ]  # fmt: skip

    def get_state(self, visit) -> str:
        return state_words(visit)

    def get_seen(self, visit) -> dict[str, str]:
        """What was seen, or why it was not done, by what was asked."""
        return {line.label: line.value for line in seen_lines(visit, self.context["names"])}


class HomeVisitIn(serializers.Serializer):
    safety = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=480)
    officer = serializers.CharField(max_length=150)
    second = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    buddy = serializers.CharField(max_length=150)
    enforces = serializers.CharField(max_length=40, required=False, default="")
    told_how = serializers.ChoiceField(
        choices=ToldHow.choices(), required=False, default=ToldHow.NOT_YET.value
    )
    prepared = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class CallByIn(serializers.Serializer):
    call_by = serializers.DateTimeField()


class FollowsIn(serializers.Serializer):
    """`follow_on`: what is carried out with the record."""

    follow_on = serializers.MultipleChoiceField(
        choices=FollowOn.choices(), required=False, default=list
    )
    other_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    rise_kind = serializers.ChoiceField(choices=RaiseKind.choices(), required=False)
    rise_value = serializers.CharField(max_length=20, required=False)
    rise_because = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )
    sensitive = serializers.BooleanField(required=False, default=False)


class NewPersonIn(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=SubjectKind.choices())
    relationship = serializers.CharField(max_length=100, required=False, default="")
    born_on = serializers.DateField(required=False, allow_null=True, default=None)


class VisitRecordIn(FollowsIn):
    """`seen`: answers by the codes of the prompts: lists of codes, a code, a number or words."""

    seen = serializers.DictField()
    notes = serializers.CharField(max_length=8000, required=False, default="", allow_blank=True)
    complied = serializers.BooleanField(required=False, default=True)
    new_person = NewPersonIn(required=False, allow_null=True, default=None)


class VisitNotDoneIn(FollowsIn):
    not_done = serializers.ChoiceField(choices=NotDone.choices())
    because = serializers.CharField(max_length=2000)
    next_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class CheckInOut(serializers.Serializer):
    """A visit that the reader watches or makes, with no more than it takes to send help."""

    id = serializers.IntegerField(source="key")
    who = serializers.CharField()
    state = serializers.CharField()
    call_by = serializers.CharField()
    late = serializers.BooleanField()
    where = serializers.CharField()
    signal = serializers.CharField()
    instruction = serializers.CharField()


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
        """Decide how staff may visit."""
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
        _, usual = enforced_by(self.case, today)
        choice = chosen(said.pop("enforces") or usual, running_of(self.case, today))
        goers = {one.username: one for one in may_go(self.case)}
        watchers = {one.username: one for one in may_watch(self.case)}
        safety = get_object_or_404(self.case.visit_safety, pk=said.pop("safety"))
        second = said.pop("second")
        visit = visits.arrange_visit(
            case=self.case,
            safety=safety,
            officer=_known(goers, said.pop("officer")),
            second=_known(goers, second) if second else None,
            buddy=_known(watchers, said.pop("buddy")),
            **rows_of(self.case, choice),
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
        found = get_object_or_404(
            HomeVisit.objects.filter(appointment__contact__case=self.case).select_related(*KNOWN),
            pk=key,
        )
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
    return VisitSafetyOut(found, many=many, context=_context(case, user)).data


def _visit(found, case, user, many=False):
    return HomeVisitOut(found, many=many, context=_context(case, user)).data


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}

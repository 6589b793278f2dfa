"""A stay in prison over the API: where, since when, its days; and what is recorded of it. And the book of prisons."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI, one_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.models import Custody, Prison, PrisonStay, ReleaseChange
from ttg.queries.custody import held_now, mentors_for, prisons_now, workers_for
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.rules.custody import odd_about
from ttg.rules.reckoning import read_reckoned
from ttg.rules.release_dates import MOST_DAYS, MOST_TERMS, Basis, Recall, SentenceKind, Term
from ttg.services import custody as services
from ttg.services import prisons as book

NOT_HELD = "They are not recorded as in prison, so there is nothing to change."


class PrisonOut(serializers.ModelSerializer):
    class Meta:
        model = Prison
        fields = ["id", "name", "postcode", "telephone", "resettles", "gate", "closed_on"]


class PrisonIn(serializers.Serializer):
    """`resettles`: null where it is not known. `closed_on`: null while it is in use."""

    name = serializers.CharField(max_length=200)
    postcode = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    telephone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    resettles = serializers.BooleanField(required=False, default=None, allow_null=True)
    gate = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    closed_on = serializers.DateField(required=False, default=None, allow_null=True)


class _Named(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    def to_representation(self, one):
        said = super().to_representation(one)
        names = self.context["names"]
        return said | {name: names.text(said[name]) for name in self.Meta.texts}


class PrisonStayOut(_Named):
    prison = serializers.CharField(source="prison.name")

    class Meta:
        model = PrisonStay
        texts = ("because",)
        fields = ["prison", "from_on", "to_on", "because"]


class ReleaseChangeOut(_Named):
    class Meta:
        model = ReleaseChange
        texts = ("because",)
        fields = ["was_on", "release_on", "kind", "because", "at"]


class ReckonedOut(serializers.Serializer):
    """Null: there is no such day. `rule`: the version of the law as it is reckoned here."""

    half_way = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    release_on = serializers.DateField(allow_null=True)
    hdc_from = serializers.DateField(allow_null=True)
    expiry = serializers.DateField(allow_null=True)
    licence_end = serializers.DateField(allow_null=True)
    pss_end = serializers.DateField(allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())
    rule = serializers.CharField()


class CustodyOut(_Named):
    """`odd`: what is odd about the day of release; it refuses nothing. `reckoned`: null where it never was."""

    prison = PrisonOut()
    worker = serializers.CharField(source="worker.name", default=None)
    mentor = serializers.CharField(source="mentor.name", default=None)
    stays = PrisonStayOut(many=True)
    changes = ReleaseChangeOut(many=True)
    reckoned = serializers.SerializerMethodField()
    odd = serializers.SerializerMethodField()

    class Meta:
        model = Custody
        texts = ("source", "screened_by", "prison_officer", "ended_because")
        fields = [
            "id", "kind", "prison", "prison_officer", "received_on", "source", "screened_on", "screened_by", "release_on",
            "release_kind", "released_on", "ended_on", "ended_because", "worker", "mentor", "reckoned", "odd", "stays",
            "changes", "version",
        ]  # fmt: skip

    @extend_schema_field(ReckonedOut(allow_null=True))
    def get_reckoned(self, one):
        found = read_reckoned(one.reckoned)
        return ReckonedOut(found).data if found else None

    def get_odd(self, one) -> list[str]:
        if one.released_on or one.ended_on:
            return []
        known = read_reckoned(one.reckoned)
        return odd_about(one.release_on, one.release_kind, known, localdate())


class ReceiveIn(serializers.Serializer):
    """`prison`: its id in the book; null where it is not known."""

    kind = serializers.ChoiceField(CustodyKind.choices())
    received_on = serializers.DateField()
    prison = serializers.IntegerField(required=False, default=None, allow_null=True)
    prison_officer = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # fmt: skip
    heard_from = serializers.CharField(source="source", max_length=300)


class ScreeningIn(serializers.Serializer):
    on = serializers.DateField()
    whom = serializers.CharField(max_length=200)


class TermIn(serializers.Serializer):
    """`consecutive`: it runs after the one before it in the list."""

    sentenced_on = serializers.DateField()
    years = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    months = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    weeks = serializers.IntegerField(min_value=0, max_value=600, required=False, default=0)
    days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)
    offence_on = serializers.DateField(required=False, default=None, allow_null=True)
    consecutive = serializers.BooleanField(required=False, default=False)


class ReckonIn(serializers.Serializer):
    """`version`: of the stay as it was read. `bail_days`: all of them; half count."""

    version = serializers.IntegerField(min_value=0)
    kind = serializers.ChoiceField(SentenceKind.choices(), required=False, default=SentenceKind.DETERMINATE)  # fmt: skip
    terms = serializers.ListField(child=TermIn(), max_length=MOST_TERMS, required=False, default=list)
    remand_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    bail_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    added_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False, default=0)  # fmt: skip
    hdc_excluded = serializers.BooleanField(required=False, default=False)
    recall = serializers.ChoiceField(Recall.choices(), required=False, default=Recall.NONE)
    returned_on = serializers.DateField(required=False, default=None, allow_null=True)


class ReleaseDayIn(serializers.Serializer):
    """`on`: null where no day is known any more; then `kind` is left."""

    version = serializers.IntegerField(min_value=0)
    on = serializers.DateField(required=False, default=None, allow_null=True)
    kind = serializers.ChoiceField(ReleaseKind.choices(), required=False, default="", allow_blank=True)  # fmt: skip
    because = serializers.CharField(max_length=300)


class MovePrisonIn(serializers.Serializer):
    prison = serializers.IntegerField()
    on = serializers.DateField()
    prison_officer = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # fmt: skip
    because = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReleasedIn(serializers.Serializer):
    on = serializers.DateField()


class EndCustodyIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class NamePersonIn(serializers.Serializer):
    """`username`: null where nobody is any more."""

    username = serializers.CharField(max_length=150, allow_null=True)


class CustodyOfCase(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.RECORD_CUSTODY}

    @extend_schema(operation_id="list_custody", responses=CustodyOut(many=True))
    def get(self, request, crn):
        """Each stay in prison, the latest first."""
        stays = self.case.custodies.select_related("prison", "worker", "mentor")
        rows = stays.prefetch_related("stays__prison", "changes").order_by("-received_on", "-pk")
        return Response(CustodyOut(rows, many=True, context=_context(self, request)).data)

    @extend_schema(
        operation_id="receive_into_custody", request=ReceiveIn, responses={201: CustodyOut}
    )
    def post(self, request, crn):
        """They are in prison."""
        said = _given(ReceiveIn, request)
        prison = one_of(prisons_now(localdate()), "pk", said.pop("prison"), "prison")
        made = services.receive(
            case=self.case, prison=prison, basis=None, by=request.user, now=now(), **said
        )
        return _shown(self, request, made, 201)


class _OfStay(CaseAPI):
    """One act on the stay that runs."""

    action = Action.RECORD_CUSTODY

    def stay(self):
        found = held_now(self.case)
        if found is None:
            raise RuleBroken(NOT_HELD)
        return found

    def act(self, request, service, **said):
        done = service(custody=self.stay(), by=request.user, now=now(), **said)
        return _shown(self, request, done)


class RecordScreening(_OfStay):
    @extend_schema(operation_id="record_screening", request=ScreeningIn, responses=CustodyOut)
    def post(self, request, crn):
        """The prison's basic custody screening was done."""
        return self.act(request, services.record_screening, **_given(ScreeningIn, request))


class ReckonRelease(_OfStay):
    @extend_schema(operation_id="reckon_release", request=ReckonIn, responses=CustodyOut)
    def post(self, request, crn):
        """Reckon the dates from the sentence. The day of release follows, unless somebody set another."""
        said = _given(ReckonIn, request)
        version, terms = said.pop("version"), said.pop("terms")
        said |= {"kind": SentenceKind(said["kind"]), "recall": Recall(said["recall"])}
        basis = Basis(terms=tuple(Term(**one) for one in terms), **said)
        return self.act(request, services.reckon_dates, basis=basis, version=version)


class SetReleaseDay(_OfStay):
    @extend_schema(operation_id="set_release_day", request=ReleaseDayIn, responses=CustodyOut)
    def post(self, request, crn):
        """Set the day they leave, with a reason."""
        return self.act(request, services.set_release_day, **_given(ReleaseDayIn, request))


class MovePrison(_OfStay):
    @extend_schema(operation_id="move_prison", request=MovePrisonIn, responses=CustodyOut)
    def post(self, request, crn):
        """They are at another prison."""
        said = _given(MovePrisonIn, request)
        prison = one_of(prisons_now(localdate()), "pk", said.pop("prison"), "prison")
        return self.act(request, services.move_prison, prison=prison, **said)


class RecordRelease(_OfStay):
    @extend_schema(operation_id="record_release", request=ReleasedIn, responses=CustodyOut)
    def post(self, request, crn):
        """They have left prison. Nothing stands in the way of saying so."""
        return self.act(request, services.release, **_given(ReleasedIn, request))


class EndCustody(_OfStay):
    @extend_schema(operation_id="end_custody", request=EndCustodyIn, responses=CustodyOut)
    def post(self, request, crn):
        """It ends without a release, for a reason."""
        return self.act(request, services.end_custody, **_given(EndCustodyIn, request))


class NameWorker(_OfStay):
    @extend_schema(operation_id="name_resettlement_worker", request=NamePersonIn, responses=CustodyOut)  # fmt: skip
    def post(self, request, crn):
        """Say who of Through the Gate sees to them."""
        name = _given(NamePersonIn, request)["username"]
        worker = one_of(workers_for(self.case), "username", name, "username")
        return self.act(request, services.name_worker, worker=worker)


class NameMentor(_OfStay):
    @extend_schema(operation_id="name_mentor", request=NamePersonIn, responses=CustodyOut)
    def post(self, request, crn):
        """Say which mentor goes with them through the gate."""
        name = _given(NamePersonIn, request)["username"]
        mentor = one_of(mentors_for(self.case), "username", name, "username")
        return self.act(request, services.name_mentor, mentor=mentor)


class Prisons(StaffAPI):
    action = Action.VIEW_SERVICES

    @extend_schema(operation_id="list_prisons", responses=PrisonOut(many=True))
    def get(self, request):
        """Every prison of the book by name, those that closed as well."""
        return Response(PrisonOut(Prison.objects.order_by("name"), many=True).data)


class AddPrison(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(operation_id="add_prison", request=PrisonIn, responses={201: PrisonOut})
    def post(self, request):
        """Put a prison in the book."""
        made = book.add_prison(by=request.user, **_given(PrisonIn, request))
        return Response(PrisonOut(made).data, status=201)


class ChangePrison(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(operation_id="change_prison", request=PrisonIn, responses=PrisonOut)
    def post(self, request, prison):
        """Write what the book says of a prison anew."""
        found = get_object_or_404(Prison, pk=prison)
        done = book.change_prison(prison=found, by=request.user, **_given(PrisonIn, request))
        return Response(PrisonOut(done).data)


def _given(shape, request):
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def _context(view, request):
    return {"names": names_for(view.case, actions_on(view.case, request.user))}


def _shown(view, request, custody, status=200):
    return Response(CustodyOut(custody, context=_context(view, request)).data, status=status)

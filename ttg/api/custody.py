"""A stay in prison over the API: where, since when, its days; and what is recorded of it. And the book of prisons."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI, one_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.api import custody_shapes as shapes
from ttg.models import Prison
from ttg.queries.custody import held_now, mentors_for, prisons_now, released_last, workers_for
from ttg.rules.release_dates import Basis, Recall, SentenceKind, Term
from ttg.services import custody as services
from ttg.services import prisons as book
from ttg.services import undoing
from ttg.services.undoing import NOT_RELEASED

NOT_HELD = "They are not recorded as in prison, so there is nothing to change."


class CustodyOfCase(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.RECORD_CUSTODY}

    @extend_schema(operation_id="list_custody", responses=shapes.CustodyOut(many=True))
    def get(self, request, crn):
        """Each stay in prison, the latest first."""
        stays = self.case.custodies.select_related("prison", "worker", "mentor")
        rows = stays.prefetch_related("stays__prison", "changes").order_by("-received_on", "-pk")
        return Response(shapes.CustodyOut(rows, many=True, context=_context(self, request)).data)

    @extend_schema(
        operation_id="receive_into_custody",
        request=shapes.ReceiveIn,
        responses={201: shapes.CustodyOut},
    )
    def post(self, request, crn):
        """They are in prison."""
        said = _given(shapes.ReceiveIn, request)
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
    @extend_schema(
        operation_id="record_screening", request=shapes.ScreeningIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """The prison's basic custody screening was done."""
        return self.act(request, services.record_screening, **_given(shapes.ScreeningIn, request))


class ReckonRelease(_OfStay):
    @extend_schema(
        operation_id="reckon_release", request=shapes.ReckonIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """Reckon the dates from the sentence. The day of release follows, unless somebody set another."""
        said = _given(shapes.ReckonIn, request)
        version, terms = said.pop("version"), said.pop("terms")
        said |= {"kind": SentenceKind(said["kind"]), "recall": Recall(said["recall"])}
        basis = Basis(terms=tuple(Term(**one) for one in terms), **said)
        return self.act(request, services.reckon_dates, basis=basis, version=version)


class SetReleaseDay(_OfStay):
    @extend_schema(
        operation_id="set_release_day", request=shapes.ReleaseDayIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """Set the day they leave, with a reason."""
        return self.act(request, services.set_release_day, **_given(shapes.ReleaseDayIn, request))


class MovePrison(_OfStay):
    @extend_schema(
        operation_id="move_prison", request=shapes.MovePrisonIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """They are at another prison."""
        said = _given(shapes.MovePrisonIn, request)
        prison = one_of(prisons_now(localdate()), "pk", said.pop("prison"), "prison")
        return self.act(request, services.move_prison, prison=prison, **said)


class RecordRelease(_OfStay):
    @extend_schema(
        operation_id="record_release", request=shapes.ReleasedIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """They have left prison. Nothing stands in the way of saying so."""
        return self.act(request, services.release, **_given(shapes.ReleasedIn, request))


class EndCustody(_OfStay):
    @extend_schema(
        operation_id="end_custody", request=shapes.EndCustodyIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """It ends without a release, for a reason."""
        return self.act(request, services.end_custody, **_given(shapes.EndCustodyIn, request))


class UndoRelease(CaseAPI):
    action = Action.UNDO_RELEASE

    @extend_schema(
        operation_id="undo_release", request=shapes.UndoReleaseIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """They have not left prison after all, for a reason. Everything before release is owed again."""
        stay, said = released_last(self.case), _given(shapes.UndoReleaseIn, request)
        if stay is None:
            raise RuleBroken(NOT_RELEASED)
        done = undoing.undo_release(custody=stay, by=request.user, now=now(), **said)
        return _shown(self, request, done)


class NameWorker(_OfStay):
    @extend_schema(operation_id="name_resettlement_worker", request=shapes.NamePersonIn, responses=shapes.CustodyOut)  # fmt: skip
    def post(self, request, crn):
        """Say who of Through the Gate sees to them."""
        name = _given(shapes.NamePersonIn, request)["username"]
        worker = one_of(workers_for(self.case), "username", name, "username")
        return self.act(request, services.name_worker, worker=worker)


class NameMentor(_OfStay):
    @extend_schema(
        operation_id="name_mentor", request=shapes.NamePersonIn, responses=shapes.CustodyOut
    )
    def post(self, request, crn):
        """Say which mentor goes with them through the gate."""
        name = _given(shapes.NamePersonIn, request)["username"]
        mentor = one_of(mentors_for(self.case), "username", name, "username")
        return self.act(request, services.name_mentor, mentor=mentor)


class Prisons(StaffAPI):
    action = Action.VIEW_SERVICES

    @extend_schema(operation_id="list_prisons", responses=shapes.PrisonOut(many=True))
    def get(self, request):
        """Every prison of the book by name, those that closed as well."""
        return Response(shapes.PrisonOut(Prison.objects.order_by("name"), many=True).data)


class AddPrison(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(
        operation_id="add_prison", request=shapes.PrisonIn, responses={201: shapes.PrisonOut}
    )
    def post(self, request):
        """Put a prison in the book."""
        made = book.add_prison(by=request.user, **_given(shapes.PrisonIn, request))
        return Response(shapes.PrisonOut(made).data, status=201)


class ChangePrison(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(
        operation_id="change_prison", request=shapes.PrisonIn, responses=shapes.PrisonOut
    )
    def post(self, request, prison):
        """Write what the book says of a prison anew."""
        found = get_object_or_404(Prison, pk=prison)
        done = book.change_prison(prison=found, by=request.user, **_given(shapes.PrisonIn, request))
        return Response(shapes.PrisonOut(done).data)


def _given(shape, request):
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def _context(view, request):
    return {"names": names_for(view.case, actions_on(view.case, request.user))}


def _shown(view, request, custody, status=200):
    return Response(shapes.CustodyOut(custody, context=_context(view, request)).data, status=status)

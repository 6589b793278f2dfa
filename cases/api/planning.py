"""Writing a plan: objectives with their steps, what happens if, requirements, what is said once."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.plan_parts import (
    ConflictsOut,
    ContingencyIn,
    DeliveriesIn,
    GiveUpIn,
    ObjectiveIn,
    PlanAnswersIn,
)
from cases.api.plans import PlanAPI, SentencePlanOut
from cases.models import Contingency, Objective
from cases.services import objectives, planning
from staff.permissions import Action


class WritePlanAPI(PlanAPI):
    action = Action.WRITE_PLAN

    def read(self, kind):
        given = kind(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given

    def known(self):
        return {"by": self.request.user, "today": localdate()}

    def wrote(self, plan, outcome):
        """The plan as it stands; with 409, what somebody else changed meanwhile and was not written."""
        if outcome.conflicts:
            return Response({"conflicts": list(outcome.conflicts)}, status=409)
        return Response(self.shown(self.plan(plan.pk)))

    def objective(self, pk):
        found = get_object_or_404(
            Objective.objects.select_related("plan"), plan__case=self.case, pk=pk
        )
        found.plan.case = self.case
        return found


class PlanAnswers(WritePlanAPI):
    @extend_schema(
        operation_id="answer_plan",
        request=PlanAnswersIn,
        responses={200: SentencePlanOut, 409: ConflictsOut},
    )
    def post(self, request, crn, sentence_plan):
        """Put what is said once a plan in place."""
        given, plan = self.read(PlanAnswersIn), self.plan(sentence_plan)
        return self.wrote(
            plan, planning.answer_plan(plan=plan, **given.validated_data, **self.known())
        )


class PlanDeliveries(WritePlanAPI):
    @extend_schema(
        operation_id="deliver_plan",
        request=DeliveriesIn,
        responses={200: SentencePlanOut, 409: ConflictsOut},
    )
    def post(self, request, crn, sentence_plan):
        """Say by what route requirements and conditions are delivered."""
        given, plan = self.read(DeliveriesIn), self.plan(sentence_plan)
        return self.wrote(
            plan, planning.save_deliveries(plan=plan, **given.validated_data, **self.known())
        )


class AddObjective(WritePlanAPI):
    @extend_schema(
        operation_id="add_objective", request=ObjectiveIn, responses={200: SentencePlanOut}
    )
    def post(self, request, crn, sentence_plan):
        """Put an objective with its steps into the plan."""
        given, plan = self.read(ObjectiveIn), self.plan(sentence_plan)
        _, outcome = objectives.save_objective(plan=plan, **given.given(), **self.known())
        return self.wrote(plan, outcome)


class ChangeObjective(WritePlanAPI):
    @extend_schema(
        operation_id="change_objective",
        request=ObjectiveIn,
        responses={200: SentencePlanOut, 409: ConflictsOut},
    )
    def put(self, request, crn, objective):
        """Change an objective of the plan being written, and its steps."""
        given, one = self.read(ObjectiveIn), self.objective(objective)
        _, outcome = objectives.save_objective(
            plan=one.plan, objective=one, **given.given(), **self.known()
        )
        return self.wrote(one.plan, outcome)

    @extend_schema(operation_id="remove_objective", responses={204: None})
    def delete(self, request, crn, objective):
        """Take an objective out of the plan being written."""
        objectives.remove_objective(objective=self.objective(objective), **self.known())
        return Response(status=204)


class GiveUpObjective(WritePlanAPI):
    @extend_schema(
        operation_id="give_up_objective", request=GiveUpIn, responses={200: SentencePlanOut}
    )
    def post(self, request, crn, objective):
        """Give up what is undone of an objective of the plan in force, and say why."""
        given, one = self.read(GiveUpIn), self.objective(objective)
        objectives.give_up_objective(objective=one, **given.validated_data, **self.known())
        return Response(self.shown(self.plan(one.plan_id)))


class AddContingency(WritePlanAPI):
    @extend_schema(
        operation_id="add_contingency", request=ContingencyIn, responses={200: SentencePlanOut}
    )
    def post(self, request, crn, sentence_plan):
        """Say what is done if something happens, by whom and how soon."""
        given, plan = self.read(ContingencyIn), self.plan(sentence_plan)
        return self.wrote(
            plan, planning.save_contingency(plan=plan, **given.given(), **self.known())
        )


class ChangeContingency(WritePlanAPI):
    def contingency(self, pk):
        found = get_object_or_404(
            Contingency.objects.select_related("plan"), plan__case=self.case, pk=pk
        )
        found.plan.case = self.case
        return found

    @extend_schema(
        operation_id="change_contingency",
        request=ContingencyIn,
        responses={200: SentencePlanOut, 409: ConflictsOut},
    )
    def put(self, request, crn, contingency):
        """Change what is done if something happens."""
        given, one = self.read(ContingencyIn), self.contingency(contingency)
        outcome = planning.save_contingency(
            plan=one.plan, contingency=one, **given.given(), **self.known()
        )
        return self.wrote(one.plan, outcome)

    @extend_schema(operation_id="remove_contingency", responses={204: None})
    def delete(self, request, crn, contingency):
        """Take it out of the plan being written."""
        one = self.contingency(contingency)
        planning.remove_contingency(plan=one.plan, contingency=one, **self.known())
        return Response(status=204)

"""What supervisors are told of the flags of a case: reading it, writing it, ending what is over."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.permissions import Action
from unpaidwork.queries.instruction_pages import told_by
from unpaidwork.queries.instructions import flags_of_each, instructions_of, may_own
from unpaidwork.services.instructions import end_instruction, write_instruction


class InstructedFlagOut(serializers.Serializer):
    """One flag, and what supervisors are told of it. `instruction`: None where nothing is said."""

    key = serializers.CharField()
    name = serializers.CharField()
    must = serializers.CharField()
    gap = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    instruction = serializers.IntegerField(allow_null=True)
    must_not = serializers.CharField()
    watch_for = serializers.CharField()
    do = serializers.CharField()
    ring = serializers.CharField()
    owner = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)


class InstructionIn(serializers.Serializer):
    """`flag`: its key, as it is listed. `owner`: a username."""

    flag = serializers.CharField(max_length=40)
    must_not = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    watch_for = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    do = serializers.CharField(max_length=500)
    ring = serializers.CharField(max_length=200)
    owner = serializers.CharField(max_length=150)
    review_on = serializers.DateField()


class EndInstructionIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class WorkInstructions(CaseAPI):
    action = Action.VIEW_UNPAID_WORK
    actions = {"POST": Action.WRITE_WORK_RISK}

    @extend_schema(operation_id="list_work_instructions", responses=InstructedFlagOut(many=True))
    def get(self, request, crn):
        """Every register and order that bears on a work site, and what supervisors are told of it."""
        return Response(_flags(self.case, request.user))

    @extend_schema(
        operation_id="write_work_instruction",
        request=InstructionIn,
        responses={201: InstructedFlagOut(many=True)},
    )
    def post(self, request, crn):
        """Say what a flag means on site, in place of what stood."""
        given = InstructionIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        owner = may_own(self.case).filter(username=said.pop("owner")).first()
        write_instruction(case=self.case, owner=owner, by=request.user, now=now(), **said)
        return Response(_flags(self.case, request.user), status=201)


class EndWorkInstruction(CaseAPI):
    action = Action.WRITE_WORK_RISK

    @extend_schema(
        operation_id="end_work_instruction", request=EndInstructionIn, responses={204: None}
    )
    def post(self, request, crn, instruction):
        """End what is about a register or an order that has ended."""
        given = EndInstructionIn(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(self.case.work_instructions.standing(), pk=instruction)
        end_instruction(instruction=found, by=request.user, now=now(), **given.validated_data)
        return Response(status=204)


def _flags(case, user):
    names = names_for(case, actions_on(case, user))
    written = instructions_of([case.pk])[case.pk]
    flags = flags_of_each([case], localdate()).get(case.pk, [])
    return InstructedFlagOut(
        [_flag(one, written.get(one.key), names) for one in flags], many=True
    ).data


def _flag(flag, instruction, names):
    told = instruction and told_by(instruction, names)
    parts = ("must_not", "watch_for", "do", "ring")
    return {
        "key": flag.key,
        "name": flag.name,
        "must": flag.demand.must,
        "gap": flag.gap,
        "until": flag.to_on,
        "instruction": instruction and instruction.pk,
        **{part: getattr(told, part) if told else "" for part in parts},
        "owner": instruction.owner.username if instruction else "",
        "review_on": instruction and instruction.review_on,
    }

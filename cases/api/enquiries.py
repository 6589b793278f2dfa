"""Enquiries to other agencies: read, open, and take through their steps."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Enquiry, Subject
from cases.reference.checks import Because, Changes, CheckKind, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.services import checks, replies, sending
from staff.permissions import Action


class SubjectOut(serializers.ModelSerializer):
    """Whom or what an enquiry covers. A protected name is left out: the page shows it to those allowed."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = Subject
        fields = ["kind", "name", "reply"]

    def get_name(self, subject) -> str:
        return "" if subject.protected else subject.name


class EnquiryOut(serializers.ModelSerializer):
    subjects = SubjectOut(many=True)

    class Meta:
        model = Enquiry
        fields = [
            "id", "kind", "because", "triggered_on", "state", "due_on", "asked_of", "sent_on",
            "chased_on", "chases", "replied_on", "reply", "analysed_on", "changes", "subjects",
        ]  # fmt: skip


class SubjectIn(serializers.Serializer):
    kind = serializers.ChoiceField(choices=SubjectKind.choices())
    name = serializers.CharField(max_length=300)


class OpenIn(serializers.Serializer):
    kind = serializers.ChoiceField(choices=CheckKind.choices())
    because = serializers.ChoiceField(choices=Because.choices())
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    subjects = SubjectIn(many=True, allow_empty=False)


class SendIn(serializers.Serializer):
    """Say to which agency it was sent, and when."""

    asked_of = serializers.CharField(max_length=200)
    on = serializers.DateField()


class ChaseIn(serializers.Serializer):
    """Say how the agency was chased."""

    note = serializers.CharField(default="", allow_blank=True)


class ReplyIn(serializers.Serializer):
    """Keep the reply as the agency gave it."""

    reply = serializers.ChoiceField(choices=Reply.choices())
    text = serializers.CharField()
    on = serializers.DateField()


class AnalyseIn(serializers.Serializer):
    """Say what the reply changes, and why."""

    changes = serializers.ChoiceField(choices=Changes.choices())
    analysis = serializers.CharField()


class NotNeededIn(serializers.Serializer):
    """Say why the enquiry is not needed."""

    because = serializers.CharField(max_length=500)


class Enquiries(CaseAPI):
    action = Action.VIEW_CHECKS
    actions = {"POST": Action.RECORD_CHECK}

    @extend_schema(operation_id="list_enquiries", responses=EnquiryOut(many=True))
    def get(self, request, crn):
        """Every enquiry of the case, the latest first."""
        found = self.case.enquiries.prefetch_related("subjects").order_by("-triggered_on", "-pk")
        return Response(EnquiryOut(found, many=True).data)

    @extend_schema(operation_id="open_enquiry", request=OpenIn, responses={201: EnquiryOut})
    def post(self, request, crn):
        """Open an enquiry: what is asked, about whom, and because of what."""
        asked = OpenIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given, today = asked.validated_data, localdate()
        enquiry = checks.open_enquiry(
            case=self.case,
            kind=given["kind"],
            because=given["because"],
            subjects=[About(**subject) for subject in given["subjects"]],
            triggered_on=today,
            by=request.user,
            today=today,
            note=given["note"],
        )
        return Response(EnquiryOut(enquiry).data, status=201)


def step(name, asked, service, action=Action.RECORD_CHECK):
    """The endpoint of one step of one enquiry: its input, checked, goes to its service."""

    class Step(CaseAPI):
        @extend_schema(operation_id=f"{name}_enquiry", request=asked, responses=EnquiryOut)
        def post(self, request, crn, pk):
            enquiry = get_object_or_404(self.case.enquiries, pk=pk)
            given = asked(data=request.data)
            given.is_valid(raise_exception=True)
            service(enquiry=enquiry, by=request.user, today=localdate(), **given.validated_data)
            return Response(EnquiryOut(self.case.enquiries.get(pk=pk)).data)

    Step.action = action
    Step.__doc__ = asked.__doc__
    return Step


STEPS = {
    "send": step("send", SendIn, sending.send_enquiry),
    "chase": step("chase", ChaseIn, sending.chase_enquiry),
    "reply": step("reply", ReplyIn, replies.record_reply),
    "analyse": step("analyse", AnalyseIn, replies.analyse_reply, Action.ANALYSE_CHECK),
    "not-needed": step("not_needed", NotNeededIn, checks.mark_not_needed),
}

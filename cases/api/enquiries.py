"""Enquiries to other agencies: read, open, and take through their steps."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.actions import ActionIn
from cases.api.base import CaseAPI, InOrder
from cases.models import Enquiry, Subject
from cases.queries.coverage import around, covered_by, left_out_of
from cases.queries.names import names_for
from cases.queries.replies import versions_on
from cases.reference.checks import Because, Changes, CheckKind, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services import checks, replies, reply_right, sending
from staff.permissions import Action


class SubjectOut(serializers.ModelSerializer):
    """Whom or what an enquiry covers. A protected name is left out: the page shows it to those allowed."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = Subject
        list_serializer_class = InOrder
        fields = ["id", "kind", "name", "reply"]

    def get_name(self, subject) -> str:
        return "" if subject.protected else subject.name


class EnquiryOut(serializers.ModelSerializer):
    """An enquiry with whom its reply covers and whom it does not; protected names are left out."""

    reference = serializers.SerializerMethodField()
    changes = serializers.ListField(source="all_changes", child=serializers.CharField())
    subjects = SubjectOut(many=True)
    covers = serializers.SerializerMethodField()
    does_not_cover = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()

    class Meta:
        model = Enquiry
        fields = [
            "id", "reference", "kind", "because", "triggered_on", "state", "due_on", "asked_of",
            "told_person", "sent_on", "chased_on", "chases", "replied_on", "reply", "analysed_on",
            "changes", "subjects", "covers", "does_not_cover", "version",
        ]  # fmt: skip

    def get_reference(self, enquiry) -> str:
        return reference_of(enquiry.pk)

    def get_version(self, enquiry) -> int:
        """The step that was taken on it last: whoever puts its reply right says which they had read."""
        return self.context["versions"].get(enquiry.pk, 0)

    def get_covers(self, enquiry) -> str:
        return covered_by(enquiry, self.context["names"]) if enquiry.replied_on else ""

    def get_does_not_cover(self, enquiry) -> str:
        if not enquiry.replied_on:
            return ""
        return left_out_of(enquiry, self.context["people"], self.context["names"])


def shown(case, found, *, many=False):
    """These enquiries of one case as every reader of the API may see them."""
    context = {
        "people": around(case),
        "names": names_for(case, frozenset()),
        "versions": versions_on(case),
    }
    return EnquiryOut(found, many=many, context=context).data


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


class AnswerIn(serializers.Serializer):
    subject = serializers.IntegerField(min_value=1)
    reply = serializers.ChoiceField(choices=Reply.choices())


class ReplyIn(serializers.Serializer):
    """Keep the reply as the agency gave it: an answer about each; leave out those it said nothing about."""

    answers = AnswerIn(many=True, allow_empty=False)
    text = serializers.CharField(default="", allow_blank=True)
    on = serializers.DateField()

    def validate_answers(self, answers):
        return {one["subject"]: Reply(one["reply"]) for one in answers}


class OfReplyIn(serializers.Serializer):
    """Say that it was no reply to this enquiry, and how you know; what came lies among the replies in hand again.

    Where not everybody who sees those may read it, it is kept with the case as a further reply.
    """

    because = serializers.CharField(max_length=1000)
    version = serializers.IntegerField(min_value=0)


class ReplyRightIn(OfReplyIn, ReplyIn):
    """Put a reply right, whole, as it should have been recorded; `version` of the enquiry that was read before.

    One that was analysed is to be analysed again.
    """


class AnalyseIn(serializers.Serializer):
    """Say all that the reply changes, and why; what changes the plan names an action at least.

    What it changes of the risk, a flag or the contact level is raised by a request of its own.
    """

    changes = serializers.ListField(
        child=serializers.ChoiceField(choices=Changes.choices()), allow_empty=False
    )
    analysis = serializers.CharField()
    actions = ActionIn(many=True, default=list)

    def validate_actions(self, actions):
        return [(one["what"], one["by_whom"], one["by_on"]) for one in actions]


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
        return Response(shown(self.case, found, many=True))

    @extend_schema(
        operation_id="open_enquiry", request=OpenIn, responses={201: EnquiryOut(many=True)}
    )
    def post(self, request, crn):
        """Open an enquiry to each agency that answers: what is asked, about whom, and because of what."""
        asked = OpenIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given, today = asked.validated_data, localdate()
        enquiries = checks.ask_agencies(
            case=self.case,
            kind=given["kind"],
            because=given["because"],
            subjects=[About(**subject) for subject in given["subjects"]],
            triggered_on=today,
            by=request.user,
            today=today,
            note=given["note"],
        )
        return Response(shown(self.case, enquiries, many=True), status=201)


def step(name, asked, service, action=Action.RECORD_CHECK, moment=False):
    """The endpoint of one step of one enquiry: its input, checked, goes to its service.

    `moment`: the service wants the moment as well as the day.
    """

    class Step(CaseAPI):
        @extend_schema(operation_id=f"{name}_enquiry", request=asked, responses=EnquiryOut)
        def post(self, request, crn, pk):
            enquiry = get_object_or_404(self.case.enquiries, pk=pk)
            given = asked(data=request.data)
            given.is_valid(raise_exception=True)
            when = {"today": localdate()} | ({"now": now()} if moment else {})
            service(enquiry=enquiry, by=request.user, **when, **given.validated_data)
            return Response(shown(self.case, self.case.enquiries.get(pk=pk)))

    Step.action = action
    Step.__doc__ = asked.__doc__
    return Step


STEPS = {
    "send": step("send", SendIn, sending.send_enquiry),
    "chase": step("chase", ChaseIn, sending.chase_enquiry),
    "reply": step("reply", ReplyIn, replies.record_reply, moment=True),
    "reply-right": step(
        "put_right_reply_to", ReplyRightIn, reply_right.put_reply_right, moment=True
    ),
    "reply-off": step("take_reply_off", OfReplyIn, reply_right.take_reply_off, moment=True),
    "analyse": step("analyse", AnalyseIn, replies.analyse_reply, Action.ANALYSE_CHECK),
    "not-needed": step("not_needed", NotNeededIn, checks.mark_not_needed, Action.ANALYSE_CHECK),
}

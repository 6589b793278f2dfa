"""What is said of a breach's days in court, and changes of its report that are asked for, sent, or not made."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from cases.api.breaches import BreachOut, BreachOutcomeIn, HearingIn, OfABreach
from cases.services.enforcement.breaches import amendments, chasing, court, outcome_right
from staff.permissions import Action


class SayHearingIn(serializers.Serializer):
    """`next_at`: the day it was put off to, where that is known."""

    attended = serializers.BooleanField(allow_null=True)
    result = serializers.CharField(max_length=500)
    next_at = serializers.DateTimeField(default=None, allow_null=True)


class CallOffIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class ChaseNPSIn(serializers.Serializer):
    """`outside`: whom, on `on`; `again_on`: when it is looked at again; `words`: what they said, if anything."""

    outside = serializers.CharField(max_length=200)
    on = serializers.DateField()
    again_on = serializers.DateField()
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class AskedCourtIn(serializers.Serializer):
    outside = serializers.CharField(max_length=200)
    words = serializers.CharField(max_length=4000)


class CorrectOutcomeIn(BreachOutcomeIn):
    """As it should have been, whole. `because`: what was wrong, and who told us."""

    because = serializers.CharField(max_length=500)


class AmendmentIn(serializers.Serializer):
    what = serializers.CharField(max_length=4000)
    asked_by = serializers.CharField(max_length=200)
    asked_on = serializers.DateField()
    due_on = serializers.DateField()


class SendAmendmentIn(serializers.Serializer):
    changed = serializers.CharField(max_length=4000)
    explained = serializers.DictField(child=serializers.CharField(max_length=1000), default=dict)


class RefuseAmendmentIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class ChaseNPS(OfABreach):
    takes = ChaseNPSIn

    @extend_schema(operation_id="chase_nps", request=ChaseNPSIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """The NPS was asked and has not answered. The item rests until that day, and is as late as it was."""
        chasing.chase_nps(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class AskCourt(OfABreach):
    takes = AskedCourtIn

    @extend_schema(operation_id="say_court_asked", request=AskedCourtIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """The court was asked, and no day is known yet."""
        court.say_asked(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class CorrectOutcome(OfABreach):
    takes = CorrectOutcomeIn

    @extend_schema(
        operation_id="correct_breach_outcome", request=CorrectOutcomeIn, responses=BreachOut
    )
    def post(self, request, crn, breach):
        """What the court decided was recorded wrongly."""
        outcome_right.correct_outcome(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class AskAmendment(OfABreach):
    takes = AmendmentIn

    @extend_schema(operation_id="ask_amendment", request=AmendmentIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """The court or the NPS asks for a change of the report."""
        amendments.ask_amendment(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class _OfAHearing(OfABreach):
    def hearing(self, breach, pk):
        found = self.found(breach)
        hearing = found.hearings.filter(pk=pk).first()
        if hearing is None:
            raise NotFound
        hearing.breach = found
        return hearing


class CorrectHearing(_OfAHearing):
    takes = HearingIn

    @extend_schema(operation_id="correct_hearing", request=HearingIn, responses=BreachOut)
    def post(self, request, crn, breach, hearing):
        """The day in court that is set is another than was recorded."""
        court.correct_hearing(hearing=self.hearing(breach, hearing), **self.given(request))
        return self.answer(request, breach)


class SayHearing(_OfAHearing):
    takes = SayHearingIn

    @extend_schema(operation_id="say_hearing", request=SayHearingIn, responses=BreachOut)
    def post(self, request, crn, breach, hearing):
        """What came of a day in court that did not decide it."""
        court.say_hearing(hearing=self.hearing(breach, hearing), **self.given(request))
        return self.answer(request, breach)


class CallOffHearing(_OfAHearing):
    takes = CallOffIn

    @extend_schema(operation_id="call_off_hearing", request=CallOffIn, responses=BreachOut)
    def post(self, request, crn, breach, hearing):
        """A day in court is not to be."""
        court.call_off_hearing(hearing=self.hearing(breach, hearing), **self.given(request))
        return self.answer(request, breach)


class _OfAnAmendment(OfABreach):
    def amendment(self, breach, pk):
        found = self.found(breach)
        amendment = found.amendments.filter(pk=pk).first()
        if amendment is None:
            raise NotFound
        amendment.breach = found
        return amendment


class SendAmendment(_OfAnAmendment):
    takes = SendAmendmentIn

    @extend_schema(operation_id="send_amendment", request=SendAmendmentIn, responses=BreachOut)
    def post(self, request, crn, breach, amendment):
        """The changed report has gone."""
        one = self.amendment(breach, amendment)
        amendments.send_amendment(amendment=one, **self.given(request))
        return self.answer(request, breach)


class RefuseAmendment(_OfAnAmendment):
    takes = RefuseAmendmentIn

    @extend_schema(operation_id="refuse_amendment", request=RefuseAmendmentIn, responses=BreachOut)
    def post(self, request, crn, breach, amendment):
        """The report is not changed, for a reason."""
        one = self.amendment(breach, amendment)
        amendments.refuse_amendment(amendment=one, **self.given(request))
        return self.answer(request, breach)


class SeeAmendment(_OfAnAmendment):
    action = Action.ANSWER_FAILURE

    @extend_schema(operation_id="see_amendment", request=None, responses=BreachOut)
    def post(self, request, crn, breach, amendment):
        """The officer has read what was changed."""
        one = self.amendment(breach, amendment)
        amendments.see_amendment(amendment=one, by=request.user, now=now())
        return self.answer(request, breach)

"""Breaches of a case: read, their packs written and sent, and each step of the NPS and the court recorded, as on the pages."""

from datetime import date

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI, InOrder
from cases.models import Amendment, Breach, BreachStep, Hearing
from cases.queries.enforcement.breach_pages import find_breach
from cases.queries.enforcement.pack import pack_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.enforcement import AT_COURT, COURT_OUTCOMES, BreachState, WithdrawnBecause
from cases.rules.enforcement.breaches import FROM_THE_NPS
from cases.rules.enforcement.chasing import AGAIN_ON
from cases.rules.enforcement.pack import to_do
from cases.services.enforcement.breaches import answers, court, withdrawing
from cases.services.enforcement.breaches.submitting import submit_pack
from cases.services.enforcement.breaches.writing import said_of, write_pack
from staff.permissions import Action

ANSWERS = [(str(one), one.title) for one in BreachState if one in FROM_THE_NPS]
ISSUED = [(str(one), one.title) for one in BreachState if one in AT_COURT]
OUTCOMES = [(one.code, one.title) for one in COURT_OUTCOMES.values()]


class _Named(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    def to_representation(self, one):
        names = self.context["names"]
        return {
            name: names.text(said) if isinstance(said, str) else said
            for name, said in super().to_representation(one).items()
        }


class BreachStepOut(_Named):
    """`again_on`: of one by which the NPS was asked and had not answered, when that is looked at again; else null."""

    by = serializers.CharField(source="by.username")
    again_on = serializers.SerializerMethodField()

    class Meta:
        model = BreachStep
        list_serializer_class = InOrder
        fields = ["id", "state", "on", "at", "by", "outside", "words", "again_on"]

    def get_again_on(self, one) -> date | None:
        return one.pack_says.get(AGAIN_ON)


class HearingOut(_Named):
    class Meta:
        model = Hearing
        list_serializer_class = InOrder
        fields = ["id", "at", "court_name", "attended", "result", "called_off"]


class AmendmentOut(_Named):
    class Meta:
        model = Amendment
        list_serializer_class = InOrder
        fields = ["id", "asked_on", "asked_by", "what", "due_on", "sent_at", "changed", "refused_because", "seen_at"]  # fmt: skip


class BreachOut(_Named):
    """`state` is where it stands; `outcome` and `withdrawn_because` are blank until it is over."""

    steps = BreachStepOut(many=True)
    hearings = HearingOut(many=True)
    amendments = AmendmentOut(many=True)

    class Meta:
        model = Breach
        fields = [
            "id", "sentence", "state", "became_aware_on", "lay_by", "court_name", "submitted_at", "times_submitted",
            "nps_officer", "outcome", "outcome_on", "outcome_words", "withdrawn_because", "withdrawn_words",
            "withdrawn_authority", "steps", "hearings", "amendments",
        ]  # fmt: skip


class PackGapOut(serializers.Serializer):
    key = serializers.CharField()
    weight = serializers.CharField()
    sentence = serializers.CharField()


class BreachPackOut(serializers.Serializer):
    """`said`: what is written, by name; `to_do`: what stands before it goes, gates before warnings."""

    said = serializers.DictField(child=serializers.CharField())
    to_do = PackGapOut(many=True)


class BreachPackIn(serializers.Serializer):
    """`given`: {name: words}, blank for none: `report.risk`, `statements.plan`, `told.<failure>`, `part.<failure>`, `court_name`."""

    given = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=8000))


class SendPackIn(serializers.Serializer):
    """`explained`: a sentence of each warning, by its key; `words`: what is new in a pack that goes again."""

    explained = serializers.DictField(child=serializers.CharField(max_length=1000), default=dict)
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class NPSAnswerIn(serializers.Serializer):
    to = serializers.ChoiceField(ANSWERS)
    on = serializers.DateField()
    outside = serializers.CharField(max_length=200)
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class IssuedIn(serializers.Serializer):
    to = serializers.ChoiceField(ISSUED)
    on = serializers.DateField()
    court = serializers.CharField(max_length=200)
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class HearingIn(serializers.Serializer):
    at = serializers.DateTimeField()
    court = serializers.CharField(max_length=200)


class BreachOutcomeIn(serializers.Serializer):
    code = serializers.ChoiceField(OUTCOMES)
    on = serializers.DateField()
    attended = serializers.BooleanField(default=None, allow_null=True)
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)
    prison = serializers.CharField(default="", allow_blank=True, max_length=200)


class WithdrawBreachIn(serializers.Serializer):
    because = serializers.ChoiceField(WithdrawnBecause.choices())
    words = serializers.CharField(max_length=500)
    authority = serializers.CharField(max_length=200)
    told = serializers.CharField(max_length=500, default="", allow_blank=True)


class Breaches(CaseAPI):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="list_breaches_of_case", responses=BreachOut(many=True))
    def get(self, request, crn):
        """Every breach of the case, the latest first, with its steps, days in court and changes asked for."""
        found = self.case.breaches.prefetch_related("steps__by", "hearings", "amendments")
        return Response(shown(self.case, request.user, found.order_by("-pk"), many=True))


class OfABreach(CaseAPI):
    """What every endpoint about one breach begins with."""

    action = Action.SUBMIT_BREACH
    takes: type[serializers.Serializer]

    def found(self, pk):
        found = find_breach(self.case, pk)
        if found is None:
            raise NotFound
        return found

    def given(self, request):
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        return {"by": request.user, "now": now(), **given.validated_data}

    def answer(self, request, pk):
        return Response(shown(self.case, request.user, self.found(pk)))


class BreachPack(OfABreach):
    takes = BreachPackIn

    @extend_schema(operation_id="read_breach_pack", responses=BreachPackOut)
    def get(self, request, crn, breach):
        """What is written of the pack, and what stands before it goes."""
        return Response(self._shown(request, self.found(breach)))

    @extend_schema(operation_id="write_breach_pack", request=BreachPackIn, responses=BreachPackOut)
    def post(self, request, crn, breach):
        """Write parts of it over what stands."""
        write_pack(breach=self.found(breach), **self.given(request))
        return Response(self._shown(request, self.found(breach)))

    def _shown(self, request, found):
        at, names = now(), names_for(self.case, actions_on(self.case, request.user))
        said = {name: names.text(words) for name, words in said_of(found).items()}
        gaps = to_do(pack_of(found, at, at.date()))
        listed = [{"key": one.key, "weight": one.weight, "sentence": names.text(one.sentence)} for one in gaps]  # fmt: skip
        return BreachPackOut({"said": said, "to_do": listed}).data


class SendBreachPack(OfABreach):
    takes = SendPackIn

    @extend_schema(operation_id="send_breach_pack", request=SendPackIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """Send it to the NPS. Refused with every reason while a gate is shut."""
        submit_pack(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class NPSAnswer(OfABreach):
    takes = NPSAnswerIn

    @extend_schema(operation_id="say_nps_answer", request=NPSAnswerIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """The NPS asks for more, returns, declines or accepts it."""
        answers.say_nps_answer(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class BreachIssued(OfABreach):
    takes = IssuedIn

    @extend_schema(operation_id="say_issued", request=IssuedIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """A summons or a warrant is issued."""
        court.say_issued(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class BreachHearing(OfABreach):
    takes = HearingIn

    @extend_schema(operation_id="set_hearing", request=HearingIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """A day in court is set."""
        court.set_hearing(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class BreachOutcome(OfABreach):
    takes = BreachOutcomeIn

    @extend_schema(operation_id="say_breach_outcome", request=BreachOutcomeIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """What the court decided, which ends the breach."""
        court.say_outcome(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class WithdrawBreach(OfABreach):
    action = Action.WITHDRAW_BREACH
    takes = WithdrawBreachIn

    @extend_schema(operation_id="withdraw_breach", request=WithdrawBreachIn, responses=BreachOut)
    def post(self, request, crn, breach):
        """It does not go on. A senior reads why."""
        withdrawing.withdraw_breach(breach=self.found(breach), **self.given(request))
        return self.answer(request, breach)


class ReadWithdrawnBreach(OfABreach):
    action = Action.READ_WITHDRAWN_BREACH

    @extend_schema(operation_id="read_withdrawn_breach", request=None, responses=BreachOut)
    def post(self, request, crn, breach):
        """A senior has read why it was withdrawn."""
        withdrawing.see_withdrawn(breach=self.found(breach), by=request.user, now=now())
        return self.answer(request, breach)


def shown(case, user, found, many=False):
    names = names_for(case, actions_on(case, user))
    return BreachOut(found, many=many, context={"names": names}).data

"""Letters of enforcement: what each says and lacks, and the steps it takes, as on its pages.

`read` is the mark of the words that were read, as the letter gives it: a letter that says something else by now is refused.
"""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Letter
from cases.queries.enforcement.letter_pages import told
from cases.queries.enforcement.letters import find_letter, letters_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.enforcement import SentBy
from cases.rules.enforcement.letters import LONGEST_TRANSLATION, mark_of
from cases.services.enforcement import letters as services
from cases.services.enforcement import letters_back, letters_sent
from staff.permissions import Action

LONGEST_WHY = 300


class LetterOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    returned_because = serializers.SerializerMethodField()
    cancelled_because = serializers.SerializerMethodField()
    proof = serializers.SerializerMethodField()

    class Meta:
        model = Letter
        fields = [
            "id", "kind", "warning", "breach", "absence", "state", "welsh", "asked_at", "ready_at", "sent_at", "sent_how", "proof",
            "served_on", "returned_on", "returned_because", "cancelled_because", "again",
        ]  # fmt: skip

    def get_returned_because(self, one) -> str:
        return self.context["names"].text(one.returned_because)

    def get_cancelled_because(self, one) -> str:
        return self.context["names"].text(one.cancelled_because)

    def get_proof(self, one) -> str:
        return self.context["names"].text(one.proof)


class LetterGapOut(serializers.Serializer):
    field = serializers.CharField()
    sentence = serializers.CharField()


class LetterWholeOut(LetterOut):
    """With what it says, what it lacks, what is thought about before it goes, and the mark of these words."""

    missing = serializers.SerializerMethodField()
    look_again = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()
    read = serializers.SerializerMethodField()

    class Meta(LetterOut.Meta):
        fields = [*LetterOut.Meta.fields, "missing", "look_again", "said", "read"]

    @extend_schema_field(LetterGapOut(many=True))
    def get_missing(self, one) -> list[dict]:
        return self._listed(self.context["looked"].missing)

    @extend_schema_field(LetterGapOut(many=True))
    def get_look_again(self, one) -> list[dict]:
        return self._listed(self.context["looked"].again)

    def _listed(self, gaps):
        names = self.context["names"]
        return [{"field": gap.field, "sentence": names.text(gap.sentence)} for gap in gaps]

    def get_said(self, one) -> dict:
        return told(self.context["looked"].said, self.context["names"])

    def get_read(self, one) -> str:
        return mark_of(self.context["looked"].said)


class WriteLetterIn(serializers.Serializer):
    """`words`: by the `field` of what is missing, and `how` it goes: post, email or hand."""

    words = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_TRANSLATION, allow_blank=True)
    )
    welsh = serializers.BooleanField()

    def validate_words(self, words):
        if words.get("how", SentBy.POST) not in {*SentBy}:
            raise serializers.ValidationError("how: post, email or hand.")
        return words


class LetterReadIn(serializers.Serializer):
    read = serializers.CharField()


class SendLetterIn(LetterReadIn):
    proof = serializers.CharField(max_length=LONGEST_WHY, default="", allow_blank=True)


class LetterBackIn(serializers.Serializer):
    on = serializers.DateField()
    because = serializers.CharField(max_length=LONGEST_WHY)


class LetterWhyIn(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST_WHY)


class Letters(CaseAPI):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="list_letters_of_case", responses=LetterOut(many=True))
    def get(self, request, crn):
        """Every letter of the case, the latest first."""
        context = {"names": names_for(self.case, actions_on(self.case, request.user))}
        return Response(LetterOut(letters_of(self.case), many=True, context=context).data)


class _OfALetter(CaseAPI):
    action = Action.SEND_LETTER

    def found(self, pk):
        letter = find_letter(self.case, pk)
        if letter is None:
            raise Http404
        letter.case = self.case
        return letter

    def given(self, kind):
        given = kind(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def known(self, pk):
        return {"letter": self.found(pk), "by": self.request.user, "now": now()}

    def shown(self, letter, status=200):
        context = {
            "names": names_for(self.case, actions_on(self.case, self.request.user)),
            "looked": services.look_at(letter=letter, now=now()),
        }
        return Response(LetterWholeOut(letter, context=context).data, status=status)


class OneLetter(_OfALetter):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="get_letter", responses=LetterWholeOut)
    def get(self, request, crn, letter):
        """One letter: what it says, what it lacks, and the mark of what was read."""
        return self.shown(self.found(letter))


class WriteLetter(_OfALetter):
    @extend_schema(operation_id="write_letter", request=WriteLetterIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """Keep what is written into it."""
        said = self.given(WriteLetterIn)
        return self.shown(services.write_letter(**self.known(letter), **said))


class ReadyLetter(_OfALetter):
    @extend_schema(operation_id="make_letter_ready", request=LetterReadIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """It was read, and may go."""
        return self.shown(services.make_ready(**self.known(letter), **self.given(LetterReadIn)))


class UnreadyLetter(_OfALetter):
    @extend_schema(operation_id="put_letter_back", request=None, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """Put it back to be written."""
        return self.shown(services.unready(**self.known(letter)))


class SendLetter(_OfALetter):
    @extend_schema(operation_id="send_letter", request=SendLetterIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """It has gone on paper, with this proof; or goes now by e-mail."""
        said = self.given(SendLetterIn)
        return self.shown(letters_sent.send_letter(**self.known(letter), **said))


class LetterBack(_OfALetter):
    @extend_schema(operation_id="letter_came_back", request=LetterBackIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """It was not delivered."""
        said = self.given(LetterBackIn)
        return self.shown(letters_back.letter_came_back(**self.known(letter), **said))


class LetterAgain(_OfALetter):
    @extend_schema(operation_id="write_letter_again", request=None, responses={201: LetterWholeOut})
    def post(self, request, crn, letter):
        """Another in the place of one that came back: the new one."""
        return self.shown(letters_back.write_again(**self.known(letter)), status=201)


class LeaveLetter(_OfALetter):
    @extend_schema(operation_id="leave_letter", request=LetterWhyIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """No other is written after one that came back."""
        said = self.given(LetterWhyIn)
        return self.shown(services.leave_returned(**self.known(letter), **said))


class CancelLetter(_OfALetter):
    @extend_schema(operation_id="cancel_letter", request=LetterWhyIn, responses=LetterWholeOut)
    def post(self, request, crn, letter):
        """It is not to go."""
        said = self.given(LetterWhyIn)
        return self.shown(services.cancel_letter(**self.known(letter), **said))

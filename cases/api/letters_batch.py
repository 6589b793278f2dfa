"""The letters that one of the hub works on together: approved, and said to be posted, each standing or falling by itself."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.queries.enforcement.letters_together import claimed_letters
from cases.rules.enforcement.letters import mark_of
from cases.services.enforcement.letters import look_at_each
from cases.services.enforcement.letters_at_once import make_letters_ready, send_letters
from staff.permissions import Action

NOT_YOURS = "It is not among the letters that you work on: it has gone, or was put back."


class ClaimedLetterOut(serializers.Serializer):
    """`read`: the mark of what it says. `whole`: whether nothing is missing."""

    id = serializers.IntegerField()
    crn = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    whole = serializers.BooleanField()
    read = serializers.CharField()


class TickedIn(serializers.Serializer):
    id = serializers.IntegerField()
    read = serializers.CharField()


class LettersReadIn(serializers.Serializer):
    letters = TickedIn(many=True)


class LettersPostedIn(LettersReadIn):
    proof = serializers.CharField(max_length=300, default="", allow_blank=True)


class RefusedLetterOut(serializers.Serializer):
    id = serializers.IntegerField()
    why = serializers.CharField()


class LettersDoneOut(serializers.Serializer):
    done = serializers.ListField(child=serializers.IntegerField())
    refused = RefusedLetterOut(many=True)


class ClaimedLetters(StaffAPI):
    action = Action.WORK_QUEUE

    @extend_schema(operation_id="list_claimed_letters", responses=ClaimedLetterOut(many=True))
    def get(self, request):
        """Those the reader has claimed, the first due first."""
        letters = claimed_letters(request.user)
        looked = look_at_each(letters=letters, now=now())
        return Response([_shown(one, looked[one.pk]) for one in letters])


class ReadyLetters(StaffAPI):
    action = Action.WORK_QUEUE

    @extend_schema(
        operation_id="make_letters_ready", request=LettersReadIn, responses=LettersDoneOut
    )
    def post(self, request):
        """Those that were read may go."""
        said = _given(LettersReadIn, request)
        chosen, gone = _chosen(request.user, said["letters"])
        done, refused = make_letters_ready(letters=chosen, by=request.user, now=now())
        return Response(_done(done, refused, gone))


class PostedLetters(StaffAPI):
    action = Action.WORK_QUEUE

    @extend_schema(operation_id="send_letters", request=LettersPostedIn, responses=LettersDoneOut)
    def post(self, request):
        """Those that were posted, with one proof; those that go by e-mail go now."""
        said = _given(LettersPostedIn, request)
        chosen, gone = _chosen(request.user, said["letters"])
        proof = said["proof"]
        done, refused = send_letters(letters=chosen, proof=proof, by=request.user, now=now())
        return Response(_done(done, refused, gone))


def _given(kind, request):
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data


def _chosen(user, ticked):
    claimed = {one.pk: one for one in claimed_letters(user)}
    chosen = [(claimed[one["id"]], one["read"]) for one in ticked if one["id"] in claimed]
    gone = [{"id": one["id"], "why": NOT_YOURS} for one in ticked if one["id"] not in claimed]
    return chosen, gone


def _done(done, refused, gone):
    refused = [{"id": one.pk, "why": why} for one, why in refused]
    return {"done": [one.pk for one in done], "refused": [*refused, *gone]}


def _shown(letter, looked):
    return {
        "id": letter.pk,
        "crn": letter.case.crn,
        "kind": letter.kind,
        "state": letter.state,
        "whole": not looked.missing,
        "read": mark_of(looked.said),
    }

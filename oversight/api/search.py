"""Search: who answers to what is typed, and who nearly does, as on its page. The words are sent in the body and stand in no address."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.api.cases import MaskedOut
from cases.models import Case
from cases.queries.search import answers
from cases.services.search import remember_search
from oversight.queries.rows import officer_of
from staff.audit import record_many
from staff.permissions import Action


class SearchIn(serializers.Serializer):
    """A name, a CRN, a date of birth or a PNC number. What is too long is cut, as on the page."""

    text = serializers.CharField(trim_whitespace=True, allow_blank=True)


class FoundOut(serializers.Serializer):
    """One who was found. The case itself may be open to fewer."""

    crn = serializers.CharField()
    name = serializers.CharField(source="list_name")
    answered_by = serializers.SerializerMethodField(
        help_text="Which other name of theirs it is that answers; blank where their own does."
    )
    officer = serializers.SerializerMethodField()
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    state = serializers.CharField()

    def get_answered_by(self, case) -> str:
        return self.context["found"].answered_by(case, case.pk in self.context["opened"])

    def get_officer(self, case) -> str:
        return officer_of(case)


class SearchOut(serializers.Serializer):
    """`near`: who nearly answers, the nearest first, none of them among the results. `more`: whether there are others."""

    results = FoundOut(many=True)
    near = FoundOut(many=True)
    limited_access = MaskedOut(many=True)
    more = serializers.BooleanField()


class SearchPeople(StaffAPI):
    action = Action.SEARCH_CASES

    @extend_schema(operation_id="search_people", request=SearchIn, responses=SearchOut)
    def post(self, request):
        """Whom the reader may find. What was typed is kept, and everybody found is in the trail."""
        body = SearchIn(data=request.data)
        body.is_valid(raise_exception=True)
        kept = remember_search(text=body.validated_data["text"], by=request.user)
        found = answers(request.user, kept.text)
        crns = [case.crn for case in found.shown]
        record_many(by=request.user, action="found", crns=crns, search=str(kept.key))
        told = {
            "results": found.cases,
            "near": found.near,
            "limited_access": found.masked,
            "more": found.more,
        }
        opened = Case.objects.open_to(request.user, Action.VIEW_CASE)
        opened = opened.filter(pk__in=[case.pk for case in found.shown])
        context = {"found": found, "opened": set(opened.values_list("pk", flat=True))}
        return Response(SearchOut(told, context=context).data)


ADDRESSES = [path("search/", SearchPeople.as_view(), name="api-search")]

"""Giving a case to an officer: officers beside one case, and the officer who is named. As on the pages."""

from datetime import date

from django.http import Http404
from django.urls import path
from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, one_of, page
from cases.api.cases import MaskedOut
from cases.api.holding import Holder, HolderOut, TransferOut, Transfers, shown
from cases.models import Case
from cases.queries.candidates import candidates_for
from cases.reference.holding import TransferKind
from cases.rules.gaps import Weight
from oversight.forms.giving import LONGEST_NOTE, LONGEST_WHY
from oversight.queries.giving import all_officers, comparison_of, officers_of, teams_to_compare
from oversight.queries.unowned import NEVER, NOBODY, page_of_unowned
from oversight.reference.allocation import training_choices
from oversight.rules.comparing import VERSION
from oversight.services.giving import give_case, hand_over, offer_case
from staff.permissions import Action


class ComparedFindingOut(serializers.Serializer):
    """What does not refuse is a warning, answered by one sentence under its key."""

    key = serializers.CharField()
    refuses = serializers.SerializerMethodField()
    sentence = serializers.CharField()

    def get_refuses(self, one) -> bool:
        return one.weight == Weight.GATE


class ComparedOfficerOut(serializers.Serializer):
    """`minutes`, each way to the nearest of their places, is null where it is not known."""

    officer = serializers.SerializerMethodField()
    grade = serializers.CharField(source="officer.grade", allow_blank=True)
    trained_in = serializers.SerializerMethodField()
    cases = serializers.IntegerField(source="officer.cases")
    points = serializers.IntegerField(source="officer.points")
    available = serializers.IntegerField(source="officer.available")
    percent_now = serializers.SerializerMethodField()
    percent_with_it = serializers.SerializerMethodField()
    given_in_seven_days = serializers.IntegerField(source="given")
    last_given_on = serializers.DateField(allow_null=True)
    held_until = serializers.DateField(allow_null=True)
    places = serializers.SerializerMethodField()
    minutes = serializers.IntegerField(allow_null=True)
    refused = serializers.BooleanField()
    found = ComparedFindingOut(many=True)

    def get_officer(self, row) -> str:
        return self.context["found"].loads[row.officer.key].user.username

    def get_trained_in(self, row) -> list[str]:
        return sorted(code for code, _ in training_choices() if code in row.officer.trained)

    def get_percent_now(self, row) -> float:
        return float(row.percent[0])

    def get_percent_with_it(self, row) -> float:
        return float(row.percent[1])

    def get_places(self, row) -> list[str]:
        return [one.name for one in self.context["found"].seen[row.officer.key].places]


class ComparisonOut(serializers.Serializer):
    """In the order of their names. `points`: of the case."""

    points = serializers.IntegerField(source="facts.points")
    policy_version = serializers.IntegerField(source="policy.version")
    rules_version = serializers.SerializerMethodField()
    results = ComparedOfficerOut(source="rows", many=True)

    def get_rules_version(self, found) -> int:
        return VERSION


class NameOfficerIn(serializers.Serializer):
    """`officer`: a username; `because`: in a sentence; `said`: one sentence to each warning, by its key."""

    officer = serializers.CharField(max_length=150)
    because = serializers.CharField(max_length=LONGEST_WHY)
    said = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_WHY), required=False, default=dict
    )


class OfferComparedIn(NameOfficerIn):
    """`note`: what whoever takes it must know."""

    note = serializers.CharField(max_length=LONGEST_NOTE)


class OfferIn(serializers.Serializer):
    """`to_officer`, `caretaker`: usernames; `outside`: the office, where it goes to the NPS or another provider.

    To a colleague with `because`, in a sentence, and `said`: one sentence to each warning, by its key.
    """

    kind = serializers.ChoiceField(TransferKind.choices())
    to_officer = serializers.CharField(max_length=150, required=False)
    outside = serializers.CharField(max_length=200, required=False, default="")
    outside_officer = serializers.CharField(max_length=200, required=False, default="")
    caretaker = serializers.CharField(max_length=150, required=False)
    note = serializers.CharField(max_length=LONGEST_NOTE)
    because = serializers.CharField(
        max_length=LONGEST_WHY, required=False, default="", allow_blank=True
    )
    said = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_WHY), required=False, default=dict
    )


class CompareOfficers(CaseAPI):
    action = Action.NAME_OFFICER

    @extend_schema(
        operation_id="compare_officers",
        parameters=[OpenApiParameter("team", str, description="code of a team; the case's own unless said")],
        responses=ComparisonOut,
    )  # fmt: skip
    def get(self, request, crn):
        """Each officer of a team beside the case, with what refuses it and what is warned of."""
        code = request.query_params.get("team")
        own = self.case.team or request.user.team
        team = one_of(teams_to_compare(), "code", code, "team") if code else own
        found = comparison_of(self.case, officers_of(team), localdate())
        if found is None:
            raise Http404
        return Response(ComparisonOut(found, context={"found": found}).data)


class HolderAndNaming(Holder):
    """Who holds the case, as `cases.api.holding` tells it; and naming somebody, who is compared first."""

    actions = {"POST": Action.NAME_OFFICER}

    @extend_schema(operation_id="name_officer", request=NameOfficerIn, responses=HolderOut)
    def post(self, request, crn):
        """Name the officer of a case that nobody holds."""
        given = NameOfficerIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        officer = one_of(list(all_officers()), "username", said["officer"], "officer")
        named = give_case(
            case=self.case,
            officer=officer,
            because=said["because"],
            said=said["said"],
            by=request.user,
            now=now(),
        )
        return Response(HolderOut(named).data)


class TransfersAndOffering(Transfers):
    """Every hand-over of a case, as `cases.api.holding` tells it; and offering it."""

    actions = {"POST": Action.HAND_OVER}

    @extend_schema(operation_id="offer_transfer", request=OfferIn, responses={201: TransferOut})
    def post(self, request, crn):
        """Offer the case. Whoever holds it has it until a named officer accepts. A colleague of ours is compared first."""
        given = OfferIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        may = [row.user for row in candidates_for(self.case, localdate())]
        for name in ("to_officer", "caretaker"):
            said[name] = one_of(may, "username", said.get(name), name)
        made = hand_over(case=self.case, by=request.user, now=now(), **said)
        return Response(shown(self.case, request.user, made), status=201)


class OfferCompared(CaseAPI):
    action = Action.NAME_OFFICER

    @extend_schema(
        operation_id="offer_compared", request=OfferComparedIn, responses={201: TransferOut}
    )
    def post(self, request, crn):
        """Offer a case that somebody holds to another officer, who is compared first. It is theirs once they accept."""
        given = OfferComparedIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        said["officer"] = one_of(list(all_officers()), "username", said["officer"], "officer")
        made = offer_case(case=self.case, by=request.user, now=now(), **said)
        return Response(shown(self.case, request.user, made), status=201)


class UnownedOut(serializers.Serializer):
    """`due_on` is null where no clock runs."""

    crn = serializers.CharField()
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    since = serializers.DateField(allow_null=True)
    due_on = serializers.SerializerMethodField()

    def get_due_on(self, case) -> date | None:
        return None if case.owed == NEVER else case.owed


class UnownedPage(serializers.Serializer):
    results = UnownedOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class Unowned(StaffAPI):
    action = Action.VIEW_MOVEMENTS

    @extend_schema(
        operation_id="list_unowned",
        parameters=[OpenApiParameter("after", str, description="the case to start after, by its CRN")],
        responses=UnownedPage,
    )  # fmt: skip
    def get(self, request):
        """Cases of ours that no officer holds, whose officer is owed longest first."""
        user, after = request.user, request.query_params.get("after", "")
        found = page_of_unowned(user, None, after=after, size=SIZE)
        reached = Case.objects.within_reach(user, self.action).ours().filter(NOBODY)
        masked = [] if after else reached.masked_to(user)[:SIZE]
        rows = UnownedOut(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


ADDRESSES = [
    path("unowned/", Unowned.as_view(), name="api-unowned"),
    path("cases/<crn:crn>/officers/", CompareOfficers.as_view(), name="api-compare-officers"),
    path("cases/<crn:crn>/officers/offer/", OfferCompared.as_view(), name="api-offer-compared"),
    path("cases/<crn:crn>/holder/", HolderAndNaming.as_view(), name="api-holder"),
    path("cases/<crn:crn>/transfers/", TransfersAndOffering.as_view(), name="api-transfers"),
]

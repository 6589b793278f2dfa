"""Who waits for an intervention and what each may expect, and needs that nothing planned meets, over the API."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI
from cases.queries.reach import actions_on_each
from cases.rules.addresses import number
from grid.queries import unmet_pages, waiting_pages
from grid.queries.referrals import no_longer_suits
from grid.queries.waiting import OnList
from grid.reference.groups import Decision
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import TimeOfWeek
from grid.rules.outlook import Outlook
from grid.rules.waiting import Prospect
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.permissions import Action


class WaitingListOut(serializers.Serializer):
    """How many wait in the reader's reach, and what they may expect of the series that are planned today."""

    intervention = serializers.CharField()
    title = serializers.CharField()
    wait = serializers.IntegerField()
    longest = serializers.CharField()
    expect_a_place = serializers.IntegerField()
    too_late = serializers.IntegerField()
    nothing_fits = serializers.IntegerField()
    places_left = serializers.IntegerField()


class OnListOut(serializers.Serializer):
    """One person on the list. `position` is of the whole list. The forecast is no promise."""

    position = serializers.IntegerField()
    crn = serializers.CharField()
    name = serializers.CharField()
    since = serializers.DateField()
    prospect = serializers.ChoiceField([(one.value, one.title) for one in Prospect])
    expects = serializers.CharField()
    series = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    finishes_on = serializers.DateField(allow_null=True)
    order_ends_on = serializers.DateField(allow_null=True)
    why = serializers.ListField(child=serializers.CharField())
    needs_another_way = serializers.BooleanField()
    in_custody = serializers.BooleanField()
    no_longer_suits = serializers.CharField(help_text="Blank where it does")


class WaitingPageOut(serializers.Serializer):
    """`whole`: how many are on the list, whoever may read them."""

    whole = serializers.IntegerField()
    results = OnListOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class UnmetNeedRowOut(serializers.Serializer):
    """`site`: the place nearest to them; none where none is near enough."""

    crn = serializers.CharField()
    name = serializers.CharField()
    intervention = serializers.CharField()
    opened_on = serializers.DateField()
    missing = serializers.ListField(child=serializers.CharField())
    site = serializers.IntegerField(allow_null=True)
    times = serializers.ListField(child=serializers.CharField())
    decision = serializers.CharField()
    look_again_on = serializers.DateField(allow_null=True)


class UnmetNeedPageOut(serializers.Serializer):
    results = UnmetNeedRowOut(many=True)
    next_after = serializers.CharField(allow_null=True)


NARROWED = [
    OpenApiParameter("site", int, description="Key of a place"),
    OpenApiParameter("time", enum=[one.value for one in TimeOfWeek]),
    OpenApiParameter("team", str, description="Code of the team that holds the case"),
    OpenApiParameter("after", str, description="CRN of the last row of the page before"),
]


class WaitingLists(StaffAPI):
    action = Action.VIEW_WAITING

    @extend_schema(operation_id="list_waiting_lists", responses=WaitingListOut(many=True))
    def get(self, request):
        """One row of each intervention that somebody waits for, or of which a series is planned."""
        rows = waiting_pages.list_rows(request.user, intervention_policy(localdate()), now())
        return Response([_list(row) for row in rows])


def _list(row):
    return {
        "intervention": row.code,
        "title": row.title,
        "wait": row.wait.count,
        "longest": row.longest,
        "expect_a_place": row.place.count,
        "too_late": row.late.count,
        "nothing_fits": row.nothing.count,
        "places_left": row.places_left,
    }


class WaitingListAPI(StaffAPI):
    action = Action.VIEW_WAITING

    @extend_schema(
        operation_id="list_on_waiting_list",
        parameters=[
            OpenApiParameter("expects", enum=[one.value for one in Outlook]),
            OpenApiParameter("women", bool),
            *NARROWED,
        ],
        responses=WaitingPageOut,
    )
    def get(self, request, intervention):
        """Who waits for this intervention, the next to have a place first. Cases of limited access are left out."""
        if intervention not in INTERVENTIONS:
            raise Http404
        asked, user = request.query_params, request.user
        wanted = waiting_pages.Wanted(
            expects=one_code(asked, "expects", Outlook),
            site=site(asked),
            time=one_code(asked, "time", TimeOfWeek),
            women=asked.get("women") in ("1", "true", "True"),
            team=one_code(asked, "team", waiting_pages.teams_of(user)),
        )
        policy = intervention_policy(localdate())
        listed, whole = waiting_pages.found_on(intervention, user, wanted, policy, now())
        found = waiting_pages.page_found(listed, whole, after=asked.get("after", ""), size=SIZE)
        may = actions_on_each([one.referral.case for one in found.rows], user)
        said = no_longer_of(found.rows)
        rows = [waiting_row(one, may[one.referral.case_id], said) for one in found.rows]
        return Response({"whole": whole, "results": rows, "next_after": found.next_after or None})


def no_longer_of(rows):
    """{key of a referral: why it suits them no more}"""
    today, referrals = localdate(), [one.referral for one in rows]
    return no_longer_suits(referrals, today, grid_policy(today), intervention_policy(today))


def waiting_row(one: OnList, may, no_longer):
    """`no_longer`: as `no_longer_of` has it."""
    expected, case = one.expected, one.referral.case
    return {
        "position": expected.position,
        "crn": case.crn,
        "name": case.list_name,
        "since": one.referral.waiting_since,
        "prospect": expected.prospect,
        "expects": one.words,
        "series": expected.series.pk if expected.series else None,
        "starts_on": expected.starts_on,
        "finishes_on": expected.finishes_on,
        "order_ends_on": expected.ends_on,
        "why": one.why if Action.VIEW_PLACEMENT in may else one.why_unscored,
        "needs_another_way": one.another_way,
        "in_custody": one.held,
        "no_longer_suits": no_longer.get(one.referral.pk, ""),
    }


class UnmetNeeds(StaffAPI):
    action = Action.VIEW_WAITING

    @extend_schema(
        operation_id="list_unmet_needs",
        parameters=[
            OpenApiParameter("intervention", enum=list(INTERVENTIONS)),
            OpenApiParameter("decision", enum=[unmet_pages.UNDECIDED, *(one.value for one in Decision)]),
            *NARROWED,
        ],
        responses=UnmetNeedPageOut,
    )  # fmt: skip
    def get(self, request):
        """Needs that nothing planned meets, the longest first. Cases of limited access are left out."""
        asked, today = request.query_params, localdate()
        wanted = unmet_pages.Wanted(
            code=one_code(asked, "intervention", INTERVENTIONS),
            site=site(asked),
            time=one_code(asked, "time", TimeOfWeek),
            decision=one_code(asked, "decision", [unmet_pages.UNDECIDED, *Decision]),
            team=one_code(asked, "team", waiting_pages.teams_of(request.user)),
        )
        found = unmet_pages.unmet_found(request.user, wanted, intervention_policy(today), today)
        rows, next_after = unmet_pages.page_found(found, after=asked.get("after", ""), size=SIZE)
        return Response({"results": list(map(_unmet, rows)), "next_after": next_after or None})


def _unmet(one):
    need = one.need
    return {
        "crn": need.case.crn,
        "name": need.case.list_name,
        "intervention": one.code,
        "opened_on": need.opened_on,
        "missing": need.missing,
        "site": one.site,
        "times": [time.value for time in TimeOfWeek if time in one.times],
        "decision": need.decision,
        "look_again_on": need.look_again_on,
    }


def one_code(asked, name, offered) -> str:
    """The code asked for; blank where none is; refused by name where it is not on offer."""
    said = asked.get(name, "")
    if said and said not in list(offered):
        raise ValidationError({name: ["There is none by that name."]})
    return said


def site(asked) -> str:
    """The key of a place asked for; blank where none is."""
    said = asked.get("site", "")
    if said and number(said) is None:
        raise ValidationError({"site": ["Give the key of a place."]})
    return said

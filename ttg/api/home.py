"""Where somebody goes from prison, over the API: offers and their safety, nowhere to go, the nights after."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.queries.home import (
    NO_STAY,
    find_offer,
    offers_of,
    standing,
    standing_plan,
    stay_of,
)
from ttg.queries.home_safety import as_read, found_of
from ttg.reference.home import HomeKind, Night, OfferState, Stays
from ttg.rules.home import Look, Safe
from ttg.rules.home_said import LONGEST
from ttg.services import home as services

BECAME = [
    (one.value, one.title) for one in (OfferState.UNSAFE, OfferState.DECLINED, OfferState.LOST)
]
NO_PLAN = "No plan for nowhere to go is signed."


class HomeFoundOut(serializers.Serializer):
    code = serializers.CharField()
    state = serializers.CharField()
    words = serializers.CharField()


class HomeOfferOut(serializers.Serializer):
    """`safety`: what is known of it now; empty of an offer that is over."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    lines = serializers.CharField()
    town = serializers.CharField()
    postcode = serializers.CharField()
    who = serializers.CharField()
    offered_by = serializers.CharField()
    offered_on = serializers.DateField()
    from_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    because = serializers.CharField()
    safety = HomeFoundOut(many=True)


class NoHomePlanOut(serializers.Serializer):
    id = serializers.IntegerField()
    tonight = serializers.CharField()
    looked_for = serializers.CharField()
    rings = serializers.CharField()
    signed_at = serializers.DateTimeField()
    withdrawn_on = serializers.DateField(allow_null=True)


class NightOut(serializers.Serializer):
    night = serializers.CharField()
    stays = serializers.CharField()
    words = serializers.CharField()
    said_on = serializers.DateField()


class ReleaseHomeOut(serializers.Serializer):
    offers = HomeOfferOut(many=True)
    no_home_plan = NoHomePlanOut(allow_null=True)
    nights = NightOut(many=True)


class HomeOfferIn(serializers.Serializer):
    home_kind = serializers.ChoiceField(HomeKind.choices())
    lines = serializers.CharField(max_length=400)
    town = serializers.CharField(max_length=100, required=False, allow_blank=True)
    postcode = serializers.CharField(max_length=20, required=False, allow_blank=True)
    who = serializers.CharField(max_length=300, required=False, allow_blank=True)
    offered_by = serializers.CharField(max_length=200)
    offered_on = serializers.DateField()
    from_on = serializers.DateField(required=False, allow_null=True)


class HomeAnswerIn(serializers.Serializer):
    """`words`: who was asked, when, and what they said; needed unless it is not known."""

    asked_about = serializers.ChoiceField(Look.choices())
    safety = serializers.ChoiceField(Safe.choices())
    words = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


class LookAtHomeIn(serializers.Serializer):
    answers = HomeAnswerIn(many=True)


class ConfirmHomeIn(serializers.Serializer):
    """`because`: with whom it is agreed, and how they get in on the day."""

    because = serializers.CharField(max_length=500)


class SettleHomeIn(serializers.Serializer):
    offer_became = serializers.ChoiceField(BECAME)
    because = serializers.CharField(max_length=500)


class NoHomePlanIn(serializers.Serializer):
    tonight = serializers.CharField(max_length=2000)
    looked_for = serializers.CharField(max_length=2000)
    rings = serializers.CharField(max_length=200)


class NightIn(serializers.Serializer):
    night = serializers.ChoiceField(Night.choices())
    stays = serializers.ChoiceField(Stays.choices())
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class HomeAPI(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    def stay(self):
        found = stay_of(self.case)
        if found is None:
            raise RuleBroken(NO_STAY)
        return found

    def offer(self, pk):
        found = find_offer(self.case, pk)
        if found is None:
            raise Http404
        return found

    def said(self, shape):
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def names(self):
        return names_for(self.case, actions_on(self.case, self.request.user))

    def shown(self, offer):
        return Response(self.shape([offer])[0])

    def shape(self, offers):
        names, found = self.names(), found_of(self.case, standing(offers), localdate())
        return [HomeOfferOut(_offer(one, found.get(one.pk, []), names)).data for one in offers]


class ReleaseHome(HomeAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.WRITE_RESETTLEMENT}

    @extend_schema(operation_id="list_release_homes", responses=ReleaseHomeOut)
    def get(self, request, crn):
        """Where they could go, what is known of the safety of each, and where they were after release."""
        custody, names = stay_of(self.case), self.names()
        if custody is None:
            return Response({"offers": [], "no_home_plan": None, "nights": []})
        plan = standing_plan(custody)
        known = {
            "offers": self.shape(offers_of(custody)),
            "no_home_plan": _plan(plan, names) if plan else None,
            "nights": [_night(one, names) for one in custody.nights.order_by("said_on", "pk")],
        }
        return Response(known)

    @extend_schema(operation_id="offer_release_home", request=HomeOfferIn, responses={201: HomeOfferOut})  # fmt: skip
    def post(self, request, crn):
        """Record a place they could go to."""
        given = self.said(HomeOfferIn)
        made = services.offer_home(
            custody=self.stay(),
            kind=given.pop("home_kind"),
            by=request.user,
            today=localdate(),
            **given,
        )
        return Response(self.shape([made])[0], status=201)


class LookAtHome(HomeAPI):
    @extend_schema(operation_id="look_at_release_home", request=LookAtHomeIn, responses=HomeOfferOut)  # fmt: skip
    def post(self, request, crn, home_offer):
        """Say what came of asking about its safety. What is not answered stays as it is."""
        looked = {
            one["asked_about"]: {"said": one["safety"], "words": one.get("words", "")}
            for one in self.said(LookAtHomeIn)["answers"]
        }
        return self.shown(
            services.look_at_safety(
                offer=self.offer(home_offer), looked=looked, by=request.user, now=now()
            )
        )


class ConfirmHome(HomeAPI):
    @extend_schema(operation_id="confirm_release_home", request=ConfirmHomeIn, responses=HomeOfferOut)  # fmt: skip
    def post(self, request, crn, home_offer):
        """Confirm it: only where everything is known and nothing speaks against it."""
        given = self.said(ConfirmHomeIn)
        return self.shown(
            services.confirm_home(
                offer=self.offer(home_offer), by=request.user, now=now(), because=given["because"]
            )
        )


class SettleHome(HomeAPI):
    @extend_schema(operation_id="settle_release_home", request=SettleHomeIn, responses=HomeOfferOut)
    def post(self, request, crn, home_offer):
        """Say that it is not safe, was declined or was taken back."""
        given = self.said(SettleHomeIn)
        return self.shown(
            services.settle_offer(
                offer=self.offer(home_offer),
                state=given["offer_became"],
                because=given["because"],
                by=request.user,
                now=now(),
            )
        )


class SignNoHomePlan(HomeAPI):
    action = Action.DECIDE_NO_HOME

    @extend_schema(operation_id="sign_no_home_plan", request=NoHomePlanIn, responses={201: NoHomePlanOut})  # fmt: skip
    def post(self, request, crn):
        """Sign what is done for somebody with nowhere to go."""
        made = services.sign_no_home_plan(
            custody=self.stay(), by=request.user, now=now(), **self.said(NoHomePlanIn)
        )
        return Response(_plan(made, self.names()), status=201)


class WithdrawNoHomePlan(HomeAPI):
    action = Action.DECIDE_NO_HOME

    @extend_schema(operation_id="withdraw_no_home_plan", request=None, responses=NoHomePlanOut)
    def post(self, request, crn):
        """Follow the plan no longer."""
        plan = standing_plan(self.stay())
        if plan is None:
            raise RuleBroken(NO_PLAN)
        done = services.withdraw_no_home_plan(plan=plan, by=request.user, today=localdate())
        return Response(_plan(done, self.names()))


class SayNight(HomeAPI):
    @extend_schema(operation_id="say_night_after_release", request=NightIn, responses=NightOut)
    def post(self, request, crn):
        """Say where they were on a night after release, or put right what was said of it."""
        said = services.say_night(
            custody=self.stay(), by=request.user, today=localdate(), **self.said(NightIn)
        )
        return Response(_night(said, self.names()))


def _offer(one, found, names):
    texts = ("lines", "town", "postcode", "who", "offered_by", "because")
    same = ("id", "kind", "offered_on", "from_on", "state")
    safety = [{"code": each.code, "state": each.state, "words": each.words} for each in (as_read(one, names) for one in found)]  # fmt: skip
    return (
        {name: getattr(one, name) for name in same}
        | {name: names.text(getattr(one, name)) for name in texts}
        | {"safety": safety}
    )


def _plan(one, names):
    kept = {name: names.text(getattr(one, name)) for name in ("tonight", "looked_for", "rings")}
    same = {name: getattr(one, name) for name in ("id", "signed_at", "withdrawn_on")}
    return NoHomePlanOut(kept | same).data


def _night(one, names):
    return NightOut(
        {"night": one.night, "stays": one.stays, "words": names.text(one.words), "said_on": one.said_on}
    ).data  # fmt: skip

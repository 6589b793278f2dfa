"""What can be offered to somebody who waits, taking it up, and the honest no, over the API."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, DayField
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from grid.api.waiting import OnListOut, no_longer_of, waiting_row
from grid.models import Referral, Series, SeriesPlace, UnmetNeed
from grid.queries.offers import offers_to
from grid.reference.groups import Decision
from grid.rules.fitting import Kind
from grid.rules.unmet import LONGEST_WORDS
from grid.services import offers as services
from grid.services import unmet
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.errors import RuleBroken
from staff.permissions import Action


class OfferOut(serializers.Serializer):
    """A series that fits. `keeps_place`: they stay in the queue for what they wait for."""

    series = serializers.IntegerField()
    intervention = serializers.CharField()
    offered_as = serializers.ChoiceField([(one.value, one.title) for one in Kind])
    site = serializers.CharField()
    starts_on = serializers.DateField()
    finishes_on = serializers.DateField(allow_null=True)
    sessions = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="Each way")
    in_time = serializers.BooleanField(allow_null=True)
    keeps_place = serializers.BooleanField()
    why = serializers.ListField(child=serializers.CharField())


class RefusedSeriesOut(serializers.Serializer):
    """A series that does not fit, and the first reason why not."""

    series = serializers.IntegerField()
    intervention = serializers.CharField()
    site = serializers.CharField()
    reason = serializers.CharField()
    words = serializers.CharField()


class ReferralOfferedOut(serializers.Serializer):
    """`missing`: what there would have to be, where nothing fits."""

    referral = serializers.IntegerField()
    intervention = serializers.CharField()
    waiting = OnListOut()
    offers = OfferOut(many=True)
    refused = RefusedSeriesOut(many=True)
    missing = serializers.ListField(child=serializers.CharField())


class TakeOfferIn(serializers.Serializer):
    referral = serializers.IntegerField(min_value=1)
    series = serializers.IntegerField(min_value=1)


class GiveOfferIn(TakeOfferIn):
    """`seen`: the sentences that stood beside it when it was read."""

    seen = serializers.ListField(
        child=serializers.CharField(max_length=500), required=False, default=list, max_length=50
    )


class OfferTakenOut(serializers.ModelSerializer):
    class Meta:
        model = SeriesPlace
        fields = ["id", "series", "referral", "instead", "state", "kept_until", "seen"]


class UnmetNeedIn(serializers.Serializer):
    referral = serializers.IntegerField(min_value=1)


class UnmetDecisionIn(serializers.Serializer):
    """`look_again_on` is needed where they wait."""

    decided = serializers.ChoiceField(Decision.choices(), source="decision")
    words = serializers.CharField(max_length=LONGEST_WORDS)
    look_again_on = DayField(required=False, allow_null=True, default=None)


class UnmetNeedOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    intervention = serializers.CharField(source="referral.code")
    missing = serializers.ListField(child=serializers.CharField())
    words = serializers.SerializerMethodField()
    decision = serializers.CharField()

    class Meta:
        model = UnmetNeed
        fields = [
            "id", "referral", "intervention", "missing", "opened_on", "decision", "words", "look_again_on", "decided_at",
            "closed_on", "closed_because",
        ]  # fmt: skip

    def get_words(self, need) -> str:
        return self.context["names"].text(need.words)


class CaseOffers(CaseAPI):
    action = Action.VIEW_WAITING

    @extend_schema(operation_id="list_case_offers", responses=ReferralOfferedOut(many=True))
    def get(self, request, crn):
        """For each thing they wait for: what they may expect, what can be offered, the best first, and what could not."""
        today, may = localdate(), actions_on(self.case, request.user)
        policies = grid_policy(today), intervention_policy(today)
        offered = offers_to([self.case.pk], policies, now())[self.case.pk]
        names = names_for(self.case, may)
        said = no_longer_of(offered)
        return Response([_offered(one, names, may, said) for one in offered])


def _offered(one, names, may, no_longer):
    return {
        "referral": one.referral.pk,
        "intervention": one.referral.code,
        "waiting": waiting_row(one.on_list, may, no_longer),
        "offers": list(map(_offer, one.offers)),
        "refused": [_refused(each, names) for each in one.refused],
        "missing": one.missing,
    }


def _offer(one):
    return {
        "series": one.series.pk,
        "intervention": one.series.code,
        "offered_as": one.kind,
        "site": one.series.site,
        "starts_on": one.starts_on,
        "finishes_on": one.finishes_on,
        "sessions": len(one.sessions),
        "minutes": one.minutes,
        "in_time": one.in_time,
        "keeps_place": one.keeps_place,
        "why": one.why,
    }


def _refused(one, names):
    """What stands in the way may be in words that staff wrote."""
    return {
        "series": one.series.pk,
        "intervention": one.series.code,
        "site": one.series.site,
        "reason": one.reason,
        "words": names.text(one.words),
    }


class OfferAPI(CaseAPI):
    """Taking up what is offered."""

    action = Action.GIVE_PLACE

    def named(self, said):
        """(the referral of this case that waits, the series)"""
        waiting = Referral.objects.waiting().filter(case=self.case)
        referral = get_object_or_404(waiting.select_related("case"), pk=said.pop("referral"))
        series = get_object_or_404(Series.objects.select_related("place"), pk=said.pop("series"))
        return {"referral": referral, "series": series}

    def take(self, service, **known):
        """The place. What is refused is said as the reader may read names."""
        try:
            place = service(**known, by=self.request.user, now=now())
        except RuleBroken as refusal:
            names = names_for(self.case, actions_on(self.case, self.request.user))
            raise RuleBroken(names.text(str(refusal))) from refusal
        return Response(OfferTakenOut(place).data, status=201)


class KeepOffer(OfferAPI):
    @extend_schema(operation_id="keep_offer", request=TakeOfferIn, responses={201: OfferTakenOut})
    def post(self, request, crn):
        """Keep the place while they are asked. Nothing is booked yet."""
        said = _given(TakeOfferIn, request)
        return self.take(services.keep_offer, **self.named(said))


class GiveOffer(OfferAPI):
    @extend_schema(operation_id="give_offer", request=GiveOfferIn, responses={201: OfferTakenOut})
    def post(self, request, crn):
        """Give them the place: each of its sessions is booked in their case."""
        said = _given(GiveOfferIn, request)
        return self.take(services.give_offer, **self.named(said), seen=said["seen"])


class CaseUnmetNeeds(CaseAPI):
    action = Action.VIEW_WAITING
    actions = {"POST": Action.GIVE_PLACE}

    @extend_schema(operation_id="list_case_unmet_needs", responses=UnmetNeedOut(many=True))
    def get(self, request, crn):
        """Every need of theirs that nothing met, with what was decided, the latest first."""
        found = self.case.unmet_needs.select_related("referral").order_by("-pk")
        return Response(_needs(self.case, request.user, found, many=True))

    @extend_schema(operation_id="put_to_senior", request=UnmetNeedIn, responses={201: UnmetNeedOut})
    def post(self, request, crn):
        """Put it to the senior that nothing planned fits. Refused where something does."""
        said = _given(UnmetNeedIn, request)
        waiting = Referral.objects.waiting().filter(case=self.case)
        referral = get_object_or_404(waiting, pk=said["referral"])
        need = unmet.put_to_senior(referral=referral, by=request.user, now=now())
        return Response(_needs(self.case, request.user, need), status=201)


class DecideUnmetNeed(CaseAPI):
    action = Action.DECIDE_UNMET_NEED

    @extend_schema(
        operation_id="decide_unmet_need", request=UnmetDecisionIn, responses=UnmetNeedOut
    )
    def post(self, request, crn):
        """Decide what is done where nothing fits. What was decided before stays as it was, closed."""
        said = _given(UnmetDecisionIn, request)
        need = get_object_or_404(UnmetNeed.objects.unmet().select_related("case"), case=self.case)
        decided = unmet.decide_need(need=need, by=request.user, now=now(), **said)
        return Response(_needs(self.case, request.user, decided))


def _given(shape, request):
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _needs(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return UnmetNeedOut(found, many=many, context={"names": names}).data

"""The first days after release over the API: where they are to be, the ways, and what cannot be kept."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.permissions import Action
from ttg.queries.first_days import first_days_of
from ttg.queries.needs import stay_of
from ttg.rules.first_days import Problem


class FirstDaysStopOut(serializers.Serializer):
    """`way`: minutes from the place before on that day; none: the first of it, by telephone, or not known."""

    key = serializers.CharField()
    what = serializers.CharField()
    where = serializers.CharField()
    starts = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    remote = serializers.BooleanField()
    way = serializers.IntegerField(allow_null=True)


class ErrandOut(serializers.Serializer):
    key = serializers.CharField()
    what = serializers.CharField()
    where = serializers.CharField()
    on = serializers.DateField()


class TroubleOut(serializers.Serializer):
    """`stops`: the keys of what it is about."""

    problem = serializers.ChoiceField([(one.value, one.title) for one in Problem])
    words = serializers.CharField()
    stops = serializers.ListField(child=serializers.CharField())


class FirstDaysOut(serializers.Serializer):
    """`out`: when they are taken to leave. `cannot`: what cannot be kept; `unknown`: what nobody can say yet."""

    out = serializers.DateTimeField()
    hours = serializers.IntegerField()
    curfew_from = serializers.TimeField(allow_null=True)
    curfew_to = serializers.TimeField(allow_null=True)
    stops = FirstDaysStopOut(many=True)
    errands = ErrandOut(many=True)
    cannot = TroubleOut(many=True)
    unknown = TroubleOut(many=True)


class FirstDaysOfCase(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="list_first_days", responses=FirstDaysOut(many=True))
    def get(self, request, crn):
        """The first days of the release that counts; empty where its day is not known. It never refuses anything."""
        stay, today = stay_of(self.case), localdate()
        found = first_days_of([stay], today).get(stay.pk) if stay else None
        names = names_for(self.case, actions_on(self.case, request.user))
        return Response([FirstDaysOut(_shown(found, names)).data] if found else [])


def _shown(found, names):
    curfew = found.curfew
    return {
        "out": found.out,
        "hours": found.hours,
        "curfew_from": curfew.from_at if curfew else None,
        "curfew_to": curfew.to_at if curfew else None,
        "stops": [_stop(one, found, names) for one in found.stops],
        "errands": [
            {"key": one.key, "what": names.text(one.what), "where": names.text(one.where), "on": one.on}
            for one in found.errands
        ],
        "cannot": [_trouble(one, names) for one in found.cannot],
        "unknown": [_trouble(one, names) for one in found.unknown],
    }  # fmt: skip


def _stop(one, found, names):
    return {
        "key": one.key,
        "what": names.text(one.what),
        "where": names.text(one.where),
        "starts": one.starts,
        "ends": one.ends,
        "remote": one.remote,
        "way": found.way.get(one.key),
    }


def _trouble(one, names):
    return {"problem": one.problem, "words": names.text(one.words), "stops": list(one.stops)}

"""Lone supervisors: who is on site, the clock begun, set anew and ended."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from staff.permissions import Action
from unpaidwork.api.sheets import OneSession
from unpaidwork.queries.site_watch import find_watch, watched_by
from unpaidwork.services import watch as services


class UntilIn(serializers.Serializer):
    """By when they will have been heard of."""

    call_by = serializers.DateTimeField()


class RingOut(serializers.Serializer):
    name = serializers.CharField()
    number = serializers.CharField()


class WatchOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    who = serializers.CharField()
    project = serializers.CharField()
    where = serializers.CharField()
    state = serializers.CharField()
    late = serializers.BooleanField()
    reached = serializers.CharField()
    rings = RingOut(many=True)


class SiteWatches(StaffAPI):
    action = Action.WATCH_SITE

    @extend_schema(operation_id="list_site_watches", responses=WatchOut(many=True))
    def get(self, request):
        """Supervisors by themselves on a site, the next to be heard of first; a supervisor sees their own sessions."""
        return Response(WatchOut(watched_by(request.user, now()), many=True).data)


class BeginSiteWatch(OneSession):
    @extend_schema(operation_id="begin_site_watch", request=UntilIn, responses={204: None})
    def post(self, request, session):
        """Say by when you will have been heard of."""
        given = UntilIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.begin_watch(
            session=self.session, by=request.user, now=now(), **given.validated_data
        )
        return Response(status=204)


class OneWatch(StaffAPI):
    action = Action.WATCH_SITE

    def found(self, request, watch):
        found = find_watch(request.user, watch)
        if found is None:
            raise Http404
        return found


class ExtendSiteWatch(OneWatch):
    @extend_schema(operation_id="extend_site_watch", request=UntilIn, responses={204: None})
    def post(self, request, watch):
        """Say that they are all right and stay."""
        found = self.found(request, watch)
        given = UntilIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.extend_watch(watch=found, by=request.user, now=now(), **given.validated_data)
        return Response(status=204)


class EndSiteWatch(OneWatch):
    @extend_schema(operation_id="end_site_watch", request=None, responses={204: None})
    def post(self, request, watch):
        """Say that they are off the site and all right."""
        services.say_safe(watch=self.found(request, watch), by=request.user, now=now())
        return Response(status=204)

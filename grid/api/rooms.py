"""Rooms for groups by the API: read, added, changed, shut and opened again, as on the pages."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import DayField, StaffAPI, one_of
from cases.queries.booking import places_to_choose
from grid.forms.rooms import LONGEST_WHY
from grid.models import Room
from grid.queries.rooms import find_shut, rooms_with_shut
from grid.rules.rooms import LEAST_HOLDS, MOST_HOLDS
from grid.services import rooms as services
from staff.permissions import Action


class RoomShutOut(serializers.Serializer):
    """Days on which a room cannot be used, both included."""

    id = serializers.IntegerField(source="pk")
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    why = serializers.CharField()


class RoomOut(serializers.Serializer):
    """`holds`: people, those who lead among them. `shut`: days that are not over."""

    id = serializers.IntegerField(source="pk")
    place = serializers.IntegerField(source="place.pk")
    place_name = serializers.CharField(source="place.name")
    name = serializers.CharField()
    holds = serializers.IntegerField()
    closed_on = serializers.DateField(allow_null=True)
    shut = RoomShutOut(source="shut_then", many=True)


class RoomFacts(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    holds = serializers.IntegerField(min_value=LEAST_HOLDS, max_value=MOST_HOLDS)


class RoomIn(RoomFacts):
    """`place`: the key of one that is in use."""

    place = serializers.IntegerField()


class RoomChangeIn(RoomFacts):
    """`closed_on`: from which day it is no room of ours; null: it is in use."""

    closed_on = DayField(allow_null=True)


class ShutRoomIn(serializers.Serializer):
    from_on = DayField()
    to_on = DayField()
    why = serializers.CharField(max_length=LONGEST_WHY)


class Rooms(StaffAPI):
    action = Action.VIEW_GROUPS

    @extend_schema(operation_id="list_rooms", responses=RoomOut(many=True))
    def get(self, request):
        """Every room by place and name, also those that are closed, with the days on which it is shut."""
        return Response(RoomOut(rooms_with_shut(localdate()), many=True).data)


class RoomStep(StaffAPI):
    action = Action.RUN_GROUPS

    def given(self, shape):
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data

    def shown(self, room, status=200):
        (found,) = rooms_with_shut(localdate()).filter(pk=room.pk)
        return Response(RoomOut(found).data, status=status)


class AddRoom(RoomStep):
    @extend_schema(operation_id="add_room", request=RoomIn, responses={201: RoomOut})
    def post(self, request):
        """Add a room to a place."""
        said, today = self.given(RoomIn), localdate()
        said["place"] = one_of(places_to_choose(today), "pk", said["place"], "place")
        return self.shown(services.add_room(by=request.user, today=today, **said), status=201)


class ChangeRoom(RoomStep):
    @extend_schema(operation_id="change_room", request=RoomChangeIn, responses=RoomOut)
    def post(self, request, room):
        """Write what is said of a room anew. Refused where sessions that stand could not be held in it any more."""
        said, found = self.given(RoomChangeIn), get_object_or_404(Room, pk=room)
        return self.shown(services.change_room(room=found, by=request.user, now=now(), **said))


class ShutRoom(RoomStep):
    @extend_schema(operation_id="shut_room", request=ShutRoomIn, responses={201: RoomOut})
    def post(self, request, room):
        """Shut a room for some days. Refused while sessions stand in it then."""
        said, found = self.given(ShutRoomIn), get_object_or_404(Room, pk=room)
        services.shut_room(room=found, by=request.user, now=now(), **said)
        return self.shown(found, status=201)


class OpenRoomAgain(RoomStep):
    @extend_schema(operation_id="open_room_again", request=None, responses=RoomOut)
    def post(self, request, shut):
        """Say that a room can be used again from today on."""
        found = find_shut(shut)
        if found is None:
            raise Http404
        return self.shown(services.open_again(shut=found, by=request.user, now=now()))

"""The book of community services, over the API."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import StaffAPI
from staff.permissions import Action
from ttg.models import Service
from ttg.queries.book import services_now
from ttg.reference.referrals import ServiceKind
from ttg.services import book as services


class ServiceOut(serializers.ModelSerializer):
    kind = serializers.CharField()
    weekdays = serializers.ListField(child=serializers.IntegerField())

    class Meta:
        model = Service
        fields = ["id", *services.SAID, "ended_on"]


class ServiceIn(serializers.Serializer):
    """`weekdays`: on which it is open, 0 is Monday; none where nobody knows."""

    name = serializers.CharField(max_length=200)
    helps_with = serializers.ChoiceField(ServiceKind.choices())
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    telephone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    postcode = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    authority = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), required=False, max_length=7
    )
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)

    def said(self):
        given = dict(self.validated_data)
        return {"kind": given.pop("helps_with")} | given


class ChangeServiceIn(ServiceIn):
    ended_on = serializers.DateField(required=False, allow_null=True, default=None)


class Services(StaffAPI):
    action = Action.VIEW_SERVICES

    @extend_schema(operation_id="list_services", responses=ServiceOut(many=True))
    def get(self, request):
        """Those that take people now, by kind and name."""
        return Response(ServiceOut(services_now(localdate()), many=True).data)


class AddService(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(operation_id="add_service", request=ServiceIn, responses={201: ServiceOut})
    def post(self, request):
        """Put a service in the book."""
        given = ServiceIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.add_service(by=request.user, today=localdate(), **given.said())
        return Response(ServiceOut(made).data, status=201)


class ChangeService(StaffAPI):
    action = Action.SET_SERVICES

    @extend_schema(operation_id="change_service", request=ChangeServiceIn, responses=ServiceOut)
    def post(self, request, service):
        """All that the book says of it, given anew."""
        found = get_object_or_404(Service, pk=service)
        given = ChangeServiceIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.change_service(
            service=found, by=request.user, today=localdate(), **given.said()
        )
        return Response(ServiceOut(done).data)

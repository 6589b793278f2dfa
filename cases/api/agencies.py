"""The agency book, and sending the request an enquiry makes."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI
from cases.api.enquiries import EnquiryOut, shown
from cases.models import Agency
from cases.services.sending import send_request
from staff.permissions import Action


class AgencyOut(serializers.ModelSerializer):
    class Meta:
        model = Agency
        fields = ["id", "kind", "name", "areas", "channel", "turnaround_days", "note"]


class Agencies(StaffAPI):
    action = Action.VIEW_AGENCIES

    @extend_schema(operation_id="list_agencies", responses=AgencyOut(many=True))
    def get(self, request):
        """Every agency that may be asked, with the areas it answers for."""
        found = Agency.objects.current(localdate()).order_by("kind", "name", "pk")
        return Response(AgencyOut(found, many=True).data)


class RequestIn(serializers.Serializer):
    told_person = serializers.BooleanField()
    not_told_because = serializers.CharField(max_length=300, default="", allow_blank=True)
    without_birth_dates = serializers.BooleanField(default=False)


class SendRequest(CaseAPI):
    action = Action.RECORD_CHECK

    @extend_schema(operation_id="send_request", request=RequestIn, responses=EnquiryOut)
    def post(self, request, crn, pk):
        """Send the request by e-mail, or keep it as a letter to print, as the agency book says."""
        enquiry = get_object_or_404(self.case.enquiries, pk=pk)
        given = RequestIn(data=request.data)
        given.is_valid(raise_exception=True)
        send_request(enquiry=enquiry, by=request.user, now=now(), **given.validated_data)
        return Response(shown(self.case, self.case.enquiries.get(pk=pk)))

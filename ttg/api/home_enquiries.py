"""Asking the agencies about a home on release, over the API; and what it came to."""

from django.http import Http404
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from staff.permissions import Action
from ttg.queries.home import find_offer
from ttg.queries.home_enquiries import asked_of_homes
from ttg.services.home_enquiries import ask_about_home


class AskedAboutHomeOut(serializers.Serializer):
    """`reply`: what the agency said of this place; blank where it has not."""

    enquiry = serializers.IntegerField()
    agency = serializers.CharField()
    state = serializers.CharField()
    since = serializers.DateField()
    reply = serializers.CharField()


class AskAboutHome(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.WRITE_RESETTLEMENT}

    @extend_schema(operation_id="list_enquiries_about_home", responses=AskedAboutHomeOut(many=True))
    def get(self, request, crn, home_offer):
        """What agencies were asked about this place, and what it came to."""
        return self._shown(self._offer(home_offer))

    @extend_schema(
        operation_id="ask_about_home",
        request=None,
        responses={201: AskedAboutHomeOut(many=True)},
    )
    def post(self, request, crn, home_offer):
        """Open the enquiries about this place. They are then sent as any other."""
        offer = self._offer(home_offer)
        ask_about_home(offer=offer, by=request.user, today=localdate())
        return self._shown(offer, 201)

    def _offer(self, pk):
        found = find_offer(self.case, pk)
        if found is None:
            raise Http404
        return found

    def _shown(self, offer, status=200):
        asked = asked_of_homes(self.case, [offer])[offer.pk]
        return Response(AskedAboutHomeOut(asked, many=True).data, status=status)

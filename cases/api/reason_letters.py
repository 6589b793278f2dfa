"""Asking for the reason of an absence by letter, as the page on which it is decided does."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from cases.api.letters import LetterWholeOut
from cases.api.meetings import AppointmentStep
from cases.queries.decision_page import decision_of
from cases.queries.names import names_for
from cases.queries.outcomes import booking_of
from cases.queries.reach import actions_on
from cases.services.enforcement import letters, reasons
from staff.errors import RuleBroken
from staff.permissions import Action


class AskForReason(AppointmentStep):
    action = Action.DECIDE_ABSENCE

    @extend_schema(operation_id="ask_for_reason", request=None, responses={201: LetterWholeOut})
    def post(self, request, crn, appointment):
        """Have the admin hub send a letter that asks why they did not come."""
        booking = booking_of(self.found(appointment))
        decision = decision_of(booking) if booking else None
        if decision is None:
            raise RuleBroken("There is nothing to decide about this appointment.")
        letter = reasons.ask_for_reason(decision=decision, by=request.user, now=now())
        context = {
            "names": names_for(self.case, actions_on(self.case, request.user)),
            "looked": letters.look_at(letter=letter, now=now()),
        }
        return Response(LetterWholeOut(letter, context=context).data, status=201)

"""The log of contact, what came of appointments, calls and decisions about absences: as on the pages."""

from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI, page
from cases.models import Contact
from cases.queries.contacts import Wanted, lines_of
from cases.queries.decision_page import decision_of
from cases.queries.names import names_for
from cases.queries.outcomes import booking_of, find_appointment
from cases.queries.reach import actions_on
from cases.reference.appointments import Called, Decided, Safe
from cases.rules.addresses import number
from cases.rules.outcomes import MOST_NOTES
from cases.services import compliance, contact_log, meetings
from staff.errors import RuleBroken
from staff.permissions import Action


class ContactOut(serializers.ModelSerializer):
    """A line of the log as this reader may see it: protected names are taken out of its words."""

    notes = serializers.SerializerMethodField()
    place = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = [
            "id", "type_code", "type_name", "started_at", "ended_at", "appointment", "outcome_code", "outcome_name",
            "attended", "complied", "rar_activity", "sensitive", "system_generated", "staff_code", "staff_name",
            "place", "notes", "decision",
        ]  # fmt: skip

    def get_notes(self, contact) -> str:
        return self.context["names"].text(contact.notes)

    def get_place(self, contact) -> str:
        return self.context["names"].text(contact.place)

    def get_decision(self, contact) -> str:
        """Blank where its outcome called for none."""
        decision = getattr(booking_of(contact), "decision", None)
        return decision.state if decision else ""


class ContactPage(serializers.Serializer):
    results = ContactOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class ContactsAsked(serializers.Serializer):
    """The filters of the log, as the page has them. Words to look for are sent in the body, never here."""

    kind = serializers.CharField(required=False, max_length=80)
    outcome = serializers.CharField(required=False, max_length=40)
    who = serializers.CharField(required=False, max_length=80)
    from_on = serializers.DateField(required=False)
    to_on = serializers.DateField(required=False)
    appointments = serializers.BooleanField(required=False)
    missed = serializers.BooleanField(required=False)
    sensitive = serializers.BooleanField(required=False)
    system = serializers.BooleanField(required=False)


class ContactIn(serializers.Serializer):
    type_code = serializers.CharField(max_length=80)
    at = serializers.DateTimeField()
    notes = serializers.CharField(max_length=MOST_NOTES)
    sensitive = serializers.BooleanField(default=False)


class NoteSearchIn(serializers.Serializer):
    text = serializers.CharField(max_length=contact_log.LONGEST_SEARCH)


class OutcomeIn(serializers.Serializer):
    outcome = serializers.CharField(max_length=40)
    notes = serializers.CharField(max_length=MOST_NOTES, allow_blank=True, default="")
    sensitive = serializers.BooleanField(default=False)
    rar_day = serializers.BooleanField(default=False)
    objectives = serializers.ListField(
        child=serializers.IntegerField(), default=list, max_length=100
    )
    became_aware_on = serializers.DateField(required=False, allow_null=True)
    next_at = serializers.DateTimeField(required=False, allow_null=True)


class CorrectionIn(serializers.Serializer):
    outcome = serializers.CharField(max_length=40)
    notes = serializers.CharField(max_length=MOST_NOTES, allow_blank=True)
    rar_day = serializers.BooleanField(default=False)
    because = serializers.CharField(max_length=500)
    sensitive = serializers.BooleanField(required=False, allow_null=True, default=None)
    became_aware_on = serializers.DateField(required=False, allow_null=True)


class TakeBackIn(serializers.Serializer):
    notes = serializers.CharField(max_length=MOST_NOTES, allow_blank=True)
    because = serializers.CharField(max_length=500)
    sensitive = serializers.BooleanField(required=False, allow_null=True, default=None)


class CallIn(serializers.Serializer):
    called = serializers.ChoiceField(choices=Called.choices())
    safe = serializers.ChoiceField(choices=Safe.choices(), allow_blank=True, default="")
    note = serializers.CharField(max_length=4000, allow_blank=True, default="")


class AbsenceDecisionIn(serializers.Serializer):
    """`orders`: keys of the sentences that it fails besides the one the appointment was under; `excuse`: the reason they gave."""

    to = serializers.ChoiceField(
        choices=[(one.value, one.title) for one in (Decided.ACCEPTABLE, Decided.FAILURE)]
    )
    reason = serializers.CharField(max_length=40, allow_blank=True, default="")
    because = serializers.CharField(max_length=4000)
    not_waiting = serializers.CharField(max_length=4000, allow_blank=True, default="")
    excuse = serializers.CharField(max_length=4000, allow_blank=True, default="")
    orders = serializers.ListField(child=serializers.IntegerField(), max_length=20, default=list)


class LogAPI(CaseAPI):
    action = Action.VIEW_CASE

    def listed(self, request, wanted):
        names = names_for(self.case, actions_on(self.case, request.user))
        after = number(request.query_params.get("after", ""))
        found = lines_of(self.case, wanted, names, after=after)
        return page(found, ContactOut(found.rows, many=True, context={"names": names}).data)


class Contacts(LogAPI):
    actions = {"POST": Action.RECORD_CONTACT}

    @extend_schema(
        operation_id="list_contacts",
        parameters=[
            ContactsAsked,
            OpenApiParameter("after", int, description="the contact to start after"),
        ],
        responses=ContactPage,
    )
    def get(self, request, crn):
        """The log, latest first, a page at a time."""
        asked = ContactsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(self.listed(request, Wanted(**asked.validated_data)))

    @extend_schema(operation_id="record_contact", request=ContactIn, responses={201: ContactOut})
    def post(self, request, crn):
        """Record contact that nobody had arranged."""
        given = ContactIn(data=request.data)
        given.is_valid(raise_exception=True)
        line = contact_log.record_contact(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(line, self.case, request.user), status=201)


class SearchNotes(LogAPI):
    """Its words are sent in the body, so that they never stand in an address."""

    @extend_schema(operation_id="search_notes", request=NoteSearchIn, responses=ContactPage)
    def post(self, request, crn):
        """Contacts in whose notes the words stand, as far as this reader is shown them."""
        given = NoteSearchIn(data=request.data)
        given.is_valid(raise_exception=True)
        kept = contact_log.remember_note_search(
            case=self.case, by=request.user, **given.validated_data
        )
        return Response(self.listed(request, Wanted(text=kept.text)))


class AppointmentStep(CaseAPI):
    """One step in the life of an appointment of the case, one brought in too."""

    action = Action.RECORD_OUTCOME

    def found(self, key):
        contact = find_appointment(self.case, key)
        if contact is None:
            raise NotFound
        contact.case = self.case
        if booking := booking_of(contact):
            booking.contact = contact
        return contact

    def given(self, form, request):
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def answer(self, request, key):
        return Response(_shown(find_appointment(self.case, key), self.case, request.user))


class RecordOutcome(AppointmentStep):
    @extend_schema(operation_id="record_outcome", request=OutcomeIn, responses=ContactOut)
    def post(self, request, crn, appointment):
        """Say what came of it, and book the next like it in the same step."""
        meetings.record_meeting(
            contact=self.found(appointment),
            by=request.user,
            now=now(),
            **self.given(OutcomeIn, request),
        )
        return self.answer(request, appointment)


class CorrectOutcome(AppointmentStep):
    @extend_schema(operation_id="correct_outcome", request=CorrectionIn, responses=ContactOut)
    def post(self, request, crn, appointment):
        """Put right what was recorded, saying why."""
        meetings.correct_meeting(
            contact=self.found(appointment),
            by=request.user,
            now=now(),
            **self.given(CorrectionIn, request),
        )
        return self.answer(request, appointment)


class TakeBackOutcome(AppointmentStep):
    @extend_schema(operation_id="take_back_outcome", request=TakeBackIn, responses=ContactOut)
    def post(self, request, crn, appointment):
        """Before its time, have it stand again as though nothing had been said of it."""
        meetings.take_back(
            contact=self.found(appointment),
            by=request.user,
            now=now(),
            **self.given(TakeBackIn, request),
        )
        return self.answer(request, appointment)


class RecordCall(AppointmentStep):
    @extend_schema(operation_id="record_call", request=CallIn, responses={201: ContactOut})
    def post(self, request, crn, appointment):
        """Record ringing somebody who did not come. Answers with the line of the log that it became."""
        booking = booking_of(self.found(appointment))
        if booking is None:
            raise RuleBroken("Say first what came of this appointment.")
        line = compliance.record_call(
            appointment=booking, by=request.user, now=now(), **self.given(CallIn, request)
        )
        return Response(_shown(line, self.case, request.user), status=201)


class DecideAbsence(AppointmentStep):
    action = Action.DECIDE_ABSENCE

    @extend_schema(operation_id="decide_absence", request=AbsenceDecisionIn, responses=ContactOut)
    def post(self, request, crn, appointment):
        """Say what an absence comes to: acceptable, or a failure to comply."""
        booking = booking_of(self.found(appointment))
        decision = decision_of(booking) if booking else None
        if decision is None:
            raise RuleBroken("There is nothing to decide about this appointment.")
        compliance.decide(
            decision=decision,
            by=request.user,
            now=now(),
            **self.given(AbsenceDecisionIn, request),
        )
        return self.answer(request, appointment)


def _shown(contact, case, user):
    names = names_for(case, actions_on(case, user))
    return ContactOut(contact, context={"names": names}).data

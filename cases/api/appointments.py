"""Appointments: those of a case, what stands beside a date, booking, moving and calling off."""

from django.http import Http404
from django.utils.timezone import localtime, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, one_of
from cases.models import Contact, Place
from cases.queries.appointments import BESIDE, find_contact
from cases.queries.booking import parts_of, those_that_follow
from cases.queries.booking_page import look, offered_on, slots_to_move, who_and_where
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.appointments import TYPES, AskedBy, Interpreter, ToldHow, Where
from cases.rules.booking import LONGEST, LONGEST_REASON, SHORTEST, reading_of, told
from cases.rules.booking_facts import Slot
from cases.rules.enforcing import chosen
from cases.rules.repeats import MOST_TIMES, MOST_WEEKS, Repeats, times_of
from cases.services import appointments as services
from cases.services.policy import clocks, meeting_policy
from staff.permissions import Action

# A visit at home is arranged by a decision on how staff may go, which has an endpoint of its own
BOOKED = [(one.code, one.title) for one in TYPES.values() if one.where != Where.HOME]
WAYS = [(one.value, one.title) for one in Where if one != Where.HOME]


class AppointmentOut(serializers.ModelSerializer):
    """An appointment as this reader may see it: protected names are taken out of its words."""

    id = serializers.IntegerField(source="pk")
    place = serializers.SerializerMethodField()
    officer = serializers.SerializerMethodField()
    where = serializers.SerializerMethodField()
    enforces = serializers.SerializerMethodField()
    interpreter = serializers.SerializerMethodField()
    told_how = serializers.SerializerMethodField()
    asked_by = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()
    moved_to = serializers.SerializerMethodField()
    stands_beside = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = [
            "id", "type_code", "type_name", "started_at", "ended_at", "officer", "where", "place", "enforces",
            "sentence", "requirement", "outcome_code", "attended", "complied", "interpreter", "told_how",
            "asked_by", "because", "moved_to", "stands_beside",
        ]  # fmt: skip

    def booked(self, contact, name, otherwise=""):
        booking = getattr(contact, "booking", None)
        return getattr(booking, name) if booking else otherwise

    def get_place(self, contact) -> str:
        return self.context["names"].text(contact.place)

    def get_officer(self, contact) -> str:
        """The username of whoever sees them; blank for one brought in that names none of ours."""
        officer = self.booked(contact, "officer", None)
        return officer.username if officer else ""

    def get_where(self, contact) -> str:
        return self.booked(contact, "where")

    def get_enforces(self, contact) -> str:
        """Blank for one brought in that nobody has acted on."""
        return self.booked(contact, "enforces")

    def get_interpreter(self, contact) -> str:
        return self.booked(contact, "interpreter")

    def get_told_how(self, contact) -> str:
        return self.booked(contact, "told_how")

    def get_asked_by(self, contact) -> str:
        return self.booked(contact, "asked_by")

    def get_because(self, contact) -> str:
        return self.context["names"].text(self.booked(contact, "called_off_because"))

    def get_moved_to(self, contact) -> int | None:
        return self.booked(contact, "moved_to_id", None)

    def get_stands_beside(self, contact) -> list[str]:
        seen = self.booked(contact, "seen", [])
        return [self.context["names"].text(one["text"]) for one in seen]


class RepeatsIn(serializers.Serializer):
    every_weeks = serializers.IntegerField(min_value=1, max_value=MOST_WEEKS)
    times = serializers.IntegerField(min_value=2, max_value=MOST_TIMES)


def codes_seen():
    """A field: codes of what stood beside this very time, as it was shown to whoever books."""
    return serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=40, default=list
    )


class AppointmentIn(serializers.Serializer):
    """`enforces`: a key such as "order-4", "requirement-7", "condition-2" or "voluntary"; `officer`: a username.

    `seen`: what the look at the same booking gave, once whoever books has read its warnings.
    """

    type_code = serializers.ChoiceField(choices=BOOKED)
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST)
    where = serializers.ChoiceField(choices=WAYS)
    officer = serializers.CharField(max_length=150)
    place = serializers.PrimaryKeyRelatedField(
        queryset=Place.objects.all(), required=False, allow_null=True, default=None
    )
    at_words = serializers.CharField(max_length=200, allow_blank=True, default="")
    enforces = serializers.CharField(max_length=40)
    interpreter = serializers.ChoiceField(
        choices=Interpreter.choices(), default=Interpreter.NOT_NEEDED
    )
    interpreter_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    told_how = serializers.ChoiceField(choices=ToldHow.choices(), default=ToldHow.NOT_YET)
    remind = serializers.BooleanField(default=False)
    prepared = serializers.CharField(max_length=2000, allow_blank=True, default="")
    repeats = RepeatsIn(required=False, allow_null=True, default=None)
    replaces = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    seen = codes_seen()


class LookOut(serializers.Serializer):
    """What stands beside the date. `seen`: the codes to send with the booking once the warnings have been read."""

    refusals = serializers.ListField(child=serializers.CharField())
    warnings = serializers.ListField(child=serializers.CharField())
    told = serializers.ListField(child=serializers.CharField())
    seen = serializers.ListField(child=serializers.CharField())
    free = serializers.ListField(child=serializers.DateTimeField())


class CalledOffIn(serializers.Serializer):
    asked_by = serializers.ChoiceField(choices=AskedBy.choices())
    because = serializers.CharField(max_length=LONGEST_REASON)
    whole = serializers.BooleanField(default=False)


class MovedIn(CalledOffIn):
    starts_at = serializers.DateTimeField()
    seen = codes_seen()


class LookToMoveIn(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    whole = serializers.BooleanField(default=False)


class CalledOffOut(serializers.Serializer):
    called_off = serializers.IntegerField()


class Appointments(CaseAPI):
    action = Action.VIEW_CASE
    actions = {"POST": Action.BOOK_APPOINTMENT}

    @extend_schema(operation_id="list_appointments", responses=AppointmentOut(many=True))
    def get(self, request, crn):
        """Those to come and those that nobody has logged; then the latest hundred others."""
        held = self.case.contacts.filter(appointment=True).select_related(*BESIDE)
        owed = list(held.filter(outcome_code="").order_by("started_at", "pk"))
        others = list(held.exclude(outcome_code="").order_by("-started_at", "-pk")[:100])
        return Response(_shown([*owed, *others], self.case, request.user, many=True))

    @extend_schema(
        operation_id="book_appointment", request=AppointmentIn, responses={201: AppointmentOut}
    )
    def post(self, request, crn):
        """Book one appointment, or a series. What stood beside the date is in the answer."""
        at = now()
        said = _asked(self.case, request, at)
        made = services.book_appointment(case=self.case, **said, by=request.user, now=at)
        return Response(_shown(made.contact, self.case, request.user), status=201)


class LookAtBooking(CaseAPI):
    action = Action.BOOK_APPOINTMENT

    @extend_schema(operation_id="look_at_booking", request=AppointmentIn, responses=LookOut)
    def post(self, request, crn):
        """What stands beside the date of this booking, and times that are free. Nothing is booked."""
        at = now()
        said = _asked(self.case, request, at)
        minutes, kind = said["minutes"], said["type_code"]
        slots = [
            Slot(one, minutes, kind, interpreter=said["interpreter"])
            for one in times_of(localtime(said["starts_at"]), said["repeats"])
        ]
        return _looked(self.case, request.user, said["officer"], said["place"], slots, at)


class AppointmentStep(CaseAPI):
    """One step in the life of an appointment of the case; one brought in is taken up by it."""

    action = Action.BOOK_APPOINTMENT

    def taken(self, request, key, form, service):
        contact = get_object_or_404(self.case.contacts.filter(appointment=True), pk=key)
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        return service(appointment=contact, by=request.user, now=now(), **given.validated_data)


class CallOffAppointment(AppointmentStep):
    @extend_schema(operation_id="call_off_appointment", request=CalledOffIn, responses=CalledOffOut)
    def post(self, request, crn, appointment):
        """Call it off, or with `whole` the rest of its series too."""
        number = self.taken(request, appointment, CalledOffIn, services.call_off)
        return Response({"called_off": number})


class MoveAppointment(AppointmentStep):
    @extend_schema(operation_id="move_appointment", request=MovedIn, responses=AppointmentOut)
    def post(self, request, crn, appointment):
        """Move it to another time; the one that takes its place is the answer."""
        new = self.taken(request, appointment, MovedIn, services.move_appointment)
        return Response(_shown(find_contact(self.case, new.pk), self.case, request.user))


class LookToMove(CaseAPI):
    action = Action.BOOK_APPOINTMENT

    @extend_schema(operation_id="look_to_move_appointment", request=LookToMoveIn, responses=LookOut)
    def post(self, request, crn, appointment):
        """What stands beside the time it would move to, and times that are free. Nothing is moved."""
        contact = find_contact(self.case, appointment)
        if contact is None:
            raise Http404
        given = LookToMoveIn(data=request.data)
        given.is_valid(raise_exception=True)
        follow, to = those_that_follow(contact), localtime(given.validated_data["starts_at"])
        slots = slots_to_move([contact, *(follow if given.validated_data["whole"] else ())], to)
        but = [contact.pk, *(one.pk for one in follow)]
        officer, second, place = who_and_where(contact)
        return _looked(self.case, request.user, officer, place, slots, now(), but, second)


def _asked(case, request, at):
    """What is to be booked, as the service takes it."""
    given = AppointmentIn(data=request.data)
    given.is_valid(raise_exception=True)
    said, offered = dict(given.validated_data), offered_on(case, request.user, at)
    named = chosen(said.pop("enforces"), offered.running)
    said["officer"] = one_of(offered.staff, "username", said["officer"], "officer")
    said["replaces"] = one_of(offered.routes, "pk", said["replaces"], "replaces")
    said["repeats"] = Repeats(**said["repeats"]) if said["repeats"] else None
    return said | {"enforces": named.enforces, **parts_of(named)}


def _looked(case, user, officer, place, slots, at, but=(), second=None):
    today, names = localtime(at).date(), names_for(case, actions_on(case, user))
    found = look(
        case,
        officer,
        place,
        slots[0].minutes,
        now=at,
        times=[one.starts_at for one in slots],
        policy=meeting_policy(today),
        extra=clocks(today).extra_bank_holidays,
        but=but,
        second=second,
    )
    read = reading_of(slots, found.facts)
    shown = {
        "refusals": [names.text(one) for one in read.refusals],
        "warnings": [names.text(one) for one in read.warnings],
        "told": [names.text(one) for one in told(found.facts.theirs)],
        "seen": sorted(read.codes),
        "free": [one.starts_at for one in found.offers],
    }
    return Response(LookOut(shown).data)


def _shown(found, case, user, *, many=False):
    names = names_for(case, actions_on(case, user))
    return AppointmentOut(found, many=many, context={"names": names}).data

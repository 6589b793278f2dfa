"""Appointments: those of a case, booking, moving and calling off; the diary; places and their hours."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI
from cases.models import Contact, OpeningHours, Place
from cases.queries.appointments import BESIDE, find_contact
from cases.queries.booking import parts_of, running_of
from cases.queries.booking_page import offered_on
from cases.queries.diary import WEEK, who_to_choose, within_diary
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.appointments import TYPES, AskedBy, Interpreter, ToldHow, Where
from cases.rules.booking import LONGEST, LONGEST_REASON, SHORTEST
from cases.rules.enforcing import chosen
from cases.rules.repeats import MOST_TIMES, MOST_WEEKS, Repeats
from cases.services import appointments as services
from staff.permissions import Action

DAYS = 31  # of a diary at once
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


class AppointmentIn(serializers.Serializer):
    """`enforces`: a key such as "order-4", "requirement-7", "condition-2" or "voluntary"; `officer`: a username."""

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


class CalledOffIn(serializers.Serializer):
    asked_by = serializers.ChoiceField(choices=AskedBy.choices())
    because = serializers.CharField(max_length=LONGEST_REASON)
    whole = serializers.BooleanField(default=False)


class MovedIn(CalledOffIn):
    starts_at = serializers.DateTimeField()


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
        given = AppointmentIn(data=request.data)
        given.is_valid(raise_exception=True)
        said, at = dict(given.validated_data), now()
        offered = offered_on(self.case, request.user, at)
        named = chosen(said.pop("enforces"), running_of(self.case, localdate()))
        said["officer"] = _one_of(offered.staff, "username", said["officer"], "officer")
        said["replaces"] = _one_of(offered.routes, "pk", said["replaces"], "replaces")
        said["repeats"] = Repeats(**said["repeats"]) if said["repeats"] else None
        made = services.book_appointment(
            case=self.case,
            **said,
            enforces=named.enforces,
            **parts_of(named),
            by=request.user,
            now=at,
        )
        return Response(_shown(made.contact, self.case, request.user), status=201)


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


class DiaryEntryOut(serializers.Serializer):
    """`crn` is blank where the reader may not open the case: the time is taken, and no more is said."""

    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    crn = serializers.CharField()
    appointment = serializers.IntegerField(allow_null=True)
    type_code = serializers.CharField()
    outcome_code = serializers.CharField()


class DiaryAsked(serializers.Serializer):
    from_on = serializers.DateField(required=False)
    days = serializers.IntegerField(min_value=1, max_value=DAYS, default=WEEK)
    officer = serializers.CharField(required=False, max_length=150)


class Diary(StaffAPI):
    action = Action.VIEW_DIARY

    @extend_schema(
        operation_id="diary",
        parameters=[DiaryAsked],
        responses=DiaryEntryOut(many=True),
    )
    def get(self, request):
        """One's own diary of a week from today, or that of a colleague within one's reach."""
        asked = DiaryAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        who = _one_of(
            [request.user, *who_to_choose(request.user)],
            "username",
            said.get("officer", request.user.username),
            "officer",
        )
        first = said.get("from_on", localdate())
        start = datetime.combine(first, time(), get_current_timezone())
        found = within_diary(request.user, who, start, start + timedelta(days=said["days"]))
        return Response(DiaryEntryOut(found, many=True).data)


class HoursOut(serializers.ModelSerializer):
    class Meta:
        model = OpeningHours
        fields = ["weekday", "from_at", "to_at", "women_only"]


class PlaceOut(serializers.ModelSerializer):
    team = serializers.CharField(source="team.code", default="")
    hours = HoursOut(many=True)

    class Meta:
        model = Place
        fields = [
            "id", "name", "address", "postcode", "telephone", "how_to_find", "step_free", "team", "closed_on", "hours",
        ]  # fmt: skip


class Places(StaffAPI):
    action = Action.VIEW_DIARY

    @extend_schema(operation_id="list_places", responses=PlaceOut(many=True))
    def get(self, request):
        """Every place where people are seen, with its hours."""
        found = Place.objects.select_related("team").prefetch_related("hours").order_by("name")
        return Response(PlaceOut(found, many=True).data)


def _one_of(offered, known_by, key, name):
    """The one meant; None where none is named; refused where it is not among those offered."""
    if key is None:
        return None
    found = next((one for one in offered if getattr(one, known_by) == key), None)
    if found is None:
        raise ValidationError({name: ["There is none by that name who may be chosen here."]})
    return found


def _shown(found, case, user, *, many=False):
    names = names_for(case, actions_on(case, user))
    return AppointmentOut(found, many=many, context={"names": names}).data

"""How we get in touch with somebody, and the reminders of an appointment."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Appointment, Reachable
from cases.queries.contact_details import (
    OFFERED,
    contact_answers,
    homes_of_case,
    how_reminded,
    numbers_of,
    when_asked,
)
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.reminders import reminder_shown, reminders_of
from cases.reference.agencies import Delivery, Means
from cases.reference.contact_details import STANDS_FOR, Asked
from cases.rules.reminders import last_digits
from cases.services import contact_details as services
from cases.services.policy import meeting_policy
from staff.permissions import Action


class NumberOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    kind = serializers.CharField()
    value = serializers.CharField()
    imported = serializers.BooleanField()
    safe = serializers.ChoiceField(Asked.choices())
    shared_with = serializers.CharField()
    note = serializers.CharField()


class HomeOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    words = serializers.CharField()
    safe_to_write = serializers.ChoiceField(Asked.choices())


class ContactDetailsOut(serializers.Serializer):
    """`reminded`: by what they are reminded of appointments as things are, or why by nothing."""

    may_text = serializers.ChoiceField(Asked.choices())
    may_email = serializers.ChoiceField(Asked.choices())
    wants_welsh = serializers.ChoiceField(Asked.choices())
    welsh_offered_on = serializers.CharField()
    needs_interpreter = serializers.ChoiceField(Asked.choices())
    first_language = serializers.CharField()
    language_notes = serializers.CharField()
    numbers = NumberOut(many=True)
    homes = HomeOut(many=True)
    reminded = serializers.CharField()
    asked = serializers.CharField()


class NumberIn(serializers.Serializer):
    id = serializers.IntegerField()
    safe = serializers.ChoiceField(Asked.choices(), required=False)
    shared_with = serializers.CharField(max_length=200, required=False, allow_blank=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class HomeIn(serializers.Serializer):
    id = serializers.IntegerField()
    safe_to_write = serializers.ChoiceField(Asked.choices())


class ContactDetailsIn(serializers.Serializer):
    """Whatever of it the person answered today; what is left out stays as it is."""

    may_text = serializers.ChoiceField(Asked.choices(), required=False)
    may_email = serializers.ChoiceField(Asked.choices(), required=False)
    wants_welsh = serializers.ChoiceField(Asked.choices(), required=False)
    welsh_offered_on = serializers.DateField(required=False, allow_null=True)
    needs_interpreter = serializers.ChoiceField(Asked.choices(), required=False)
    first_language = serializers.CharField(max_length=100, required=False, allow_blank=True)
    language_notes = serializers.CharField(max_length=500, required=False, allow_blank=True)
    numbers = NumberIn(many=True, required=False)
    homes = HomeIn(many=True, required=False)

    def answers(self):
        """As the service takes it."""
        said = dict(self.validated_data)
        numbers, homes = said.pop("numbers", ()), said.pop("homes", ())
        if OFFERED in said:
            said[OFFERED] = said[OFFERED].isoformat() if said[OFFERED] else ""
        for one in numbers:
            names = {"safe": "safe", "shared_with": "shared", "note": "note"}
            said |= {f"{names[key]}_{one['id']}": one[key] for key in names.keys() & one.keys()}
        return said | {f"write_{one['id']}": one["safe_to_write"] for one in homes}


class NewContactIn(serializers.Serializer):
    kind = serializers.ChoiceField(Reachable.Kind.choices)
    value = serializers.CharField(max_length=200)
    safe = serializers.ChoiceField(Asked.choices())
    shared_with = serializers.CharField(max_length=200, required=False, allow_blank=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ReminderOut(serializers.Serializer):
    """The reminder as it will go or as it went; `to` is never the whole of the number or address."""

    goes = serializers.BooleanField()
    means = serializers.CharField()
    to = serializers.CharField()
    when = serializers.CharField()
    words = serializers.CharField()
    state = serializers.CharField()
    because = serializers.CharField()


class WrittenReminderOut(serializers.Serializer):
    """One that was written, whatever became of it."""

    means = serializers.ChoiceField(Means.choices())
    to = serializers.SerializerMethodField()
    not_before = serializers.DateTimeField()
    delivery = serializers.ChoiceField(Delivery.choices())
    problem = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)

    def get_to(self, message) -> str:
        return last_digits(message.address)


class RemindersOut(serializers.Serializer):
    now = ReminderOut()
    written = WrittenReminderOut(many=True)


class ContactDetails(CaseAPI):
    action = Action.SET_SAFE_CONTACT

    @extend_schema(operation_id="see_contact_details", responses=ContactDetailsOut)
    def get(self, request, crn):
        """What the person said is safe, and what may be sent."""
        return Response(self._shown())

    @extend_schema(
        operation_id="set_contact_details", request=ContactDetailsIn, responses=ContactDetailsOut
    )
    def patch(self, request, crn):
        """Record what they answered today. Reminders that may no longer go are dropped at once."""
        given = ContactDetailsIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.set_contact_details(
            case=self.case,
            given=given.answers(),
            by=request.user,
            today=localdate(),
            now=now(),
        )
        return Response(self._shown())

    @extend_schema(
        operation_id="add_contact", request=NewContactIn, responses={201: ContactDetailsOut}
    )
    def post(self, request, crn):
        """Add a number or an e-mail address."""
        given = NewContactIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data | {"safe": STANDS_FOR[Asked(given.validated_data["safe"])]}
        services.add_contact(case=self.case, by=request.user, today=localdate(), now=now(), **said)
        return Response(self._shown(), status=201)

    def _shown(self):
        names = names_for(self.case, actions_on(self.case, self.request.user))
        answers = contact_answers(self.case, names)
        shown = {
            **answers,
            "numbers": [
                {
                    "key": one.key,
                    "kind": one.kind,
                    "value": one.value,
                    "imported": one.imported,
                    "safe": answers[f"safe_{one.key}"],
                    "shared_with": answers[f"shared_{one.key}"],
                    "note": answers[f"note_{one.key}"],
                }
                for one in numbers_of(self.case)
            ],
            "homes": [
                {"key": one.key, "words": one.words, "safe_to_write": answers[f"write_{one.key}"]}
                for one in homes_of_case(self.case, names)
            ],
            "reminded": how_reminded(self.case),
            "asked": when_asked(self.case),
        }
        return ContactDetailsOut(shown).data


class Reminders(CaseAPI):
    action = Action.VIEW_DIARY

    @extend_schema(operation_id="see_reminders", responses=RemindersOut)
    def get(self, request, crn, appointment):
        """The reminder of an appointment as it will go or went, and every one that was written of it."""
        booked = Appointment.objects.select_related("contact__case", "place")
        found = get_object_or_404(booked, pk=appointment, contact__case=self.case)
        names = names_for(self.case, actions_on(self.case, request.user))
        shown = reminder_shown(found, meeting_policy(localdate()), now(), names)
        return Response(RemindersOut({"now": shown, "written": reminders_of(found)}).data)

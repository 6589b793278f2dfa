"""What every endpoint has in common: whom it lets in, and that its lists begin at `open_to`."""

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models.manager import BaseManager
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from cases.access import find_case
from staff.audit import record
from staff.permissions import Action, reach
from staff.rules.dates import EARLIEST, LATEST

SIZE = 100  # rows of a page


class DayField(serializers.DateField):
    """A day that somebody says. Years outside those of these records are slips, as on the pages."""

    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if not EARLIEST <= day.year <= LATEST:
            raise ValidationError(f"Check the year: {day.year} is outside what is recorded here.")
        return day


class SomeOfField(serializers.ManyRelatedField):
    """Rows by their keys, in a list and in nothing else that could be gone through."""

    def to_internal_value(self, data):
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        return super().to_internal_value(data)


class InOrder(serializers.ListSerializer):
    """Rows that belong to another, in the order they were made. The database promises none of its own."""

    def to_representation(self, data):
        rows = data.all() if isinstance(data, BaseManager) else data
        return super().to_representation(sorted(rows, key=lambda one: one.pk))


class StaffAPI(APIView):
    """An endpoint about no one case. `action` says who may reach it, as on the pages."""

    action: Action

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not reach(request.user.role, self.action):
            record(by=request.user, action=self.action, refused=True)
            raise PermissionDenied
        record(by=request.user, action=self.action, api=True)


class CaseAPI(APIView):
    """An endpoint about one case. `actions` names another action for a method that needs one."""

    action: Action
    actions: ClassVar[dict[str, Action]] = {}

    def initial(self, request, crn, *args, **kwargs):
        super().initial(request, crn, *args, **kwargs)
        action = self.actions.get(request.method, self.action)
        self.case = find_case(request.user, action, crn)


def page(found, rows):
    """The answer of a list: its rows, and what to ask for next."""
    return {"results": rows, "next_after": found.next_after or None}


def one_of(offered, known_by, key, name):
    """The one meant; None where none is named; refused where it is not among those offered."""
    if key is None:
        return None
    found = next((one for one in offered if getattr(one, known_by) == key), None)
    if found is None:
        raise ValidationError({name: ["There is none by that name who may be chosen here."]})
    return found

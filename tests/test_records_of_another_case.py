"""A record of one case is never found under the address of another, whoever asks and whichever way they ask.

The permission table lets somebody into the case that the address names. Whatever else the address names must be of that
case: otherwise whoever reaches one case would read every other, and write on it.
"""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, reverse
from django.urls.converters import IntConverter
from rest_framework.serializers import BaseSerializer

from staff.permissions import Role, reach
from tests.factories import AssignmentFactory, CaseFactory, TeamFactory, UserFactory
from tests.test_permissions import ENDPOINTS, OF_A_CASE, besides

pytestmark = pytest.mark.django_db

OF_NO_CASE = {"officer", "place", "project", "sharing"}  # of the provider, whichever case it is


def records_in(name):
    """What of an address is the number of a record of the case."""
    parts = ENDPOINTS[name].pattern.converters.items()
    return {part for part, kind in parts if isinstance(kind, IntConverter)} - OF_NO_CASE


def asked_of(name):
    """{method: action}: in which ways an address may be asked, and by which action. A page takes both by one."""
    view = getattr(ENDPOINTS[name].callback, "cls", None)
    if view is None:
        return dict.fromkeys(("GET", "POST"), ENDPOINTS[name].callback.action)
    taken = [one for one in ("GET", "POST", "PUT", "PATCH", "DELETE") if hasattr(view, one.lower())]
    return {one: getattr(view, "actions", {}).get(one, view.action) for one in taken}


class Whatever(dict):
    """What was sent, taken as it is: nothing is missing from it, so that nothing else is refused first."""

    def __missing__(self, key):
        return None

    def pop(self, key, default=None):
        return super().pop(key, default)


# What some endpoints take out of a copy before they look for the record
SENT = Whatever(
    went=None, actions=[], follow_on=[], project=None, because="", seen=None, answers=[]
)
# It takes a project apart before it looks for the allocation, as the other steps of one do, which are asked here
LEFT_OUT = {"api-reassign-work-allocation"}
# In these words an endpoint says that there is none on this case
SAID_OTHERWISE = {"api-say-rar-enough": 400, "api-change-work-allocation": 422}


WITH_A_RECORD = [name for name in OF_A_CASE if records_in(name) and name not in LEFT_OUT]


@pytest.fixture
def anything_sent_is_taken(monkeypatch):
    monkeypatch.setattr(BaseSerializer, "is_valid", lambda self, **known: True)
    monkeypatch.setattr(BaseSerializer, "validated_data", property(lambda self: Whatever(SENT)))


def who_may(action, *cases):
    """Somebody of the role that reaches farthest, to whom each of these cases is near."""
    role = max(Role, key=lambda one: reach(one, action))
    user = UserFactory(role=role, team=cases[0].team)
    for case in cases:
        AssignmentFactory(case=case, user=user, from_on=date(2018, 1, 1))
    return user


def came_of(client, method, address, made):
    """The status at the end of it; 404 also where it leads back to a page of the case that names no such record."""
    answer = getattr(client, method.lower())(address, follow=True)
    led = getattr(answer, "redirect_chain", [])
    if answer.status_code == 200 and led and not any(f"/{key}/" in led[-1][0] for key in made):
        return 404
    return answer.status_code


@pytest.fixture
def no_refusal_is_drawn(monkeypatch):
    """To draw a page that says no takes longer than all that is asked here."""

    def undrawn(self, status):
        return lambda request, exception=None: HttpResponse(status=status)

    monkeypatch.setattr(URLResolver, "resolve_error_handler", undrawn)


@pytest.mark.usefixtures("anything_sent_is_taken", "no_refusal_is_drawn")
@pytest.mark.parametrize("name", WITH_A_RECORD)
def test_a_record_of_another_case_is_not_found(client, name):
    team, asked, answers = TeamFactory(), asked_of(name), {}
    near, other = CaseFactory(team=team), CaseFactory(team=team)
    users = {action: who_may(action, near, other) for action in set(asked.values())}
    made = {part: make(other, next(iter(users.values()))) for part, make in besides(name).items()}
    address = reverse(name, kwargs={"crn": near.crn} | made)
    for method, action in asked.items():
        client.force_login(users[action])
        answers[method] = came_of(client, method, address, made.values())
    answers = {method: status for method, status in answers.items() if status != 405}

    assert set(answers.values()) == {SAID_OTHERWISE.get(name, 404)}

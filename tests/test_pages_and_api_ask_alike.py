"""What the API lets somebody do, a page lets them do by the same permission: the two must not be two ways in.

Both end in the same services. Which services an address may call is read from the code that it runs; where an endpoint
asks another action for one than every page does, one of the two is wrong.
"""

import dataclasses
import dis
import functools
import inspect
from collections import defaultdict
from types import CodeType, FunctionType, ModuleType

import pytest
from django.urls import get_resolver

from staff.permissions import Action
from tests.test_architecture import endpoints

ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")
WRITING = ("POST", "PUT", "PATCH", "DELETE")


def is_service(value):
    """Whether it is one of the verbs of an app: whoever does it is named."""
    if not isinstance(value, FunctionType) or ".services." not in f"{value.__module__}.":
        return False
    return "by" in inspect.signature(value).parameters


def is_ours(value):
    return any(f".{layer}" in value.__module__ for layer in ("views", "api"))


def instructions(code):
    yield from dis.get_instructions(code)
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from instructions(one)


def named_in(function):
    """What stands under the names that its code reads: of its module, and of the modules named there."""
    steps = [*instructions(function.__code__), None]
    for step, after in zip(steps, steps[1:], strict=False):
        if step.opname != "LOAD_GLOBAL":
            continue
        value = function.__globals__.get(step.argval)
        if isinstance(value, ModuleType) and after and after.opname in ATTRIBUTES:
            value = getattr(value, after.argval, None)
        yield value
    for cell in function.__closure__ or ():
        yield cell.cell_contents


def held_in(value):
    """What a value holds that may hold services: a step of a page, a table of steps, a call half made."""
    if isinstance(value, functools.partial):
        return [value.func]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, (list, tuple)) else []


def called_by(value, whose=None):
    """The services that this may call, however many steps away. `whose`: the class whose own methods it calls."""
    found, seen, left = set(), set(), [value]
    while left:
        one = inspect.unwrap(left.pop()) if callable(left[-1]) else left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if is_service(one):
            found.add(f"{one.__module__}.{one.__name__}")
        elif not isinstance(one, FunctionType):
            left += held_in(one)
        elif is_ours(one):
            left += named_in(one)
            read = {step.argval for step in instructions(one.__code__) if step.opname in ATTRIBUTES}
            own = [inspect.getattr_static(whose, name, None) for name in read if whose]
            left += [each for each in own if isinstance(each, FunctionType)]
    return found


def asked_for():
    """{service: {the actions of pages}} and {service: {(name, action) of endpoints that write}}."""
    pages, api = defaultdict(set), defaultdict(set)
    for one in endpoints(get_resolver().url_patterns):
        view = getattr(one.callback, "cls", None)
        if view is None:
            action = getattr(one.callback, "action", None)
            if isinstance(action, Action):
                for service in called_by(one.callback):
                    pages[service].add(action)
            continue
        for method in WRITING:
            does = getattr(view, method.lower(), None)
            action = getattr(view, "actions", {}).get(method, getattr(view, "action", None))
            if does and action:
                for service in called_by(does, view):
                    api[service].add((one.name, action))
    return pages, api


PAGES, API = asked_for()
BOTH = sorted(PAGES.keys() & API.keys())


def test_most_of_what_the_api_does_is_found_on_pages_too():
    """Or the tests below would hold nothing."""
    assert len(BOTH) > 0.9 * len(API) > 300


@pytest.mark.parametrize("service", BOTH)
def test_an_endpoint_asks_for_an_action_by_which_a_page_does_the_same(service):
    assert {one for one in API[service] if one[1] not in PAGES[service]} == set()

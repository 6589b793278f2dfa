"""Limited access on the register of a group: whoever is shut out finds nothing of the case but its masked row, on any page.

The same crawl by somebody let in must find the marked words, or the crawl would prove nothing.
"""

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Message, Notice
from grid.reference.group_marks import Mark
from grid.services.group_register import say_of
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.grid.a_group_session import AFTER, a_session, leader, leader_of, said, the_only

pytestmark = pytest.mark.django_db
MARK = "Qzxwvkjq"


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture(params=[Role.FACILITATOR, Role.OFFICER])
def one(request):
    """Somebody of whom everything that can be said is said in marked words, by whoever of this role leads the session."""
    one = the_only(a_session(by=leader(role=request.param)))
    case = one.case
    case.surname, case.forename, case.born_on = f"{MARK}name", f"{MARK}first", date(1971, 6, 17)
    case.save()
    say_of(
        attendance=one, version=1, said=said(one, Mark.SENT_HOME, note=f"{MARK}note"),
        by=leader_of(one.session), now=AFTER,
    )  # fmt: skip
    return one


def crawl(user, one):
    """The body of every page and endpoint of the register that is read, as this user."""
    client = APIClient()
    client.force_login(user)
    addresses = {
        "my-groups": reverse("my-groups"),
        "group-register": reverse("group-register", args=[one.session_id]),
        "group-attendance": reverse("group-attendance", args=[one.session_id, one.pk]),
        "api-my-groups": reverse("api-my-groups"),
        "api-group-register": reverse("api-group-register", args=[one.session_id]),
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


def leaking(bodies):
    return {name for name, body in bodies.items() if MARK.lower() in body.lower()}


@pytest.mark.parametrize("who", ["leader", "senior"])
@pytest.mark.parametrize("how", ["restricted", "excluded"])
def test_nothing_of_a_case_that_is_kept_from_them_is_found(one, who, how):
    leads = leader_of(one.session)
    user = leads if who == "leader" else UserFactory(role=Role.SPO, team=one.case.team)
    limit(one.case, restricted=True) if how == "restricted" else limit(one.case, kept_out=[user])

    bodies = crawl(user, one)

    assert leaking(bodies) == set()
    if who == "leader":
        assert one.case.crn in bodies["group-register"]
        assert "Ask the head of service" in bodies["group-register"]
    else:  # with nobody else of their team on it, there is nothing for them to open
        assert one.case.crn not in bodies["group-register"]


def test_whoever_is_let_in_finds_it_where_it_is_expected(one):
    user = leader_of(one.session)
    limit(one.case, restricted=True, let_in=[user])

    assert leaking(crawl(user, one)) == {"group-register", "group-attendance", "api-group-register"}


def test_what_staff_are_told_at_once_holds_no_word_of_it(one):
    told = [*Message.objects.values_list("body", flat=True), *Notice.objects.values_list("text", flat=True)]  # fmt: skip

    assert told
    assert not any(MARK.lower() in words.lower() for words in told)

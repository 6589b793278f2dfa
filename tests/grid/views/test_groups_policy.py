"""What the policy on interventions says of waiting and of groups: changed by itself, and read where a version says nothing of it."""

import html
from dataclasses import replace

import pytest
from django.utils.timezone import localdate

from cases.models import Policy
from cases.services.policy import newest_policy, seed_policies
from grid.rules.intervention_policy import NAME
from grid.rules.policy_since import TERMS
from grid.services.intervention_policy import intervention_policy
from staff.permissions import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "Offices lie far apart."}
MENTORING, RESOLVE = "mentoring", "resolve"
READ, SET = "/policy/interventions/", "/policy/interventions/new-version/"


def page_of(part):
    return f"{SET}?of={part}"


def text_of(answer):
    return html.unescape(answer.content.decode())


@pytest.fixture
def head(client):
    seed_policies()
    client.force_login(UserFactory(role=Role.HEAD))


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("waiting", {"most_minutes": 60, "notice_days": 7, "soon_weeks": 6, "pressing_weeks": 5}),
        ("groups", {"most_late_minutes": 20, "keep_place_days": 3, "recent_weeks": 12}),
    ],
)
def test_waiting_and_running_groups_are_each_changed_by_themselves(client, head, of, said):
    before = intervention_policy(localdate())
    shown = client.get(page_of(of)).context["form"]

    answer = client.post(page_of(of), WHY | said, follow=True)

    after = intervention_policy(localdate())
    part, was = getattr(after, of), getattr(before, of)
    assert "Version 2 is set" in text_of(answer)
    assert {name: getattr(part, name) for name in said} == said
    assert {name: shown[name].value() for name in said} == {name: getattr(was, name) for name in said}  # fmt: skip
    waits = {"waiting": replace(before.waiting, version=2)}
    assert after == replace(before, version=2, **waits | {of: replace(part, **said)})
    assert {name: getattr(was, name) for name in said} != said


@pytest.mark.parametrize(
    ("of", "name", "value", "word"),
    [
        ("waiting", "most_minutes", 241, "240 or less"),
        ("waiting", "notice_days", -1, "0 or more"),
        ("waiting", "soon_weeks", "", "There is a problem"),
        ("groups", "keep_place_days", 0, "1 or more"),
        ("groups", "recent_weeks", 105, "104 or less"),
    ],
)
def test_a_number_out_of_range_is_refused(client, head, of, name, value, word):
    body = newest_policy(NAME).body

    answer = client.post(page_of(of), WHY | body[of] | {name: value})

    assert word in text_of(answer)
    assert newest_policy(NAME).version == 1


def test_a_policy_set_before_there_were_groups_is_read_shown_and_changed(client, head):
    """It says nothing of waiting, groups or series; the version made from it says all of it."""
    kept = Policy.objects.get(name=NAME, version=1)
    first = kept.body
    older = {name: first[name] for name in ("answer_working_days", "terms")} | {
        "terms": {
            code: {name: value for name, value in said.items() if name not in TERMS}
            for code, said in first["terms"].items()
        }
    }
    Policy.objects.filter(pk=kept.pk).update(body=older)

    page, form = client.get(READ), client.get(page_of(MENTORING)).context["form"]
    answer = client.post(page_of("groups"), WHY | first["groups"], follow=True)

    assert "Weeks that count as soon" in text_of(page)
    assert (form["least"].value(), form["entries"].value()) == (1, "1")
    assert "Version 2 is set" in text_of(answer)
    assert intervention_policy(localdate()).terms[RESOLVE].leaders == 2
    assert newest_policy(NAME).body == first
    assert Policy.objects.get(pk=kept.pk).body == older

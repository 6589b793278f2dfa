"""Pages and endpoints about complaints: taken, seen to, answered by letter; and what whoever one is about finds: nothing.

Source: local policy on complaints (`cases.rules.complaints`).
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Complaint
from cases.reference.holding import LeftAs
from cases.services.complaints import take_complaint
from cases.services.flags import flag_overdue
from cases.services.jobs import run_job
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see
from tests.factories import CaseFactory, ComplaintFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = "Nobody rang back, three times"


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def words(answer):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def take(client, user, case, **given):
    data = {
        "made_by": "family",
        "who": "His sister, 0118 496 0000",
        "words": SAID,
        "about": "nobody",
        "received_on": say_date(localdate()),
    }
    return post(client, user, "take-complaint", case, **data | given)


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def complained(case, about, by, days=0):
    """As it is taken, with its clocks and whoever is told."""
    return take_complaint(
        case=case, made_by="family", who="His sister", about=about, words=SAID, wants="",
        received_on=localdate() - days * DAY, by=by, now=now(),
    )  # fmt: skip


def answered(case, **given):
    known = {
        "outcome": "partly", "answer": "We looked at it.\nWe should have rung.", "learnt": "Ring back.",
        "answered_on": localdate(), "answered_by": UserFactory(role=Role.SPO), "received_on": localdate(),
    }  # fmt: skip
    return ComplaintFactory(case=case, **known | given)


def test_an_officer_takes_one_about_a_colleague_and_reads_it_no_more(client, case, senior):
    taker = UserFactory(team=case.team)
    refused = words(take(client, taker, case, words="", about=""))
    assert "What do they complain of" in refused

    page = words(take(client, taker, case, about=str(case.officer_id)))

    assert "The complaint is taken" in page
    made = Complaint.objects.get()
    assert (made.about, made.words, made.recorded_by) == (case.officer, SAID, taker)
    assert see(client, taker, "complaint", case, made.pk).status_code == 403


def test_a_head_it_is_about_finds_no_entry_of_it_in_the_trail(client, case, head):
    other = UserFactory(role=Role.HEAD)
    complained(case, head, case.officer)

    assert "Took complaint" in words(see(client, other, "case-history", case))
    assert "Took complaint" not in words(see(client, head, "case-history", case))


def test_nobody_is_offered_themselves(client, case):
    page = see(client, case.officer, "take-complaint", case).content.decode()

    assert f'value="{case.officer_id}"' not in page
    assert 'value="nobody"' in page


@pytest.mark.parametrize("whom", ["officer", "senior"])
def test_whom_it_is_about_finds_no_trace_of_it_anywhere(client, case, senior, head, whom):
    user = case.officer if whom == "officer" else senior
    one = complained(case, user, UserFactory(team=case.team), days=90)
    night = flag_overdue(today=localdate())
    run_job(job="flag_overdue", slot="night", today=localdate(), now=now(), step=night)
    assert case.flags.raised().count() == 2

    found = pages_of(client, user, case)

    said = ("the complaint", "A complaint was made", SAID)
    assert [name for name, body in found.items() if any(words in body for words in said)] == []
    for name in ("complaint", "take-up-complaint", "answer-complaint", "complaint-letter"):
        assert see(client, user, name, case, one.pk).status_code in (403, 404)
    client.force_login(head)
    page = words(client.get(reverse("complaints"), {"team": "all"}))
    assert SAID in page
    assert "Acknowledge the complaint" in words(client.get(reverse("my-work")))


def pages_of(client, user, case):
    """The body of whatever lists what is owed or told, as this user."""
    client.force_login(user)
    of_the_case = [reverse(name, args=[case.crn]) for name in ("case", "hand-over-sheet", "case-complaints", "api-complaints", "api-case-flags")]  # fmt: skip
    across = [reverse(name) for name in ("my-work", "caseload", "team-board", "flags", "complaints", "api-flags", "api-work", "api-complaints-list")]  # fmt: skip
    bodies = {}
    for address in [*of_the_case, *across]:
        body = client.get(address, {"team": "all"} if "team" in address else {}).content.decode()
        bodies[address] = re.sub(r"<option[^>]*>[^<]*</option>|Take a complaint", "", body)
    return bodies


def test_a_senior_says_who_answers_and_it_is_answered_with_a_letter(client, case, senior):
    made = complained(case, None, case.officer)
    page = words(see(client, senior, "take-up-complaint", case, made.pk))
    assert SAID in page
    given = {"handler": str(senior.pk), "about": "nobody", "acknowledged": "yes", "acknowledged_on": "today", "seen": "0"}  # fmt: skip
    page = words(post(client, senior, "take-up-complaint", case, made.pk, **given))
    assert "Answer it" in page
    assert f"To be answered by {senior.name}" in page
    stale = {"outcome": "yes", "answer": "We are sorry.", "learnt": "Ring back.", "seen": "0"}
    page = words(post(client, senior, "answer-complaint", case, made.pk, **stale))
    assert "Somebody else has written on this complaint" in page

    page = words(post(client, senior, "answer-complaint", case, made.pk, **stale | {"seen": "1"}))

    assert "The complaint is answered" in page
    letter = words(see(client, senior, "complaint-letter", case, made.pk))
    assert "We uphold it." in letter
    assert "We are sorry." in letter
    again = words(post(client, senior, "answer-complaint", case, made.pk, **stale | {"seen": "2"}))
    assert "This complaint has been answered" in again


def test_the_letter_holds_the_answer_and_nothing_of_the_case_or_of_anybody_else(
    client, case, senior
):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    one = answered(case, answer="We spoke to Dana Hill.", learnt="A lesson", words="Their words")

    page = words(see(client, senior, "complaint-letter", case, one.pk))

    assert "We spoke to [name protected]." in page
    for kept in ("A lesson", "Their words", case.surname, "Dana Hill"):
        assert kept not in page


def test_no_letter_goes_to_somebody_who_has_died(client, case, senior):
    theirs, sisters = answered(case), answered(case, made_by="family", who="His sister")
    type(case).objects.update(left_as=LeftAs.DIED)

    assert see(client, senior, "complaint-letter", case, theirs.pk).status_code == 404
    assert see(client, senior, "complaint-letter", case, sisters.pk).status_code == 200


@pytest.mark.parametrize("rows", [5, 60])
def test_the_list_takes_as_many_statements_whatever_its_length(client, head, rows):
    for _ in range(rows):
        RelatedPersonFactory(case=ComplaintFactory(received_on=localdate()).case, protected=True)
    client.force_login(head)
    client.get(reverse("complaints"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("complaints"), {"team": "all"})

    assert len(queries) == STATEMENTS


STATEMENTS = 12


def test_the_list_says_how_old_each_is_and_what_the_year_taught(client, case, senior, head):
    ComplaintFactory(case=case, received_on=localdate() - 9 * DAY, handler=senior)
    answered(case, learnt="Ring back the same day.")
    client.force_login(head)

    page = words(client.get(reverse("complaints"), {"team": "all"}))
    closed = words(client.get(reverse("complaints"), {"team": "all", "show": "closed"}))

    assert "9 days old" in page
    assert senior.name in page
    assert "Ring back the same day." in page
    assert "Answered after 0 days" in closed
    client.force_login(senior)
    assert "taught us" not in words(client.get(reverse("complaints")))
    assert "9 days old" in words(client.get(reverse("complaints"), {"show": "mine"}))


def test_the_same_over_the_api_and_nothing_for_whom_it_is_about(case, senior, head):
    given = {"made_by": "person", "words": SAID, "received_on": localdate().isoformat()}
    made = ask(
        case.officer, "api-complaints", case.crn, method="post", about=senior.username, **given
    )
    assert set(made.json()) == {"id", "received_on"}
    key = made.json()["id"]
    itself = ask(case.officer, "api-complaints", case.crn, method="post", about=case.officer.username, **given)  # fmt: skip
    assert "about themselves" in itself.content.decode()

    assert ask(senior, "api-complaints", case.crn).json() == []
    assert ask(senior, "api-complaints-list").json()["results"] == []
    steps = {"outcome": "no", "answer": "We rang twice.", "version": 0}
    assert ask(senior, "api-answer-complaint", case.crn, key, method="post", **steps).status_code == 404  # fmt: skip
    up = {"handler": head.username, "about": senior.username, "version": 0}
    taken_up = ask(head, "api-take-up-complaint", case.crn, key, method="post", **up)
    assert (taken_up.json()["handler"], taken_up.json()["version"]) == (head.username, 1)
    done = ask(head, "api-answer-complaint", case.crn, key, method="post", **steps | {"version": 1})
    assert done.json()["outcome"] == "no"
    assert [one["id"] for one in ask(head, "api-complaints-list", show="closed").json()["results"]] == [key]  # fmt: skip

"""Pages and endpoints about a charge with a serious further offence: recorded, what was known, later edits, and the list.

Source: local policy on serious further offences.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Assignment, FurtherOffence
from cases.reference.codes import Capacity
from oversight.services.further_offences import record_further_offence
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see
from tests.factories import (
    CaseFactory,
    ContactFactory,
    FurtherOffenceFactory,
    PlanActionFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    UserFactory,
)
from tests.oversight.a_long_case import fill

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def words(answer):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def record(client, user, case, **given):
    data = {
        "offence": "Wounding with intent",
        "charged_on": say_date(localdate()),
        "told_by": "Thames Valley Police, PC Lowe",
        "learnt_on": say_date(localdate()),
        "learnt_time": "00:00",
        "sure": "yes",
    }
    return post(client, user, "record-further-offence", case, **data | given)


def charged(case, by):
    return record_further_offence(
        case=case,
        charged_on=localdate(),
        offence="Wounding with intent",
        told_by="The police",
        learnt_at=now(),
        by=by,
        now=now(),
    )


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def test_it_is_recorded_after_a_warning_and_a_question_whether_it_is_confirmed(
    client, case, senior
):
    page = words(see(client, senior, "record-further-offence", case))
    assert "only the officer, their senior, the heads of service and the quality managers" in page
    assert "An arrest is not a charge" in page
    assert "Ring the police" in words(record(client, senior, case, sure="no"))
    assert not FurtherOffence.objects.exists()

    page = words(record(client, senior, case))

    assert "Charged on" in page
    assert "Nobody yet Due on" in page
    assert "Say who was notified" in page


def test_whoever_covers_and_records_it_is_told_that_they_are_let_in_no_more(client, case):
    cover = UserFactory()
    Assignment.objects.create(
        case=case, user=cover, capacity=Capacity.COVER, from_on=localdate() - DAY
    )

    page = words(record(client, cover, case))

    assert "you can no longer open the case" in page
    assert see(client, cover, "case", case).status_code == 403


def test_what_was_known_is_read_with_its_seal_and_says_that_nothing_differs(client, case, senior):
    fill(case)
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True, relationship="Partner")
    ContactFactory(case=case, started_at=now() - DAY, notes="Dana Hill rang about him.")
    made = charged(case, senior)

    page = words(see(client, senior, "known-then", case, made.pk))

    assert "Unchanged since it was taken" in page
    assert "So far the record stands as it did" in page
    assert "Wants to work." in page
    assert "Dana Hill rang about him." in page
    quality = UserFactory(role=Role.QUALITY)
    made.case.refresh_from_db()
    made.case.limit.named.create(user=quality, let_in=True)
    page = words(see(client, quality, "known-then", case, made.pk))
    assert "rang about him." in page
    assert "Dana Hill" not in page
    assert "Partner" not in page


@pytest.mark.django_db(transaction=True)  # the history says when each change began
def test_later_edits_are_marked_with_what_stood_and_who_changed_it(client, case, senior):
    step = PlanActionFactory(case=case, what="Ring the school", by_whom="The officer")
    gone = RegistrationFactory(case=case)
    made = charged(case, senior)
    post(
        client, case.officer, "add-action", case, what="See him weekly", by_whom="Us", by_on="today"
    )
    case.plan_actions.filter(pk=step.pk).update(by_whom="Her senior")
    gone.delete()

    page = words(see(client, senior, "known-then", case, made.pk))

    assert "The plan in force, and its steps: Ring the school Changed since" in page
    assert "Her senior On the day: The officer" in page
    assert "See him weekly Added since" in page
    assert "Taken away since" in page
    assert "Ring the school (changed since)" in page
    done = post(client, case.officer, "finish-action", case, step.pk, note="Rang them today")
    assert done.status_code == 200
    page = words(see(client, senior, "known-then", case, made.pk))
    assert f"Changed since : {case.officer.name}, " in page


def test_a_name_protected_only_since_is_kept_out_of_what_was_known(client, case, senior):
    person = RelatedPersonFactory(case=case, name="Dana Hill", relationship="Partner", address="4 Mill Lane")  # fmt: skip
    made = charged(case, senior)
    person.protected = True
    person.save()
    quality = UserFactory(role=Role.QUALITY)
    case.limit.named.create(user=quality, let_in=True)

    page = words(see(client, quality, "known-then", case, made.pk))

    assert "Name protected" in page
    assert not [word for word in ("Dana Hill", "4 Mill Lane", "Partner") if word in page]


def test_a_broken_seal_is_said(client, case, senior):
    made = FurtherOffenceFactory(case=case, known={"sections": []})

    page = words(see(client, senior, "known-then", case, made.pk))

    assert "The seal is broken" in page
    assert "Unchanged since" not in page


def test_notified_reviewed_and_set_aside_each_say_what_comes_of_it(client, case, senior):
    made = charged(case, senior)

    notified = post(client, senior, "notify-further-offence", case, made.pk, whom="The Ministry", on="today")  # fmt: skip
    reviewed = post(client, senior, "review-further-offence", case, made.pk, learnt="Ask partners.", on="today")  # fmt: skip
    aside = post(client, senior, "set-aside-further-offence", case, made.pk, because="The charge was dropped")  # fmt: skip

    assert "The Ministry" in words(notified)
    assert "Ask partners." in words(reviewed)
    assert "Access to the case is as it was before" in words(aside)
    assert "Say who was notified" not in words(aside)
    again = post(client, senior, "notify-further-offence", case, made.pk, whom="The Ministry", on="today")  # fmt: skip
    assert "was set aside" in words(again)


@pytest.mark.parametrize("rows", [5, 60])
def test_the_list_takes_as_many_statements_whatever_its_length(client, rows):
    head = UserFactory(role=Role.HEAD)
    for _ in range(rows):
        charged_before = FurtherOffenceFactory()
        RelatedPersonFactory(case=charged_before.case, protected=True)
    client.force_login(head)
    client.get(reverse("further-offences"))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("further-offences"), {"team": "all"})

    assert len(queries) == STATEMENTS
    assert page.content.decode().count("data-row>") + page.content.decode().count("data-row id") == min(rows, 50)  # fmt: skip


STATEMENTS = 12


def test_the_list_shows_what_is_owed_first_and_the_others_when_asked(client, case, senior):
    charged(case, senior)
    done = FurtherOffenceFactory(
        case__team=case.team, notified_on=localdate(), notified_whom="The Ministry", notified_by=senior,
        reviewed_on=localdate(), reviewed_by=senior, learnt="Ask.", offence="Robbery",
    )  # fmt: skip
    client.force_login(senior)

    owed = words(client.get(reverse("further-offences")))
    shown = words(client.get(reverse("further-offences"), {"show": "done"}))

    assert case.crn in owed
    assert "Due on" in owed
    assert "Robbery" not in owed
    assert done.case.crn in shown
    officer = UserFactory()
    client.force_login(officer)
    assert case.crn not in words(client.get(reverse("further-offences")))


def test_the_same_over_the_api(case, senior):
    given = {
        "charged_on": localdate().isoformat(),
        "offence": "Robbery",
        "told_by": "The police",
        "learnt_at": now().isoformat(),
    }
    made = ask(case.officer, "api-further-offences", case.crn, method="post", **given)
    assert made.status_code == 201
    key = made.json()["id"]
    again = ask(senior, "api-further-offences", case.crn, method="post", **given)
    assert "recorded already" in again.content.decode()

    known = ask(senior, "api-known-then", case.crn, key).json()

    assert known["whole"]
    assert known["later"] == []
    day = localdate().isoformat()
    done = ask(senior, "api-notify-further-offence", case.crn, key, method="post", on=day, whom="The Ministry")  # fmt: skip
    assert done.json()["notified_whom"] == "The Ministry"
    assert ask(case.officer, "api-set-aside-further-offence", case.crn, key, method="post", because="x").status_code == 403  # fmt: skip
    listed = ask(senior, "api-further-offences-list").json()["results"]
    assert [one["crn"] for one in listed] == [case.crn]
    aside = ask(senior, "api-set-aside-further-offence", case.crn, key, method="post", because="A mistake of theirs")  # fmt: skip
    assert aside.json()["set_aside_at"]

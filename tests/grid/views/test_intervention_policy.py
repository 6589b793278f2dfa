"""The policy on interventions: read by everybody, set by a head of service, one intervention at a time."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Place, Policy
from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.services.policy import newest_policy, seed_policies
from grid.forms.intervention_policy import AnswerForm, GroupsForm, TermsForm, WaitingForm
from grid.reference.interventions import INTERVENTIONS, Family, Hook
from grid.rules.intervention_policy import NAME, Dose
from grid.services.intervention_policy import (
    intervention_policy,
    set_intervention_policy,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "The court asked for it."}
MENTORING, RESOLVE, HEAL = "mentoring", "resolve", "heal"
READ, SET = "/policy/interventions/", "/policy/interventions/new-version/"
YES_OR_NO = {True: "yes", False: "no"}


def page_of(code):
    return f"{SET}?of={code}"


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def written(code=MENTORING, **changes):
    """What the form of one intervention sends when nothing else is changed."""
    said = TermsForm.as_written(newest_policy(NAME).body, code)
    answers = {
        name: YES_OR_NO[value] if isinstance(value, bool) else value for name, value in said.items()
    }
    return answers | WHY | changes


def text_of(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("role", [Role.MENTOR, Role.OFFICER, Role.SPO, Role.AUDITOR])
def test_everybody_reads_it_from_the_list_of_policies_and_only_a_head_sets_it(client, role):
    client.force_login(UserFactory(role=role))

    listed, page = client.get(reverse("policies")), client.get(READ)

    assert READ in listed.content.decode()
    assert "Version 1, in force from 1 February 2015" in text_of(page)
    assert "The first version, as the service came with it" in text_of(page)
    assert SET not in page.content.decode()
    assert client.get(SET).status_code == 403
    assert client.get(page_of(RESOLVE)).status_code == 403


def test_each_intervention_stands_in_its_family_with_its_own_change_link(client, head):
    page = client.get(READ)
    parts, text = page.context["parts"], page.content.decode()

    assert [part.under for part in parts[3:]] == [
        family.title for family in Family for one in INTERVENTIONS.values() if one.family is family
    ]
    assert {part.title for part in parts[3:]} == {one.title for one in INTERVENTIONS.values()}
    assert [text.count(f">{family.title}</h2>") for family in Family] == [1, 1, 1, 1]
    assert [text.count(f'href="{page_of(code)}"') for code in INTERVENTIONS] == [1] * len(
        INTERVENTIONS
    )
    assert [text.count(f'href="{page_of(part)}"') for part in ("waiting", "groups")] == [1, 1]
    assert f'href="{SET}"' in text


def test_what_is_asked_is_said_in_words(client, head):
    parts = {part.title: part for part in client.get(READ).context["parts"]}
    said = {line.label: line.value for line in parts["Resolve"].lines}

    assert said == {
        "By what they would come": "Programme requirement of the order; Licence condition",
        "For women, or for men": "Men",
        "Likelihood of reoffending": "OGRS3 over two years of 50% or more",
        "Risk of serious harm": "Medium at most",
        "A need that it meets": "One of: thinking and behaviour; attitudes",
        "Violence to a partner": "Not after violence to a partner",
        "Violent offence": "Only after a violent offence",
        "How much of it": "24 sessions of 2 hours, at least 12 weeks",
        "Sessions in a week, at most": "2",
        "Each session is a day of a RAR": "No",
        "Where": "Oxford office, Milton Keynes office and Reading office",
        "Whoever leads it is trained for": "Resolve",
        "People in a series": "4 to 10",
        "Led by": "2 people",
        "A series is for women alone": "No",
        "Somebody may begin with": "Session 1 only",
        "What they missed before": "Nobody begins later",
        "A series that ends after their order": "Refused",
        "Price of a place": "£1,200",
        "Where the figures come from": newest_policy(NAME).body["terms"][RESOLVE]["notes"],
    }
    assert parts["Answering what is proposed"].lines[0].value == "5 working days"
    assert {line.label: line.value for line in parts["Waiting for a group"].lines} == {
        "Minutes each way that anybody is sent, at most": "90",
        "Days of notice before a first session, at least": "3",
        "Weeks that count as soon": "4",
        "Weeks within which a start is pressing": "4",
    }
    assert {line.label: line.value for line in parts["Running a group"].lines} == {
        "Minutes after the start up to which somebody may come in": "15",
        "Days for which a place is kept": "5",
        "Weeks from the start of a sentence in which it is looked at by itself": "26",
    }


def test_the_page_takes_as_many_statements_for_many_versions_as_for_one(
    client, head, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(9) as one:
        client.get(READ)
    fixed = len(one)
    for version in range(1, 6):
        client.post(page_of(MENTORING), written(changing=version, sessions=version))
    client.get(READ)  # shows what the last of them said, once

    with django_assert_num_queries(fixed):
        page = client.get(READ)

    assert len(page.context["versions"]) == 6


def test_the_form_takes_as_many_statements_for_many_offices_as_for_none(
    client, head, django_assert_max_num_queries, django_assert_num_queries
):
    client.get(page_of(MENTORING))  # opened before: the second time is like every other
    with django_assert_max_num_queries(16) as few:
        client.get(page_of(MENTORING))
    Place.objects.bulk_create(Place(name=f"Office {number}") for number in range(30))

    with django_assert_num_queries(len(few)):
        form = client.get(page_of(MENTORING)).context["form"]

    assert len(form.fields["sites"].choices) == 30


@pytest.mark.parametrize("code", INTERVENTIONS)
def test_a_version_in_which_nothing_is_changed_says_the_same(client, head, code):
    before = newest_policy(NAME).body

    answer = client.post(page_of(code), written(code), follow=True)

    assert "Version 2 is set" in text_of(answer)
    assert newest_policy(NAME).body == before


def test_a_head_of_service_changes_all_the_terms_of_one_intervention_from_a_day(client, head):
    later = localdate() + timedelta(days=30)
    before = intervention_policy(localdate())
    Place.objects.create(name="Banbury office")
    said = {
        "offered": "no",
        "hooks": ["voluntary", "rar"],
        "sex": "F",
        "needs": ["drugs"],
        "from_percent": 10,
        "to_percent": 90,
        "harm_up_to": "RLRH",
        "partner_violence": "not",
        "violence": "only",
        "days_counted": "no",
        "sessions": 3,
        "minutes": 45,
        "a_week": 2,
        "sites": ["Banbury office"],
        "skill": "Listening",
        "price": "£22.50",
        "least": 3,
        "most": 8,
        "leaders": 2,
        "led_by_women": "yes",
        "women_only": "yes",
        "entries": "3, 1",
        "rolling": "yes",
        "must_finish": "yes",
        "notes": "Agreed with the commissioner.",
    }

    answer = client.post(page_of(MENTORING), said | WHY | {"from_on": later.isoformat()})

    after = intervention_policy(later)
    terms = after.terms[MENTORING]
    assert (answer.status_code, answer.url) == (302, READ)
    assert intervention_policy(localdate()) == before
    assert after.version == 2
    assert {code for code in INTERVENTIONS if after.terms[code] != before.terms[code]} == {
        MENTORING
    }
    assert (terms.offered, terms.hooks, terms.sex) == (
        False,
        (Hook.RAR, Hook.VOLUNTARY),
        Sex.FEMALE,
    )
    assert (terms.needs, terms.harm_up_to) == ((NeedArea.DRUGS,), Rosh.LOW)
    assert (terms.from_percent, terms.to_percent) == (10, 90)
    assert (terms.partner_violence, terms.violence, terms.days_counted) == (False, True, False)
    assert (terms.dose, terms.sites) == (Dose(3, 45, 2), ("Banbury office",))
    assert (terms.skill, terms.price_pence) == ("Listening", 2250)
    assert (terms.least, terms.most, terms.leaders) == (3, 8, 2)
    assert (terms.led_by_women, terms.women_only, terms.must_finish) == (True, True, True)
    assert (terms.entries, terms.rolling) == ((1, 3), True)
    assert terms.notes == "Agreed with the commissioner."


def test_a_version_is_kept_with_who_set_it_and_why_and_the_page_shows_its_history(client, head):
    client.post(page_of(MENTORING), written(offered="no"))

    page = client.get(READ)

    assert Policy.objects.get(name=NAME, version=2).set_by == head
    assert Entry.objects.filter(by=head, action="set_policy").exists()
    shown = [(one.title, one.by, one.text) for one in page.context["versions"]]
    assert shown[0] == ("Version 2", head.name, "The court asked for it.")
    assert shown[1][0] == "Version 1"
    assert "Mentoring (does not run here)" in text_of(page)
    assert "Version 2, in force from" in text_of(page)


def test_the_days_to_answer_are_changed_by_themselves(client, head):
    before = intervention_policy(localdate())

    answer = client.post(SET, WHY | {"answer_working_days": "3"}, follow=True)

    after = intervention_policy(localdate())
    assert "What is proposed from that day goes by it." in text_of(answer)
    assert (after.version, after.answer_working_days) == (2, 3)
    assert after.terms == before.terms


def test_all_of_the_policy_stands_in_its_forms(head):
    body = newest_policy(NAME).body
    asked = set(AnswerForm.as_written(body)) | {"terms", "waiting", "groups"}
    assert set(WaitingForm.as_written(body)) == set(body["waiting"]) == set(WaitingForm.asked)
    assert set(GroupsForm.as_written(body)) == set(body["groups"]) == set(GroupsForm.asked)
    of_one = {name for name in body["terms"][RESOLVE] if name not in {"dose", "price_pence"}}

    assert asked == set(body)
    assert set(TermsForm.as_written(body, RESOLVE)) == of_one | {"price"} | set(
        body["terms"][RESOLVE]["dose"]
    )


@pytest.mark.parametrize(
    ("code", "changes", "word"),
    [
        (MENTORING, {"sessions": "0"}, "1 or more"),
        (MENTORING, {"minutes": "10"}, "15 or more"),
        (MENTORING, {"a_week": "8"}, "7 or less"),
        (
            MENTORING,
            {"from_percent": "60", "to_percent": "60"},
            "must be higher than the one it starts from",
        ),
        (MENTORING, {"least": "2"}, "must not be more than it holds"),
        (MENTORING, {"most": "31"}, "30 or less"),
        (MENTORING, {"leaders": "0"}, "1 or more"),
        (MENTORING, {"women_only": "yes"}, "a series for women alone is of what is for women"),
        (MENTORING, {"entries": "one"}, "Enter numbers with commas between them"),
        (MENTORING, {"entries": "2"}, "somebody may always begin with session 1"),
        (MENTORING, {"entries": "1, 13"}, "nobody can begin with session 13, for it has 12"),
        (HEAL, {"women_only": "no"}, "HEAL: the catalogue has it for women alone"),
        (MENTORING, {"price": "a lot"}, "Enter the amount in pounds and pence"),
        (MENTORING, {"price": "10001"}, "Enter £10,000.00 or less"),
        (MENTORING, {"hooks": ["force"]}, "There is a problem"),
        (MENTORING, {"hooks": []}, "Mentoring: say by what somebody may be required, or asked"),
        (MENTORING, {"hooks": ["voluntary"]}, "days of a RAR only where a RAR may bring somebody"),
        (MENTORING, {"sites": ["Nowhere"]}, "There is a problem"),
        (MENTORING, {"harm_up_to": ""}, "There is a problem"),
        (MENTORING, {"reason": ""}, "Answer “Why does it change?”"),
        (MENTORING, {"from_on": "1 May 2018"}, "has been"),
        (HEAL, {"sex": "anybody"}, "HEAL: the catalogue has it for women alone"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_its_box(client, head, code, changes, word):
    answer = client.post(page_of(code), written(code, **{"skill": "Kept in its box"} | changes))

    assert word in text_of(answer)
    assert answer.context["form"]["skill"].value() == "Kept in its box"
    assert 'value="Kept in its box"' in answer.content.decode()
    assert not Policy.objects.filter(name=NAME, version=2).exists()


@pytest.mark.parametrize("code", ["juggling", "RESOLVE", "../grid"])
def test_there_is_no_page_for_what_is_not_in_the_catalogue(client, head, code):
    assert client.get(page_of(code)).status_code == 404
    assert client.post(page_of(code), written()).status_code == 404


def test_two_who_change_it_at_once_lose_nothing(client, head):
    client.post(page_of(MENTORING), written(sessions=20))

    answer = client.post(page_of(RESOLVE), written(RESOLVE, sessions=30))

    assert "Version 2 has been set meanwhile" in text_of(answer)
    policy = intervention_policy(localdate())
    assert (policy.terms[MENTORING].dose.sessions, policy.terms[RESOLVE].dose.sessions) == (20, 24)


def test_a_version_starts_from_the_one_set_last_though_its_day_has_not_come(client, head):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    client.post(page_of(MENTORING), written(sessions=20, from_on=tomorrow))

    shown = client.get(page_of(MENTORING)).context["form"]

    assert (shown["sessions"].value(), shown["changing"].value()) == (20, 2)
    assert newest_policy(NAME).version == 2
    assert intervention_policy(localdate()).version == 1


def test_a_place_that_closed_since_stays_ticked_until_somebody_unticks_it(client, head):
    Place.objects.create(name="Reading office", closed_on=localdate() - timedelta(days=1))
    Place.objects.create(name="Closed office", closed_on=localdate() - timedelta(days=1))

    form = client.get(page_of(RESOLVE)).context["form"]

    assert [name for name, _ in form.fields["sites"].choices] == [
        "Milton Keynes office",
        "Oxford office",
        "Reading office",
    ]
    assert form["sites"].value() == ["Oxford office", "Milton Keynes office", "Reading office"]


def test_a_version_that_nobody_could_read_is_kept_by_no_way(head):
    body = newest_policy(NAME).body
    body = body | {"terms": {code: said for code, said in body["terms"].items() if code != HEAL}}

    with pytest.raises(RuleBroken, match="The policy says nothing about: HEAL"):
        set_intervention_policy(
            body=body, changing=1, from_on=localdate(), reason="Less", by=head, today=localdate()
        )

    assert newest_policy(NAME).version == 1

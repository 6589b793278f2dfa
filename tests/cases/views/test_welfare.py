"""The page on which somebody is asked whether they think of harming themselves: kindly worded, and it promises nothing."""

import pytest
from django.urls import reverse

from cases.models import WelfareCheck
from cases.reference.codes import Register
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    NOW,
    CaseFactory,
    RelatedPersonFactory,
    UserFactory,
    WelfareCheckFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def answered(client, user, case, **given):
    client.force_login(user)
    data = {"moment": "concern", "answer": "no", "words": "", "done": "", "on": "today", "time": "00:00"}  # fmt: skip
    return client.post(reverse("welfare", args=[case.crn]), data | given, follow=True)


def test_nobody_asked_is_not_no(client, case):
    page = words(see(client, case.officer, "welfare", case))

    assert "Nobody has recorded here that they were asked." in page
    assert "Asking does not put the thought there" in page


def test_no_is_repeated_as_what_they_said_on_a_day(client, case):
    WelfareCheckFactory(case=case, asked_at=NOW)

    page = words(see(client, case.officer, "welfare", case)).partition("One answer is about")[2]

    assert "They said on 1 October 2018 that they have no such thoughts." in page
    assert "no risk" not in page.lower()


def test_thoughts_lead_to_raising_it_with_the_flag_chosen(client, case):
    page = words(answered(client, case.officer, case, answer="thoughts", words="It would be easier", done="Rang the crisis team, Ms Okoye"))  # fmt: skip
    assert "the senior probation officer has been told" in page
    assert "Raise it now: suicide or self-harm" in page

    raising = client.get(f"{reverse('raise-now', args=[case.crn])}?kind=flag&register=ALSH")

    assert f'<option value="{Register.SELF_HARM}" selected' in raising.content.decode()
    assert WelfareCheck.objects.get().words == "It would be easier"


def test_what_is_missing_is_asked_for_where_it_is_missing(client, case):
    page = words(answered(client, case.officer, case, answer="plans"))

    assert "in their words as far as you can" in page
    assert "tell somebody now" in page
    assert not WelfareCheck.objects.exists()


def test_a_protected_name_in_their_words_is_kept_from_who_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    WelfareCheckFactory(case=case, answer="thoughts", words="Since Dana Hill left", done="GP told")
    colleague = UserFactory(role=Role.OFFICER, team=case.team)

    page = words(see(client, colleague, "welfare", case))

    assert "They have thoughts of it" in page
    assert ("Dana Hill" in page) == ("Dana Hill" in words(see(client, colleague, "case-person", case)))  # fmt: skip

"""The screen of an induction, its signature, and the proof that says nothing it should not."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Induction, LicenceCondition
from cases.queries.induction import rules_of
from cases.rules.answering import field_name
from cases.rules.induction import questions_of
from cases.services.induction import answer_induction, begin_induction
from staff.permissions import Role
from tests.cases.rules.test_induction import SAID
from tests.factories import (
    CaseFactory,
    PersonFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOLD = ("His sister reads letters out to him.", "I want to see my lad again.")


@pytest.fixture
def case():
    case = CaseFactory()
    sentence = SentenceFactory(case=case, started_on=localdate().replace(day=1, month=1))
    RequirementFactory(sentence=sentence, length=20, length_unit="Days")
    LicenceCondition.objects.create(
        sentence=sentence,
        category="Contact",
        text="Not to contact Robin Quill",
        from_on=localdate(),
    )
    PersonFactory(
        case=case,
        contact_asked_on=localdate(),
        welsh_offered_on=localdate(),
        needs_interpreter=False,
    )
    RelatedPersonFactory(case=case, name="Robin Quill", protected=True, victim=True)
    return case


@pytest.fixture
def officer(client, case):
    client.force_login(case.officer)
    return case.officer


def page_of(case, name="induction", *beside):
    return reverse(name, args=[case.crn, *beside])


def words(page):
    return page.content.decode()


def begun(case):
    return begin_induction(case=case, by=case.officer, now=now())


def answered(case):
    induction = begun(case)
    asked = questions_of(rules_of(induction.sentence, localdate()))
    given = {one.code: SAID[one.kind] for one in asked}
    answer_induction(induction=induction, given=given, by=case.officer, today=localdate())
    induction.refresh_from_db()
    return induction


def filled(client, case, **changed):
    """The screen as a browser sends it back, with some of it changed."""
    form = client.get(page_of(case)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items()} | changed


def sign(client, induction, **changed):
    given = {"held_on": "today", "proof": "paper", "proof_words": "", "version": induction.version}
    return client.post(page_of(induction.case, "sign-induction"), given | changed, follow=True)


def test_begun_it_names_each_rule_and_all_that_is_still_to_do(client, officer, case):
    assert "None is recorded in this system" in words(client.get(page_of(case, "case-inductions")))

    page = client.post(page_of(case, "begin-induction"), follow=True)

    assert "Rehabilitation activity requirement: 20 days" in words(page)
    assert "Not to contact Robin Quill" in words(page)
    assert len(page.context["gaps"]) == 18
    assert f"#id_{field_name('rights.complaints')}" in words(page)


def test_what_is_answered_is_saved_and_the_rest_stays_blank(client, officer, case):
    begun(case)
    sent = filled(client, case, **{"needs-caring": "yes", "needs-caring-yes": "Two boys", "needs-times": "no"})  # fmt: skip

    client.post(page_of(case), sent | {"then": "stay"})

    assert Induction.objects.get().answers == {
        "needs.caring": {"said": "yes", "words": "Two boys"},
        "needs.times": {"said": "no"},
    }
    again = client.get(page_of(case)).context["form"]
    assert again["needs-caring-yes"].value() == "Two boys"


def test_what_two_people_answer_differently_is_shown_and_sent_again_it_is_meant(
    client, officer, case
):
    induction = begun(case)
    sent = filled(client, case, **{"needs-times": "no"})
    other = {"needs.times": {"said": "yes", "words": "Fridays at the mosque"}}
    answer_induction(induction=induction, given=other, by=officer, today=localdate())

    page = client.post(page_of(case), sent)

    induction.refresh_from_db()
    assert induction.answers == other
    assert "Fridays at the mosque" in words(page)
    again = sent | {"seen": page.context["form"].data["seen"]}
    client.post(page_of(case), again)
    induction.refresh_from_db()
    assert induction.answers == {"needs.times": {"said": "no"}}


def test_it_is_signed_once_nothing_stands_before_it_and_the_proof_is_there_to_print(
    client, officer, case
):
    begun(case)
    assert "still to do before you can sign the induction" in words(client.get(page_of(case, "sign-induction")))  # fmt: skip
    Induction.objects.all().delete()
    induction = answered(case)

    page = sign(client, induction)

    induction.refresh_from_db()
    assert induction.signed_by == officer
    assert "Proof of induction" in words(page)
    assert client.get(page_of(case)).status_code == 302
    signed = words(client.get(page_of(case, "see-induction", induction.pk)))
    assert all(one in signed for one in TOLD)


def test_the_sheet_is_printed_to_be_signed_once_nothing_is_left_to_do(client, officer, case):
    begun(case)
    early = client.get(page_of(case, "induction-sheet"), follow=True)
    assert "can be printed once nothing stands before the signature" in words(early)
    Induction.objects.all().delete()
    answered(case)

    sheet = words(client.get(page_of(case, "induction-sheet")))

    assert "Their signature and the day" in sheet
    assert "Quill" not in sheet
    assert not [one for one in TOLD if one in sheet]


def test_a_refusal_to_sign_is_kept_with_what_was_said_and_without_it_is_refused(
    client, officer, case
):
    induction = answered(case)
    bare = sign(client, induction, proof="refused")
    assert "Say what they said when they would not sign" in words(bare)

    sign(client, induction, proof="refused", proof_words="“I sign nothing.” A. Khan was there.")

    induction.refresh_from_db()
    assert induction.proof == "refused"
    sheet = words(client.get(page_of(case, "induction-proof", induction.pk)))
    assert "would not sign" in sheet
    assert "Their signature" not in sheet


def test_the_proof_says_no_name_that_is_kept_and_nothing_they_told_us(client, officer, case):
    induction = answered(case)
    sign(client, induction, proof_words="Robin Quill waited outside.")

    sheet = words(client.get(page_of(case, "induction-proof", induction.pk)))

    assert "Rehabilitation activity requirement: 20 days" in sheet
    assert case.name in sheet
    assert "Quill" not in sheet
    assert "1 more, in the words of the order or licence: it was explained as well." in sheet
    assert not [one for one in TOLD if one in sheet]


def test_whoever_may_only_read_sees_it_and_may_not_begin_one(client, case):
    sign_as = answered(case)
    client.force_login(case.officer)
    sign(client, sign_as)
    client.force_login(UserFactory(role=Role.AUDITOR))

    page = words(client.get(page_of(case, "case-inductions")))

    assert "Begin an induction" not in page
    assert "Proof to print" in page
    assert client.get(page_of(case)).status_code == 403


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, case):
    induction = answered(case)
    client.force_login(case.officer)
    sign(client, induction)
    client.force_login(UserFactory(role=Role.QUALITY))

    page = words(client.get(page_of(case, "see-induction", induction.pk)))

    assert "Robin Quill" not in page
    assert "Not to contact" in page


def test_a_long_licence_costs_no_more_statements(client, officer, case, django_assert_max_num_queries, django_assert_num_queries):  # fmt: skip
    induction = begun(case)
    client.get(page_of(case))
    with django_assert_max_num_queries(40) as few:
        client.get(page_of(case))
    for _ in range(30):
        RequirementFactory(sentence=induction.sentence)

    with django_assert_num_queries(len(few)):
        client.get(page_of(case))

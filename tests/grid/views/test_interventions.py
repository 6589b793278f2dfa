"""The catalogue of interventions, one of them, and the sentencers' booklet: as a page and as a paper."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from cases.services.policy import newest_policy, seed_policies
from grid.reference.interventions import INTERVENTIONS, Family
from grid.rules.intervention_policy import NAME
from grid.services.intervention_policy import set_intervention_policy
from staff.models import Entry
from staff.navigation import PAGES
from staff.permissions import Role
from tests.factories import UserFactory
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
BOOKLET, PAPER = "sentencers-booklet", "sentencers-booklet-paper"
STATEMENTS = (
    6  # the session, the user and what waits for them, the audit trail, and two policies at most
)


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    return user


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def page(client, name="interventions", *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return sound(Page(answer.content.decode()))


def titles(client, **asked):
    """What the list holds, in its order."""
    found = page(client, **asked)
    return [
        link.text
        for link in found.all("a")
        if "th" in link.inside and (link["href"] or "").startswith("/interventions/")
    ]


def set_terms(code, **changed):
    """A version of the policy from today on, with these terms of one intervention."""
    seed_policies()
    kept, today = newest_policy(NAME), localdate()
    body = dict(kept.body, terms=dict(kept.body["terms"]))
    body["terms"][code] = body["terms"][code] | changed
    set_intervention_policy(
        body=body,
        changing=kept.version,
        from_on=today,
        reason="The court asked for it.",
        by=UserFactory(role=Role.HEAD),
        today=today,
    )


def test_the_whole_catalogue_is_listed_family_by_family(client, officer):
    found = page(client)

    assert [one.text for one in found.all("caption")] == [family.title for family in Family]
    assert titles(client) == [one.title for one in INTERVENTIONS.values()]
    assert "19 interventions" in found.text
    assert "version 1 of the policy, in force from 1 February 2015" in found.text


def test_a_row_says_for_whom_how_much_by_what_where_by_whom_and_at_what_price(client, officer):
    row = text(client.get(reverse("interventions"))).partition(" Resolve ")[2]
    row = row.partition("Stepping Stones")[0]

    for words in (
        "For men whose offences are violent",
        "Men, after a violent offence, though not after violence to a partner",
        "Programme or licence",
        "24 sessions of 2 hours, at least 12 weeks",
        "Oxford office, Milton Keynes office and Reading office",
        "£1,200",
    ):
        assert words in row


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"need": "finance"}, {"Mentoring", "Women's Workshop"}),
        ({"need": "drugs"}, set()),
        ({"hook": "programme"}, {"Building Better Relationships", "Thinking Skills Programme", "Resolve"}),
        ({"hook": "voluntary", "sex": "M", "need": "relationships"}, {"Positive Relationships", "Safe relationships, one to one"}),
        ({"place": "high-wycombe-office", "hook": "programme"}, {"Thinking Skills Programme"}),
        ({"place": "oxford-office", "sex": "F", "need": "emotional"}, {"Mentoring", "HEAL", "Women's Workshop", "HEAL, one to one"}),
        ({"place": "slough-office", "sex": "F", "need": "emotional"}, {"Mentoring", "Women's Workshop", "HEAL, one to one"}),
    ],
)  # fmt: skip
def test_filters_narrow_the_list_together(client, officer, asked, expected):
    assert set(titles(client, **asked)) == expected


@pytest.mark.parametrize(("sex", "other"), [("M", "F"), ("F", "M")])
def test_what_is_for_anybody_is_for_men_and_for_women(client, officer, sex, other):
    found, others = set(titles(client, sex=sex)), set(titles(client, sex=other))

    assert "Thinking Skills Programme" in found & others
    assert found | others == {one.title for one in INTERVENTIONS.values()}
    assert ("HEAL" in found) is (sex == "F")


def test_each_filter_in_force_is_named_and_can_be_taken_away_alone(client, officer):
    found = page(client, need="emotional", place="oxford-office")

    chips = {
        one.text.removeprefix("Remove this filter: "): one["href"]
        for one in found.all("a", class_="moj-filter__tag")
    }
    assert chips == {
        "Need that it meets: Emotional wellbeing": "/interventions/?place=oxford-office",
        "Place: Oxford office": "/interventions/?need=emotional",
    }


def test_where_nothing_answers_it_says_what_would_be_there(client, officer):
    answer = client.get(reverse("interventions"), {"need": "drugs"})

    assert "would be listed here. Take a filter away to see more." in text(answer)
    assert "0 interventions" in text(answer)


@pytest.mark.parametrize(
    "asked", [{"need": "luck"}, {"sex": "N"}, {"hook": "force"}, {"place": "atlantis"}]
)
def test_a_code_that_is_not_on_offer_is_said_and_narrows_nothing(client, officer, asked):
    found = page(client, **asked)

    assert "There is a problem" in found.text
    assert "19 interventions" in found.text


def test_one_intervention_is_told_whole(client, officer):
    said = page(client, "intervention", "stepping_stones").text

    for words in (
        "The provider's own programme for rehabilitation activity days",
        "12 sessions of 2 hours, at least 6 weeks",
        "Rehabilitation activity requirement, licence condition or post-sentence supervision requirement",
        "2 at most",
        "Each session is a day of a RAR",
        "Wherever there is a room",
        "OGRS3 over two years of 25% or more",
        "Medium at most",
        "One of: lifestyle and associates; thinking and behaviour; attitudes",
        "£480",
        "HMIP Thames Valley CRC 2018, 1.3, 2.3 and Annex 3",
        "All figures: local policy; not published.",
        "Version 1, in force from 1 February 2015",
    ):
        assert words in " ".join(said.split())
    assert "not offered now" not in said


@pytest.mark.parametrize(
    ("code", "heading", "equals"),
    [
        ("heal", "One to one, where no group fits", {"HEAL, one to one": "heal_one_to_one"}),
        ("heal_one_to_one", "The group whose content it has", {"HEAL": "heal"}),
        ("resolve", "", {}),
        ("anger_one_to_one", "", {}),
    ],
)
def test_a_group_and_its_equal_one_to_one_lead_to_each_other(
    client, officer, code, heading, equals
):
    found = page(client, "intervention", code)

    links = {
        one.text: one["href"]
        for one in found.all("a")
        if "main" in one.inside and (one["href"] or "").startswith("/interventions/")
    }
    assert links == {title: reverse("intervention", args=[to]) for title, to in equals.items()}
    headings = [one.text for one in found.all("h2") if "main" in one.inside]
    assert headings == ["Who may come", *([heading] if heading else []), "Where this comes from"]


def test_every_intervention_has_its_page(client, officer):
    for code, one in INTERVENTIONS.items():
        assert page(client, "intervention", code).one("h1").text == one.title


@pytest.mark.parametrize("code", ["horoscopes", "RESOLVE", "one-to-one"])
def test_there_is_no_page_of_what_is_not_in_the_catalogue(client, officer, code):
    assert client.get(reverse("intervention", args=[code])).status_code == 404


def test_the_policy_in_force_is_what_is_told(client, officer):
    set_terms("resolve", dose={"sessions": 30, "minutes": 90, "a_week": 2}, price_pence=7_050)

    one, many = page(client, "intervention", "resolve").text, page(client).text

    for said in (one, many):
        assert "30 sessions of 1 hour 30 minutes, at least 15 weeks" in said
        assert "£70.50" in said
    assert "Version 2, in force from" in one


def test_one_that_is_not_offered_says_so_on_the_list_and_on_its_page(client, officer):
    set_terms("mentoring", offered=False)

    assert page(client).text.count("Not offered now") == 1
    assert "It is not offered now." in page(client, "intervention", "mentoring").text
    assert "not offered" not in page(client, "intervention", "ete").text


def test_both_pages_lead_to_the_policy(client, officer):
    for name, args in (("interventions", ()), ("intervention", ("ete",))):
        hrefs = [link["href"] for link in page(client, name, *args).all("a")]
        assert reverse("interventions-policy") in hrefs


@pytest.mark.parametrize("role", sorted(Role))
def test_every_member_of_staff_may_read_the_catalogue(client, role):
    client.force_login(UserFactory(role=role))

    for address in (reverse("interventions"), reverse("intervention", args=["ete"]), reverse(BOOKLET)):  # fmt: skip
        assert client.get(address).status_code == 200


def test_those_who_refer_teach_or_answer_for_it_find_it_in_the_navigation():
    found = {role for role, pages in PAGES.items() if "interventions" in dict(pages).values()}

    assert found == {
        Role.OFFICER, Role.SPO, Role.FACILITATOR, Role.QUALITY, Role.HEAD, Role.AUDITOR,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "args"), [("interventions", ()), ("intervention", ("heal",)), (BOOKLET, ())]
)
def test_a_page_takes_as_many_statements_however_many_versions_there_are(
    client, officer, name, args, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse(name, args=args)
    seed_policies()
    with django_assert_max_num_queries(STATEMENTS) as at_one:
        client.get(address)

    for price in range(5):
        set_terms("ete", price_pence=price)
    with django_assert_num_queries(len(at_one)):
        client.get(address)


def paper_of(answer):
    sheets = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_the_booklet_and_its_paper_say_the_same(client, officer):
    shown, answer = text(client.get(reverse(BOOKLET))), client.get(reverse(PAPER))

    paper = paper_of(answer)
    for said in (shown, paper):
        for one in INTERVENTIONS.values():
            assert one.title in said
        for words in (
            "What a court may order, and what happens then",
            "the court sets the most days",
            "24 sessions of 2 hours, at least 12 weeks",
            "What happens after sentence",
            "none of it is an official criterion of a programme",
            "policy version 1",
        ):
            assert words in said
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="what-a-court-may-order-{localdate()}.pdf"'  # fmt: skip
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_the_paper_holds_each_accredited_programme_that_is_offered_and_no_other(client, officer):
    set_terms("resolve", offered=False)

    paper = paper_of(client.get(reverse(PAPER)))

    accredited = paper.partition("Accredited programmes")[2].partition("Rehabilitation activity")[0]
    assert "Building Better Relationships" in accredited
    assert "Thinking Skills Programme" in accredited
    assert "Resolve" not in accredited


def test_neither_booklet_nor_paper_tells_what_is_for_staff(client, officer):
    set_terms("ete", skill="Qzxskill", notes="Qzxnotes", price_pence=987_600)

    for said in (page(client, BOOKLET).text, paper_of(client.get(reverse(PAPER)))):
        for word in ("Qzx", "9,876", "£", "OGRS", "rate card", "HMIP"):
            assert word not in said


def test_a_part_of_which_nothing_is_offered_says_so(client, officer):
    set_terms("positive_relationships", offered=False)

    for said in (page(client, BOOKLET).text, paper_of(client.get(reverse(PAPER)))):
        assert "None is offered now." in said.partition("By their own choice")[2]


def test_each_making_of_the_paper_is_in_the_audit_trail(client, officer):
    client.get(reverse(BOOKLET))
    assert not Entry.objects.filter(action="made_sentencers_booklet").exists()

    client.get(reverse(PAPER))

    assert Entry.objects.get(action="made_sentencers_booklet").by == officer


def test_a_letter_that_no_font_has_makes_no_paper_and_says_where_to_look(client, officer):
    set_terms("resolve", sites=["Oxford \U0001f600 office"])

    answer = client.get(reverse(PAPER), follow=True)

    assert answer.redirect_chain == [(reverse(BOOKLET), 302)]
    assert "holds a character that cannot be printed" in text(answer)
    assert not Entry.objects.filter(action="made_sentencers_booklet").exists()


def test_a_version_of_tomorrow_is_told_tomorrow(client, officer):
    seed_policies()
    kept, today = newest_policy(NAME), localdate()
    body = dict(kept.body, terms=kept.body["terms"] | {"ete": kept.body["terms"]["ete"] | {"price_pence": 7_050}})  # fmt: skip
    set_intervention_policy(
        body=body, changing=1, from_on=today + timedelta(days=1), reason="It costs more.",
        by=UserFactory(role=Role.HEAD), today=today,
    )  # fmt: skip

    assert "£70.50" not in page(client).text

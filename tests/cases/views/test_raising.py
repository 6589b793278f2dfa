import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Raise
from cases.reference.codes import ContactLevel, Part, Register, Rosh
from cases.reference.information import RaiseKind
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    RegistrationFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WHY = "She says he hit her on Sunday."


@pytest.fixture
def case():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code=Rosh.MEDIUM)
    StandingFactory(case=case, harm=Rosh.MEDIUM, contact_level=ContactLevel.FORTNIGHTLY)
    return case


def post(client, user, case, enquiry=None, **data):
    client.force_login(user)
    address = reverse("raise-now", args=[case.crn]) + (f"?enquiry={enquiry.pk}" if enquiry else "")
    return client.post(address, {"because": WHY} | data, follow=True)


def test_only_what_is_higher_is_offered(client, case):
    RegistrationFactory(case=case, type_code=Register.MARAC, part=Part.NOT_RECORDED)

    form = see(client, case.officer, "raise-now", case).context["form"]

    assert [code for code, _ in form.fields["level"].choices] == [Rosh.HIGH, Rosh.VERY_HIGH]
    assert ContactLevel.WEEKLY in dict(form.fields["contact_level"].choices)
    assert ContactLevel.MONTHLY not in dict(form.fields["contact_level"].choices)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"kind": "risk", "level": "RHRH"}, "High risk of serious harm"),
        ({"kind": "flag", "register": "ADVP", "part": "source"}, "Domestic abuse perpetrator"),
        ({"kind": "contact", "contact_level": "weekly"}, "Contact: weekly"),
    ],
)
def test_one_choice_and_one_sentence_raise_it_and_say_what_happens_next(client, case, choice, said):
    page = words(post(client, case.officer, case, **choice))

    assert Raise.objects.get().because == WHY
    assert said in page
    assert "What happens next" in page
    assert f"{case.officer.name} assesses it in full by" in page


def test_what_is_not_said_is_asked_for_and_what_was_typed_is_kept(client, case):
    page = words(post(client, case.officer, case, kind="risk"))

    assert "error-summary" in page
    assert WHY in page
    assert not Raise.objects.exists()


def test_what_the_service_refuses_is_said_on_the_form(client, case):
    RegistrationFactory(case=case, type_code=Register.CHILD_CONCERNS)

    page = post(client, case.officer, case, kind="flag", register="RCCO", part="source")

    assert "on the register already" in words(page)
    assert not Raise.objects.exists()


def test_it_is_raised_from_the_reply_that_says_so(client, case):
    enquiry = EnquiryFactory(case=case, replied=True)

    post(client, case.officer, case, enquiry, kind="risk", level="RHRH")

    assert Raise.objects.get().enquiry == enquiry


def test_what_the_reply_changes_is_chosen_to_begin_with(client, case):
    page = words(see(client, case.officer, "raise-now", case, kind="flag"))

    chosen = [one for one in page.split("<input") if 'name="kind"' in one and " checked" in one]
    assert len(chosen) == 1
    assert 'value="flag"' in chosen[0]


def test_a_reply_about_somebody_else_is_not_there(client, case):
    page = post(client, case.officer, case, EnquiryFactory(replied=True), kind="risk", level="RHRH")

    assert page.status_code == 404


def test_it_is_provisional_wherever_it_shows(client, case):
    for choice in (
        {"kind": "risk", "level": "RHRH"},
        {"kind": "flag", "register": "RCCO", "part": "source"},
        {"kind": "contact", "contact_level": "weekly"},
    ):
        post(client, case.officer, case, **choice)

    overview = words(see(client, case.officer, "case", case))
    placement = words(see(client, case.officer, "placement", case))

    today = localdate()
    assert "High risk of serious harm, provisional: raised" in overview
    assert "child concerns (provisional)" in overview.lower()
    assert overview.count("Provisional") >= 4
    assert "Provisional" in placement
    assert "Raised here, provisional" in placement
    assert case.registrations.filter(provisional=True, started_on=today).count() == 2


def test_there_is_no_way_to_take_it_back_and_the_page_says_what_ends_it(client, case):
    post(client, case.officer, case, kind="risk", level="RHRH")

    page = words(see(client, case.officer, "raises", case))

    assert "A rise is ended by a signed assessment and by nothing else" in page
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.SPO, True), (Role.HEAD, True), (Role.HUB, False), (Role.AUDITOR, False)],
)
def test_raise_now_is_offered_on_every_page_of_a_case_to_those_who_may(client, case, role, offered):
    user = UserFactory(role=role)
    address = reverse("raise-now", args=[case.crn])

    pages = [words(see(client, user, page, case)) for page in ("case", "case-checks", "placement")]

    assert all((address in page) == offered for page in pages)


def test_a_protected_name_in_the_reason_is_kept_from_those_who_may_not_see_it(client, case):
    case.related_people.create(kind="partner", name="Robin Field", protected=True)
    post(client, case.officer, case, kind="risk", level="RHRH", because="Robin Field says so.")

    page = words(see(client, UserFactory(team=case.team), "raises", case))

    assert "says so" in page
    assert "Robin Field" not in page


def test_kinds_that_cannot_go_higher_are_not_offered(client):
    case = CaseFactory(retained_by="Ann Lee")
    RegistrationFactory(case=case, type_code=Rosh.VERY_HIGH)

    form = see(client, case.officer, "raise-now", case).context["form"]

    assert [code for code, _ in form.fields["kind"].choices] == [RaiseKind.FLAG]

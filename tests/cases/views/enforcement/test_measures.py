"""The measures of enforcement: each number its list, withdrawn by court and cause, groups compared without telling of anybody."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from rest_framework.test import APIClient

from cases.models import Limit, Reengagement
from cases.queries.enforcement.measures import counted_cases, figures_of, units_of
from cases.reference.enforcement_measures import MEASURES, STEPS
from cases.rules.counting import Sum, window_of
from cases.rules.enforcement.equality import halves_before
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    ComplianceWarningFactory,
    DeadlineFactory,
    DocumentFactory,
    FailureFactory,
    LetterFactory,
    PersonFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGES = [
    ("enforcement-measures", {}),
    ("enforcement-measure-people", {"code": "letters"}),
    ("breaches-withdrawn", {"court": "Reading", "because": "late"}),
]


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def at(day, hour=10):
    return datetime.combine(day, time(hour), get_current_timezone())


def ago(days):
    return localdate() - days * DAY


def well_enforced(case=None):
    """One case on which every measure counts something, and each of it was so."""
    case = case or CaseFactory()
    for kind in STEPS.values():
        DeadlineFactory(case=case, kind=kind, triggered_on=ago(20), due_on=ago(10), met_on=ago(12))
    breach = _breach(case, ("accepted", 30), ("decided", 12), state="decided", outcome="ABPC", outcome_on=ago(12))  # fmt: skip
    paper = DocumentFactory(case=case, enquiry=None)
    LetterFactory(
        case=case, state="sent", document=paper, sent_at=at(ago(9)), served_on=ago(7), sent_how="post", proof="1"
    )  # fmt: skip
    meeting = AppointmentFactory(case=case, officer=case.officer, at=at(ago(11)))
    meeting.contact.attended = True
    meeting.contact.save()
    Reengagement.objects.create(
        case=case, breach=breach, next_contact=meeting, what_we_do="Ring first.", written_at=at(ago(15)),
        written_by=case.officer,
    )  # fmt: skip
    return case


def _breach(case, *steps, **columns):
    sentence = SentenceFactory(case=case)
    submitted = {"submitted_at": at(ago(40)), "times_submitted": 1}
    breach = BreachFactory(sentence=sentence, court_name="Reading", **submitted, **columns)
    for state, days in steps:
        breach.steps.create(state=state, on=ago(days), at=at(ago(days)), by=case.officer)
    return breach


def withdrawn(case=None, **columns):
    """Returned by the NPS, then withdrawn because it was too late."""
    case = case or CaseFactory()
    said = {"withdrawn_because": "late", "withdrawn_words": "The order ended.", "withdrawn_authority": "Senior"}  # fmt: skip
    return _breach(case, ("returned", 30), ("withdrawn", 10), state="withdrawn", **said | columns)


def badly_enforced():
    """One case on which what was owed was late, and nothing came of it."""
    case = withdrawn().case
    for kind in STEPS.values():
        DeadlineFactory(case=case, kind=kind, triggered_on=ago(20), due_on=ago(10))
    return case


def figures(user):
    return figures_of(counted_cases(user), window_of(365, localdate()))


def test_each_measure_counts_a_case_well_enforced_as_so(head):
    well_enforced()

    assert figures(head) == {code: Sum(met=1, counted=1) for code in MEASURES}


def test_what_is_late_returned_or_withdrawn_is_not_so(head):
    badly_enforced()

    found = figures(head)

    assert {code for code, one in found.items() if one.counted} == {
        *STEPS, "first-time", "decided-by-court",
    }  # fmt: skip
    assert {one.met for one in found.values()} == {0}


def test_what_is_void_stands_still_or_falls_outside_the_days_is_not_counted(head):
    case = CaseFactory()
    owed = {"case": case, "kind": "send_letter", "triggered_on": ago(20), "due_on": ago(10)}
    DeadlineFactory(**owed, met_on=ago(11), void=True)
    DeadlineFactory(**owed, paused_on=ago(15))
    DeadlineFactory(**owed | {"due_on": localdate()}, met_on=ago(1))
    DeadlineFactory(**owed | {"triggered_on": ago(400), "due_on": ago(390)}, met_on=ago(391))

    assert figures(head)["letters"] == Sum(met=0, counted=0)


def test_no_source_is_a_code_that_explains_nothing(client, head):
    client.force_login(head)

    page = client.get(reverse("enforcement-measures")).content.decode()

    assert "measure AE: alleged breaches referred within eight working days" in page
    for one in MEASURES.values():
        assert not re.fullmatch(
            r"contract \w+|default clock|product rules.*|supervision reference.*", one.source
        )


def test_a_share_is_to_the_nearest_whole(client, head):
    for number in range(9):
        met = {"met_on": ago(11)} if number < 5 else {}
        DeadlineFactory(kind="send_letter", triggered_on=ago(20), due_on=ago(10), **met)
    client.force_login(head)

    page = client.get(reverse("enforcement-measures")).content.decode()

    assert ">56%<" in page
    assert ">55%<" not in page


def test_a_contact_that_was_called_off_is_not_counted(head):
    case = well_enforced()
    meeting = Reengagement.objects.get(case=case).next_contact
    meeting.called_off_at, meeting.asked_by, meeting.called_off_because = at(ago(12)), "them", "Ill"
    meeting.save()

    assert figures(head)["seen"] == Sum(met=0, counted=0)


@pytest.mark.parametrize("code", MEASURES)
def test_every_sum_is_the_length_of_its_list(head, code):
    well_enforced()
    badly_enforced()
    cases, window = counted_cases(head), window_of(365, localdate())

    found = figures_of(cases, window)[code]

    for which, number in (("", found.counted), ("met", found.met), ("not", found.counted - found.met)):  # fmt: skip
        assert len(units_of(cases, code, which, window)) == number


def test_the_page_leads_from_each_number_to_its_list(client, head):
    well_enforced()
    late = badly_enforced()
    client.force_login(head)

    page = client.get(reverse("enforcement-measures")).content.decode()
    href = re.search(r'href="([^"]*code=packs[^"]*)"', page).group(1).replace("&amp;", "&")
    listed = client.get(f"{href}&which=not").content.decode()

    for one in MEASURES.values():
        assert one.title in page
    assert late.crn in listed


def test_breaches_withdrawn_are_told_by_court_and_cause_and_each_number_opens_its_breaches(client, head):  # fmt: skip
    first, second = withdrawn(), withdrawn()
    proof = withdrawn(withdrawn_because="proof")
    client.force_login(head)

    page = client.get(reverse("enforcement-measures")).content.decode()
    href = re.search(r'href="([^"]*because=late[^"]*)"', page).group(1).replace("&amp;", "&")
    listed = client.get(href).content.decode()

    assert "Too late to be laid" in page
    assert {first.case.crn, second.case.crn} <= set(re.findall(r"X\d{6}", listed))
    assert proof.case.crn not in listed


@pytest.mark.parametrize(("page", "asked"), PAGES)
def test_a_page_with_nothing_to_count_says_what_would_be_there(client, head, page, asked):
    client.force_login(head)

    answer = client.get(reverse(page), asked)

    assert answer.status_code == 200
    assert "would be" in answer.content.decode()


@pytest.mark.parametrize(("page", "asked"), PAGES)
def test_a_code_that_is_not_on_offer_is_said_and_nothing_breaks(client, head, page, asked):
    client.force_login(head)

    answer = client.get(reverse(page), asked | {"period": "7", "team": "none"})

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_a_masked_case_is_said_below_the_list_and_counted_nowhere(client, head):
    case = badly_enforced()
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")
    client.force_login(head)

    page = client.get(reverse("enforcement-measure-people"), {"code": "letters"}).content.decode()

    assert case.surname not in page
    assert "Pat Lane" in page
    assert figures(head)["letters"].counted == 0


def test_the_list_as_a_file_holds_whoever_the_list_holds(client, head):
    case = badly_enforced()
    client.force_login(head)

    answer = client.get(reverse("enforcement-measure-people-csv"), {"code": "letters"})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert lines[1].startswith(case.crn)


def test_the_api_says_the_same_numbers_and_lists_the_same_people(head):
    well_enforced()
    late = badly_enforced()
    client = APIClient()
    client.force_authenticate(head)

    sums = {one["code"]: one for one in client.get(reverse("api-enforcement-measures")).json()}
    asked = {"code": "letters", "which": "not"}
    people = client.get(reverse("api-enforcement-measure-people"), asked).json()["results"]

    assert (sums["letters"]["met"], sums["letters"]["counted"]) == (1, 2)
    assert [one["crn"] for one in people] == [late.crn]


@pytest.mark.parametrize("number", [5, 60])
def test_measures_take_as_many_statements_for_sixty_as_for_five(head, number):
    team = TeamFactory()
    officer = UserFactory(team=team)
    for _ in range(number):
        withdrawn(CaseFactory(team=team, officer=officer))
    figures(head)

    with CaptureQueriesContext(connection) as asked:
        figures(head)

    assert len(asked) == 5


def last_half():
    return halves_before(localdate())[0]


def decided(*, so, other, half=None, **person):
    """Decisions about absences of one person each, of the last half-year unless another is given."""
    when = at((half or last_half()).last)
    for number in range(so + other):
        case = CaseFactory(sex=person.get("sex", "M"))
        PersonFactory(case=case, ethnicity=person.get("ethnicity", "W1"))
        appointment = AppointmentFactory(case=case, officer=case.officer)
        ComplianceDecisionFactory(
            appointment=appointment, state="failure" if number < so else "acceptable", decided_at=when,
            decided_by=case.officer, because="Said.",
        )  # fmt: skip


def test_decisions_are_compared_between_groups_and_small_numbers_are_not_shown(client, head):
    decided(so=6, other=6)
    decided(so=5, other=5, sex="F")
    decided(so=1, other=1, ethnicity="B1")
    client.force_login(head)

    page = client.get(reverse("enforcement-equality")).content.decode()
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())

    assert "Female 10 5 50%" in text
    assert "Male 14 7 50%" in text
    assert "White Not shown: small numbers" in text
    assert "Black or Black British Not shown: small numbers" in text


def test_answers_to_failures_are_compared_as_they_stand(client, head):
    half = last_half()
    for number in range(12):
        failure = FailureFactory(case=CaseFactory(sex="M"))
        warning = ComplianceWarningFactory(sentence=failure.sentence)
        answer = {"answer": "warn", "warning": warning} if number < 6 else {"answer": "nothing"}
        for name, said in answer.items():
            setattr(failure, name, said)
        failure.because, failure.answered_at, failure.answered_by = "Said.", at(half.last), head
        failure.save()
    client.force_login(head)

    enforced = client.get(
        reverse("enforcement-equality"), {"decision": "enforced"}
    ).content.decode()
    court = client.get(reverse("enforcement-equality"), {"decision": "court"}).content.decode()

    assert ">12<" in enforced
    assert "Too few decisions" in court


def compare(client, **asked):
    page = client.get(reverse("enforcement-equality"), asked).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_where_nothing_can_be_shown_of_any_half_year_that_is_said(client, head):
    decided(so=1, other=9)
    client.force_login(head)

    page = compare(client)

    assert "in any of the last 4 half-years to show any" in page
    assert "There are figures of" not in page


def test_where_another_half_year_has_figures_it_is_named(client, head):
    before = halves_before(localdate())[1]
    decided(so=6, other=6, half=before)
    client.force_login(head)

    assert f"There are figures of {before.title}." in compare(client)
    assert "Everybody 12 6 50%" in compare(client, half=before.code)
    assert "in any of the last 4 half-years" in compare(client, decision="court")


def test_who_compared_what_is_kept_and_nobody_else_may(client, head):
    client.force_login(head)
    client.get(reverse("enforcement-equality"), {"decision": "court"})

    entry = Entry.objects.get(action="compared_decisions")
    assert entry.detail["decision"] == "court"
    for role in (Role.SPO, Role.HUB, Role.OFFICER, Role.AUDITOR):
        client.force_login(UserFactory(role=role))
        assert client.get(reverse("enforcement-equality")).status_code == 403


def test_the_api_leaves_out_the_numbers_it_does_not_show(head):
    decided(so=6, other=6)
    decided(so=1, other=1, sex="F")
    client = APIClient()
    client.force_authenticate(head)

    rows = client.get(reverse("api-enforcement-equality")).json()

    assert rows[0] == {"characteristic": "", "group": "Everybody", "counted": 14, "so": 7}
    assert {(one["group"], one["counted"]) for one in rows if one["characteristic"] == "sex"} == {
        ("Male", None), ("Female", None),
    }  # fmt: skip

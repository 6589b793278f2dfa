import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Case, LicenceCondition
from cases.reference.checks import SubjectKind
from cases.reference.codes import CaseState, ContactLevel, Part, Place, Register, Rosh
from cases.reference.deadlines import CHECK_KINDS, KINDS, OF_COMPLAINTS
from staff.audit import record
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import contact, full_case, see, words
from tests.factories import (
    AllocationFactory,
    AppointmentFactory,
    AssignmentFactory,
    BreachFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    FailureFactory,
    LetterFactory,
    PersonFactory,
    PlanActionFactory,
    ReadingFactory,
    RecallFactory,
    RecommendationFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    ReviewFactory,
    SeniorActionFactory,
    SentenceFactory,
    StandingFactory,
    SubjectFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
OF_AN_APPOINTMENT = (
    "log_outcome",
    "call_same_day",
    "offer_again",
    "decide_absence",
    "book_interpreter",
)
OF_A_REVIEW = ("countersign_review", "put_review_right", "read_hollow_review")
OF_A_LETTER = ("send_letter", "mend_letter")
OF_A_BREACH = (
    "submit_breach", "answer_nps", "get_breach_answer", "amend_breach", "see_amendment", "lay_breach", "say_hearing",
    "read_withdrawn_breach", "win_back", "decide_again",
)  # fmt: skip
OF_A_RECALL = ("write_part_a", "countersign_recall", "send_recall", "get_recall_answer")
OF_A_RECOMMENDATION = ("answer_recommendation", "do_recommendation", "decide_contest")
PAGES = ["case", "case-contacts", "case-sentence", "case-person", "case-checks"]
KEPT = "Rosalind Quill"  # a protected name, planted wherever one can be typed


@pytest.mark.parametrize("name", [*PAGES, "case-history"])
def test_an_empty_case_has_every_page(client, name):
    case, reader = CaseFactory(), UserFactory(role=Role.HEAD)

    shown = see(client, reader, name, case)

    assert shown.status_code == 200
    assert f"{case.crn} – Case supervision</title>" in words(shown)
    assert words(shown).count("<h1") == 1
    assert case.name in words(shown)


@pytest.mark.parametrize("name", [*PAGES, "case-history"])
def test_the_title_of_a_page_never_names_the_person(client, name):
    case, reader = full_case(2), UserFactory(role=Role.HEAD)

    title = words(see(client, reader, name, case)).split("</title>")[0].split("<title>")[1]

    assert case.surname not in title


@pytest.mark.parametrize("name", [*PAGES, "case-history"])
def test_a_page_takes_as_many_statements_for_sixty_rows_as_for_five(client, name):
    reader, taken = UserFactory(role=Role.HEAD), []
    for rows in (5, 60):
        case = full_case(rows)
        for _ in range(rows):
            record(by=reader, action="view_case", crn=case.crn)
        client.force_login(reader)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(name, args=[case.crn]))
        taken.append(len(found))

    assert taken[0] == taken[1]


@pytest.mark.parametrize("name", [*PAGES, "case-history"])
def test_looking_changes_nothing_but_the_audit_trail(client, name):
    case, reader = full_case(2), UserFactory(role=Role.HEAD)
    client.force_login(reader)
    with CaptureQueriesContext(connection) as found:
        client.get(reverse(name, args=[case.crn]))

    writes = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
    written = {table for query in found for table in writes.findall(query["sql"])}
    assert written == {"staff_entry"}
    assert Entry.objects.get(by=reader).crn == case.crn


@pytest.mark.parametrize("name", PAGES)
def test_a_case_kept_from_its_officer_shows_its_message_and_no_name(client, name):
    case = full_case(1)
    limit(case, kept_out=[case.officer])

    shown = see(client, case.officer, name, case)

    assert shown.status_code == 403
    assert "This case is limited. Ask the head of service." in words(shown)
    assert case.surname not in words(shown)
    assert case.forename not in words(shown)


def with_a_protected_name_everywhere():
    """Wherever staff can type, somebody has typed it."""
    case = CaseFactory(imported=True)
    StandingFactory(case=case)
    PersonFactory(case=case, notes=f"Met {KEPT}", language_notes=f"{KEPT} interprets")
    RelatedPersonFactory(
        case=case,
        name=KEPT,
        kind=SubjectKind.PARTNER,
        relationship="Partner",
        protected=True,
        victim=True,
        address="9 Hidden Row",
        source=f"{KEPT} rang",
    )
    sentence = SentenceFactory(case=case)
    RequirementFactory(sentence=sentence, notes=f"Not with {KEPT.upper()}")
    LicenceCondition.objects.create(
        sentence=sentence,
        category="Making or maintaining contact with a person",
        text=f"Not to approach {KEPT}",
        from_on=localdate(),
    )
    RegistrationFactory(
        case=case,
        type_code=Register.RESTRAINING_ORDER,
        type_name="Restraining order",
        notes=f"Protects Ms {KEPT.split()[1]}",
        evidence=f"{KEPT}, 3 May",
    )
    contact(case, notes=f"{KEPT.lower()} rang and {KEPT.split()[0]} was upset")
    enquiry = EnquiryFactory(
        case=case,
        analysed=True,
        because_note=f"{KEPT} moved in",
        asked_of=f"Police, about {KEPT}",
        reply_text=f"Called out to {KEPT}",
        analysis=f"{KEPT} is at risk",
    )
    SubjectFactory(enquiry=enquiry, kind=SubjectKind.PARTNER, name=KEPT, protected=True)
    ruled_out = EnquiryFactory(
        case=case, state="not_needed", due_on=None, not_needed_because=f"{KEPT} has left"
    )
    ruled_out.steps.create(on=localdate(), did="not_needed", note=f"{KEPT} has left")
    unsent = EnquiryFactory(case=case)
    SubjectFactory(enquiry=unsent, kind=SubjectKind.PARTNER, name=KEPT, protected=True)
    DeadlineFactory(case=case, kind="send_check", enquiry=unsent, why="Start of supervision")
    return case


def every_page(client, reader, case, *, of_enquiries=True):
    """The words of every page of the case that this reader can open."""
    shown = [see(client, reader, name, case) for name in PAGES]
    shown += [see(client, reader, "open-check", case)]
    for enquiry in case.enquiries.all() if of_enquiries else ():
        shown += [
            see(client, reader, name, case, enquiry.pk)
            for name in (
                "check",
                "send-request",
                "send-check",
                "chase-check",
                "record-reply",
                "analyse-reply",
            )
        ]
    return [words(page) for page in shown if page.status_code == 200]


@pytest.mark.parametrize("role", [Role.QUALITY, Role.AUDITOR, Role.OFFICER, Role.HUB])
def test_a_protected_name_is_on_no_page_of_those_who_may_not_see_it(client, role):
    case = with_a_protected_name_everywhere()
    reader = UserFactory(role=role, team=case.team)

    # The hub must see whom it asks about, on that enquiry (tests/cases/queries/test_names.py)
    pages = every_page(client, reader, case, of_enquiries=role != Role.HUB)

    assert len(pages) >= len(PAGES)
    for page in pages:
        for part in ("Rosalind", "Quill", "QUILL", "quill", "9 Hidden Row"):
            assert part not in page


def test_those_who_work_on_the_case_see_protected_names(client):
    case = with_a_protected_name_everywhere()
    covering = UserFactory()
    AssignmentFactory(case=case, user=covering, from_on=localdate() - timedelta(days=1))

    for reader in (case.officer, covering, UserFactory(role=Role.HEAD)):
        assert KEPT in words(see(client, reader, "case", case))
        assert KEPT in words(see(client, reader, "case-person", case))


def test_the_overview_says_where_the_case_stands(client):
    case = CaseFactory()
    StandingFactory(
        case=case,
        place=Place.GROUP,
        group="MC75",
        needs="",
        harm=Rosh.MEDIUM,
        contact_level=ContactLevel.WEEKLY,
    )

    page = words(see(client, case.officer, "case", case))

    assert "Medium complex, 75 to 89" in page
    assert "Weekly" in page
    assert "Being brought up to date" not in page


def test_the_overview_says_when_the_placement_is_behind_the_facts(client):
    case = CaseFactory()
    StandingFactory(case=case, facts_as_at=now() - timedelta(days=4000))

    assert "Being brought up to date" in words(see(client, case.officer, "case", case))


def test_the_overview_says_why_a_case_cannot_be_placed(client):
    case = CaseFactory()
    StandingFactory(case=case, needs="risk of serious harm level")

    page = words(see(client, case.officer, "case", case))

    assert "Cannot be placed: needs risk of serious harm level" in page


def test_what_is_due_comes_with_why_by_whom_and_the_next_action(client):
    case = CaseFactory()
    enquiry = EnquiryFactory(case=case)
    DeadlineFactory(
        case=case,
        kind="send_check",
        enquiry=enquiry,
        why="Start of supervision, 1 October 2018",
        due_on=localdate() - timedelta(days=14),
    )

    page = words(see(client, case.officer, "case", case))

    assert "Send the enquiry: police" in page
    assert "Start of supervision, 1 October 2018" in page
    assert "working days late" in page
    assert case.officer.name in page
    assert reverse("send-request", args=[case.crn, enquiry.pk]) in page


def test_the_overview_says_until_when_nothing_is_owed(client):
    case = CaseFactory()
    later, today = localdate() + timedelta(days=40), localdate()
    DeadlineFactory(case=case, due_on=later)
    client.force_login(case.officer)

    before = client.get(reverse("case", args=[case.crn])).content.decode()
    DeadlineFactory(case=case, kind="place_person", due_on=today, triggered_on=today)
    after = client.get(reverse("case", args=[case.crn])).content.decode()

    said = f"Nothing more is due for this person until {later.day} {later:%B %Y}."
    assert said in before
    assert "Nothing more is due" not in after


@pytest.mark.parametrize("gone", [{"state": CaseState.NO_SENTENCE}, {"retained_by": "Ann Lee"}])
def test_nothing_is_owed_on_a_case_that_is_not_ours_until_it_comes_back(client, gone):
    case = CaseFactory()
    due_on = localdate() + timedelta(days=9)
    about = {  # what each is owed on, where that is one thing of several
        **dict.fromkeys(CHECK_KINDS, {"enquiry": EnquiryFactory(case=case)}),
        "read_information": {"reading": ReadingFactory(case=case)},
        "read_information_today": {"reading": ReadingFactory(case=case)},
        "plan_action": {"action": PlanActionFactory(case=case)},
        **dict.fromkeys(OF_AN_APPOINTMENT, {"appointment": AppointmentFactory(case=case)}),
        **dict.fromkeys(OF_A_REVIEW, {"review": ReviewFactory(case=case)}),
        **dict.fromkeys(OF_A_RECOMMENDATION, {"recommendation": RecommendationFactory(case=case)}),
        "answer_failure": {"failure": FailureFactory(case=case)},
        **dict.fromkeys(OF_A_LETTER, {"letter": LetterFactory(case=case)}),
        **dict.fromkeys(OF_A_BREACH, {"breach": BreachFactory(case=case)}),
        "do_senior_action": {"senior_action": SeniorActionFactory(case=case)},
        **dict.fromkeys(OF_A_RECALL, {"recall": RecallFactory(case=case)}),
    }
    for kind in KINDS:
        DeadlineFactory(case=case, kind=kind, due_on=due_on, **about.get(kind, {}))
    here = {name: getattr(case, name) for name in gone}
    officer = case.officer

    Case.objects.update(**gone)
    away = see(client, officer, "case", case)
    Case.objects.update(**here)
    back = see(client, officer, "case", case)

    assert away.context["overview"].due == []
    assert "Nothing more is due for this person until" not in words(away)
    assert len(back.context["overview"].due) == len(KINDS.keys() - set(OF_COMPLAINTS))


def test_a_reader_who_may_not_record_is_shown_the_enquiry_instead(client):
    case = CaseFactory()
    enquiry = EnquiryFactory(case=case)
    DeadlineFactory(case=case, kind="send_check", enquiry=enquiry)

    page = words(see(client, UserFactory(role=Role.AUDITOR), "case", case))

    assert reverse("send-request", args=[case.crn, enquiry.pk]) not in page
    assert reverse("check", args=[case.crn, enquiry.pk]) in page


def test_an_imported_case_without_an_enquiry_says_that_the_extract_had_none(client):
    imported, ours = CaseFactory(imported=True), CaseFactory()

    assert "No record in the extract" in words(see(client, imported.officer, "case", imported))
    assert "No record in the extract" not in words(see(client, ours.officer, "case", ours))


def test_a_reply_is_said_with_those_it_covers(client):
    case = CaseFactory()
    enquiry = EnquiryFactory(case=case, analysed=True)
    SubjectFactory(enquiry=enquiry, name=case.name)
    SubjectFactory(enquiry=enquiry, kind=SubjectKind.ADDRESS, name="4 Example Street, Reading")

    page = words(see(client, case.officer, "case", case))

    covered = f"No trace on 1 October 2018 for {case.name} at 4 Example Street, Reading"
    assert f"{covered}, asked of Thames Valley Police" in page


def test_a_register_says_its_part_source_and_late_review(client):
    case = CaseFactory()
    RegistrationFactory(
        case=case,
        part=Part.NOT_RECORDED,
        evidence="Police, 3 May 2018",
        review_on=localdate() - timedelta(days=1),
    )

    page = words(see(client, case.officer, "case", case))

    assert "Domestic abuse perpetrator" in page
    assert "counts as source of harm until it is" in page
    assert "Police, 3 May 2018" in page
    assert "Review overdue" in page


def test_the_overview_names_the_officers_who_held_the_case(client):
    case = CaseFactory()
    AllocationFactory(case=case, officer=None, officer_name="Ivor Dunmore", active=False)

    assert "Ivor Dunmore" in words(see(client, case.officer, "case", case))


def test_a_case_nobody_holds_says_so(client):
    case = CaseFactory(officer=None, officer_since=None)

    assert "Unallocated" in words(see(client, UserFactory(role=Role.SPO), "case", case))


def test_a_name_of_the_greatest_length_is_shown_whole(client):
    case = CaseFactory(surname="W" * 100, forename="M" * 100)

    assert case.name in words(see(client, case.officer, "case", case))


def test_the_log_leaves_out_what_the_system_wrote_until_it_is_asked_for(client):
    case = CaseFactory()
    contact(case, notes="Written by machine", system_generated=True)

    assert "Written by machine" not in words(see(client, case.officer, "case-contacts", case))
    shown = words(see(client, case.officer, "case-contacts", case, system="on"))
    assert "Written by machine" in shown


def test_the_log_is_filtered_by_type_outcome_and_dates(client):
    case = CaseFactory()
    contact(case, 1, type_code="CHVS", type_name="Home visit", notes="Kettle on")
    contact(case, 9, outcome_code="ATTC", outcome_name="Attended", notes="Came early")
    a_week_ago = (localdate() - timedelta(days=7)).isoformat()

    def log(**query):
        return words(see(client, case.officer, "case-contacts", case, **query))

    assert "Kettle on" in log(kind="CHVS")
    assert "Came early" not in log(kind="CHVS")
    assert "Came early" in log(outcome="ATTC")
    assert "Kettle on" not in log(outcome="ATTC")
    assert "Kettle on" in log(from_on=a_week_ago)
    assert "Came early" not in log(from_on=a_week_ago)
    assert "Came early" in log(to_on=a_week_ago)
    assert "Kettle on" not in log(to_on=a_week_ago)


def test_a_filter_that_is_not_understood_is_said_so_and_left_out(client):
    case = CaseFactory()
    contact(case, notes="Kettle on")

    page = see(client, case.officer, "case-contacts", case, from_on="last Tuesday or so", kind="?")

    assert "Enter a date" in words(page)
    assert "Kettle on" in words(page)


def test_dates_the_wrong_way_round_are_refused(client):
    case = CaseFactory()

    page = words(
        see(client, case.officer, "case-contacts", case, from_on="3/5/2018", to_on="1/5/2018")
    )

    assert "Enter a date on or after 3 May 2018" in page
    assert 'href="#id_to_on"' in page


def test_every_contact_is_on_exactly_one_page_of_the_log(client):
    case = CaseFactory()
    made = {contact(case, days_ago=n // 3, notes=f"note-{n:03}.").notes for n in range(95)}
    address, seen = reverse("case-contacts", args=[case.crn]), []
    client.force_login(case.officer)

    while address:
        page = client.get(address)
        seen += [item.notes for day in page.context["log"].days for item in day.items]
        address = page.context["next"]

    assert len(seen) == 95
    assert set(seen) == made


def test_the_next_appointment_stands_apart_from_what_has_happened(client):
    case = CaseFactory()
    StandingFactory(case=case)
    contact(case, days_ago=-3, appointment=True, type_name="Home visit", place="At home")
    contact(case, days_ago=-9, appointment=True, type_name="Later visit")
    contact(case, days_ago=2, appointment=True, type_name="Past visit")

    page = words(see(client, case.officer, "case", case))

    recent = page.split('id="recent"')[1]
    assert "Home visit, At home" in page
    assert "Later visit" not in page
    assert "Past visit" in recent.split("Where the case stands")[0]
    assert "Home visit, At home" not in recent.split("Where the case stands")[0]


def test_an_appointment_that_has_passed_without_an_outcome_says_so(client):
    case = CaseFactory()
    contact(case, days_ago=1, appointment=True)
    contact(case, days_ago=-1, appointment=True)

    page = words(see(client, case.officer, "case-contacts", case))

    assert page.count("Outcome not recorded") == 1
    assert page.count("Still to come") == 1


def test_a_sensitive_contact_says_it_is_not_for_the_person(client):
    case = CaseFactory()
    contact(case, sensitive=True)

    page = words(see(client, case.officer, "case-contacts", case))

    assert "(sensitive)" in page
    assert "Not to be shared with the person on probation" in page


def test_what_was_not_asked_not_stated_and_not_known_stay_apart(client):
    case = CaseFactory()
    PersonFactory(case=case, ethnicity="not_stated", religion="unknown", nationality="not_asked")

    page = words(see(client, case.officer, "case-person", case))

    for answer in ("Prefers not to say", "Not known", "Not asked"):
        assert answer in page


def test_a_number_that_is_not_safe_says_so(client):
    case = CaseFactory()
    case.reachable.create(kind="mobile", value="07700 900123", safe=False, note="Shared phone")

    page = words(see(client, case.officer, "case-person", case))

    assert "07700 900123" in page
    assert "Not safe: do not use" in page


def test_requirements_and_conditions_stand_with_their_sentence(client):
    case = CaseFactory()
    sentence = SentenceFactory(case=case, expected_end_on=localdate() + timedelta(days=70))
    RequirementFactory(
        sentence=sentence,
        main_code="W",
        main_name="Unpaid Work",
        length=80,
        length_unit="Hours",
        completed=12,
    )

    page = words(see(client, case.officer, "case-sentence", case))

    assert "Unpaid Work" in page
    assert "12 of 80 hours" in page


def test_a_licence_condition_that_is_still_to_come_is_not_said_to_be_in_force(client):
    case = CaseFactory()
    tomorrow = localdate() + timedelta(days=1)
    LicenceCondition.objects.create(
        sentence=SentenceFactory(case=case),
        category="Standard",
        text="Keep in touch",
        from_on=tomorrow,
    )

    assert "Not yet in force" in words(see(client, case.officer, "case-sentence", case))


def test_the_audit_of_a_case_shows_looks_and_refusals(client):
    case, stranger = CaseFactory(), UserFactory(first_name="Ina", last_name="Stranger")
    see(client, stranger, "case", case)

    page = words(see(client, UserFactory(role=Role.AUDITOR), "case-history", case))

    assert "Ina Stranger" in page
    assert "Refused" in page


def test_only_those_who_audit_see_who_has_looked(client):
    case = CaseFactory()

    assert see(client, case.officer, "case-history", case).status_code == 403
    assert "Who has looked" not in words(see(client, case.officer, "case", case))

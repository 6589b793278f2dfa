from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, Enquiry
from cases.queries.enquiries import about_subject, backlog, late_agencies
from cases.reference.checks import Because, CheckKind, EnquiryState, SubjectKind
from cases.reference.codes import CaseState, Part, Register, Rosh
from cases.services.checks import open_enquiry
from cases.services.intake import open_due_chunk, open_due_enquiries, take_up_backlog
from cases.services.sending import send_enquiry
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    TODAY,
    AddressFactory,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    SentenceFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
)
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
MONDAY = date(2018, 10, 8)


def night(today=TODAY, size=100):
    after, opened = 0, 0
    while after is not None:
        after, counts = open_due_chunk(after=after, today=today, size=size)
        opened += counts["opened"]
    return opened


def imported(team, **facts):
    return CaseFactory(team=team, imported=True, **facts)


def test_each_start_opens_an_enquiry_to_the_police_with_its_clock_and_its_history():
    case = CaseFactory()
    AddressFactory(case=case)

    assert night(date(2018, 10, 2)) == 1

    enquiry = Enquiry.objects.get()
    owed = Deadline.objects.get(kind="send_check")
    assert (enquiry.case, enquiry.kind, enquiry.because) == (case, CheckKind.POLICE, Because.START)
    assert (enquiry.triggered_on, enquiry.due_on) == (TODAY, date(2018, 10, 3))
    assert (owed.enquiry, owed.kind, owed.due_on) == (enquiry, "send_check", enquiry.due_on)
    assert owed.why == "Start of supervision, 1 October 2018"
    assert [(s.kind, s.name) for s in enquiry.subjects.order_by("pk")] == [
        (SubjectKind.PERSON, case.name),
        (SubjectKind.ADDRESS, "4 Example Street, Reading, RG1 1AA"),
    ]
    assert list(enquiry.steps.values_list("did", "by")) == [("due", None)]
    assert Entry.objects.filter(action="opened_enquiry", crn=case.crn, by=None).count() == 1


def test_a_second_night_opens_nothing():
    for _ in range(3):
        RegistrationFactory()

    first = night()

    assert first == 6
    assert (night(), night(TODAY + timedelta(days=1))) == (0, 0)


def test_nothing_is_opened_where_somebody_else_supervises_or_nobody_does():
    CaseFactory(state=CaseState.NO_SENTENCE)
    CaseFactory(retained_by="P. Wood")

    assert night() == 0


@pytest.mark.parametrize(
    "register, kinds",
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, {CheckKind.POLICE, CheckKind.CHILDREN}),
        (Register.DOMESTIC_ABUSE_VICTIM, {CheckKind.POLICE, CheckKind.CHILDREN}),
        (Register.CHILD_PROTECTION, {CheckKind.POLICE, CheckKind.CHILDREN}),
        (Register.ADULT_AT_RISK, {CheckKind.POLICE, CheckKind.ADULTS}),
        (Register.DOMESTIC_ABUSE_HISTORY, {CheckKind.POLICE}),
        (Register.WEAPONS, {CheckKind.POLICE}),
    ],
)
def test_a_register_decides_who_else_is_asked(register, kinds):
    RegistrationFactory(type_code=register, part=Part.NOT_RECORDED)

    night()

    assert set(Enquiry.objects.values_list("kind", flat=True)) == kinds


def test_a_register_that_has_ended_asks_nobody():
    RegistrationFactory(active=False)

    night()

    assert Enquiry.objects.get().kind == CheckKind.POLICE


def test_a_child_at_home_is_asked_about_and_their_name_kept_where_it_is_protected():
    RelatedPersonFactory(protected=True, born_on=date(2015, 1, 1), lives_with=True)

    night()

    enquiry = Enquiry.objects.get(kind=CheckKind.CHILDREN)
    child = enquiry.subjects.get(kind=SubjectKind.CHILD)
    assert (child.name, child.protected, child.born_on) == ("Robin Marsh", True, date(2015, 1, 1))


def test_somebody_new_joins_what_has_not_been_sent_and_is_a_new_question_once_it_has():
    case = CaseFactory()
    night()
    first = Enquiry.objects.get()
    RelatedPersonFactory(
        case=case, kind=SubjectKind.PARTNER, name="Jo Field", from_on=date(2018, 10, 2)
    )

    night(date(2018, 10, 2))
    joined = Enquiry.objects.get().subjects.count()
    send_enquiry(
        enquiry=first,
        asked_of="Thames Valley Police",
        on=date(2018, 10, 2),
        by=UserFactory(),
        today=date(2018, 10, 2),
    )
    RelatedPersonFactory(
        case=case, kind=SubjectKind.PARTNER, name="Sam Pool", from_on=date(2018, 10, 4)
    )
    night(date(2018, 10, 4))

    assert joined == 2
    second = Enquiry.objects.get(state=EnquiryState.DUE)
    assert second.because == Because.NEW_PERSON
    assert set(second.subjects.values_list("name", flat=True)) == {case.name, "Sam Pool"}
    assert night(date(2018, 10, 5)) == 0


def test_each_authority_is_asked_about_those_who_live_there_and_the_person():
    case = CaseFactory()
    AddressFactory(case=case)
    RelatedPersonFactory(case=case, name="At Home")
    RelatedPersonFactory(case=case, name="Elsewhere", postcode="SL1 4XX")
    reading = AgencyFactory(kind=CheckKind.CHILDREN, areas=["RG1"], turnaround_days=9)
    slough = AgencyFactory(kind=CheckKind.CHILDREN, areas=["SL1"])
    AgencyFactory(kind=CheckKind.CHILDREN, areas=["SL1"], ended_on=TODAY)

    night()

    asked = Enquiry.objects.filter(kind=CheckKind.CHILDREN).order_by("agency")
    assert [one.agency for one in asked] == [reading, slough]
    assert [set(one.subjects.values_list("name", flat=True)) for one in asked] == [
        {case.name, "At Home", "4 Example Street, Reading, RG1 1AA"},
        {case.name, "Elsewhere"},
    ]
    assert Enquiry.objects.get(kind=CheckKind.POLICE).agency is None
    assert night(TODAY + timedelta(days=1)) == 0


def test_somebody_new_elsewhere_is_a_question_to_their_authority_alone():
    case = CaseFactory()
    AddressFactory(case=case)
    AgencyFactory(areas=["RG1"])
    met = AgencyFactory(areas=["UB3"])
    night()
    partner = {"kind": SubjectKind.PARTNER, "name": "Jo Field", "from_on": date(2018, 10, 2)}
    RelatedPersonFactory(case=case, postcode="UB3 1AA", **partner)

    assert night(date(2018, 10, 2)) == 1
    second = Enquiry.objects.latest("pk")
    assert second.agency == met
    assert set(second.subjects.values_list("name", flat=True)) == {case.name, "Jo Field"}


def test_a_name_put_right_before_sending_takes_its_own_place_and_after_it_is_asked_again():
    case = CaseFactory()
    partner = RelatedPersonFactory(case=case, kind=SubjectKind.PARTNER, name="Jo Field")
    night()
    enquiry = Enquiry.objects.get()
    partner.name = "Jo Fielding"
    partner.save()

    night(date(2018, 10, 2))
    before = list(enquiry.subjects.order_by("pk").values_list("name", flat=True))
    Enquiry.objects.update(state=EnquiryState.SENT, sent_on=TODAY, asked_of="Police")
    partner.born_on = date(1991, 2, 3)
    partner.save()
    opened = night(date(2018, 10, 3))

    assert before == [case.name, "Jo Fielding"]
    assert (opened, night(date(2018, 10, 4))) == (1, 0)
    again = Enquiry.objects.get(state=EnquiryState.DUE)
    assert again.subjects.get(kind=SubjectKind.PARTNER).born_on == date(1991, 2, 3)


def test_the_persons_own_name_put_right_takes_its_place_before_sending_and_is_asked_again_after():
    case = CaseFactory()
    night()
    enquiry = Enquiry.objects.get()
    case.surname = "Marshall"
    case.save()

    night(date(2018, 10, 2))
    before = list(enquiry.subjects.values_list("name", flat=True))
    Enquiry.objects.update(state=EnquiryState.SENT, sent_on=TODAY, asked_of="Police")
    case.born_on = date(1991, 2, 3)
    case.save()
    opened = night(date(2018, 10, 3))

    assert before == [case.name]
    assert (opened, night(date(2018, 10, 4))) == (1, 0)
    again = Enquiry.objects.get(state=EnquiryState.DUE)
    assert again.subjects.get().born_on == date(1991, 2, 3)
    assert again.steps.get().note == "Their name or date of birth was put right"
    why = again.deadlines.get().why
    assert why == "Their name or date of birth was put right, 3 October 2018"


def test_release_from_custody_opens_its_enquiries_four_weeks_before():
    sentence = SentenceFactory(custody_status="D", expected_release_on=date(2018, 12, 31))
    EnquiryFactory(case=sentence.case, analysed=True)

    assert night(date(2018, 12, 2)) == 0
    assert night(date(2018, 12, 3)) == 2
    assert set(Enquiry.objects.unfinished().values_list("because", flat=True)) == {Because.RELEASE}


def test_nothing_is_opened_on_an_imported_case_until_it_is_taken_up():
    case = imported(TeamFactory())
    RegistrationFactory(case=case)
    EnquiryFactory(case=case, analysed=True, kind=CheckKind.CHILDREN, because=Because.IMPORTED)

    assert night() == 0


def test_the_clocks_of_an_imported_case_start_on_the_day_it_is_taken_up():
    team = TeamFactory()
    case = imported(team, arrived_on=date(2017, 1, 4))
    RegistrationFactory(case=case, started_on=date(2017, 1, 4))

    taken = take_up_backlog(team=team, by=UserFactory(), today=MONDAY)

    assert [one.crn for one in taken] == [case.crn]
    found = Enquiry.objects.values_list("kind", "because", "triggered_on", "due_on")
    assert sorted(found) == [
        (CheckKind.CHILDREN, Because.IMPORTED, MONDAY, date(2018, 10, 10)),
        (CheckKind.POLICE, Because.IMPORTED, MONDAY, date(2018, 10, 10)),
    ]
    assert night(MONDAY) == 0


def test_an_imported_case_taken_up_is_then_like_any_other():
    team = TeamFactory()
    case = imported(team)
    take_up_backlog(team=team, by=UserFactory(), today=MONDAY)
    RegistrationFactory(case=case, started_on=date(2018, 10, 20))

    assert night(date(2018, 10, 22)) == 1
    assert Enquiry.objects.get(kind=CheckKind.CHILDREN).because == Because.NEW_CONCERN


def test_the_backlog_is_ranked_by_harm():
    team = TeamFactory()
    crns = {}
    for name, harm, concern in [
        ("unknown", "", False),
        ("low", Rosh.LOW, False),
        ("medium", Rosh.MEDIUM, False),
        ("low, with a concern", Rosh.LOW, True),
        ("medium, with a concern", Rosh.MEDIUM, True),
    ]:
        case = imported(team)
        StandingFactory(case=case, harm=harm, concern=concern)
        crns[case.crn] = name
    imported(team, taken_up_on=TODAY)
    CaseFactory(team=team)

    ranked = [crns[case.crn] for case in backlog(Case.objects.all())]

    assert ranked == [
        "medium, with a concern",
        "low, with a concern",
        "medium",
        "unknown",
        "low",
    ]


def test_a_team_takes_up_so_many_a_week():
    team, by = TeamFactory(), UserFactory()
    for _ in range(13):
        imported(team)
    imported(TeamFactory())

    first = take_up_backlog(team=team, by=by, today=MONDAY, crns=[Case.objects.first().crn])
    rest = take_up_backlog(team=team, by=by, today=MONDAY + timedelta(days=2))
    with pytest.raises(RuleBroken, match="10 imported cases of this week"):
        take_up_backlog(team=team, by=by, today=MONDAY + timedelta(days=6))
    next_week = take_up_backlog(team=team, by=by, today=MONDAY + timedelta(days=7))

    assert (len(first), len(rest), len(next_week)) == (1, 9, 3)
    assert Entry.objects.filter(action="took_up_checks", by=by).count() == 13


def test_a_chunk_takes_the_same_statements_however_many_cases():
    def statements():
        with CaptureQueriesContext(connection) as taken:
            open_due_chunk(after=0, today=TODAY)
        return len(taken)

    for place in ("RG1", "SL1"):
        AgencyFactory(areas=[place])
    RegistrationFactory()
    one = statements()
    for n in range(20):
        AddressFactory(case=RegistrationFactory().case, postcode=f"{('RG1', 'SL1')[n % 2]} 1AA")

    assert statements() == one


@pytest.mark.parametrize("size", [1, 2, 100])
def test_chunks_cover_every_case(size):
    for _ in range(5):
        CaseFactory()

    assert night(size=size) == 5


def test_late_agencies_are_rolled_up():
    for days in (10, 12, 30):
        EnquiryFactory(
            sent=True, sent_on=TODAY - timedelta(days=days), due_on=TODAY - timedelta(days=1)
        )
    EnquiryFactory(sent=True, kind=CheckKind.CHILDREN, due_on=TODAY)

    (late,) = late_agencies(Case.objects.all(), TODAY)

    assert (late.kind, late.open, late.median_days) == (CheckKind.POLICE, 3, 12)


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_open_each_enquiry_once():
    for _ in range(6):
        RegistrationFactory()
    keys = list(Case.objects.values_list("pk", flat=True))

    wait(
        *(
            fork(lambda: open_due_enquiries(case_ids=keys, by=None, today=TODAY), dies_after=death)
            for death in (None, None, 9, 15)
        )
    )

    assert Enquiry.objects.count() == 12
    assert Enquiry.objects.values("case", "kind").distinct().count() == 12
    assert Deadline.objects.filter(kind="send_check").count() == 12


def test_opening_by_hand_and_by_rule_do_not_double():
    case = CaseFactory()
    night()
    enquiry = Enquiry.objects.get()

    again = open_enquiry(
        case=case,
        kind=CheckKind.POLICE,
        because=Because.CALL_OUT,
        subjects=[about_subject(enquiry.subjects.get())],
        triggered_on=TODAY,
        by=UserFactory(),
        today=TODAY,
    )

    assert again == enquiry

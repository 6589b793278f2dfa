"""What lands where: people, who holds them, sentences, registers, the log, assessments and limits."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import (
    Address,
    Allocation,
    Case,
    Circumstance,
    Contact,
    Enquiry,
    Identifier,
    ImportedAssessment,
    Intervention,
    Issue,
    Limit,
    Named,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    ReferenceCode,
    Registration,
    Requirement,
    Sentence,
)
from cases.reference.checks import Because, EnquiryState
from cases.reference.codes import CaseState, Given, Order, Part, Rosh, Sex
from cases.services.appointments import take_up
from cases.services.reference import load_code_lists
from staff.models import Provider, Team
from staff.permissions import Action, Role
from tests.cases.importing.extracts import (
    NOW,
    TODAY,
    assessment,
    bring_in,
    circumstance,
    contact,
    conviction,
    counted,
    manager,
    nsi,
    offence,
    offender,
    registration,
    requirement,
)
from tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_lands_with_names_numbers_places_and_ways_to_reach_them(tmp_path):
    ReferenceCode.objects.create(
        list_name="ethnicity", code="W1", name="White: British/English/Welsh"
    )
    bring_in(
        tmp_path,
        offender(
            title="Ms",
            gender="Female",
            firstName="Zoë",
            surname="O'Brien-Lee",
            middleNames=["Ann", "May"],
            previousSurname="Field",
            offenderAliases=[{"firstName": "Z", "surname": "Lee", "dateOfBirth": "1990-04-05"}],
            otherIds={"crn": "X000001", "pncNumber": "18/123456a", "nomsNumber": "a1234bc"},
            ext={"mergedCrns": ["X777777"]},
            contactDetails={
                "allowSMS": False,
                "phoneNumbers": [{"number": "07700 900123", "type": "MOBILE"}],
                "emailAddresses": ["z@example.org"],
                "addresses": [
                    {
                        "status": {"code": "m", "description": "main"},
                        "addressNumber": 4,
                        "streetName": "Example Street",
                        "town": "Reading",
                        "postcode": "RG1 1AA",
                        "noFixedAbode": False,
                        "from": "2017-01-01",
                    }
                ],
            },
            offenderProfile={
                "ethnicity": "WHITE - british english welsh",
                "religion": "Not stated",
                "nationality": "Unknown",
                "offenderLanguages": {"requiresInterpreter": False, "otherLanguages": ["Welsh"]},
                "offenderDetails": {},
                "notes": "First note",
            },
        ),
    )

    case = Case.objects.get()
    person = case.person
    assert (case.name, case.sort_name, case.sex) == ("Zoë O'Brien-Lee", "obrienlee zoe", Sex.FEMALE)
    assert case.imported
    assert (person.title, person.middle_names, person.may_text) == ("Ms", "Ann May", False)
    assert (person.ethnicity, person.religion) == ("W1", Given.NOT_STATED)
    assert (person.nationality, person.sexual_orientation) == (Given.UNKNOWN, Given.NOT_ASKED)
    assert (person.needs_interpreter, person.language_notes) == (False, "Also speaks Welsh")
    assert person.notes == "First note"
    names = OtherName.objects.order_by("surname").values_list("previous", "surname", "sort_name")
    assert list(names) == [(True, "Field", "field"), (False, "Lee", "lee z")]
    assert set(Identifier.objects.values_list("kind", "match")) == {
        ("pnc", "2018/0123456A"),
        ("noms", "A1234BC"),
        ("merged", "X777777"),
    }
    assert set(Reachable.objects.values_list("kind", "value")) == {
        ("mobile", "07700 900123"),
        ("email", "z@example.org"),
    }
    address = Address.objects.get()
    assert (address.status_code, address.lines) == ("M", "4 Example Street")
    assert (address.from_on, address.to_on) == (date(2017, 1, 1), None)


@pytest.mark.parametrize(
    ("gender", "sex"),
    [("Male", "M"), ("female", "F"), ("Fenale", "N"), ("Not Known", "N"), (None, "N")],
)
def test_sex_is_what_the_document_says_and_never_guessed(tmp_path, gender, sex):
    bring_in(tmp_path, offender(gender=gender))

    assert Case.objects.get().sex == sex
    assert Person.objects.get().sex_as_given == (gender or "")


def test_a_person_without_a_date_of_birth_lands_and_is_flagged_until_one_comes(tmp_path):
    bring_in(tmp_path, offender(dateOfBirth=None))
    assert [issue.kind for issue in Issue.objects.unsettled()] == ["no_birth_date"]

    bring_in(tmp_path, offender())

    assert not Issue.objects.unsettled().exists()
    assert Issue.objects.get().settled_on == TODAY


def test_the_officer_team_and_provider_of_a_case_are_those_of_its_active_manager(tmp_path):
    team = TeamFactory(code="C16T1")
    officer = UserFactory(staff_code="C16A01", team=team)
    before = manager("C20", "Shah", active=False, fromDate="2017-01-01", toDate="2018-03-02")

    bring_in(tmp_path, offender(offenderManagers=[manager(), before]))

    case = Case.objects.get()
    assert (case.officer, case.team, case.provider.code) == (officer, team, "C16")
    assert (case.officer_since, case.retained_by) == (date(2018, 3, 2), "")
    assert set(Allocation.objects.values_list("officer_name", "active", "officer")) == {
        ("Asha Khan", True, officer.pk),
        ("Asha Shah", False, None),
    }


def test_a_team_and_its_unit_that_we_do_not_hold_are_made_as_given(tmp_path):
    bring_in(tmp_path, offender(offenderManagers=[manager()]))

    team = Team.objects.get()
    assert (team.code, team.name) == ("C16T1", "Team 1")
    assert (team.unit.code, team.unit.name) == ("C16L1", "Reading")
    assert (team.unit.provider.code, team.unit.provider.nps) == ("C16", False)


def test_a_manager_of_one_provider_in_a_team_of_another_is_kept_as_given(tmp_path):
    team = TeamFactory(code="C16T1")
    bring_in(tmp_path, offender(offenderManagers=[manager("C20", team={"code": "C16T1"})]))

    case = Case.objects.get()
    assert (case.provider.code, case.team) == ("C20", team)


def test_placeholders_make_no_provider_and_no_team(tmp_path):
    bring_in(
        tmp_path,
        offender(offenderManagers=[manager("string", team={"code": "ABC123"})]),
    )

    assert not Provider.objects.exists()
    assert not Team.objects.exists()
    assert Allocation.objects.get().provider is None


UNALLOCATED = [
    {"staff": {"forenames": "Unallocated Staff(N07)", "surname": "Staff"}},
    {"staff": {"forenames": "Staff", "surname": "Unallocated"}},
    {"staff": {"forenames": "Inactive Staff(N02)", "surname": "Staff"}},
    {"staff": {"code": "N07UATU", "forenames": "Una", "surname": "Field"}},
    {"staff": {"forenames": "Una", "surname": "Field", "unallocated": True}},
    {
        "staff": {"forenames": "Una", "surname": "Field"},
        "team": {"description": "Unallocated Team(N07)"},
    },
    {
        "staff": {},
        "trustOfficer": {"forenames": "Unallocated", "surname": "Staff"},
    },
    {"staff": {}},
]


@pytest.mark.parametrize("spelling", UNALLOCATED)
def test_an_unallocated_case_of_the_nps_is_retained_by_nobody(tmp_path, spelling):
    bring_in(tmp_path, offender(offenderManagers=[manager("N07", **spelling)]))

    assert Case.objects.get().retained_by == ""
    assert Allocation.objects.get().unallocated


def test_a_named_officer_of_the_nps_retains_the_case(tmp_path):
    named = manager(
        "N07",
        staff={"code": "N07SP5U", "forenames": "Mark", "surname": "Reed", "unallocated": False},
    )

    bring_in(tmp_path, offender(offenderManagers=[named]))

    assert Case.objects.get().retained_by == "Mark Reed"


def test_a_crc_is_told_by_its_code_whatever_the_flag_says(tmp_path):
    given = manager("C01", probationArea={"code": "C01", "nps": True})

    bring_in(tmp_path, offender(offenderManagers=[given]))

    assert Case.objects.get().retained_by == ""
    assert not Provider.objects.get(code="C01").nps


def test_an_allocation_deleted_in_ndelius_is_left_out(tmp_path):
    bring_in(tmp_path, offender(offenderManagers=[manager("N07", softDeleted=True)]))

    assert not Allocation.objects.exists()
    assert Case.objects.get().retained_by == ""


@pytest.mark.parametrize(
    ("given", "lines", "state"),
    [
        ({"currentDisposal": "1"}, [], CaseState.SUPERVISED),
        ({"currentDisposal": 1}, [], CaseState.SUPERVISED),
        ({"currentDisposal": "0"}, [], CaseState.NO_SENTENCE),
        ({"currentDisposal": None}, [], CaseState.NO_SENTENCE),
        (
            {"currentDisposal": "1", "activeProbationManagedSentence": False},
            [],
            CaseState.NO_SENTENCE,
        ),
        ({"currentDisposal": None}, [conviction()], CaseState.SUPERVISED),
        ({"currentDisposal": "0"}, [conviction()], CaseState.SUPERVISED),
        ({"currentDisposal": "0"}, [conviction(sentence=None)], CaseState.AWAITING_SENTENCE),
        ({"currentDisposal": "0"}, [conviction(active=False)], CaseState.NO_SENTENCE),
        (
            {"currentDisposal": "0"},
            [
                conviction(
                    sentence={"description": "ORA Community Order", "terminationDate": "2018-06-01"}
                )
            ],
            CaseState.NO_SENTENCE,
        ),
        (
            {"currentDisposal": "0"},
            [conviction(sentence={"description": "Absolute/Conditional Discharge"})],
            CaseState.NO_SENTENCE,
        ),
        ({"softDeleted": True}, [conviction()], CaseState.CLOSED),
    ],
)
def test_the_state_of_a_case_follows_from_the_person_and_their_sentences(
    tmp_path, given, lines, state
):
    bring_in(tmp_path, offender(**given), *lines)

    assert Case.objects.get().state == state


def test_a_conviction_that_comes_alone_later_moves_the_state(tmp_path):
    bring_in(tmp_path, offender(currentDisposal="0"))

    bring_in(tmp_path, conviction())

    assert Case.objects.get().state == CaseState.SUPERVISED


def test_where_the_person_and_their_sentences_disagree_somebody_is_told(tmp_path):
    bring_in(tmp_path, offender(currentDisposal="0"), conviction())

    assert [issue.kind for issue in Issue.objects.unsettled()] == ["sentence_in_doubt"]


def test_a_case_deleted_in_ndelius_is_closed_and_stays_so_until_it_is_sent_again_alive(tmp_path):
    bring_in(tmp_path, offender(softDeleted=True))
    bring_in(tmp_path, conviction())
    assert Case.objects.get().state == CaseState.CLOSED

    bring_in(tmp_path, offender())

    assert Case.objects.get().state == CaseState.SUPERVISED


def test_a_reader_who_was_refused_is_trusted_for_number_limits_and_managers_only(tmp_path):
    bring_in(tmp_path, offender())

    bring_in(
        tmp_path,
        offender(
            accessDenied=True,
            surname="Withheld",
            dateOfBirth="2001-01-01",
            title="Dr",
            offenderManagers=[manager()],
        ),
    )

    case = Case.objects.get()
    assert (case.surname, case.born_on, case.provider.code) == ("Marsh", date(1990, 5, 4), "C16")
    assert case.person.title == ""
    assert "access_denied" in [issue.kind for issue in Issue.objects.unsettled()]


def test_a_person_cut_down_to_a_search_row_keeps_what_we_hold_of_the_rest(tmp_path):
    details = {"addresses": [{"streetName": "Example Street"}]}
    bring_in(
        tmp_path,
        offender(contactDetails=details, offenderManagers=[manager()], currentRestriction=True),
    )

    row = {
        "kind": "offender",
        "crn": "X000001",
        "otherIds": {"crn": "X000001"},
        "surname": "Marshe",
    }
    bring_in(tmp_path, row)

    case = Case.objects.get()
    assert (case.surname, case.born_on, case.sex) == ("Marshe", date(1990, 5, 4), Sex.MALE)
    assert (case.addresses.count(), case.allocations.count()) == (1, 1)
    assert case.limit.restricted


@pytest.mark.parametrize(
    ("description", "order"),
    [
        ("ORA Community Order", Order.COMMUNITY),
        ("CJA - Community Order", Order.COMMUNITY),
        (" ORA Suspended Sentence Order", Order.SUSPENDED),
        ("ORA Adult Custody (inc PSS)", Order.CUSTODY_PSS),
        ("Adult Custody < 12m", Order.CUSTODY_PSS),
        ("ORA Adult Custody (Not PSS)", Order.CUSTODY),
        ("CJA - Std Determinate Custody", Order.CUSTODY),
        ("CJA - Indeterminate Public Prot.", Order.CUSTODY),
        ("Life imprisonment (Adult)", Order.CUSTODY),
        ("Supervision Default Order", Order.DEFAULT_ORDER),
        ("Absolute/Conditional Discharge", Order.OTHER),
        ("Imprisonment - Fine Default", Order.OTHER),
        ("Something quite new", Order.OTHER),
    ],
)
def test_a_sentence_is_of_the_kind_its_words_say(tmp_path, description, order):
    bring_in(tmp_path, offender(), conviction(sentence={"description": description}))

    sentence = Sentence.objects.get()
    assert (sentence.description, sentence.order) == (description.strip(), order)


def test_a_conviction_lands_with_custody_offences_and_what_the_extract_adds(tmp_path):
    bring_in(
        tmp_path,
        offender(),
        conviction(
            number="77",
            index=3,
            referralDate="2018-02-28",
            responsibleCourt={"code": "READMC", "courtName": "Reading Magistrates"},
            offences=[offence(), offence("04910", main=False, offenceId="A2")],
            custody={
                "status": {"code": "B", "description": "Released - On Licence"},
                "institution": {"description": "HMP Bullingdon"},
                "keyDates": {"licenceExpiryDate": "2019-01-01"},
            },
            ext={
                "allocatedToCrcOn": "2018-03-06",
                "actualReleaseDate": "2018-06-01",
                "previousSanctions": 4,
                "ageAtFirstSanction": "17",
                "dateOfFirstSanction": "2007-06-01",
                "ogrs": {"oneYear": 31, "twoYears": "48.5", "assessedOn": "2018-03-04"},
                "rsr": {"percent": 3.24, "level": "MEDIUM", "assessedOn": "2018-03-04"},
            },
        ),
    )

    sentence = Sentence.objects.get()
    assert (sentence.source_id, sentence.event, sentence.court_code) == ("77", "3", "READMC")
    assert (sentence.custody_status, sentence.institution) == ("B", "HMP Bullingdon")
    assert (sentence.released_on, sentence.licence_end_on) == (date(2018, 6, 1), date(2019, 1, 1))
    assert (sentence.previous_sanctions, sentence.age_at_first_sanction) == (4, 17)
    assert Case.objects.get().arrived_on == date(2018, 3, 6)
    assert list(Offence.objects.order_by("code").values_list("code", "main")) == [
        ("04910", False),
        ("10501", True),
    ]
    scores = Predictor.objects.order_by("kind").values_list(
        "kind", "one_year", "two_year", "source"
    )
    assert list(scores) == [
        ("ogrs3", Decimal("31.00"), Decimal("48.50"), "nDelius"),
        ("rsr", None, Decimal("3.24"), "nDelius"),
    ]


def test_twenty_six_convictions_of_one_person_all_land(tmp_path):
    bring_in(tmp_path, offender(), *(conviction(number=number) for number in range(26)))

    assert Case.objects.get().sentences.count() == 26


def test_a_change_of_main_offence_lands(tmp_path):
    both = [offence(), offence("04910", main=False, offenceId="A2")]
    bring_in(tmp_path, offender(), conviction(offences=both))

    swapped = [offence(main=False), offence("04910", main=True, offenceId="A2")]
    done = bring_in(tmp_path, conviction(offences=swapped))

    assert counted(done, "conviction") == (0, 1, 0, 0)
    assert Offence.objects.get(main=True).code == "04910"


def test_a_requirement_stays_itself_when_it_is_moved_to_another_conviction(tmp_path):
    bring_in(tmp_path, offender(), conviction(), conviction(number=2), requirement(rarCount=3))
    first = Requirement.objects.get()

    done = bring_in(tmp_path, requirement(conviction=2, rarCount=5))

    moved = Requirement.objects.get()
    assert (moved.pk, moved.sentence.source_id, moved.completed) == (first.pk, "2", 5)
    assert counted(done, "requirement") == (0, 1, 0, 0)


def test_a_requirement_deleted_in_ndelius_is_no_longer_active(tmp_path):
    bring_in(tmp_path, offender(), conviction(), requirement(softDeleted=True))

    assert not Requirement.objects.get().active


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("ADVP", Part.SOURCE),
        ("RCHD", Part.SOURCE),
        ("REG22", Part.SOURCE),
        ("STRG", Part.SOURCE),
        ("REG26", Part.SOURCE),
        ("WEAP", Part.SOURCE),
        ("CSEP", Part.SOURCE),
        ("ADVV", Part.AT_RISK),
        ("RVAD", Part.AT_RISK),
        ("CUCK", Part.AT_RISK),
        ("MSV", Part.AT_RISK),
        ("IMAR", Part.NOT_RECORDED),
        ("RCPR", Part.NOT_RECORDED),
        ("RCCO", Part.NOT_RECORDED),
    ],
)
def test_the_part_of_a_person_in_a_register_is_what_the_register_itself_says(tmp_path, code, part):
    bring_in(tmp_path, offender(), registration(code=code))

    assert Registration.objects.get().part == part


def test_a_part_that_staff_recorded_is_not_undone_by_the_next_extract(tmp_path):
    bring_in(tmp_path, offender(), registration(code="RCPR"))
    Registration.objects.update(part=Part.PARENT)

    bring_in(tmp_path, registration(code="RCPR", notes="Reviewed"))

    assert (Registration.objects.get().part, Registration.objects.get().notes) == (
        Part.PARENT,
        "Reviewed",
    )


def test_a_part_the_extract_says_outright_is_taken(tmp_path):
    bring_in(tmp_path, offender(), registration(code="RCPR", ext={"part": "source"}))

    assert Registration.objects.get().part == Part.SOURCE


def test_active_is_trusted_above_the_end_date_of_a_registration(tmp_path):
    bring_in(tmp_path, offender(), registration(endDate="2018-04-01", active=True))

    assert Registration.objects.get().active


def test_a_check_made_before_comes_in_as_an_enquiry_once(tmp_path):
    check = {"kind": "police", "requestedOn": "2018-03-06"}
    line = registration(code="ADVP", ext={"checksMade": [check]})
    bring_in(tmp_path, offender(), line)
    bring_in(tmp_path, line)

    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.because) == (EnquiryState.SENT, Because.IMPORTED)
    assert (enquiry.sent_on, enquiry.due_on) == (date(2018, 3, 6), date(2018, 11, 12))
    assert enquiry.deadlines.get().due_on == enquiry.due_on
    assert [one.name for one in enquiry.subjects.all()] == ["Alex Marsh"]


def test_an_answer_that_comes_later_is_recorded_on_the_enquiry(tmp_path):
    check = {"kind": "children", "requestedOn": "2018-03-06"}
    bring_in(tmp_path, offender(), registration(ext={"checksMade": [check]}))

    answered = check | {"answeredOn": "2018-03-20", "answer": "No trace"}
    bring_in(tmp_path, registration(ext={"checksMade": [answered]}))

    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.reply) == (EnquiryState.REPLIED, "no_trace")
    assert enquiry.replied_on == date(2018, 3, 20)


def test_no_enquiry_is_made_up(tmp_path):
    bring_in(tmp_path, offender(), conviction(), registration(code="ADVP"))

    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "White : Eng/Welsh/Scot/N.Irish/British",
        "white british",
        "White: British/English/Welsh/Scottish/Northern Irish",
        "White: English/Welsh/Scottish/N. Irish/British",
    ],
)
def test_every_spelling_of_white_british_has_one_code(tmp_path, words):
    load_code_lists()

    bring_in(tmp_path, offender(offenderProfile={"ethnicity": words}))

    assert Person.objects.get().ethnicity == "W1"


def test_a_contact_takes_from_the_lists_what_its_document_leaves_out(tmp_path):
    ReferenceCode.objects.create(
        list_name="contact_types",
        code="COAP",
        name="Planned office visit",
        facts={"appointment": True, "national_standard": True},
    )
    ReferenceCode.objects.create(
        list_name="contact_outcomes",
        code="UAAB",
        name="Absent",
        facts={"attended": False, "complied": False},
    )
    bring_in(
        tmp_path,
        offender(),
        conviction(),
        requirement(),
        contact(
            convictionId=1,
            outcome={"code": "UAAB", "description": "Absent", "hoursCredited": 1.5},
            rarActivity={"requirementId": 1},
            sensitive=True,
        ),
    )

    row = Contact.objects.get()
    assert (row.appointment, row.national_standard, row.system_generated) == (True, True, False)
    assert (row.attended, row.complied, row.minutes_credited) == (False, False, 90)
    assert (row.sentence.source_id, row.requirement.source_id) == ("1", "1")
    assert row.rar_activity
    assert row.sensitive


def test_an_appointment_and_the_contact_of_the_same_number_are_one(tmp_path):
    bring_in(tmp_path, offender(), contact(number=9))
    appointment = {
        "kind": "contact",
        "crn": "X000001",
        "appointmentId": 9,
        "appointmentStart": "2018-10-01T11:00:00",
        "type": {"contactType": "COAP", "description": "Planned office visit"},
    }

    done = bring_in(tmp_path, appointment)

    assert counted(done, "contact") == (0, 1, 0, 0)
    assert Contact.objects.get().started_at.isoformat() == "2018-10-01T10:00:00+00:00"


def test_interventions_and_circumstances_land(tmp_path):
    bring_in(
        tmp_path,
        offender(),
        conviction(),
        nsi(referralDate="2018-04-01", actualEndDate="2018-05-01", ext={"convictionId": 1}),
        circumstance(
            personalCircumstanceSubType={"code": "A02", "description": "Approved premises"}
        ),
    )

    intervention, about = Intervention.objects.get(), Circumstance.objects.get()
    assert (intervention.type_code, intervention.active) == ("BRE", False)
    assert intervention.sentence.source_id == "1"
    assert (about.type_code, about.subtype_name) == ("A", "Approved premises")


@pytest.mark.parametrize(
    ("given", "harm"),
    [
        ({"document": {"overallRiskLevel": "VERY_HIGH"}}, Rosh.VERY_HIGH),
        ({"document": {"overallRisk": "Medium"}}, Rosh.MEDIUM),
        ({"document": {"summary": {"overallRiskLevel": "HIGH"}}}, Rosh.HIGH),
        ({"document": {"riskInCommunity": {"HIGH": ["Public"], "VERY_HIGH": []}}}, Rosh.HIGH),
        ({"document": {"riskInCommunity": {"Public": "LOW", "Staff": "MEDIUM"}}}, Rosh.MEDIUM),
        (
            {"document": {"riskPublicCommunity": "Low", "riskStaffCommunity": "Very High"}},
            Rosh.VERY_HIGH,
        ),
        ({"document": {"riskPublicCustody": "High"}}, ""),
        (
            {"document": {"overallRiskLevel": "LOW"}, "ext": {"rosh": {"overall": "High"}}},
            Rosh.HIGH,
        ),
        ({"document": {}}, ""),
    ],
)
def test_the_harm_an_assessment_states_is_read_in_each_published_shape(tmp_path, given, harm):
    bring_in(tmp_path, offender(), assessment(**given))

    assert ImportedAssessment.objects.get().harm == harm


@pytest.mark.parametrize(
    ("given", "score"),
    [
        (
            {
                "document": {
                    "groupReconvictionScore": {"oneYear": 20, "twoYears": 34, "scoreLevel": "LOW"}
                }
            },
            ("ogrs3", Decimal(20), Decimal(34), "LOW"),
        ),
        (
            {"document": {"output": {"riskOfSeriousRecidivismScore": {"percentageScore": 7.1}}}},
            ("rsr", None, Decimal("7.10"), ""),
        ),
        (
            {"document": {"OGRS": {"ogrs31Year": 5, "ogrs32Year": 9, "ogrs3RiskRecon": "Low"}}},
            ("ogrs3", Decimal(5), Decimal(9), "Low"),
        ),
        (
            {"ext": {"predictors": {"rsr": {"percent": 2.5, "level": "LOW"}}}},
            ("rsr", None, Decimal("2.50"), "LOW"),
        ),
        (
            {"ext": {"predictors": {"ovp": {"oneYear": 3, "twoYears": 5}}}},
            ("ovp", Decimal(3), Decimal(5), ""),
        ),
    ],
)
def test_the_scores_in_an_assessment_are_read_in_each_published_shape(tmp_path, given, score):
    bring_in(tmp_path, offender(), assessment(**given))

    row = Predictor.objects.get()
    assert (row.kind, row.one_year, row.two_year, row.level) == score
    assert (row.assessed_on, row.source, row.sentence) == (date(2018, 4, 1), "OASys", None)


def test_a_restriction_with_its_list_lets_in_those_named_and_nobody_else(tmp_path):
    named, other = UserFactory(username="asha"), UserFactory(username="ben", role=Role.HEAD)
    access = [
        {"username": "asha", "type": "restriction"},
        {"username": "ben", "type": "restriction", "to": "2018-01-01"},
    ]
    bring_in(
        tmp_path,
        offender(
            currentRestriction=True,
            currentExclusion=False,
            restrictionMessage="Ask the public protection team.",
            ext={"access": access},
        ),
    )

    limit = Limit.objects.get()
    assert (limit.restricted, limit.listed) == (True, True)
    assert limit.message == "Ask the public protection team."
    assert [one.user for one in Named.objects.all()] == [named]
    assert not Case.objects.open_to(other, Action.VIEW_CASE).exists()
    assert not Issue.objects.unsettled().exists()


def test_an_exclusion_with_its_list_keeps_out_those_named_alone(tmp_path):
    UserFactory(username="asha", role=Role.HEAD)
    other = UserFactory(role=Role.HEAD)
    access = [{"username": "asha", "type": "exclusion"}]
    bring_in(tmp_path, offender(currentExclusion=True, ext={"access": access}))

    assert not Limit.objects.get().restricted
    assert not Named.objects.get().let_in
    assert Case.objects.open_to(other, Action.VIEW_CASE).exists()


def test_a_limit_without_a_list_leaves_the_officer_their_senior_and_the_head_of_service(tmp_path):
    team = TeamFactory(code="C16T1")
    officer = UserFactory(staff_code="C16A01", team=team)
    senior = UserFactory(role=Role.SPO, team=team)
    head = UserFactory(role=Role.HEAD, team=None)
    colleague, elsewhere = UserFactory(team=team), UserFactory(role=Role.SPO)

    bring_in(tmp_path, offender(currentExclusion=True, offenderManagers=[manager()]))

    may = {user for user in (officer, senior, head, colleague, elsewhere)
           if Case.objects.open_to(user, Action.VIEW_CASE).exists()}  # fmt: skip
    assert may == {officer, senior, head}
    assert [issue.kind for issue in Issue.objects.unsettled()] == ["limited_without_list"]


def test_those_let_in_without_a_list_follow_a_change_of_officer(tmp_path):
    team = TeamFactory(code="C16T1")
    before = UserFactory(staff_code="C16A01", team=team)
    after = UserFactory(staff_code="C16A02", team=team)
    bring_in(tmp_path, offender(currentRestriction=True, offenderManagers=[manager()]))

    new = manager(staff={"code": "C16A02", "surname": "Reed", "forenames": "Jo"})
    bring_in(tmp_path, offender(currentRestriction=True, offenderManagers=[new]))

    assert Case.objects.get().officer == after
    assert [one.user for one in Named.objects.all()] == [after]
    assert not Case.objects.open_to(before, Action.VIEW_CASE).exists()


def test_a_limit_is_lifted_when_ndelius_says_so_and_not_when_it_says_nothing(tmp_path):
    bring_in(tmp_path, offender(currentRestriction=True))
    bring_in(tmp_path, offender(title="Mr"))
    assert Limit.objects.exists()

    bring_in(tmp_path, offender(currentRestriction=False, currentExclusion=False))

    assert not Limit.objects.exists()
    assert not Issue.objects.unsettled().exists()


def test_what_was_recorded_here_of_an_appointment_is_kept_and_counted(tmp_path):
    load_code_lists()
    bring_in(tmp_path / "a", offender(), *(contact(number=n) for n in (1, 2, 3)))
    ours, same, theirs = Contact.objects.order_by("source_id")
    for one in (ours, same):
        take_up(contact=one, by=None, now=NOW)
    ours.outcome_code, ours.attended, ours.notes = "ATTC", True, "He came early."
    ours.save()
    moved = [contact(number=n, contactStart="2018-10-02T10:00:00+01:00") for n in (1, 3)]

    done = bring_in(tmp_path / "b", offender(), *moved, contact(number=2))

    for one in (ours, same, theirs):
        one.refresh_from_db()
    assert (ours.outcome_code, ours.notes, ours.started_at.day) == ("ATTC", "He came early.", 1)
    assert theirs.started_at.day == 2
    assert done.run.remarks["kept"] == {"contact": 1}
    assert counted(done, "contact") == (0, 1, 2, 0)

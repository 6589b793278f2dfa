"""What is gathered of somebody, from the record as it stands."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.reference.codes import CustodyStatus, Part, Register, Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.queries.facts import gather
from grid.queries.suitability import described
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    ImportedAssessmentFactory,
    OffenceFactory,
    RegistrationFactory,
    RequirementFactory,
    SentenceFactory,
    placeable,
)
from tests.grid.on_licence import DAY, SPRING, TODAY, condition, licence

pytestmark = pytest.mark.django_db


def people_of(case_ids):
    return described(gather(case_ids, TODAY), TODAY)


def person_of(case):
    return people_of([case.pk])[case.pk]


# What they are like


def test_a_person_of_whom_nothing_is_recorded_is_not_known_in_anything():
    person = person_of(CaseFactory())

    known = [person.likelihood, person.harm, person.partner_violence, person.violence]
    known += person.needs.values()
    assert {one.value for one in known} == {None}
    assert all(one.evidence.words for one in known)
    assert (person.attached, person.held, person.escalated) == ((), False, False)


def test_the_score_the_level_and_the_offence_come_with_what_says_so():
    case = placeable(sex=Sex.FEMALE)

    person = person_of(case)

    assert person.sex == Sex.FEMALE
    assert person.likelihood.value == Decimal(62)
    assert person.likelihood.evidence.words == "OGRS3 from OASys"
    assert person.harm.value == Rosh.MEDIUM
    assert person.harm.evidence.words == "Risk of serious harm: nDelius register"
    assert person.violence.value is True  # common assault
    assert person.partner_violence.value is None  # nobody has assessed them


def test_a_score_of_ours_says_that_it_was_worked_out_here():
    sentence = SentenceFactory(previous_sanctions=4, age_at_first_sanction=17)
    OffenceFactory(sentence=sentence)

    known = person_of(sentence.case).likelihood

    assert known.evidence.words == "OGRS3 worked out here"
    assert known.evidence.on == sentence.started_on
    assert 0 < known.value < 100


def test_needs_come_from_the_assessment_in_force_and_from_oasys_where_that_is_silent():
    case = CaseFactory()
    drafted = {"relationships.family": "2", "relationships.partners": "2"}
    signed = {f"thinking.{item}": "2" for item in ("recognises", "solves", "consequences", "views")}
    AssessmentFactory(case=case, signed=True, answers=signed, completed_on=SPRING)
    AssessmentFactory(case=case, answers=drafted)  # not signed: it says nothing yet
    ImportedAssessmentFactory(
        case=case, completed_on=SPRING - DAY, document={"weightedScores": {"drugWeightedScore": 3}}
    )
    ImportedAssessmentFactory(
        case=case, completed_on=SPRING - 30 * DAY,
        document={"weightedScores": {"drugWeightedScore": 9, "eteWeightedScore": 9}},
    )  # fmt: skip

    needs = person_of(case).needs

    assert needs[NeedArea.THINKING].value == Need.SEVERE
    assert needs[NeedArea.DRUGS].value == Need.STANDARD
    assert needs[NeedArea.RELATIONSHIPS].value is None
    assert needs[NeedArea.ETE].value is None  # of an older one than the last from OASys


def test_violence_to_a_partner_is_told_by_a_register_that_is_current():
    perpetrator = RegistrationFactory(type_code=Register.DOMESTIC_ABUSE_PERPETRATOR)
    ended = RegistrationFactory(
        type_code=Register.DOMESTIC_ABUSE_PERPETRATOR, active=False, ended_on=SPRING
    )
    harmed = RegistrationFactory(type_code=Register.MARAC, part=Part.AT_RISK)

    found = people_of([one.case_id for one in (perpetrator, ended, harmed)])

    assert found[perpetrator.case_id].partner_violence.value is True
    assert found[ended.case_id].partner_violence.value is None
    assert found[harmed.case_id].partner_violence.value is None


@pytest.mark.parametrize(
    "type_code, part, violent",
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, None),
        (Register.MARAC, Part.SOURCE, None),
        (Register.MARAC, Part.AT_RISK, False),
        (Register.CHILD_CONCERNS, Part.SOURCE, False),
    ],
)
def test_a_register_that_has_ended_keeps_a_screening_from_saying_no(type_code, part, violent):
    case = CaseFactory()
    AssessmentFactory(case=case, signed=True, answers={"screening.indicators": ["none"]})
    for ended_on in (None, SPRING, SPRING - DAY):
        RegistrationFactory(
            case=case, type_code=type_code, part=part, active=False, ended_on=ended_on
        )

    known = person_of(case).partner_violence

    assert known.value is violent
    assert ("ended 3 April 2018" in known.evidence.words) is (violent is None)


def test_offences_of_earlier_sentences_count_and_a_charge_does_not():
    convicted, charged = CaseFactory(), CaseFactory()
    OffenceFactory(
        sentence=SentenceFactory(case=convicted, active=False, terminated_on=SPRING), code="03401"
    )
    OffenceFactory(sentence=SentenceFactory(case=charged, description=""), code="03401")

    found = people_of([convicted.pk, charged.pk])

    assert found[convicted.pk].violence.value is True
    assert found[charged.pk].violence.value is None


@pytest.mark.parametrize(
    "harm, retained_by, escalated",
    [(Rosh.MEDIUM, "", False), (Rosh.HIGH, "", True), (Rosh.MEDIUM, "Jo Hall, NPS", True)],
)
def test_those_at_the_threshold_of_the_nps_and_theirs_are_escalated(harm, retained_by, escalated):
    case = placeable(harm=harm, retained_by=retained_by)

    assert person_of(case).escalated is escalated


def test_somebody_in_custody_is_held_and_somebody_on_licence_is_not():
    held = licence(custody_status=CustodyStatus.RECALLED)
    out = licence()

    found = people_of([held.case_id, out.case_id])

    assert found[held.case_id].held
    assert not found[out.case_id].held


# As many as there are


def test_many_people_cost_as_many_statements_as_few():
    def made(number):
        for _ in range(number):
            case = placeable()
            sentence = case.sentences.get()
            RequirementFactory(sentence=sentence, length=10)
            RequirementFactory(sentence=sentence, main_code="7", sub_name="Resolve")
            condition(licence(case=case))
            AssessmentFactory(case=case, signed=True)
            RegistrationFactory(case=case, active=False, ended_on=SPRING)
            yield case.pk

    few, many = list(made(2)), list(made(12))
    with CaptureQueriesContext(connection) as of_few:
        people_of(few)
    with CaptureQueriesContext(connection) as of_many:
        found = people_of(many)

    assert set(found) == set(many)
    assert len(of_few) == len(of_many)

"""What is gathered of somebody, from the record as it stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import LicenceCondition
from cases.reference.codes import CustodyStatus, Order, Part, Register, Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.queries.suitability import people_of, person_of
from grid.reference.interventions import Hook
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    ContactFactory,
    ImportedAssessmentFactory,
    OffenceFactory,
    RarActivityFactory,
    RarEnoughFactory,
    RegistrationFactory,
    RequirementFactory,
    SentenceFactory,
    placeable,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 11, 21)
DAY = timedelta(days=1)
SPRING, NEXT_SPRING = date(2018, 4, 3), date(2019, 4, 3)


def hooked(case, hook):
    """What of their sentences is of this kind."""
    return [one for one in person_of(case, TODAY).attached if one.hook is hook]


def licence(**columns):
    """Out on licence until next spring, and after it supervised for a month more."""
    usual = {
        "order": Order.CUSTODY_PSS,
        "description": "ORA Adult Custody (inc PSS)",
        "custody_status": CustodyStatus.ON_LICENCE,
        "released_on": SPRING,
        "licence_end_on": NEXT_SPRING,
        "pss_end_on": NEXT_SPRING + 30 * DAY,
    }
    return SentenceFactory(**usual | columns)


def condition(sentence, category="Participation in programme or activities", **columns):
    usual = {"text": "Attend as Ms Orme of 4 Vine Street asks.", "from_on": SPRING}
    return LicenceCondition.objects.create(sentence=sentence, category=category, **usual | columns)


# What they are like


def test_a_person_of_whom_nothing_is_recorded_is_not_known_in_anything():
    person = person_of(CaseFactory(), TODAY)

    known = [person.likelihood, person.harm, person.partner_violence, person.violence]
    known += person.needs.values()
    assert {one.value for one in known} == {None}
    assert all(one.evidence.words for one in known)
    assert (person.attached, person.held, person.escalated) == ((), False, False)


def test_the_score_the_level_and_the_offence_come_with_what_says_so():
    case = placeable(sex=Sex.FEMALE)

    person = person_of(case, TODAY)

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

    known = person_of(sentence.case, TODAY).likelihood

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

    needs = person_of(case, TODAY).needs

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

    found = people_of([one.case_id for one in (perpetrator, ended, harmed)], TODAY)

    assert found[perpetrator.case_id].partner_violence.value is True
    assert found[ended.case_id].partner_violence.value is None
    assert found[harmed.case_id].partner_violence.value is None


def test_offences_of_earlier_sentences_count_and_a_charge_does_not():
    convicted, charged = CaseFactory(), CaseFactory()
    OffenceFactory(
        sentence=SentenceFactory(case=convicted, active=False, terminated_on=SPRING), code="03401"
    )
    OffenceFactory(sentence=SentenceFactory(case=charged, description=""), code="03401")

    found = people_of([convicted.pk, charged.pk], TODAY)

    assert found[convicted.pk].violence.value is True
    assert found[charged.pk].violence.value is None


@pytest.mark.parametrize(
    "harm, retained_by, escalated",
    [(Rosh.MEDIUM, "", False), (Rosh.HIGH, "", True), (Rosh.MEDIUM, "Jo Hall, NPS", True)],
)
def test_those_at_the_threshold_of_the_nps_and_theirs_are_escalated(harm, retained_by, escalated):
    case = placeable(harm=harm, retained_by=retained_by)

    assert person_of(case, TODAY).escalated is escalated


def test_somebody_in_custody_is_held_and_somebody_on_licence_is_not():
    held = licence(custody_status=CustodyStatus.RECALLED)
    out = licence()

    found = people_of([held.case_id, out.case_id], TODAY)

    assert found[held.case_id].held
    assert not found[out.case_id].held


# By what they can be required to come


def test_a_programme_requirement_names_what_the_court_ordered():
    sentence = SentenceFactory(expected_end_on=NEXT_SPRING)
    named = {"main_code": "7", "sub_name": "Building Better Relationships"}
    RequirementFactory(sentence=sentence, length=29, length_unit="Days", **named)
    RequirementFactory(sentence=sentence, active=False, **named)
    RequirementFactory(sentence=sentence, terminated_on=SPRING, **named)

    [found] = hooked(sentence.case, Hook.PROGRAMME)

    assert found.ordered == "building_better_relationships"
    assert found.words == "Programme requirement: Building Better Relationships, 29 days"
    assert found.until == NEXT_SPRING


def test_a_programme_requirement_ends_by_its_own_day_and_may_name_nothing():
    requirement = RequirementFactory(
        main_code="7", expected_end_on=NEXT_SPRING - DAY, sentence__expected_end_on=NEXT_SPRING
    )

    [found] = hooked(requirement.sentence.case, Hook.PROGRAMME)

    assert (found.ordered, found.until) == ("", NEXT_SPRING - DAY)
    assert found.words == "Programme requirement: no programme is named"


def test_the_days_of_a_rar_that_are_left_are_those_not_credited():
    requirement = RequirementFactory(length=10, sentence__expected_end_on=NEXT_SPRING)
    for _ in range(2):  # twice on one day, which counts once
        ContactFactory(case=requirement.sentence.case, requirement=requirement, rar_activity=True)

    [found] = hooked(requirement.sentence.case, Hook.RAR)

    assert (found.source_id, found.days_left, found.until) == (requirement.pk, 9, NEXT_SPRING)
    assert found.words == "Rehabilitation activity requirement, 10 days, 9 left"


def test_no_day_is_left_once_the_officer_has_said_that_those_done_are_enough():
    enough = RarEnoughFactory()

    [found] = hooked(enough.requirement.sentence.case, Hook.RAR)

    assert found.days_left == 0
    assert found.words.endswith("0 left: the officer has said that those done are enough")


def test_days_that_nobody_recorded_are_not_known_to_be_none():
    requirement = RequirementFactory(length=None)

    [found] = hooked(requirement.sentence.case, Hook.RAR)

    assert found.days_left is None
    assert "how many days is not recorded" in found.words


def test_a_licence_hooks_by_a_condition_to_take_part_and_never_repeats_its_words():
    sentence = licence()
    taking_part = condition(sentence)
    condition(sentence, "Curfew arrangement")
    condition(sentence, to_on=TODAY - DAY)
    condition(sentence, from_on=TODAY + DAY)

    [found] = hooked(sentence.case, Hook.LICENCE)

    assert (found.source_id, found.until) == (taking_part.pk, NEXT_SPRING)
    assert found.words == "Licence condition: participation in programme or activities"


@pytest.mark.parametrize(
    "columns", [{"licence_end_on": TODAY - DAY}, {"custody_status": CustodyStatus.RECALLED}]
)
def test_a_licence_that_has_ended_or_was_recalled_hooks_nothing(columns):
    sentence = licence(**columns)
    condition(sentence)

    assert not hooked(sentence.case, Hook.LICENCE)


@pytest.mark.parametrize(
    "columns, there",
    [
        ({}, False),  # while the licence runs
        ({"licence_end_on": TODAY}, False),  # its last day
        ({"licence_end_on": TODAY - DAY}, True),
        ({"custody_status": CustodyStatus.POST_SENTENCE, "licence_end_on": None}, True),
        ({"licence_end_on": TODAY - DAY, "pss_end_on": TODAY - DAY}, False),
        ({"licence_end_on": TODAY - DAY, "custody_status": CustodyStatus.RECALLED}, False),
    ],
)
def test_post_sentence_supervision_hooks_once_the_licence_has_ended(columns, there):
    sentence = licence(**columns)

    assert bool(hooked(sentence.case, Hook.PSS)) is there


def test_anybody_who_is_supervised_may_choose_to_come_until_the_last_of_their_sentences():
    case = CaseFactory()
    SentenceFactory(case=case, expected_end_on=NEXT_SPRING)
    SentenceFactory(case=case, expected_end_on=NEXT_SPRING, supervision_end_on=NEXT_SPRING - DAY)
    licence(case=case)

    [found] = hooked(case, Hook.VOLUNTARY)

    assert found.until == NEXT_SPRING + 30 * DAY


def test_what_is_planned_of_their_days_is_known_by_its_title():
    activity = RarActivityFactory(what="Stepping Stones to Change")
    case = activity.case
    given_up = {"ended_on": SPRING, "ended_because": "He moved away."}
    RarActivityFactory(requirement=activity.requirement, what="Making Amends", **given_up)
    RarActivityFactory(requirement=activity.requirement, what="Money and debt")

    assert person_of(case, TODAY).planned == {"stepping_stones"}


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
            yield case.pk

    few, many = list(made(2)), list(made(12))
    with CaptureQueriesContext(connection) as of_few:
        people_of(few, TODAY)
    with CaptureQueriesContext(connection) as of_many:
        found = people_of(many, TODAY)

    assert set(found) == set(many)
    assert len(of_few) == len(of_many)

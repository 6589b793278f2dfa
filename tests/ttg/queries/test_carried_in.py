"""What the record says already of what the resettlement plan asks, and what of it answers. Source: `ttg.queries.carried_in`."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Circumstance, Disability
from cases.reference.codes import Part
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AssessmentFactory,
    CustodyFactory,
    PersonFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictionFactory,
)
from ttg.queries.carried_in import (
    ANSWERS,
    AREAS,
    CIRCUMSTANCES,
    DISABILITIES,
    REGISTERS,
    Carried,
    answer_of,
    carried_in,
)
from ttg.reference.questions import NEEDS, QUESTIONS

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def custody():
    return CustodyFactory()


@pytest.fixture
def case(custody):
    return custody.case


def found(custody):
    return carried_in(custody.case, custody, TODAY)


def only(custody, question):
    (one,) = found(custody)[question]
    return one


def test_of_somebody_with_nothing_on_record_nothing_is_carried_in(custody):
    assert found(custody) == {}


@pytest.mark.parametrize("code", REGISTERS)
def test_a_register_stands_beside_the_question_it_bears_on(custody, case, code):
    RegistrationFactory(case=case, type_code=code, started_on=TODAY - DAY)

    one = only(custody, REGISTERS[code])

    assert (one.source, one.on) == ("register", TODAY - DAY)
    assert one.said == ANSWERS.get(REGISTERS[code], "")


def test_a_register_that_was_taken_off_is_not_carried_in(custody, case):
    RegistrationFactory(case=case, type_code="STRG", active=False, ended_on=TODAY - DAY)

    assert found(custody) == {}


def test_an_entry_that_says_it_is_they_who_are_at_risk_is_about_being_abused(custody, case):
    RegistrationFactory(case=case, type_code="ADVP", part=Part.AT_RISK)

    assert list(found(custody)) == ["family.abused"]


@pytest.mark.parametrize("code", CIRCUMSTANCES)
def test_a_circumstance_that_runs_is_carried_in_and_one_that_ended_is_not(custody, case, code):
    Circumstance.objects.create(case=case, type_code=code, type_name="Care", subtype_name="Adult", started_on=TODAY)  # fmt: skip
    Circumstance.objects.create(case=case, type_code=code, type_name="Over", ended_on=TODAY)

    one = only(custody, CIRCUMSTANCES[code])

    assert (one.words, one.source) == ("Care: Adult", "nDelius")


@pytest.mark.parametrize("code", ["B", "ED"])
def test_work_and_learning_of_the_record_answer_nothing_by_themselves(custody, case, code):
    Circumstance.objects.create(case=case, type_code=code, type_name="Work")

    assert only(custody, CIRCUMSTANCES[code]).said == ""


@pytest.mark.parametrize("code", [*DISABILITIES, "RM"])
def test_a_disability_bears_on_mental_health_or_on_daily_living(custody, case, code):
    Disability.objects.create(case=case, code=code, name="As recorded", from_on=TODAY)

    one = only(custody, DISABILITIES.get(code, "health.living"))

    assert one.words == "As recorded"
    assert one.said == ("yes" if code in DISABILITIES else "")


def test_that_somebody_has_no_disability_is_nothing_to_carry_in(custody, case):
    Disability.objects.create(case=case, code="ND", name="No disability")
    Disability.objects.create(case=case, code="MI", name="Over", to_on=TODAY)

    assert found(custody) == {}


def test_a_child_who_lives_with_them_is_carried_in_without_a_name(custody, case):
    child = RelatedPersonFactory(case=case, kind="child", lives_with=True, dependant=False)
    RelatedPersonFactory(case=case, kind="child", lives_with=False, dependant=False)
    RelatedPersonFactory(case=case, kind="child", lives_with=True, to_on=TODAY)

    one = only(custody, "family.children")

    assert one.said == "yes"
    assert child.name not in str(one)


def test_what_they_told_of_themselves_is_carried_in(custody, case):
    PersonFactory(case=case, care_leaver=True, needs_interpreter=True)
    AddressFactory(case=case, no_fixed_abode=True, to_on=None)

    known = found(custody)

    assert known["family.care"][0].said == "yes"
    assert known["work.reading"][0].said == ""  # an interpreter is no help with reading
    assert known["home.before"][0].words == "No fixed abode"


def test_an_order_is_said_to_stand_and_not_whom_it_protects(custody, case):
    whom = RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    RestrictionFactory(case=case, protects=whom, prohibits="Not to go near Robin Vale")

    one = only(custody, "home.near")

    assert "see the restrictions" in one.words
    assert "Robin Vale" not in str(one)
    assert one.said == ""


@pytest.mark.parametrize("area", AREAS)
def test_an_area_that_is_a_need_stands_beside_its_question_and_answers_nothing(custody, case, area):
    AssessmentFactory(case=case, signed=True, answers={f"{area}.offending": "yes"})

    one = only(custody, AREAS[area])

    assert (one.source, one.said) == ("assessment in force", "")


def test_an_assessment_that_is_being_written_is_not_read(custody, case):
    AssessmentFactory(case=case, answers={f"{next(iter(AREAS))}.offending": "yes"})

    assert found(custody) == {}


def test_the_screening_sends_whoever_asks_to_the_prison():
    stay = CustodyFactory(screened_on=TODAY, screened_by="P. Okoro")

    known = found(stay)

    assert {"health.acct_open", "home.before"} == set(known)
    assert all(one.source == "P. Okoro" and not one.said for facts in known.values() for one in facts)  # fmt: skip


def test_several_facts_of_one_question_stand_together_in_order(custody, case):
    RegistrationFactory(case=case, type_code="RCCO")
    Circumstance.objects.create(case=case, type_code="RC", type_name="Child in care")

    facts = found(custody)["family.social_worker"]

    assert [one.source for one in facts] == ["register", "nDelius"]


def test_every_question_it_speaks_of_is_asked_and_every_answer_is_one_of_those_given():
    spoken = {*REGISTERS.values(), *CIRCUMSTANCES.values(), *DISABILITIES.values(), *AREAS.values(), *ANSWERS}  # fmt: skip

    assert spoken <= set(QUESTIONS)
    for code, said in ANSWERS.items():
        assert said in dict(QUESTIONS[code].choices)
        assert set(QUESTIONS[code].raised_by(said)) <= set(NEEDS)


def fact(key="register-1", said="yes", on=TODAY, words="On the register: gangs"):
    return Carried(key, "family.gang", words, "register", on, said)


def test_what_answers_is_taken_with_its_words_its_source_and_the_last_day_known():
    known = [fact(on=TODAY - 5 * DAY), fact("circumstance-1", words="Known to a gang"), fact(said="", words="See the order")]  # fmt: skip

    answer = answer_of(known, TODAY)

    assert answer == {
        "said": "yes",
        "words": "On the register: gangs (register); Known to a gang (register)",
        "source": "record",
        "on": TODAY.isoformat(),
    }


def test_a_day_that_is_not_known_or_still_to_come_is_taken_as_today():
    assert answer_of([fact(on=None)], TODAY)["on"] == TODAY.isoformat()
    assert answer_of([fact(on=TODAY + DAY)], TODAY)["on"] == TODAY.isoformat()


def test_what_only_stands_beside_a_question_answers_nothing():
    assert answer_of([fact(said="")], TODAY) is None
    assert answer_of([], TODAY) is None


def test_a_case_with_much_on_record_takes_as_many_statements_as_one_with_little(custody, case):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            found(custody)
        return len(asked)

    few = statements()
    for code in REGISTERS:
        RegistrationFactory(case=case, type_code=code)
    for n in range(10):
        Disability.objects.create(case=case, code="RM", name=f"One {n}")
        RestrictionFactory(case=case, recorded_at=NOW)

    assert statements() <= few

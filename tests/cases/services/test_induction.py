"""An induction from beginning to signature: put together, signed with proof, never changed."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from cases.models import Induction, LicenceCondition
from cases.queries.induction import rules_of
from cases.rules.induction import questions_of
from cases.services.induction import answer_induction, begin_induction, sign_induction
from staff.errors import RuleBroken
from staff.models import Entry
from tests.cases.rules.test_induction import SAID
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    PersonFactory,
    RequirementFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 11, 5)
NOW = datetime(2018, 11, 5, 10, tzinfo=get_current_timezone())


@pytest.fixture
def case():
    case = CaseFactory()
    sentence = SentenceFactory(case=case)
    RequirementFactory(sentence=sentence, length=20, length_unit="Days")
    LicenceCondition.objects.create(
        sentence=sentence, category="Contact", text="Not to contact her", from_on=date(2018, 10, 1)
    )
    PersonFactory(
        case=case, contact_asked_on=TODAY, welsh_offered_on=TODAY, needs_interpreter=False
    )
    return case


def begun(case):
    return begin_induction(case=case, by=case.officer, now=NOW)


def answered(case):
    induction = begun(case)
    asked = questions_of(rules_of(induction.sentence, TODAY))
    given = {one.code: SAID[one.kind] for one in asked}
    answer_induction(induction=induction, given=given, by=case.officer, today=TODAY)
    induction.refresh_from_db()
    return induction


def signed(induction, **given):
    known = {"held_on": TODAY, "proof": "paper", "by": induction.case.officer, "now": NOW}
    return sign_induction(induction=induction, **known | given)


def test_it_names_each_requirement_and_condition_in_the_words_that_bind_the_person(case):
    words = [one.words for one in rules_of(begun(case).sentence, TODAY)]

    assert words == ["Rehabilitation activity requirement: 20 days", "Not to contact her"]


def test_signed_it_meets_its_clock_on_the_day_on_which_it_was_held(case):
    DeadlineFactory(case=case, kind="hold_induction", due_on=date(2018, 11, 20))
    held_on = TODAY - timedelta(days=1)

    done = signed(answered(case), held_on=held_on)

    assert (done.signed_by, done.held_on) == (case.officer, held_on)
    assert case.deadlines.get(kind="hold_induction").met_on == held_on


def test_nothing_of_it_changes_afterwards_whatever_becomes_of_the_order(case):
    done = signed(answered(case))
    before = Induction.objects.values().get(pk=done.pk)
    case.sentences.get().requirements.update(main_name="Something else")

    for act in (
        lambda: answer_induction(induction=done, given={}, by=case.officer, today=TODAY),
        lambda: signed(done),
        lambda: begun(case),
    ):
        with pytest.raises(RuleBroken, match="is signed, and stands as it is"):
            act()

    assert Induction.objects.values().get(pk=done.pk) == before
    assert "Rehabilitation activity requirement: 20 days" in str(before["answers"])


def test_another_sentence_has_an_induction_of_its_own(case):
    signed(answered(case))
    case.sentences.update(active=False)
    second = SentenceFactory(case=case)

    assert begun(case).sentence == second


def test_it_is_refused_with_all_that_is_still_to_do(case):
    induction = begun(case)

    with pytest.raises(RuleBroken) as refused:
        signed(induction)

    assert "Not answered: Rehabilitation activity requirement: 20 days" in str(refused.value)
    assert "Not answered: How to complain, and to whom after that" in str(refused.value)


def test_how_to_get_in_touch_must_have_been_asked_since_it_began(case):
    induction = answered(case)
    case.person.contact_asked_on = TODAY - timedelta(days=30)
    case.person.save()

    with pytest.raises(RuleBroken, match="since this induction began"):
        signed(induction)


def test_two_people_at_once_lose_nothing_and_what_they_said_differently_is_not_written(case):
    induction = begun(case)
    known = {"induction": induction, "by": case.officer, "today": TODAY, "seen": {}}
    answer_induction(given={"needs.caring": {"said": "no"}}, **known)

    late = answer_induction(
        given={
            "needs.caring": {"said": "yes", "words": "Two boys"},
            "needs.times": {"said": "no"},
        },
        **known,
    )

    induction.refresh_from_db()
    assert late.conflicts == ("needs.caring",)
    assert induction.answers == {"needs.caring": {"said": "no"}, "needs.times": {"said": "no"}}
    assert induction.version == 2


def test_whoever_read_it_before_it_changed_reads_it_again(case):
    induction = answered(case)
    read = induction.version
    answer_induction(
        induction=induction, given={"needs.times": {"said": "no"}}, by=case.officer, today=TODAY
    )

    with pytest.raises(RuleBroken, match="since you read it"):
        signed(induction, version=read)


def test_only_one_is_written_at_a_time_and_only_on_a_case_of_ours_with_a_sentence(case):
    begun(case)
    kept, none = CaseFactory(retained_by="Kim Lee"), CaseFactory()

    for one, refused in ((case, "already"), (kept, "not supervised by us"), (none, "No sentence")):
        with pytest.raises(RuleBroken, match=refused):
            begun(one)


def test_nothing_they_said_stands_in_the_trail(case):
    signed(answered(case))

    assert "lad" not in str(list(Entry.objects.values_list("detail", flat=True)))

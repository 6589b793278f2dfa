from datetime import date, timedelta

import pytest

from cases.models import Case, Standing
from cases.reference.codes import CaseState, Rosh
from grid.models import Judgement
from grid.services.judgement import decide_lowering, judge
from grid.services.placement import place_many, place_person
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, RegistrationFactory, UserFactory, placeable

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
ENDS = date(2019, 4, 1)  # six months on
ANSWERS = {
    "linked_to_harm": "Yes: voices tell them to hurt their brother.",
    "being_managed": "No: they refuse treatment.",
    "effect_of_contact": "They come in when seen weekly.",
}


@pytest.fixture
def case():
    case = placeable()
    place_person(case=case, by=None, today=TODAY)
    return case


@pytest.fixture
def senior():
    return UserFactory(role=Role.SPO)


def raised(case):
    return judge(case=case, complex=True, by=case.officer, today=TODAY, now=LATER, **ANSWERS)


def ask_to_lower(case):
    return judge(case=case, complex=False, by=case.officer, today=TODAY, now=LATER, **ANSWERS)


def decide(judgement, by, approve=True, note="Seen with the officer.", today=TODAY):
    return decide_lowering(
        judgement=judgement, approve=approve, note=note, by=by, today=today, now=LATER
    )


def group_of(case):
    return Standing.objects.get(case=case).group


# Raising


def test_raising_holds_at_once_and_for_six_months(case):
    judgement = raised(case)

    standing = Standing.objects.get(case=case)
    assert (judgement.state, judgement.until_on) == (Judgement.State.IN_FORCE, ENDS)
    assert (standing.group, standing.expires_on, standing.facts_as_at) == ("MC50", ENDS, LATER)
    assert case.placements.current().get().judgement == judgement
    assert Entry.objects.filter(action="judged_placement", by=case.officer).count() == 1


@pytest.mark.parametrize("missing", ANSWERS)
def test_each_of_the_three_questions_must_be_answered(case, missing):
    with pytest.raises(RuleBroken, match="^Say "):
        judge(
            case=case,
            complex=True,
            by=case.officer,
            today=TODAY,
            now=LATER,
            **ANSWERS | {missing: "  "},
        )

    assert group_of(case) == "M50"


def test_raising_again_starts_six_months_afresh(case):
    first = raised(case)

    second = judge(
        case=case,
        complex=True,
        by=case.officer,
        today=date(2018, 12, 3),
        now=LATER,
        **ANSWERS,
    )

    first.refresh_from_db()
    assert first.state == Judgement.State.ENDED
    assert second.until_on == date(2019, 6, 3)


def test_a_person_who_cannot_be_placed_yet_may_be_judged_complex_already():
    case = CaseFactory()

    raised(case)

    assert case.placements.current().get().facts["judgement"]["complex"] is True


@pytest.mark.parametrize(
    "columns", [{"retained_by": "Ann Officer"}, {"state": CaseState.NO_SENTENCE}]
)
def test_nobody_is_judged_who_is_not_ours_to_place(columns):
    case = placeable(**columns)

    with pytest.raises(RuleBroken, match="not placed by us"):
        raised(case)


# Lowering


def test_lowering_waits_for_a_senior_officer(case):
    raised(case)

    asked = ask_to_lower(case)

    owed = case.deadlines.unmet().get(kind="decide_lowering")
    assert asked.state == Judgement.State.ASKED
    assert group_of(case) == "MC50"
    assert (owed.owner_role, owed.due_on) == (Role.SPO, date(2018, 10, 3))


def test_an_approved_request_lowers_the_placement(case, senior):
    raised(case)
    asked = ask_to_lower(case)

    decided = decide(asked, senior)

    assert (decided.state, decided.decided_by) == (Judgement.State.IN_FORCE, senior)
    assert group_of(case) == "M50"
    assert not case.deadlines.unmet().exists()
    assert case.judgements.filter(state=Judgement.State.IN_FORCE).count() == 1


def test_a_refused_request_leaves_the_placement(case, senior):
    raised(case)
    asked = ask_to_lower(case)

    decided = decide(asked, senior, approve=False)

    assert decided.state == Judgement.State.REFUSED
    assert group_of(case) == "MC50"
    assert case.deadlines.get(kind="decide_lowering").met_on == TODAY


def test_refusing_says_why(case, senior):
    raised(case)
    asked = ask_to_lower(case)

    with pytest.raises(RuleBroken, match="Say why you refuse"):
        decide(asked, senior, approve=False, note=" ")


def test_nobody_decides_their_own_request(case):
    raised(case)
    asked = ask_to_lower(case)

    with pytest.raises(RuleBroken, match="Nobody decides their own"):
        decide(asked, case.officer)

    assert group_of(case) == "MC50"


def test_a_request_is_decided_once(case, senior):
    raised(case)
    asked = ask_to_lower(case)
    decide(asked, senior, approve=False)

    with pytest.raises(RuleBroken, match="decided already"):
        decide(asked, UserFactory(role=Role.SPO))


def test_a_second_request_waits_for_the_first(case):
    raised(case)
    ask_to_lower(case)

    with pytest.raises(RuleBroken, match="already waiting"):
        ask_to_lower(case)


def test_no_judgement_lowers_what_a_register_makes_complex(case):
    RegistrationFactory(case=case, type_name="Domestic abuse perpetrator")

    with pytest.raises(RuleBroken, match="Domestic abuse perpetrator"):
        ask_to_lower(case)


def test_a_register_that_came_since_stops_an_approval(case, senior):
    raised(case)
    asked = ask_to_lower(case)
    RegistrationFactory(case=case)

    with pytest.raises(RuleBroken, match="cannot lower what a register"):
        decide(asked, senior)


def test_judging_a_case_not_complex_where_nothing_made_it_so_is_kept_and_lowers_nothing(case):
    judgement = ask_to_lower(case)

    assert judgement.state == Judgement.State.IN_FORCE
    assert group_of(case) == "M50"
    assert not case.deadlines.unmet().exists()


# Running out


def test_a_judgement_that_has_run_out_is_dropped_and_nothing_is_written_twice(case):
    judgement = raised(case)
    asked = ask_to_lower(case)

    assert list(Case.objects.standing_run_out(ENDS)) == [case]
    place_many(case_ids=[case.pk], today=ENDS)
    again = place_many(case_ids=[case.pk], today=ENDS)

    judgement.refresh_from_db()
    asked.refresh_from_db()
    assert (judgement.state, asked.state) == (Judgement.State.ENDED, Judgement.State.ENDED)
    assert group_of(case) == "M50"
    assert not Case.objects.standing_run_out(ENDS).exists()
    assert not case.deadlines.unmet().exists()
    assert again["standings_written"] == 0


def test_a_judgement_holds_to_the_day_before_its_end(case):
    raised(case)

    place_many(case_ids=[case.pk], today=ENDS - timedelta(days=1))

    assert group_of(case) == "MC50"


def test_a_judgement_is_carried_over_changed_facts(case):
    judgement = raised(case)
    RegistrationFactory(case=case, type_code=Rosh.LOW, started_on=TODAY + timedelta(days=1))

    place_many(case_ids=[case.pk], today=TODAY)

    assert group_of(case) == "LC50"
    assert case.placements.current().get().judgement == judgement

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, Standing
from cases.reference.codes import CaseState, ContactLevel, Order, Part, Place, Rosh
from cases.services.facts import facts_changed
from grid.models import Escalation, Placement
from grid.services.placement import place_many, place_person
from staff.models import Entry
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    ImportedAssessmentFactory,
    PersonFactory,
    PredictorFactory,
    RegistrationFactory,
    SentenceFactory,
    placeable,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
LATER = NOW + timedelta(days=1)


def standing(case):
    return Standing.objects.get(case=case)


def place_all(today=TODAY):
    return place_many(case_ids=list(Case.objects.values_list("pk", flat=True)), today=today)


def row_versions():
    """How many rows PostgreSQL has written in this transaction, table by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


# Outcomes


def test_a_person_is_placed_in_a_group_with_the_facts_it_rested_on():
    case = placeable()

    placement = place_person(case=case, by=case.officer, today=TODAY)

    assert (placement.place, placement.level, placement.band) == (Place.GROUP, "M", "50")
    assert placement.because == "Medium risk of serious harm; OGRS3 62%"
    assert placement.facts["ogrs3"]["source"] == "OASys"
    assert placement.facts["harm"][0]["source"] == "nDelius register"
    assert (placement.rules, placement.policy_version) == ("GRID 2018-12", 1)
    assert (placement.placed_by, placement.placed_on) == (case.officer, TODAY)


def test_the_case_is_told_where_it_stands():
    case = placeable()

    place_person(case=case, by=None, today=TODAY)

    now = standing(case)
    assert (now.place, now.group, now.harm) == (Place.GROUP, "M50", Rosh.MEDIUM)
    assert (now.contact_level, now.holding, now.concern) == (ContactLevel.FORTNIGHTLY, False, False)
    assert now.facts_as_at == case.facts_changed_at


def test_a_computed_score_needs_no_predictor():
    case = CaseFactory()
    sentence = SentenceFactory(case=case, previous_sanctions=4, age_at_first_sanction=17)
    sentence.offences.create(code="10501", main=True)
    RegistrationFactory(case=case, type_code=Rosh.LOW)

    placement = place_person(case=case, by=None, today=TODAY)

    assert placement.place == Place.GROUP
    assert placement.facts["ogrs3"]["inputs"]["sanctions_total"] == 5


def test_an_assessment_may_be_what_says_the_harm():
    case = placeable(harm=Rosh.LOW)
    ImportedAssessmentFactory(case=case, harm=Rosh.HIGH, completed_on=TOMORROW)
    ImportedAssessmentFactory(case=case, harm="", completed_on=TOMORROW + timedelta(days=1))

    assert place_person(case=case, by=None, today=TODAY).place == Place.ESCALATE


def test_the_most_recent_active_conviction_is_the_one_scored():
    case = placeable()
    older = SentenceFactory(case=case, convicted_on=TODAY - timedelta(days=400))
    ended = SentenceFactory(case=case, convicted_on=TOMORROW, terminated_on=TOMORROW)
    PredictorFactory(case=case, sentence=older, two_year=95)
    PredictorFactory(case=case, sentence=ended, two_year=96)

    assert place_person(case=case, by=None, today=TODAY).band == "50"


def test_a_person_in_custody_needs_a_release_date():
    case = placeable()
    case.predictors.all().delete()
    case.sentences.update(order=Order.CUSTODY_PSS, previous_sanctions=2, age_at_first_sanction=18)

    placement = place_person(case=case, by=None, today=TODAY)

    assert placement.needs == ["released_on"]
    assert standing(case).needs == "start of follow-up (the release date)"


def test_a_register_that_is_no_longer_active_does_not_count():
    case = placeable()
    RegistrationFactory(case=case, active=False)

    assert place_person(case=case, by=None, today=TODAY).level == "M"


def test_a_nationality_nobody_asked_about_says_nothing_of_overseas_history():
    unasked, polish = (
        PersonFactory(case=placeable()),
        PersonFactory(case=placeable(), nationality="Polish"),
    )

    place_all()

    notes = [row.case.placements.get().facts["notes"] for row in (unasked, polish)]
    assert notes == [[], ["Overseas history not included"]]


# What it opens and closes


def test_an_unplaced_person_is_held_weekly_and_owed_a_place_within_five_working_days_of_arrival():
    case = CaseFactory(arrived_on=date(2018, 9, 27))

    place_person(case=case, by=None, today=TODAY)

    owed = case.deadlines.unmet().get()
    assert (owed.kind, owed.triggered_on, owed.due_on) == (
        "place_person", date(2018, 9, 27), date(2018, 10, 4)
    )  # fmt: skip
    assert standing(case).contact_level == ContactLevel.WEEKLY
    assert standing(case).holding


def test_a_person_who_was_placed_before_is_owed_a_place_from_the_day_it_stopped_being_possible():
    case = placeable(arrived_on=date(2018, 1, 1))
    place_person(case=case, by=None, today=TODAY)
    case.predictors.all().delete()

    place_person(case=case, by=None, today=TOMORROW)

    assert case.deadlines.unmet().get().triggered_on == TOMORROW


def test_being_placed_meets_what_was_owed():
    case = CaseFactory()
    place_person(case=case, by=None, today=TODAY)
    RegistrationFactory(case=case, type_code=Rosh.LOW)
    PredictorFactory(case=case, sentence=SentenceFactory(case=case))

    place_person(case=case, by=None, today=TOMORROW)

    owed = case.deadlines.get()
    assert (owed.met_on, owed.void) == (TOMORROW, False)


def test_a_sentence_that_ends_voids_what_was_owed():
    case = CaseFactory()
    place_person(case=case, by=None, today=TODAY)
    Case.objects.update(state=CaseState.NO_SENTENCE)

    place_person(case=case, by=None, today=TOMORROW)

    owed = case.deadlines.get()
    assert (owed.met_on, owed.void) == (TOMORROW, True)
    assert standing(case).contact_level == ""


def test_high_harm_opens_one_escalation_due_the_next_working_day():
    case = placeable(harm=Rosh.HIGH)

    place_person(case=case, by=None, today=TODAY)
    place_person(case=case, by=None, today=TOMORROW)

    escalation = Escalation.objects.get()
    assert (escalation.because, escalation.opened_on) == ("High risk of serious harm", TODAY)
    assert case.deadlines.get(kind="escalate_risk").due_on == TOMORROW


@pytest.mark.parametrize(
    ("change", "outcome", "void"),
    [
        ({"retained_by": "Ann Officer"}, "The NPS manages this person", False),
        ({"state": CaseState.NO_SENTENCE}, "There is no active sentence", True),
    ],
)
def test_an_escalation_closes_itself_saying_how_it_ended(change, outcome, void):
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=TODAY)
    Case.objects.update(**change)

    place_person(case=case, by=None, today=TOMORROW)

    escalation, owed = Escalation.objects.get(), Deadline.objects.get(kind="escalate_risk")
    assert (escalation.closed_on, escalation.outcome) == (TOMORROW, outcome)
    assert (owed.met_on, owed.void) == (TOMORROW, void)


def test_a_referral_already_sent_is_not_asked_for_again_while_the_escalation_is_open():
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=TODAY)
    Deadline.objects.update(met_on=TODAY)
    RegistrationFactory(case=case)

    place_person(case=case, by=None, today=TOMORROW)

    assert not case.deadlines.unmet().exists()


# History


def test_changed_facts_supersede_the_placement_and_keep_it():
    case = placeable()
    first = place_person(case=case, by=None, today=TODAY)
    RegistrationFactory(case=case, part=Part.SOURCE)

    second = place_person(case=case, by=None, today=TOMORROW)

    first.refresh_from_db()
    assert (first.level, first.superseded_on) == ("M", TOMORROW)
    assert (second.level, second.superseded_on) == ("MC", None)
    assert standing(case).group == "MC50"
    assert standing(case).concern


def test_a_run_as_at_an_earlier_day_supersedes_no_placement_before_it_began():
    case = placeable()
    first = place_person(case=case, by=None, today=TOMORROW)
    RegistrationFactory(case=case)

    place_person(case=case, by=None, today=TODAY)

    first.refresh_from_db()
    assert first.superseded_on == TOMORROW


def test_new_facts_that_do_not_bear_on_the_placement_only_move_the_standing():
    case = placeable()
    place_person(case=case, by=None, today=TODAY)
    facts_changed(case_ids=[case.pk], now=LATER)

    counts = place_all(TOMORROW)

    assert (counts["placements_written"], counts["standings_written"]) == (0, 1)
    assert standing(case).facts_as_at == LATER
    assert standing(case).placed_on == TODAY


def test_each_placing_that_changed_something_is_in_the_audit_trail():
    case = placeable()

    place_person(case=case, by=case.officer, today=TODAY)
    place_person(case=case, by=case.officer, today=TODAY)

    entry = Entry.objects.get(action="placed_in_grid")
    assert (entry.crn, entry.by, entry.detail) == (case.crn, case.officer, {"place": "group"})


# Many


def test_a_run_counts_where_everybody_came_out():
    placeable()
    placeable(harm=Rosh.VERY_HIGH)
    placeable(retained_by="Ann Officer")
    CaseFactory()
    CaseFactory(state=CaseState.AWAITING_SENTENCE)

    assert place_all() == {
        "group": 1,
        "escalate": 1,
        "cannot": 1,
        "retained": 1,
        "no_sentence": 1,
        "placements_written": 5,
        "standings_written": 5,
    }


def test_a_second_run_writes_no_row_and_locks_none():
    for harm in Rosh:
        RegistrationFactory(case=placeable(harm=harm))
    CaseFactory()
    place_all()
    before = row_versions()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = place_all()

    assert (counts["placements_written"], counts["standings_written"]) == (0, 0)
    assert row_versions() == before
    assert not any("FOR " in query["sql"] and "UPDATE" in query["sql"] for query in queries)


def test_a_run_takes_as_many_statements_for_sixty_people_as_for_five():
    def statements(number):
        for _ in range(number):
            RegistrationFactory(case=placeable())
            placeable(harm=Rosh.HIGH)
            CaseFactory()
        with CaptureQueriesContext(connection) as queries:
            place_all(TOMORROW)
        return len(queries)

    assert statements(5) == statements(60)


def test_one_and_many_come_to_the_same():
    one, other = placeable(), placeable()

    place_person(case=one, by=None, today=TODAY)
    place_many(case_ids=[one.pk, other.pk], today=TODAY)

    columns = ["place", "level", "band", "because", "rules", "policy_version"]
    assert len(set(Placement.objects.values_list(*columns))) == 1
    assert Placement.objects.count() == 2

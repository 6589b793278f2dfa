"""What is proposed to people by itself, and what of it lapses: set by set, and only what changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, JobRun
from cases.reference.codes import CustodyStatus, Rosh
from cases.services.facts import facts_changed
from cases.services.policy import newest_policy, seed_policies
from grid import tasks
from grid.models import Referral
from grid.reference.groups import ReferralState
from grid.rules.intervention_policy import NAME
from grid.services.caseload import place_changed
from grid.services.intervention_policy import set_intervention_policy
from grid.services.placement import place_many
from grid.services.proposals import PROPOSING, propose_chunk, propose_for
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    RarActivityFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.grid.a_referral import (
    MAKING_AMENDS,
    STEPPING_STONES,
    a_man,
    proposed_to,
    referral_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RECENT = timedelta(weeks=26)  # of the seeded policy


def propose(today=TODAY, place=True):
    ids = list(Case.objects.values_list("pk", flat=True))
    if place:
        place_many(case_ids=ids, today=today)
    return propose_for(case_ids=ids, today=today)


def state_of(referral):
    referral.refresh_from_db()
    return referral.state


# What is proposed


def test_what_suits_first_is_proposed_with_why_and_what_it_rests_on():
    case = a_man()

    referral = proposed_to(case)

    assert (referral.code, referral.hook, referral.ordered) == (MAKING_AMENDS, "rar", False)
    assert (referral.proposed_on, referral.proposed_by, referral.policy_version) == (TODAY, None, 1)
    assert "Making Amends comes before" in referral.because
    criteria = {one["criterion"]: one for one in referral.evidence["criteria"]}
    assert {one["met"] for one in criteria.values()} == {"met"}
    assert "thinking" in criteria["need"]["words"].lower()
    assert criteria["need"]["evidence"]


def test_it_is_answered_within_five_working_days_by_the_officer_and_the_audit_trail_says_so():
    case = a_man()

    proposed_to(case)

    owed = case.deadlines.unmet().get(kind="answer_intervention")
    assert (owed.triggered_on, owed.due_on) == (TODAY, date(2018, 10, 8))
    assert owed.owner_role == Role.OFFICER
    assert owed.why == "Making Amends is proposed"
    entry = Entry.objects.get(action="proposed_intervention")
    assert (entry.crn, entry.by, entry.detail) == (case.crn, None, {"intervention": MAKING_AMENDS})


def test_how_long_the_officer_has_is_the_policys():
    seed_policies()
    kept = newest_policy(NAME)
    head = UserFactory(role=Role.HEAD)
    set_intervention_policy(
        body=kept.body | {"answer_working_days": 2},
        changing=kept.version,
        from_on=TODAY,
        reason="Sooner.",
        by=head,
        today=TODAY,
    )
    case = a_man()

    referral = proposed_to(case)

    assert referral.policy_version == 2
    assert case.deadlines.get(kind="answer_intervention").due_on == date(2018, 10, 3)


def test_whoever_scores_75_or_more_is_told_of_the_first_60_days():
    case = a_man(percent=75)

    referral = proposed_to(case)

    assert "the first 60 days come first" in referral.because
    assert "first 60 days" in case.deadlines.get(kind="answer_intervention").why


def test_nothing_is_said_of_the_first_60_days_below_that():
    referral = proposed_to(a_man(percent=74))

    assert "60 days" not in referral.because


@pytest.mark.parametrize(("begun", "many"), [(RECENT.days, 1), (RECENT.days + 1, 0), (-1, 0)])
def test_only_whose_sentence_began_lately_is_proposed_anything(begun, many):
    a_man(begun=begun)

    assert propose()["proposed"] == many


def test_a_release_begins_a_sentence_that_is_served_on_licence():
    case = a_man(begun=900)
    case.sentences.update(
        order="custody", released_on=TODAY - 7 * DAY, licence_end_on=TODAY + 300 * DAY
    )

    assert propose()["proposed"] == 1


def held(case):
    case.sentences.update(custody_status=CustodyStatus.SENTENCED)


def escalated(case):
    RegistrationFactory(case=case, type_code=Rosh.HIGH, started_on=TODAY)


def retained(case):
    Case.objects.filter(pk=case.pk).update(retained_by="P. Wood, NPS Oxford")


def ended(case):
    case.sentences.update(terminated_on=TODAY, active=False)
    Case.objects.filter(pk=case.pk).update(state="no_sentence")


def left(case):
    Case.objects.filter(pk=case.pk).update(left_as="ended")


def unplaced(case):
    case.predictors.all().delete()


OUT = {
    held: "they are in custody",
    escalated: "their risk goes to the NPS first",
    retained: "the NPS manages them",
    ended: "nobody supervises them here any more",
    left: "nobody supervises them here any more",
    unplaced: "what places them in the GRID is not known any more",
}


@pytest.mark.parametrize("befalls", OUT)
def test_nothing_is_proposed_to_whoever_is_not_in_a_group_of_the_grid(befalls):
    case = a_man()
    befalls(case)

    assert propose() == {"proposed": 0, "lapsed": 0}
    assert not Deadline.objects.filter(kind="answer_intervention").exists()


def test_a_second_run_writes_nothing():
    proposed_to(a_man())
    before = Entry.objects.count()

    assert propose() == {"proposed": 0, "lapsed": 0}
    assert Entry.objects.count() == before


# What keeps it from being proposed


@pytest.mark.parametrize(
    ("state", "days", "many"),
    [
        (ReferralState.ACCEPTED, 400, 0),
        (ReferralState.DECLINED, 26 * 7 - 1, 0),
        (ReferralState.DECLINED, 26 * 7, 1),
        (ReferralState.WITHDRAWN, 26 * 7 - 1, 0),
        (ReferralState.WITHDRAWN, 26 * 7, 1),
        (ReferralState.LAPSED, 0, 1),
    ],
)
def test_what_waits_already_or_was_said_no_to_lately_is_not_proposed_again(state, days, many):
    case = a_man()
    referral_of(case, state=state, on=TODAY - days * DAY)

    assert propose()["proposed"] == many


def test_what_waits_in_another_form_is_not_proposed_either():
    case = a_man()
    referral_of(case, "amends_one_to_one")

    assert propose()["proposed"] == 0


def test_what_comes_after_what_was_declined_is_for_the_officer_to_choose():
    case = a_man()
    referral_of(case, state=ReferralState.DECLINED)

    propose()

    assert not case.referrals_to_groups.filter(state=ReferralState.PROPOSED).exists()


def test_once_it_is_done_what_comes_next_is_proposed():
    case = a_man()
    referral_of(case, state=ReferralState.DONE, on=TODAY - 300 * DAY)

    assert proposed_to(case).code == STEPPING_STONES


def test_what_they_are_on_is_finished_before_the_next_is_proposed():
    """Its days are planned, so it would not be proposed itself: nothing else is either."""
    case = a_man()
    referral_of(case, MAKING_AMENDS)
    requirement = case.sentences.get().requirements.get()
    RarActivityFactory(requirement=requirement, what="Making Amends", days=6)

    assert propose()["proposed"] == 0


# What lapses


@pytest.mark.parametrize("befalls", OUT)
def test_what_was_proposed_lapses_with_why_when_they_are_no_longer_in_a_group(befalls):
    case = a_man()
    referral = proposed_to(case)
    befalls(case)

    counts = propose(TODAY + DAY)

    assert counts == {"proposed": 0, "lapsed": 1}
    assert state_of(referral) == ReferralState.LAPSED
    assert (referral.closed_on, referral.closed_because) == (
        TODAY + DAY,
        f"Not proposed any more: {OUT[befalls]}.",
    )
    owed = case.deadlines.get(kind="answer_intervention")
    assert (owed.met_on, owed.void) == (TODAY + DAY, True)
    entry = Entry.objects.get(action="lapsed_referral")
    assert (entry.crn, entry.detail) == (case.crn, {"intervention": MAKING_AMENDS})


def test_what_is_planned_since_lapses_and_the_next_takes_its_place():
    case = a_man()
    referral = proposed_to(case)
    requirement = case.sentences.get().requirements.get()
    RarActivityFactory(requirement=requirement, what="Making Amends", days=6)

    counts = propose(TODAY + DAY)

    assert counts == {"proposed": 1, "lapsed": 1}
    assert state_of(referral) == ReferralState.LAPSED
    assert referral.closed_because == "It is planned or done already."
    assert Referral.objects.proposed().get().code != MAKING_AMENDS
    owed = case.deadlines.filter(kind="answer_intervention").order_by("pk")
    assert [(one.void, one.met_on) for one in owed] == [(True, TODAY + DAY), (False, None)]


def test_what_another_now_comes_before_lapses_and_says_which_and_why():
    case = a_man(days=0)
    proposed = proposed_to(case)
    assert proposed.hook == "voluntary"
    from_court = case.sentences.get()
    from_court.requirements.create(
        main_code="7", main_name="Programme", sub_name="Thinking Skills Programme",
        active=True, length=19, length_unit="Sessions", source_id="P1",
    )  # fmt: skip

    propose(TODAY + DAY)

    now = Referral.objects.proposed().get()
    assert (now.code, now.hook, now.ordered) == ("thinking_skills_programme", "programme", True)
    proposed.refresh_from_db()
    assert proposed.closed_because == (
        "Thinking Skills Programme comes before it now: the court ordered it."
    )


def test_what_they_would_come_to_by_something_else_is_proposed_afresh():
    case = a_man()
    referral = proposed_to(case)
    case.sentences.get().requirements.all().delete()

    counts = propose(TODAY + DAY)

    now = Referral.objects.proposed().first()
    assert counts["lapsed"] == 1
    assert state_of(referral) == ReferralState.LAPSED
    assert referral.closed_because.startswith("No longer suits: ")
    assert now is None or now.hook == "voluntary"


def test_what_is_proposed_stays_when_their_sentence_is_no_longer_a_late_one():
    referral = proposed_to(a_man())

    assert propose(TODAY + RECENT)["lapsed"] == 0
    assert state_of(referral) == ReferralState.PROPOSED


def test_what_waits_is_never_taken_away():
    case = a_man()
    referral = referral_of(case)
    escalated(case)

    assert propose() == {"proposed": 0, "lapsed": 0}
    assert state_of(referral) == ReferralState.ACCEPTED


# The sweep and the night


def test_the_sweep_proposes_as_soon_as_somebody_is_placed():
    case = a_man()

    place_changed(today=TODAY, seconds=10)

    assert Referral.objects.proposed().get().case == case


def test_the_sweep_lets_lapse_what_changed_facts_no_longer_allow():
    case = a_man()
    place_changed(today=TODAY, seconds=10)
    escalated(case)
    facts_changed(case_ids=[case.pk], now=NOW + timedelta(minutes=1))

    place_changed(today=TODAY, seconds=10)

    assert Referral.objects.get().state == ReferralState.LAPSED


def test_the_night_proposes_to_all_chunk_by_chunk_in_key_order():
    cases = [a_man() for _ in range(5)]
    place_many(case_ids=[one.pk for one in cases], today=TODAY)
    after, sizes = 0, []
    while after is not None:
        after, counts = propose_chunk(after=after, today=TODAY, size=2)
        sizes.append(counts["proposed"])

    assert sizes == [2, 2, 1]


def test_the_night_runs_once_and_finishes_one_that_was_cut_short():
    case = a_man()
    place_many(case_ids=[case.pk], today=TODAY)
    JobRun.objects.create(
        job=PROPOSING, slot="2018-10-01", today=TODAY, started_at=NOW, heartbeat_at=NOW
    )

    with time_machine.travel("2018-10-02T09:00:00Z", tick=False):
        tasks.sweep_proposals()
        tasks.sweep_proposals()

    runs = JobRun.objects.filter(job=PROPOSING).order_by("slot")
    assert [(run.slot, bool(run.finished_at)) for run in runs] == [
        ("2018-10-01", True), ("2018-10-02", True)
    ]  # fmt: skip
    assert Referral.objects.get().proposed_on == TODAY


def test_a_case_that_cannot_be_read_holds_up_no_other(caplog):
    sound, broken = a_man(), a_man()
    place_many(case_ids=[sound.pk, broken.pk], today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET sex = '?' WHERE id = %s", [broken.pk])

    _, counts = propose_chunk(after=0, today=TODAY)

    assert (counts["proposed"], counts["failed"]) == (1, 1)
    assert Referral.objects.get().case == sound
    assert f"Case {broken.pk} was not proposed to" in caplog.text


def test_it_takes_as_many_statements_for_sixty_as_for_five():
    def cost(rows):
        Referral.objects.all().delete()
        Deadline.objects.all().delete()
        cases = [a_man() for _ in range(rows)]
        ids = [one.pk for one in cases]
        place_many(case_ids=ids, today=TODAY)
        with CaptureQueriesContext(connection) as first:
            assert propose_for(case_ids=ids, today=TODAY)["proposed"] == rows
        with CaptureQueriesContext(connection) as again:
            propose_for(case_ids=ids, today=TODAY)
        for one in cases:
            escalated(one)
        place_many(case_ids=ids, today=TODAY)
        with CaptureQueriesContext(connection) as lapsing:
            assert propose_for(case_ids=ids, today=TODAY)["lapsed"] == rows
        return len(first), len(again), len(lapsing)

    assert cost(5) == cost(60)

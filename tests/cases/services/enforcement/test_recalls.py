"""A recall from the officer's decision to what was made of it: each step by itself, and no step from where it does not follow."""

import io
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from cases.models import Case, Deadline, Failure, Message, Notice, Recall, RecallStep, VictimNotice
from cases.queries.enforcement.measures import figures_of
from cases.queries.happened import events_since
from cases.reference.enforcement import RECALL_MAY_BECOME, RECALL_OVER, RecallState
from cases.reference.holding import LeftAs
from cases.reference.recall import PART_A
from cases.rules.counting import window_of
from cases.rules.enforcement.recalls import CLOCKS, OWED
from cases.services.enforcement.failures import withdraw_failure
from cases.services.enforcement.recall_papers import draw_part_a
from cases.services.enforcement.recalls import (
    answer_recall,
    countersign_recall,
    finish_part_a,
    send_recall,
    sign_part_a,
    withdraw_recall,
    write_part_a,
)
from cases.services.leaving import leave
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases.services.enforcement.a_recall import (
    AT_ONCE,
    IN_PRISON,
    LATER,
    NPS,
    PPCS,
    WHOLE,
    WORDS,
    answered,
    brought_to,
    countersigned,
    discussed,
    sent,
    signed,
    written,
)
from tests.factories import CaseFactory, RegistrationFactory, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
State = RecallState


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team, email="senior@example.gov.uk")


def owed(recall):
    running = Deadline.objects.unmet().filter(recall=recall)
    return set(running.values_list("kind", flat=True)) & set(CLOCKS)


def void(recall, kind):
    return Deadline.objects.filter(recall=recall, kind=kind).latest("pk").void


def steps(recall):
    return list(recall.steps.order_by("pk").values_list("state", flat=True))


def said(pdf):
    return "".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


MOVES = {  # {where it goes: how, with all that it asks for}
    State.PART_A: lambda one, by: sign_part_a(
        recall=one, emergency=False, out_of_hours=False, by=by, now=LATER
    ),
    State.COUNTERSIGNED: lambda one, by: countersign_recall(
        recall=one, goes=True, words="Read.", by=by, now=LATER
    ),
    State.DISCUSSED: lambda one, by: countersign_recall(
        recall=one, goes=False, words=WORDS, by=by, now=LATER
    ),
    State.WITH_NPS: lambda one, by: send_recall(recall=one, whom=NPS, by=by, now=LATER),
    State.WITHDRAWN: lambda one, by: withdraw_recall(
        recall=one, because=WORDS, outside=NPS, by=by, now=LATER
    ),
    **{
        to: lambda one, by, to=to: answer_recall(
            recall=one, to=to, outside=PPCS, words=WORDS, decided_on=LATER.date(), days=28, found=IN_PRISON | {"from_on": LATER.date()}, by=by,
            now=LATER,
        )
        for to in (
            State.ENDORSED, State.NPS_REJECTED, State.WITH_PPCS, State.DECISION, State.PPCS_REJECTED,
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("state", sorted(State))
def test_each_step_follows_where_the_table_says_and_is_refused_from_everywhere_else(case, state):
    recall = brought_to(case, state)
    Recall.objects.filter(pk=recall.pk).update(answers=WHOLE)
    by = UserFactory(role=Role.SPO, team=case.team)

    stands = _as_it_is(recall)
    for to, move in MOVES.items():
        with transaction.atomic():
            if to in RECALL_MAY_BECOME[State(state)]:
                move(recall, by)
                moved = Recall.objects.get(pk=recall.pk)
                assert (moved.state, steps(recall)[-1]) == (to, to)
                assert owed(recall) == OWED.get(to, set())
            else:
                with pytest.raises(RuleBroken, match="is not open to it"):
                    move(recall, by)
            transaction.set_rollback(True)
        assert _as_it_is(recall) == stands


def _as_it_is(recall):
    return Recall.objects.values().get(pk=recall.pk), steps(recall), owed(recall)


@pytest.mark.parametrize("state", sorted(RECALL_OVER))
def test_whatever_it_comes_to_leaves_nothing_owed_on_it(case, state):
    recall = brought_to(case, state)

    assert not Deadline.objects.unmet().filter(recall=recall).exists()
    assert recall.state == state
    assert Failure.objects.get().recall == recall


def test_the_request_is_owed_within_a_day_of_the_decision_whoever_is_slow(case):
    recall = discussed(case)
    signed(written(recall))
    countersigned(recall, now=LATER + timedelta(days=3))

    assert Deadline.objects.get(kind="write_part_a").due_on == LATER.date() + timedelta(days=1)
    assert Deadline.objects.get(kind="send_recall").due_on == LATER.date() + timedelta(days=1)


def test_part_a_with_a_gap_is_not_signed_and_the_refusal_names_each(case):
    recall = written(discussed(case), {**WHOLE, "led": "", "curfew": "n/a"})

    with pytest.raises(RuleBroken, match=r"What led to it.*curfew or another address"):
        signed(recall)

    assert owed(recall) == {"write_part_a"}


def test_what_two_people_wrote_is_put_together_and_what_both_changed_is_shown(case):
    recall = written(discussed(case), {"what": "First."})
    stood = marks({"what": "First."}, ["what", "risk"])
    known = {"recall": recall, "by": case.officer, "today": LATER.date(), "seen": stood}
    write_part_a(given={"what": "First, and more.", "risk": ""}, **known)

    outcome = write_part_a(given={"what": "Otherwise.", "risk": "His mother."}, **known)

    assert outcome.conflicts == ("what",)
    recall.refresh_from_db()
    assert recall.answers == {"what": "First, and more.", "risk": "His mother."}


def test_part_a_asks_nothing_else_and_takes_no_book(case):
    recall = discussed(case)
    for given, refused in (({"mood": "x"}, "asks nothing"), ({"what": "x" * 4001}, "4,000")):
        with pytest.raises(RuleBroken, match=refused):
            written(recall, given)


def test_once_signed_it_is_not_written_over(case):
    recall = brought_to(case, State.PART_A)

    with pytest.raises(RuleBroken, match="not open to it"):
        written(recall, {"what": "Otherwise."})


def test_a_senior_is_told_when_it_is_signed_at_night_too_where_it_is_urgent(case, senior):
    recall = written(discussed(case))
    night = LATER.replace(hour=23)
    Message.objects.all().delete()

    signed(recall, emergency=True, out_of_hours=True, now=night)

    assert Notice.objects.filter(user=senior, text__contains="countersignature").exists()
    assert Message.objects.get(user=senior).not_before <= night
    recall.refresh_from_db()
    assert (recall.emergency, recall.out_of_hours) == (True, True)


def test_neither_who_asked_nor_who_signed_countersigns(case, senior):
    recall = written(discussed(case))
    author = UserFactory(role=Role.SPO, team=case.team)
    signed(recall, by=author)

    for one in (case.officer, author):
        with pytest.raises(RuleBroken, match="another senior"):
            countersigned(recall, by=one)
        with pytest.raises(RuleBroken, match="another senior"):
            countersigned(recall, by=one, goes=False, words=WORDS)

    assert countersigned(recall, by=senior).countersigned_by == senior


def test_the_database_itself_refuses_whoever_asked(case):
    recall = brought_to(case, State.PART_A)

    with pytest.raises(IntegrityError):
        Recall.objects.filter(pk=recall.pk).update(countersigned_by=recall.begun_by)


def test_sent_back_it_is_written_and_signed_again(case, senior):
    recall = brought_to(case, State.PART_A)
    with pytest.raises(RuleBroken, match="put right"):
        countersigned(recall, by=senior, goes=False, words="no")

    countersigned(recall, by=senior, goes=False, words="Say who could be hurt.")

    assert owed(recall) == {"write_part_a"}
    assert not void(recall, "countersign_recall")  # a senior has read it: a late reading stays one
    assert Notice.objects.filter(user=case.officer, text__contains="sent").exists()
    written(recall, {"risk": "His mother, at home, when he drinks."})
    signed(recall)
    assert owed(recall) == {"countersign_recall"}
    assert steps(recall) == [State.DISCUSSED, State.PART_A, State.DISCUSSED, State.PART_A]


def test_sent_back_days_later_part_a_is_owed_anew_from_that_day_and_the_first_stays_as_it_was(
    case, senior
):
    recall = brought_to(case, State.PART_A)
    later = LATER + timedelta(days=5)

    countersigned(recall, by=senior, goes=False, words="Say who could be hurt.", now=later)

    first, second = Deadline.objects.filter(recall=recall, kind="write_part_a").order_by("pk")
    assert (first.met_on, first.void) == (LATER.date(), False)
    assert (second.triggered_on, second.due_on) == (later.date(), later.date())
    read = Deadline.objects.get(recall=recall, kind="countersign_recall")
    assert (read.due_on, read.met_on, read.void) == (LATER.date(), later.date(), False)


def test_one_that_was_sent_back_is_measured_once_and_its_late_countersignature_stays_late(
    case, senior
):
    recall = brought_to(case, State.PART_A)
    later = LATER + timedelta(days=5)
    countersigned(recall, by=senior, goes=False, words="Say who could be hurt.", now=later)
    signed(recall, now=later)
    countersigned(recall, by=senior, now=later)

    found = figures_of(Case.objects.all(), window_of(90, later.date()))

    assert (found["part-a"].met, found["part-a"].counted) == (1, 1)
    assert (found["countersigned"].met, found["countersigned"].counted) == (0, 1)


def test_part_a_is_drawn_to_be_sent_once_it_is_countersigned_and_not_before(case):
    recall = brought_to(case, State.PART_A)
    known = {"by": case.officer, "now": LATER}
    with pytest.raises(RuleBroken, match="not open to it"):
        draw_part_a(recall=recall, **known)
    countersigned(recall)
    recall.refresh_from_db()

    text = said(draw_part_a(recall=recall, **known))

    assert "".join(WORDS.split()) in text
    assert "Notcountersignedyet" not in text
    assert not case.documents.exists()
    assert Entry.objects.filter(action="drew_part_a", detail__recall=recall.pk).count() == 1


def test_a_blank_box_is_as_blank_as_one_that_nobody_wrote(case):
    recall = written(discussed(case), {"what": "First.", "risk": " "})

    known = {"recall": recall, "by": case.officer, "today": LATER.date()}
    found = write_part_a(given={"risk": "His mother.", "led": ""}, seen={}, **known)

    assert (dict(found.write), found.conflicts) == ({"risk": "His mother."}, ())


def test_an_emergency_goes_with_three_answers_and_the_rest_stays_owed_until_it_is_written(case):
    recall = written(discussed(case), AT_ONCE)
    with pytest.raises(RuleBroken):
        signed(recall)
    signed(recall, emergency=True)
    assert owed(recall) == {"countersign_recall", "write_part_a"}
    sent(countersigned(recall))
    assert owed(recall) == {"get_recall_answer", "write_part_a"}
    rest = {code: words for code, words in WHOLE.items() if code not in AT_ONCE}

    known = {"recall": recall, "by": case.officer, "now": LATER}
    with pytest.raises(RuleBroken, match="stand as they are"):
        finish_part_a(given={**rest, "what": "Something else."}, **known)
    with pytest.raises(RuleBroken, match="What led to it"):
        finish_part_a(given={**rest, "led": " "}, **known)
    done = finish_part_a(given=rest, **known)

    assert done.answers == WHOLE
    assert owed(recall) == {"get_recall_answer"}
    assert not void(recall, "write_part_a")
    papers = [one.document for one in recall.steps.order_by("pk") if one.document]
    first, second = (said(bytes(one.content.content)) for one in papers)
    assert "TherestofPartAfollows" in first
    assert "TherestofPartAfollows" not in second
    with pytest.raises(RuleBroken, match="nothing to add"):
        finish_part_a(given={}, **known)


def test_the_rest_is_owed_no_more_once_it_is_over(case):
    recall = written(discussed(case), AT_ONCE)
    signed(recall, emergency=True)
    recall = answered(sent(countersigned(recall)), State.NPS_REJECTED)

    assert owed(recall) == set()
    assert void(recall, "write_part_a")
    with pytest.raises(RuleBroken, match="not open to it"):
        finish_part_a(recall=recall, given={"led": WORDS}, by=case.officer, now=LATER)


def test_it_is_sent_once_to_somebody_with_a_name_and_kept_as_it_went(case):
    recall = brought_to(case, State.COUNTERSIGNED)
    known = {"recall": recall, "by": case.officer, "now": LATER}
    with pytest.raises(RuleBroken, match="Name who at the NPS"):
        send_recall(whom="-", **known)

    send_recall(whom=NPS, **known)
    with pytest.raises(RuleBroken, match="not open to it"):
        send_recall(whom=NPS, **known)

    paper = RecallStep.objects.get(recall=recall, document__isnull=False).document
    assert (paper.kind, paper.case, paper.sharing) == ("part_a", case, "no")
    text = said(bytes(paper.content.content))
    assert "".join(WORDS.split()) in text
    assert text.count(case.crn) >= 2
    recall.refresh_from_db()
    assert recall.requested_at == LATER


def test_endorsed_the_other_office_is_waited_for_from_then_on(case):
    recall = brought_to(case, State.WITH_NPS)
    before = Deadline.objects.get(recall=recall, kind="get_recall_answer")

    answered(recall, State.ENDORSED, now=LATER + timedelta(days=4))

    after = Deadline.objects.unmet().get(recall=recall, kind="get_recall_answer")
    assert (after.pk, after.triggered_on) == (before.pk, LATER.date() + timedelta(days=4))


def test_recalled_to_prison_their_clocks_stand_still_and_the_decision_is_kept(case):
    recall = brought_to(case, State.DECISION)

    pause = case.pauses.running().get()
    assert (pause.kind, pause.where) == ("custody", "HMP Bullingdon")
    assert (recall.decided_on, recall.days) == (LATER.date(), 28)


def test_recalled_and_not_found_they_are_at_large(case):
    recall = brought_to(case, State.WITH_PPCS)

    answered(recall, State.DECISION, days=None, found={"kind": "at_large", "from_on": LATER.date(), "where": ""})  # fmt: skip

    assert case.pauses.running().get().kind == "at_large"
    assert case.deadlines.unmet().filter(kind="ask_whereabouts").exists()


def test_where_they_are_is_asked_unless_it_is_known(case):
    recall = brought_to(case, State.WITH_PPCS)
    with pytest.raises(RuleBroken, match="Say where they are"):
        answered(recall, State.DECISION, found=None)
    with pytest.raises(RuleBroken, match="on which day"):
        answered(recall, State.DECISION, decided_on=LATER.date() + timedelta(days=1))
    assert not case.pauses.exists()


@pytest.mark.parametrize("to", [State.NPS_REJECTED, State.ENDORSED])
def test_an_answer_without_a_name_is_refused(case, to):
    recall = brought_to(case, State.WITH_NPS)

    with pytest.raises(RuleBroken, match="Name who decided"):
        answered(recall, to, outside="")


def test_withdrawn_from_the_nps_it_must_hear_so(case):
    recall = brought_to(case, State.WITH_NPS)
    known = {"recall": recall, "because": WORDS, "by": case.officer, "now": LATER}
    with pytest.raises(RuleBroken, match="whom you told there"):
        withdraw_recall(**known)

    withdraw_recall(outside=NPS, **known)

    assert owed(recall) == set()


def test_late_proof_asks_again_and_withdrawing_answers_it(case):
    recall = brought_to(case, State.COUNTERSIGNED)
    failure = Failure.objects.get()
    withdraw_failure(failure=failure, because="The approved premises had him all along.", by=case.officer, now=LATER)  # fmt: skip
    again = Deadline.objects.unmet().get(kind="decide_again")
    assert again.recall == recall

    withdraw_recall(recall=recall, because="He was there all along.", by=case.officer, now=LATER)

    again.refresh_from_db()
    assert (again.met_on, again.void) == (LATER.date(), False)
    assert not Deadline.objects.unmet().filter(recall=recall).exists()


def test_once_they_have_left_nothing_is_written_or_sent_and_it_may_still_be_withdrawn(case):
    recall = brought_to(case, State.WITH_NPS)
    leave(case=case, left_as=LeftAs.DIED, because="They died.", by=case.officer, now=LATER)

    with pytest.raises(RuleBroken, match="have died"):
        answered(recall, State.ENDORSED)
    assert not Deadline.objects.unmet().ours().filter(recall=recall).exists()

    withdraw_recall(recall=recall, because="He has died.", outside=NPS, by=case.officer, now=LATER)
    assert not Deadline.objects.unmet().filter(recall=recall).exists()


def test_the_victim_liaison_officer_is_told_of_the_request_and_of_what_came_of_it(case):
    RegistrationFactory(case=case, type_code="INVI", started_on=LATER.date() - timedelta(days=90))
    brought_to(case, State.DECISION)

    words = list(VictimNotice.objects.order_by("pk").values_list("words", flat=True))
    assert "Their recall was asked for" in words
    # Recalled and in prison on one day is one thing to tell
    assert sum("recalled" in one.lower() or "custody" in one for one in words) == 1
    assert case.deadlines.unmet().filter(kind="tell_victim_liaison").exists()


def test_that_it_does_not_go_on_is_told_as_well(case):
    RegistrationFactory(case=case, type_code="INVI", started_on=LATER.date() - timedelta(days=90))
    brought_to(case, State.NPS_REJECTED)

    words = list(VictimNotice.objects.order_by("pk").values_list("words", flat=True))
    assert words == ["Their recall was asked for", "The recall that was asked for does not go on"]


def test_a_review_answers_that_it_was_begun_and_what_it_came_to(case):
    brought_to(case, State.NPS_REJECTED)

    found = events_since(case, LATER.date(), LATER.date())

    what = {one.what: one.significant for one in found}
    assert what["Recall"]
    assert what["Recall: rejected by the NPS"]


def test_each_step_stands_in_the_trail_without_a_word_of_it(case):
    brought_to(case, State.DECISION)

    trail = Entry.objects.filter(action__in=["wrote_part_a", "took_recall_step"])
    assert trail.count() == 7
    assert "approved premises" not in "".join(str(one.detail) for one in trail)


def test_every_question_is_short_enough_for_a_row():
    assert all(len(one.asks) <= 80 for one in PART_A)


@pytest.mark.django_db(transaction=True)
def test_of_two_seniors_at_once_one_countersigns():
    case = CaseFactory()
    recall = brought_to(case, State.PART_A)
    seniors = [UserFactory(role=Role.SPO, team=case.team) for _ in range(2)]

    def sign(by):
        with suppress(RuleBroken):  # whoever comes second
            countersigned(recall, by=by)

    assert all(wait(*[fork(lambda one=one: sign(one)) for one in seniors]))
    assert steps(recall).count(State.COUNTERSIGNED) == 1
    assert Deadline.objects.unmet().filter(recall=recall, kind="send_recall").count() == 1
    assert Recall.objects.get().countersigned_by in seniors
    connection.close()


@pytest.mark.parametrize("state", sorted(RECALL_OVER))
def test_whatever_a_recall_comes_to_is_to_be_reviewed_from_that_day(state):
    case = CaseFactory()

    brought_to(case, state)

    assert case.deadlines.unmet().filter(kind="review_event").exists()

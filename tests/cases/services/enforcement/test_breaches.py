"""A breach from the pack to the court: every step alone, from every state it does not follow, and what each leaves owed."""

from datetime import timedelta

import pytest

from cases.models import Breach, BreachStep, Contact, Deadline, DocumentContent, Letter, Notice
from cases.reference.enforcement import (
    BREACH_MAY_BECOME,
    BREACH_OVER,
    COURT_OUTCOMES,
    BreachState,
    WithdrawnBecause,
)
from cases.reference.holding import LeftAs
from cases.services.enforcement import answers
from cases.services.enforcement.breaches.answers import say_nps_answer
from cases.services.enforcement.breaches.court import (
    call_off_hearing,
    say_asked,
    say_hearing,
    say_outcome,
    set_hearing,
)
from cases.services.enforcement.breaches.submitting import submit_pack
from cases.services.enforcement.breaches.withdrawing import see_withdrawn
from cases.services.enforcement.breaches.writing import said_of, write_pack
from cases.services.enforcement.failures import withdraw_failure
from cases.services.enforcement.letters import look_at
from cases.services.leaving import leave
from staff.errors import RuleBroken
from staff.models import Entry
from staff.rules.merging import marks
from tests.cases.a_breach import (
    COURT,
    NPS,
    SAID,
    a_senior,
    brought_to,
    on,
    owed_of,
    referred,
    whole_pack,
)
from tests.factories import NOW, DocumentFactory, PauseFactory, SentenceFactory, UserFactory
from tests.once import begin_at, made_once

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
RUNS = {  # the clocks of each state, besides winning them back
    State.PREPARING: {"submit_breach", "lay_breach"},
    State.SUBMITTED: {"get_breach_answer", "lay_breach"},
    State.MORE_ASKED: {"answer_nps", "lay_breach"},
    State.RETURNED: {"answer_nps", "lay_breach"},
    State.ACCEPTED: {"lay_breach", "say_hearing"},
    State.SUMMONS: {"say_hearing"},
    State.WARRANT: {"say_hearing"},
    State.DECLINED: set(),
    State.DECIDED: set(),
    State.WITHDRAWN: {"read_withdrawn_breach"},
}
FOLLOWS = [(to, was) for was in State for to in sorted(BREACH_MAY_BECOME[was])]
REFERRED, NO_COURT = "referred", "no court"  # nothing of its pack is written


def begun(where):
    if where == NO_COURT:
        return referred(court_name="")
    return referred() if where == REFERRED else brought_to(where)


kept = made_once(begun)


@pytest.fixture
def state(kept):
    return kept[0]


@pytest.fixture
def breach(kept):
    return Breach.objects.select_related("case", "sentence").get(pk=kept[1])


@begin_at(*State)
def test_each_state_owes_its_clocks_and_no_other(breach, state):
    won_back = set() if state in BREACH_OVER else {"win_back"}
    assert breach.state == state
    assert owed_of(breach) == RUNS[state] | won_back


@pytest.mark.parametrize(("to", "kept"), FOLLOWS, indirect=["kept"], scope="module")
def test_a_step_that_follows_is_taken_once(breach, to):
    step = on(breach, to)

    breach.refresh_from_db()
    assert (breach.state, step.state) == (to, to)
    assert Entry.objects.filter(action="moved_breach", detail__step=step.pk).count() == 1


@begin_at(*State)
def test_a_step_that_does_not_follow_is_refused_and_changes_nothing(breach, state):
    stood = (state, breach.steps.count(), owed_of(breach))

    for to in set(State) - BREACH_MAY_BECOME[state] - {State.PREPARING}:
        with pytest.raises(RuleBroken, match="is not open to it"):
            on(breach, to)
        breach.refresh_from_db()
        assert (breach.state, breach.steps.count(), owed_of(breach)) == stood


# The pack


@begin_at(REFERRED)
def test_what_was_written_is_kept_part_by_part(breach):
    write_pack(breach=breach, given=whole_pack(breach), by=breach.case.officer, now=NOW)

    breach.refresh_from_db()
    assert said_of(breach) == whole_pack(breach) | {"court_name": COURT}
    write_pack(breach=breach, given={"report.risk": ""}, by=breach.case.officer, now=NOW)
    breach.refresh_from_db()
    assert "report.risk" not in said_of(breach)
    assert len(said_of(breach)) == len(whole_pack(breach))


@begin_at(REFERRED)
def test_two_who_write_one_answer_differently_are_both_heard(breach):
    seen = marks(said_of(breach), ["report.risk", "report.progress"])
    write_pack(
        breach=breach, given={"report.risk": SAID}, by=breach.case.officer, now=NOW, seen=seen
    )

    given = {"report.risk": "Something else was said of it.", "report.progress": SAID}
    merged = write_pack(breach=breach, given=given, by=UserFactory(), now=NOW, seen=seen)

    breach.refresh_from_db()
    assert merged.conflicts == ("report.risk",)
    both = {"report.risk": SAID, "report.progress": SAID}
    assert said_of(breach) == both | {"court_name": COURT}


@begin_at(REFERRED)
@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"report.horoscope": SAID}, "No part of the pack"),
        ({"told.0": SAID}, "No part of the pack"),
        ({"report.risk": "x" * 8001}, "8,000 letters"),
        ({"court_name": "x" * 201}, "200 letters"),
    ],
)
def test_what_no_pack_holds_is_refused(breach, given, refused):
    with pytest.raises(RuleBroken, match=refused):
        write_pack(breach=breach, given=given, by=breach.case.officer, now=NOW)


@begin_at(*sorted(set(State) - {State.PREPARING, State.RETURNED, State.MORE_ASKED}))
def test_a_pack_that_is_not_with_us_is_not_written_on(breach):
    with pytest.raises(RuleBroken, match="with the NPS"):
        write_pack(breach=breach, given={"report.risk": SAID}, by=breach.case.officer, now=NOW)


@begin_at(NO_COURT)
def test_a_pack_with_a_gate_shut_is_refused_with_every_reason_and_nothing_is_kept(breach):
    with pytest.raises(RuleBroken) as refusal:
        on(breach, State.SUBMITTED)

    assert "the court that made it, is not recorded" in str(refusal.value)
    assert "Nothing on record proves that they were told" in str(refusal.value)
    breach.refresh_from_db()
    assert (breach.state, breach.times_submitted) == (State.PREPARING, 0)
    assert not DocumentContent.objects.exists()


@begin_at(State.PREPARING)
def test_a_warning_needs_a_sentence_and_is_kept_with_it(breach):
    write_pack(breach=breach, given={"report.risk": ""}, by=breach.case.officer, now=NOW)

    for said in ({}, {"report.risk": "n/a"}):
        with pytest.raises(RuleBroken, match="in a sentence of your own"):
            on(breach, State.SUBMITTED, explained=said)
    step = on(breach, State.SUBMITTED, explained={"report.risk": "He is assessed on Monday."})

    assert [one["said"] for one in step.pack_says["warnings"]] == ["He is assessed on Monday."]


@begin_at(State.PREPARING)
def test_what_went_is_kept_as_it_went(breach):
    step = on(breach, State.SUBMITTED)

    document = step.pack
    breach.refresh_from_db()
    assert (document.kind, document.case) == ("breach_pack", breach.case)
    assert bytes(document.content.content).startswith(b"%PDF")
    assert step.pack_says["failures"][0]["requirement"] == "Curfew"
    assert (breach.times_submitted, breach.submitted_at) == (1, NOW)


@begin_at(State.RETURNED)
def test_one_that_goes_again_says_what_is_new(breach):
    with pytest.raises(RuleBroken, match="what is in the pack now"):
        on(breach, State.SUBMITTED, words=" ")
    on(breach, State.SUBMITTED, words="The signed rules are added.", now=NOW + DAY)

    breach.refresh_from_db()
    assert (breach.times_submitted, breach.submitted_at) == (2, NOW)
    assert breach.steps.exclude(pack=None).count() == 2


@begin_at(State.PREPARING)
def test_a_failure_that_was_withdrawn_is_not_sent_with_the_rest(breach):
    withdraw_failure(
        failure=breach.failures.get(),
        because="A letter of the hospital.",
        by=breach.case.officer,
        now=NOW,
    )

    with pytest.raises(RuleBroken, match="No failure stands on this breach"):
        on(breach, State.SUBMITTED)


# The NPS


@begin_at(State.ACCEPTED)
def test_the_nps_names_who_lays_it_and_they_are_told_by_letter(breach):
    assert breach.nps_officer == NPS
    assert Letter.objects.get(breach=breach).kind == "breach"


@begin_at(State.SUBMITTED)
def test_one_that_is_declined_is_shown_to_the_seniors(breach):
    senior = a_senior(breach.case)

    on(breach, State.DECLINED, by=UserFactory(role="hub"))

    told = set(Notice.objects.values_list("user", flat=True))
    assert {senior.pk, breach.case.officer_id} <= told


@begin_at(State.SUBMITTED)
@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"outside": "n/a"}, "Name the NPS officer"),
        ({"to": State.RETURNED, "words": ""}, "what the NPS wants put right"),
        ({"to": State.DECIDED}, "Choose what the NPS answered"),
        ({"on": (NOW + DAY).date()}, "still to come"),
        ({"on": (NOW - DAY).date()}, "before the pack was sent"),
        ({"outside": "Jo " * 80}, "200 letters"),
    ],
)
def test_an_answer_nobody_could_act_on_is_refused(breach, given, refused):
    known = {"to": State.ACCEPTED, "on": NOW.date(), "outside": NPS, "words": "They take it."}

    with pytest.raises(RuleBroken, match=refused):
        say_nps_answer(breach=breach, by=breach.case.officer, now=NOW, **known | given)


# The court


@begin_at(State.WARRANT)
def test_a_warrant_has_them_looked_for_and_a_summons_in_its_place_ends_that(breach):
    pause = breach.case.pauses.running().get()
    assert (pause.kind, pause.from_on) == ("warrant", NOW.date())

    on(breach, State.SUMMONS, now=NOW + DAY)

    assert not breach.case.pauses.running().exists()


@begin_at(State.ACCEPTED)
def test_a_warrant_that_staff_recorded_is_theirs(breach):
    theirs = PauseFactory(case=breach.case, kind="warrant")

    on(breach, State.WARRANT)
    on(breach, State.DECIDED, now=NOW + DAY)

    assert breach.case.pauses.running().get() == theirs


@begin_at(State.WARRANT)
def test_two_warrants_are_one_search_until_the_last_is_over(breach):
    first, second = breach, brought_to(State.WARRANT, breach.case)

    on(first, State.DECIDED)
    assert first.case.pauses.running().count() == 1
    on(second, State.DECIDED)

    assert not first.case.pauses.running().exists()


@begin_at(State.SUMMONS)
@pytest.mark.parametrize("code", COURT_OUTCOMES)
def test_what_the_court_decided_is_kept_logged_and_to_be_reviewed(breach, code):
    only = COURT_OUTCOMES[code].only
    if only:
        breach.failures.update(regime=min(only))

    later = NOW + DAY  # what is there on the day supervision begins is no event

    on(breach, State.DECIDED, code=code, words="Said.", prison="HMP Bullingdon", now=later)

    breach.refresh_from_db()
    assert (breach.outcome, breach.outcome_on) == (code, later.date())
    assert Contact.objects.filter(case=breach.case, type_code=code).count() == 1
    assert Deadline.objects.unmet().filter(case=breach.case, kind="review_event").exists()
    held = breach.case.pauses.running().filter(kind="custody").exists()
    assert held == (code in {"ABCC", "ABSA", "ABPP"})


@begin_at(State.SUMMONS)
@pytest.mark.parametrize("code", ["ABCC", "ABSA"])
def test_nobody_is_taken_to_a_prison_without_a_name(breach, code):
    breach.failures.update(regime="suspended")

    with pytest.raises(RuleBroken, match="which prison"):
        on(breach, State.DECIDED, code=code)


@begin_at(State.WARRANT)
def test_from_a_warrant_to_prison_they_are_not_expected_in_between(breach):
    on(breach, State.DECIDED, code="ABCC", prison="HMP Bullingdon")

    assert breach.case.pauses.running().get().kind == "custody"
    assert not Deadline.objects.unmet().filter(case=breach.case, kind="see_again").exists()


@begin_at(State.SUMMONS)
@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"code": "XXXX"}, "Choose what the court decided"),
        ({"on": (NOW + DAY).date()}, "in the future"),
        ({"on": (NOW - DAY).date()}, "before the NPS accepted the breach"),
        ({"code": "ABSA", "prison": "HMP Bullingdon"}, "this order"),
        ({"code": "ABSD"}, "this order"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(breach, given, refused):
    with pytest.raises(RuleBroken, match=refused):
        on(breach, State.DECIDED, **given)


def hearing(breach, days=7, now=NOW):
    return set_hearing(
        breach=breach, at=now + days * DAY, court=COURT, by=breach.case.officer, now=now
    )


def court_clock(breach):
    return Deadline.objects.unmet().get(breach=breach, kind="say_hearing")


@begin_at(State.SUMMONS)
def test_a_day_in_court_is_asked_about_the_day_after_and_one_at_a_time(breach):
    asked = court_clock(breach)

    one = hearing(breach)

    assert court_clock(breach).due_on == (NOW + 8 * DAY).date()
    assert court_clock(breach) != asked
    with pytest.raises(RuleBroken, match="set already"):
        hearing(breach, days=9)
    with pytest.raises(RuleBroken, match="still to come"):
        say_hearing(
            hearing=one, attended=True, result="Adjourned.", by=breach.case.officer, now=NOW
        )


@begin_at(State.SUMMONS)
def test_one_that_is_adjourned_has_its_next_day_or_is_asked_about(breach):
    later = NOW + 8 * DAY
    first = hearing(breach)

    said = {"attended": True, "result": "Adjourned for a report.", "by": breach.case.officer}
    say_hearing(hearing=first, now=later, next_at=later + 20 * DAY, **said)
    second = breach.hearings.get(said_at=None)
    say_hearing(hearing=second, now=later + 20 * DAY, **said)

    assert "no day in court is set" in court_clock(breach).why
    with pytest.raises(RuleBroken, match="recorded already"):
        say_hearing(hearing=second, now=later + 21 * DAY, **said)


@begin_at(State.SUMMONS)
def test_one_that_is_called_off_is_asked_about_again(breach):
    one = hearing(breach)

    call_off_hearing(hearing=one, because="The court lost power.", by=breach.case.officer, now=NOW)

    assert "no day in court is set" in court_clock(breach).why
    hearing(breach, days=10)
    assert breach.hearings.filter(called_off=False).count() == 1


@begin_at(State.ACCEPTED)
def test_a_court_that_says_nothing_is_asked_again(breach):
    was = court_clock(breach)

    say_asked(
        breach=breach,
        words="Listing has no date yet.",
        outside="Listing",
        by=breach.case.officer,
        now=NOW + 3 * DAY,
    )

    assert court_clock(breach).due_on > was.due_on
    assert Deadline.objects.get(pk=was.pk).void is False


@begin_at(State.ACCEPTED)
def test_a_court_that_is_asked_on_the_day_itself_was_asked_and_is_asked_again_later(breach):
    was = court_clock(breach)
    known = {"breach": breach, "words": "Listing has no date yet.", "outside": "Listing"}

    say_asked(by=breach.case.officer, now=NOW, **known)

    again = court_clock(breach)
    assert (again.pk != was.pk, again.due_on) == (True, was.due_on)
    assert Deadline.objects.filter(pk=was.pk, met_on=NOW.date(), void=False).exists()


@begin_at(State.SUMMONS)
def test_a_day_in_court_that_decides_it_is_said_with_it_and_a_later_one_is_called_off(breach):
    one = hearing(breach, days=1)

    say_outcome(
        breach=breach,
        code="ABPC",
        on=(NOW + DAY).date(),
        attended=True,
        by=breach.case.officer,
        now=NOW + 2 * DAY,
    )

    one.refresh_from_db()
    assert (one.attended, one.result) == (True, "Proven, the order goes on")
    other = brought_to(State.SUMMONS)
    later = hearing(other)
    on(other, State.DECIDED)
    later.refresh_from_db()
    assert later.called_off


# Withdrawn


@begin_at(State.PREPARING)
@pytest.mark.parametrize("because", WithdrawnBecause)
def test_one_that_is_withdrawn_is_read_by_a_senior_who_did_not_withdraw_it(breach, because):
    senior = a_senior(breach.case)
    on(breach, State.WITHDRAWN, because=because, by=senior)

    with pytest.raises(RuleBroken, match="another senior"):
        see_withdrawn(breach=breach, by=senior, now=NOW)
    see_withdrawn(breach=breach, by=a_senior(breach.case), now=NOW)
    see_withdrawn(breach=breach, by=a_senior(breach.case), now=NOW + DAY)

    breach.refresh_from_db()
    assert breach.seen_by_senior_at == NOW
    assert owed_of(breach) == set()


@begin_at(State.PREPARING)
@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"because": ""}, "Choose why"),
        ({"words": "n/a"}, "in a sentence why"),
        ({"authority": ""}, "who agreed"),
        ({"words": "x y" * 200}, "500 letters"),
    ],
)
def test_none_is_withdrawn_without_cause_words_and_authority(breach, given, refused):
    with pytest.raises(RuleBroken, match=refused):
        on(breach, State.WITHDRAWN, **given)


@begin_at(State.SUBMITTED)
def test_what_the_nps_has_is_not_withdrawn_without_a_word_of_who_told_them(breach):
    with pytest.raises(RuleBroken, match="Tell them first"):
        on(breach, State.WITHDRAWN, told=" - ")
    on(breach, State.WITHDRAWN, told="A Officer rang Jo Hall, who told the court.")

    assert Breach.objects.get(pk=breach.pk).answers["withdrawal_told"].startswith("A Officer rang")


@begin_at(State.SUMMONS)
def test_whoever_was_told_of_the_court_is_owed_a_letter_that_it_does_not_go_there(breach):
    went = Letter.objects.get(breach=breach, kind="breach")
    document = DocumentFactory(case=breach.case)
    Letter.objects.filter(pk=went.pk).update(
        state="sent", sent_at=NOW, sent_how="hand", proof="S. Okoro, at reception", served_on=NOW.date(), document=document
    )  # fmt: skip

    on(breach, State.WITHDRAWN)

    letter = Letter.objects.get(breach=breach, kind="withdrawal")
    assert Deadline.objects.unmet().filter(kind="send_letter", letter=letter).exists()
    fields = [one.field for one in look_at(letter=letter, now=NOW)[0]]
    assert "because" in fields
    said = look_at(letter=letter, now=NOW)[1]["parts"][0]
    assert said["heading"] == "Your community order is not going back to court"


@begin_at(State.SUMMONS)
def test_whoever_was_not_told_of_the_court_is_not_told_that_it_is_off(breach):
    on(breach, State.WITHDRAWN)

    assert not Letter.objects.filter(breach=breach, kind="withdrawal").exists()


@begin_at(State.SUMMONS)
def test_a_letter_about_the_court_names_the_day_that_is_set(breach):
    set_hearing(breach=breach, at=NOW + 30 * DAY, court=COURT, by=breach.case.officer, now=NOW)
    letter = Letter.objects.get(breach=breach, kind="breach")

    (english,) = look_at(letter=letter, now=NOW)[1]["parts"]

    assert any(f"You must come to {COURT} on" in text for one in english["sections"] for text in one["paragraphs"])  # fmt: skip


@begin_at(State.PREPARING)
def test_only_one_that_was_withdrawn_is_read(breach):
    with pytest.raises(RuleBroken, match="was not withdrawn"):
        see_withdrawn(breach=breach, by=UserFactory(role="spo"), now=NOW)


@begin_at(State.ACCEPTED)
def test_what_was_to_go_about_it_does_not_go_once_it_is_over(breach):
    hearing(breach)

    on(breach, State.WITHDRAWN)

    assert Letter.objects.get(breach=breach).state == "cancelled"
    assert breach.hearings.get().called_off
    assert owed_of(breach) == {"read_withdrawn_breach"}


@begin_at(State.PREPARING)
@pytest.mark.parametrize("left_as", sorted(set(LeftAs) - {LeftAs.STILL_HERE}))
def test_of_somebody_who_has_left_us_nothing_is_done_but_withdrawing(breach, left_as):
    case = breach.case
    case.left_as = left_as
    case.save()

    for step in (State.SUBMITTED,):
        with pytest.raises(RuleBroken):
            on(breach, step)
    with pytest.raises(RuleBroken):
        write_pack(breach=breach, given={"report.risk": "x"}, by=case.officer, now=NOW)
    on(breach, State.WITHDRAWN, because="illness", words="They have died.")

    assert Breach.objects.get(pk=breach.pk).state == State.WITHDRAWN


@begin_at(State.DECLINED)
def test_another_breach_of_the_order_may_begin_once_one_is_over(breach):
    other = SentenceFactory(case=breach.case)

    assert Breach.objects.running().filter(sentence=breach.sentence).count() == 0
    assert other.pk != breach.sentence_id
    assert BreachStep.objects.filter(breach=breach).count() == 3


@begin_at(State.PREPARING)
def test_pressed_twice_it_goes_once(breach):
    on(breach, State.SUBMITTED)

    with pytest.raises(RuleBroken, match="is not open to it"):
        submit_pack(breach=breach, by=breach.case.officer, now=NOW, words="Again.")
    on(breach, State.WITHDRAWN)
    with pytest.raises(RuleBroken, match="is not open to it"):
        on(breach, State.WITHDRAWN)

    assert breach.steps.filter(state=State.SUBMITTED).count() == 1
    assert breach.steps.filter(state=State.WITHDRAWN).count() == 1


def left_behind(breach):
    found = Deadline.objects.unmet().filter(kind="decide_again", case=breach.case)
    return list(found.values_list("failure", "breach"))


@begin_at(State.SUBMITTED)
@pytest.mark.parametrize("because", sorted(WithdrawnBecause))
def test_what_stands_of_a_withdrawn_breach_is_decided_again_where_it_fell_for_another_cause(
    breach, because
):
    failure = breach.failures.get()

    on(breach, State.WITHDRAWN, because=because)

    of_the_failures = {"complying", "sentenced", "illness"}
    assert left_behind(breach) == ([] if because in of_the_failures else [(failure.pk, None)])


@begin_at(State.SUBMITTED)
def test_it_stands_with_nothing_more_enforced_for_a_reason_or_falls(breach):
    failure = breach.failures.get()
    on(breach, State.WITHDRAWN, because="evidence")
    owed = Deadline.objects.unmet().get(kind="decide_again")

    answers.keep_going(
        deadline=owed, because="The rest cannot be proven now.", by=breach.case.officer, now=NOW
    )

    failure.refresh_from_db()
    assert failure.law["again"][0]["because"] == "The rest cannot be proven now."
    assert left_behind(breach) == []


@begin_at(State.SUBMITTED)
def test_a_failure_that_is_withdrawn_after_its_breach_is_not_asked_about_any_more(breach):
    on(breach, State.WITHDRAWN, because="proof")

    withdraw_failure(
        failure=breach.failures.get(),
        because="It was the hospital.",
        by=breach.case.officer,
        now=NOW,
    )

    assert left_behind(breach) == []
    assert Deadline.objects.get(kind="decide_again").void


@begin_at(State.SUBMITTED)
def test_of_somebody_who_has_left_nothing_is_decided_again(breach):
    leave(
        case=breach.case,
        left_as=LeftAs.ELSEWHERE,
        because="They moved.",
        by=breach.case.officer,
        now=NOW,
    )

    on(breach, State.WITHDRAWN, because="late")

    assert left_behind(breach) == []


@begin_at(State.SUBMITTED)
@pytest.mark.parametrize("to", [State.WITHDRAWN, State.DECLINED])
def test_whatever_a_breach_comes_to_is_to_be_reviewed_from_that_day(breach, to):
    Deadline.objects.filter(kind="review_event").delete()

    on(breach, to, now=NOW + DAY)  # what is there on the day supervision begins is no event

    assert Deadline.objects.unmet().filter(case=breach.case, kind="review_event").exists()


@begin_at(State.SUBMITTED)
def test_what_the_nps_declines_is_put_to_the_officer_again_until_they_have_decided(breach):
    failure = breach.failures.get()

    on(breach, State.DECLINED, by=UserFactory(role="hub"))

    assert left_behind(breach) == [(failure.pk, None)]
    owed = Deadline.objects.unmet().get(kind="decide_again")
    assert owed.why == "The NPS declined its breach"
    because = "It was one curfew, and they keep to the rest."
    answers.keep_going(deadline=owed, because=because, by=breach.case.officer, now=NOW)
    assert left_behind(breach) == []

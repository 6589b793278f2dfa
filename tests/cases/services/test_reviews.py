import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline, Enquiry, Notice, Review
from cases.queries.review_facts import known_of
from cases.reference.checks import Because
from cases.reference.codes import Rosh
from cases.reference.information import RaiseKind
from cases.reference.reviews import Answered, PersonView, ReviewBecause, ReviewState
from cases.rules.gaps import gates, warnings
from cases.rules.reviewing import NO_CHANGE, to_do
from cases.services.raising import raise_now
from cases.services.review_signing import (
    countersign_review,
    return_review,
    sign_quiet_review,
    sign_review,
)
from cases.services.reviews import answer_review, drop_review, refresh_checks
from cases.services.reviews_owed import owe_reviews
from staff.errors import RuleBroken
from staff.rules.merging import marks
from tests.cases import a_review
from tests.factories import (
    CaseFactory,
    PlanFactory,
    RecommendationFactory,
    RegistrationFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
HOLLOW = "Risk remains manageable and will be monitored in supervision as before."


@pytest.fixture
def case():
    return a_review.reviewed_case()


@pytest.fixture
def senior(case):
    return a_review.senior_of(case)


def found(review):
    review.refresh_from_db()
    return to_do(known_of(review, localdate()).facts)


def shut(review):
    return {one.key.split(":")[0] for one in gates(found(review))}


def owed(case, kind):
    return Deadline.objects.unmet().filter(case=case, kind=kind)


def countersign(review, by, note="", **more):
    return countersign_review(review=review, by=by, today=localdate(), now=now(), note=note, **more)


# Beginning


def test_a_review_looks_back_to_the_signed_plan_and_holds_what_has_happened_since(case):
    a_review.three_things(case)

    review = a_review.begun(case)

    assert review.since_on == a_review.day(a_review.AGO)
    assert {one.kind for one in review.happened.filter(significant=True)} == {
        "call_out", "missed", "new_address",
    }  # fmt: skip
    assert review.before["plan"]["id"] == case.plans.in_force().get().pk


def test_the_next_review_looks_back_to_the_last_and_asks_nothing_that_it_answered(case, senior):
    a_review.three_things(case)
    first = a_review.written(case)
    a_review.answered_well(first)
    a_review.sign(first)
    first.refresh_from_db()
    if first.state == ReviewState.SIGNED:
        countersign(first, senior)

    second = a_review.begun(case)

    assert second.since_on == localdate()
    assert second.follows == first
    assert second.before == first.after or second.before == Review.objects.get(pk=first.pk).after
    assert not second.happened.filter(significant=True).exists()


def test_one_that_is_being_written_is_given_and_no_second_begun(case):
    assert a_review.begun(case) == a_review.begun(case)


def test_a_case_of_the_nps_is_not_reviewed_here(case):
    case.retained_by = "Pat Nps"
    case.save()

    with pytest.raises(RuleBroken, match="not supervised by us"):
        a_review.begun(case)


def test_a_review_because_of_a_recommendation_names_one_of_its_case_that_is_not_settled(case):
    other = RecommendationFactory()
    for given in ({}, {"recommendation": other}):
        with pytest.raises(RuleBroken):
            a_review.begun(case, ReviewBecause.RECOMMENDED, **given)


# What happens while it is written


def test_what_comes_in_while_it_is_written_joins_it_and_stands_in_the_way(case):
    review = a_review.written(case)
    assert "event" not in shut(review)

    a_review.call_out(case, days_ago=0)

    assert "event" in shut(review)
    with pytest.raises(RuleBroken, match="call-out"):
        a_review.sign(review)


def test_an_event_of_which_more_has_happened_is_open_again_and_its_words_stay(case):
    a_review.two_missed(case)
    review = a_review.written(case)
    a_review.answer(review, a_review.keys_of(review, "missed"))

    a_review.two_missed(case, days_ago=10)

    assert "event" in shut(review)
    a_review.say(review, next__words="He is seen on Tuesday at the office.")
    row = review.happened.get(kind="missed")
    assert (row.answer, row.words) == ("", a_review.MISSED)


# Answering


def test_several_events_answered_at_once_share_the_answer(case):
    a_review.two_missed(case)
    a_review.new_address(case)
    review = a_review.begun(case)
    keys = a_review.keys_of(review, "missed") + a_review.keys_of(review, "new_address")

    a_review.answer(review, keys, words=f"{a_review.MISSED} {a_review.MOVED}")

    rows = review.happened.filter(key__in=keys)
    assert len({one.answered_with for one in rows}) == 1
    assert rows[0].answered_with is not None


@pytest.mark.parametrize("words", ["", "n/a", "no change", "historic", "See previous assessment"])
def test_an_answer_that_says_nothing_is_refused(case, words):
    a_review.call_out(case)
    review = a_review.begun(case)

    with pytest.raises(RuleBroken, match="sentence of your own"):
        a_review.answer(review, a_review.keys_of(review, "call_out"), words=words)


def test_a_change_said_and_not_made_stands_in_the_way_until_it_is_named(case):
    a_review.call_out(case)
    review = a_review.written(case)
    keys = a_review.keys_of(review, "call_out")

    a_review.answer(review, keys, Answered.CHANGE, a_review.CALL_OUT)
    assert "change" in shut(review)

    a_review.answer(review, keys, Answered.CHANGE, a_review.CALL_OUT, step=a_review.step())
    assert shut(review) == set()
    assert owed(case, "plan_action").filter(action__what=a_review.STEP["what"]).exists()


def test_a_step_that_says_nothing_is_no_change(case):
    a_review.call_out(case)
    review = a_review.written(case)

    a_review.answer(
        review, a_review.keys_of(review, "call_out"), Answered.CHANGE, a_review.CALL_OUT,
        step=a_review.step(what="Continue to monitor"),
    )  # fmt: skip

    assert "change" in shut(review)


def test_a_change_that_is_there_answers_it_and_one_that_is_not_is_refused(case):
    a_review.call_out(case)
    review = a_review.written(case)
    keys = a_review.keys_of(review, "call_out")
    with pytest.raises(RuleBroken, match="is there no more"):
        a_review.answer(review, keys, Answered.CHANGE, a_review.CALL_OUT, changes=["risk:harm"])
    a_review.answer(review, keys, Answered.CHANGE, a_review.CALL_OUT, step=a_review.step())
    changed = next(one for one in known_of(review, localdate()).changes if one.substantive)

    a_review.answer(review, keys, Answered.CHANGE, a_review.CALL_OUT, changes=[changed.key])

    assert shut(review) == set()


def test_that_somebody_was_put_on_a_register_is_not_what_answers_it(case):
    entry = RegistrationFactory(case=case, started_on=a_review.day(10))
    review = a_review.written(case)

    a_review.answer(
        review, [f"register-{entry.pk}"], Answered.CHANGE, a_review.CALL_OUT,
        changes=[f"risk:register:{entry.pk}"],
    )  # fmt: skip

    assert "change" in shut(review)


def test_a_raise_in_the_answer_is_in_force_at_once_and_asks_why(case):
    a_review.call_out(case)
    review = a_review.written(case)

    a_review.answer(
        review, a_review.keys_of(review, "call_out"), Answered.CHANGE, a_review.CALL_OUT,
        raise_to=Rosh.HIGH,
    )  # fmt: skip

    assert review.happened.get(kind="call_out").raised.registration.type_code == Rosh.HIGH
    assert "harm" in shut(review)


def test_what_two_people_answered_differently_is_named_and_not_written(case):
    a_review.call_out(case)
    review = a_review.begun(case)
    keys = a_review.keys_of(review, "call_out")
    a_review.answer(review, keys, words="The police found him asleep at his mother's that night.")

    outcome = a_review.answer(review, keys, words=a_review.CALL_OUT, seen={})

    assert outcome.conflicts == tuple(keys)
    assert "asleep" in review.happened.get(kind="call_out").words


def test_an_event_that_never_happened_is_not_answered(case):
    review = a_review.begun(case)

    with pytest.raises(RuleBroken, match="not among what happened"):
        a_review.answer(review, ["information-0"])


def test_what_two_people_say_in_one_box_is_named_and_not_written(case):
    review = a_review.begun(case)
    a_review.say(review, next__words="Seen on Monday.")

    outcome = answer_review(
        review=review, given={"next.words": "Seen on Tuesday."}, seen=marks({}, ["next.words"]),
        by=case.officer, today=localdate(),
    )  # fmt: skip

    assert outcome.conflicts == ("next.words",)
    review.refresh_from_db()
    assert review.answers["next.words"] == "Seen on Monday."


@pytest.mark.parametrize("code", ["nonsense", "objective.0.progress", "need.nowhere.answer"])
def test_what_is_no_question_of_this_review_is_refused(case, code):
    review = a_review.begun(case)

    with pytest.raises(RuleBroken):
        a_review.say(review, **{code.replace(".", "__"): "same"})


# Gates


def test_the_person_is_heard_or_it_says_why_not(case):
    review = a_review.begun(case)
    a_review.fill_in(review)
    assert shut(review) == {"person"}

    a_review.say(review, person_view=PersonView.NOT_ASKED, person_words="n/a")
    assert shut(review) == {"person"}

    a_review.say(
        review, person_words="In hospital since Tuesday; the ward lets nobody ring until Friday."
    )
    assert shut(review) == set()


def test_a_level_that_moved_has_a_reason_whoever_moved_it(case):
    review = a_review.written(case)
    raise_now(
        case=case, kind=RaiseKind.RISK, value=Rosh.VERY_HIGH, because="He said he would hurt her.",
        by=case.officer, now=now(),
    )  # fmt: skip
    a_review.answer(
        review,
        a_review.keys_of(review, "raised"),
        words="She moved to the refuge before it was raised.",
    )
    assert "harm" in shut(review)

    a_review.say(review, harm__because="He told his drink worker that he would hurt her.")

    assert "harm" not in shut(review)


@pytest.fixture
def unknowing():
    """In the plan nobody knew about children."""
    case = CaseFactory(arrived_on=a_review.day(200))
    StandingFactory(case=case)
    known = {
        "domestic_abuse.answer": "no",
        "children.answer": "unknown",
        "children.asked": "Asked.",
    }
    PlanFactory(case=case, signed=True, answers=known, signed_at=a_review.at(100))
    return case


def test_not_known_does_not_roll_forward(unknowing):
    review = a_review.written(unknowing)
    assert shut(review) == {"unknown"}

    a_review.say(review, children__answer="unknown", children__asked="not known")
    assert shut(review) == {"unknown"}

    a_review.say(
        review, children__asked="Asked her sister on Monday, who could not say; ringing MASH."
    )
    assert shut(review) == set()


def test_an_enquiry_that_is_open_lets_not_known_stand(unknowing):
    review = a_review.written(unknowing)

    a_review.refreshed(unknowing)

    assert shut(review) == set()


def test_what_is_known_now_names_its_source(unknowing):
    review = a_review.written(unknowing)
    a_review.say(review, children__answer="yes")
    assert shut(review) == {"source"}

    a_review.say(review, children__sources=["social_care"])

    assert shut(review) == set()
    a_review.sign(review)
    review.refresh_from_db()
    assert review.state == ReviewState.SIGNED
    assert "children" in review.countersign_because


def test_what_the_record_shows_is_not_asked(case):
    assert known_of(a_review.begun(case), localdate()).facts.unknown == ()


# Signing


def test_a_signed_review_keeps_what_stood_and_what_it_rested_on(case, senior):
    a_review.three_things(case)
    review = a_review.written(case)
    a_review.answered_well(review)

    a_review.sign(review)

    review.refresh_from_db()
    assert review.hollow is False
    assert any(one.startswith("step:") for one in review.evidence["changes"])
    assert review.after["actions"][-1]["what"] == a_review.STEP["what"]
    assert len(review.evidence["events"]) >= 3


def test_what_was_owed_is_done_once_it_is_signed(case):
    for kind in ("review_case", "review_event"):
        Deadline.objects.create(
            case=case,
            kind=kind,
            owner_role="officer",
            triggered_on=localdate(),
            due_on=localdate(),
            why="x",
        )
    review = a_review.written(case)

    a_review.sign(review)

    review.refresh_from_db()
    assert review.state == ReviewState.COMPLETE
    assert not owed(case, "review_case").exists()
    assert not owed(case, "review_event").exists()


def test_nobody_signs_what_has_happened_since_they_read_it(case):
    review = a_review.written(case)
    read = known_of(review, localdate()).mark
    a_review.two_missed(case)
    a_review.answer(review, a_review.keys_of(review, "missed"))

    with pytest.raises(RuleBroken, match="changed while you were signing"):
        a_review.sign(review, read=read)


def test_each_warning_is_cleared_by_a_sentence_that_says_something(case):
    review = a_review.begun(case)
    a_review.heard(review)
    assert {one.key for one in warnings(found(review))} >= {"progress", "compliance", "harm_groups"}

    with pytest.raises(RuleBroken, match="Say in a sentence of your own"):
        a_review.sign(review, said="n/a")


# Nothing happened


def quiet(review, **given):
    known = {"person_words": "All is well at home.", "because": a_review.SENTENCE, "explained": {}}
    return sign_quiet_review(
        review=review, by=review.case.officer, today=localdate(), now=now(), **known | given
    )


def test_where_nothing_happened_one_page_with_the_persons_words_is_the_review(case):
    review = a_review.begun(case)

    quiet(review)

    review.refresh_from_db()
    assert (review.state, review.hollow) == (ReviewState.COMPLETE, False)
    assert review.evidence["quiet"] is True
    assert review.person_words == "All is well at home."


@pytest.mark.parametrize("given", [{"person_words": "n/a"}, {"because": "no change"}])
def test_one_page_that_says_nothing_is_refused(case, given):
    with pytest.raises(RuleBroken):
        quiet(a_review.begun(case), **given)


def test_one_page_is_not_enough_where_something_happened(case):
    a_review.call_out(case)

    with pytest.raises(RuleBroken, match="One page is not enough"):
        quiet(a_review.begun(case))


# A senior


@pytest.fixture
def signed(case):
    case.standing.concern = True
    case.standing.save()
    a_review.call_out(case)
    review = a_review.written(case)
    a_review.answered_well(review)
    return a_review.sign(review)


def test_a_concern_is_countersigned_and_until_then_nothing_is_complete(case, signed, senior):
    assert signed.state == ReviewState.SIGNED
    assert owed(case, "countersign_review").get().review == signed

    countersign(signed, senior)

    signed.refresh_from_db()
    assert (signed.state, signed.countersigned_by) == (ReviewState.COMPLETE, senior)
    assert not owed(case, "countersign_review").exists()
    told = Notice.objects.get(user=signed.signed_by, text__contains="countersigned and complete")
    assert told.for_information
    assert Notice.objects.filter(user=case.officer, text__contains="countersigned").exists()


def test_nobody_countersigns_their_own(case, signed):
    with pytest.raises(RuleBroken, match="somebody else"):
        countersign(signed, case.officer)


def test_what_happens_between_the_two_signatures_is_answered_first(case, signed, senior):
    a_review.call_out(case, days_ago=0)

    with pytest.raises(RuleBroken, match="Since it was signed"):
        countersign(signed, senior)


def test_a_review_given_back_leads_to_its_box_and_waits_again_once_signed(case, signed, senior):
    return_review(
        review=signed, question="next.words", note="Who rings her when duty is off?", by=senior,
        today=localdate(), now=now(),
    )  # fmt: skip
    signed.refresh_from_db()
    assert (signed.state, signed.returned_to) == (ReviewState.RETURNED, "next.words")
    assert owed(case, "put_review_right").get().review == signed

    a_review.say(signed, next__words="Duty rings her; on Sundays the out of hours line does.")
    a_review.sign(signed)

    signed.refresh_from_db()
    assert signed.state == ReviewState.SIGNED
    assert not owed(case, "put_review_right").exists()


def test_what_was_owed_waits_with_the_senior_and_is_owed_again_once_it_is_returned(
    case, signed, senior
):
    owe_reviews(case_ids=[case.pk], today=localdate())
    assert not owed(case, "review_case").exists()
    assert not owed(case, "review_event").exists()

    return_review(
        review=signed, question="next.words", note="Who rings her when duty is off?", by=senior,
        today=localdate(), now=now(),
    )  # fmt: skip

    since = a_review.day(a_review.AGO)
    assert owed(case, "review_case").get().triggered_on == since
    assert owed(case, "review_event").get().triggered_on == a_review.day(40)


def test_what_comes_while_a_review_waits_calls_for_another(case, signed):
    a_review.two_missed(case, days_ago=5)

    owe_reviews(case_ids=[case.pk], today=localdate())

    assert owed(case, "review_event").get().why.startswith("2 appointments missed")
    assert not owed(case, "review_case").exists()


def test_a_review_cannot_be_given_back_without_saying_what_is_missing(signed, senior):
    with pytest.raises(RuleBroken, match="what is missing"):
        return_review(
            review=signed,
            question="next.words",
            note="n/a",
            by=senior,
            today=localdate(),
            now=now(),
        )


# No change recorded


@pytest.fixture
def hollow(case):
    """Something happened, and what is said of it could stand anywhere."""
    a_review.three_things(case)
    review = a_review.written(case)
    keys = [one.key for one in review.happened.filter(significant=True)]
    a_review.answer(review, keys, words=HOLLOW)
    return review


def test_the_officer_is_shown_before_signing_that_no_change_is_recorded(hollow):
    assert NO_CHANGE in {one.key for one in warnings(found(hollow))}
    with pytest.raises(RuleBroken, match="No change recorded"):
        sign_review(
            review=hollow, explained={}, by=hollow.case.officer, today=localdate(), now=now()
        )


def test_a_senior_reads_what_recorded_no_change_and_says_what_they_found(case, hollow, senior):
    a_review.sign(hollow)
    hollow.refresh_from_db()
    assert (hollow.hollow, hollow.state) == (True, ReviewState.SIGNED)
    assert hollow.hollow_because == a_review.SENTENCE
    assert owed(case, "read_hollow_review").get().review == hollow
    with pytest.raises(RuleBroken, match="what you found"):
        countersign(hollow, senior, note="n/a")

    countersign(hollow, senior, note="Right: the shifts explain it, and the address was seen.")

    hollow.refresh_from_db()
    assert (hollow.read_by, hollow.state) == (senior, ReviewState.COMPLETE)
    assert not owed(case, "read_hollow_review").exists()


def test_a_review_whose_events_are_answered_in_words_of_their_own_is_not_hollow(case):
    a_review.two_missed(case)
    review = a_review.written(case)

    a_review.answer(review, a_review.keys_of(review, "missed"))
    a_review.sign(review)

    review.refresh_from_db()
    assert (review.hollow, review.state) == (False, ReviewState.COMPLETE)


# The rest


def test_where_there_is_a_concern_the_agencies_are_asked_again(case):
    RegistrationFactory(case=case, type_code="ADVP", started_on=a_review.day(300))
    review = a_review.written(case)
    assert "refresh" in {one.key for one in warnings(found(review))}

    refresh_checks(review=review, by=case.officer, today=localdate())

    assert set(Enquiry.objects.filter(because=Because.REVIEW).values_list("kind", flat=True)) == {
        "police", "children",
    }  # fmt: skip
    assert "refresh" not in {one.key for one in warnings(found(review))}
    with pytest.raises(RuleBroken, match="has been asked"):
        refresh_checks(review=review, by=case.officer, today=localdate())


def test_a_review_is_given_up_with_why_and_is_owed_still(case):
    Deadline.objects.create(
        case=case,
        kind="review_case",
        owner_role="officer",
        triggered_on=localdate(),
        due_on=localdate(),
        why="x",
    )
    review = a_review.begun(case)
    with pytest.raises(RuleBroken):
        drop_review(review=review, because="n/a", by=case.officer, today=localdate())

    drop_review(
        review=review, because="Begun on the wrong case.", by=case.officer, today=localdate()
    )

    assert Review.objects.get().state == ReviewState.DROPPED
    assert owed(case, "review_case").exists()


def test_what_is_signed_is_not_written_on(signed):
    with pytest.raises(RuleBroken, match="waits for a senior"):
        a_review.say(signed, next__words="Another thing.")

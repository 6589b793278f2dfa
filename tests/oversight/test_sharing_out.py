"""Sharing out many cases: asked for, worked out by the task, changed by hand, published by the services of one case alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Allocation, Case, Contact, Giving, NonAssociation, Transfer
from cases.reference.holding import TransferState
from oversight import tasks
from oversight.queries.sharing_page import Shown, said_of_outcome
from oversight.queries.sharing_standing import standing_of
from oversight.queries.workload import loads_of
from oversight.reference.sharing import Demand, Outcome, SharingState, Which
from oversight.rules.sharing_stands import stands_of
from oversight.services import sharing as services
from oversight.services import sharing_work
from oversight.services.sharing_publish import leave_out_changed, publish_sharing, warned_of
from staff.errors import RuleBroken
from staff.models import Entry, User
from tests.factories import (
    AbsenceFactory,
    DepartureFactory,
    RegistrationFactory,
    limit,
)
from tests.oversight.a_sharing import (
    WHY,
    ask,
    carried_out,
    officer,
    proposed,
    unowned,
    worked_out,
)
from tests.oversight.an_officer import a_case, training

pytestmark = pytest.mark.django_db


def publish(one, by, note="Read the log first, and ring each of them.", said=None):
    if said is None:
        said = {kind.key: WHY for kind in warned_of(one, standing_of(one))}
    done = publish_sharing(sharing=one, note=note, said=said, by=by, now=now())
    assert carried_out() == done.named + done.offered
    return done


def move(one, case, officer, by, because=""):
    return services.move_in_sharing(
        sharing=one, case=case, officer=officer, because=because, by=by, now=now()
    )


# Asking, and working out


def test_the_unowned_are_shared_out_evenly_with_what_it_rests_on(team, senior, ann, bob):
    cases = unowned(team)
    waiting = ask(team, senior, [ann, bob])
    assert (waiting.state, waiting.outcome, waiting.moves.count()) == ("working", "", 0)

    one = worked_out(waiting)

    assert (one.state, one.outcome, one.policy_version) == ("proposed", Outcome.BEST, 1)
    assert (one.counts, one.at_least, one.by_the_clock) == (one.at_least, one.counts, False)
    assert one.took is not None
    moves = list(one.moves.all())
    assert {each.case_id for each in moves} == {case.pk for case in cases}
    assert sorted(each.to_officer_id for each in moves) == [ann.pk, ann.pk, bob.pk, bob.pk]
    assert {each.from_officer_id for each in moves} == {None}
    assert Case.objects.filter(officer=None).count() == 4  # nobody has been given anything
    done = Entry.objects.filter(action__in=["asked_for_sharing", "worked_out_sharing"])
    assert [entry.by for entry in done.order_by("pk")] == [senior, None]


def test_one_proposal_of_a_team_at_a_time(team, senior, ann):
    unowned(team)
    first = ask(team, senior, [ann])
    with pytest.raises(RuleBroken, match="Publish or drop it first"):
        ask(team, senior, [ann])

    services.drop_sharing(sharing=first, by=senior, now=now())

    assert ask(team, senior, [ann]).state == SharingState.WORKING


@pytest.mark.parametrize(
    ("which", "words"),
    [(Which.UNOWNED, "no such case"), (Which.OFFICER, "Say whose")],
)
def test_what_cannot_be_shared_out_is_refused(team, senior, ann, which, words):
    with pytest.raises(RuleBroken, match=words):
        ask(team, senior, [ann], which)
    with pytest.raises(RuleBroken, match="at least one officer"):
        ask(team, senior, [], which)


def test_whoever_leaves_takes_no_part_in_sharing_out_their_own(team, senior, ann, bob):
    a_case(ann)
    with pytest.raises(RuleBroken, match="take no part"):
        ask(team, senior, [ann, bob], Which.OFFICER, officer=ann)


def test_a_whole_team_keeps_what_speaks_for_staying_and_those_who_take_no_part_keep_all(
    team, senior, ann, bob
):
    cat = officer(team, "Cat")
    theirs = [a_case(ann) for _ in range(6)] + [a_case(cat)]

    one = proposed(team, senior, [ann, bob], Which.TEAM)

    moves = {each.case_id: each for each in one.moves.all()}
    assert theirs[-1].pk not in moves
    to_bob = [each for each in moves.values() if each.to_officer_id == bob.pk]
    assert 1 <= len(to_bob) <= 3
    assert all(each.warned[0]["key"] == "held-before" for each in to_bob)
    assert one.moves.moving().count() == len(to_bob)


def test_what_is_kept_from_whoever_asks_takes_no_part(team, senior, ann):
    shown, kept = unowned(team, 2)
    limit(kept, kept_out=[senior])

    one = proposed(team, senior, [ann])

    assert [each.case_id for each in one.moves.all()] == [shown.pk]


def test_a_demand_stands_in_the_way_by_name_where_nobody_may_have_any(team, senior, ann):
    (hard,) = unowned(team, 1)
    RegistrationFactory(case=hard, type_code="ADVP")
    one = proposed(team, senior, [ann], demands=[Demand.TRAINED])
    assert (one.outcome, one.counts, one.moves.count()) == (Outcome.CANNOT, None, 0)
    assert one.in_the_way[0].startswith(f"Nobody may have {hard.crn}. ")
    assert "against what is demanded" in one.in_the_way[0]
    with pytest.raises(RuleBroken, match="Not every case has somebody"):
        publish(one, senior, said={})


def test_one_case_that_nobody_may_have_is_left_out_by_itself_with_why_and_stops_no_other(
    team, senior, ann
):
    hard, plain = unowned(team, 2)
    RegistrationFactory(case=hard, type_code="ADVP")
    one = proposed(team, senior, [ann], demands=[Demand.TRAINED])

    assert (one.outcome, one.in_the_way) == (Outcome.BEST, [])
    out = one.moves.get(case=hard)
    assert out.left_out.startswith("Nobody who takes part may have it. Ann Lee: against what is demanded")  # fmt: skip
    assert (out.settled_at, out.to_officer, out.from_officer) == (None, None, None)
    assert Shown(one, senior).by_itself == "1 case is left out, because nobody who takes part may have it."  # fmt: skip
    assert Shown(one, senior).by_hand == ""

    training(ann)
    services.ask_again(sharing=one, by=senior, now=now())
    again = worked_out(one)
    assert set(again.moves.taking_part().values_list("case", flat=True)) == {hard.pk, plain.pk}
    publish(again, senior, said={})
    assert not Case.objects.filter(pk__in=[hard.pk, plain.pk], officer=None).exists()


def test_what_somebody_holds_and_nobody_may_have_stays_with_them_and_weighs_there(
    team, senior, ann, bob
):
    held, other = a_case(ann), a_case(ann)
    limit(held, kept_out=[ann, bob])

    one = proposed(team, senior, [ann, bob], which=Which.TEAM)

    assert one.moves.get(case=held).left_out
    stands = {each.officer.key: each for each in stands_of(standing_of(one).asked, standing_of(one).chosen)}  # fmt: skip
    moved = one.moves.get(case=other).to_officer_id
    (load, *_) = loads_of(User.objects.filter(pk=ann.pk), localdate())
    weighs = load.full.total // 2
    assert stands[ann.pk].before.total == 2 * weighs
    assert stands[ann.pk].after.total == (2 if moved == ann.pk else 1) * weighs


def test_a_case_left_out_by_hand_clears_what_stands_in_the_way(team, senior, ann):
    hard, plain = unowned(team, 2)
    RegistrationFactory(case=hard, type_code="ADVP")
    one = proposed(team, senior, [ann], demands=[Demand.TRAINED])
    services.leave_out_of_sharing(sharing=one, case=hard, because=WHY, by=senior, now=now())
    services.ask_again(sharing=one, by=senior, now=now())
    one = worked_out(one)

    assert one.outcome == Outcome.BEST
    assert [each.case_id for each in one.moves.taking_part()] == [plain.pk]
    assert one.moves.get(case=hard).left_out == WHY

    services.take_in_again(sharing=one, case=hard, by=senior, now=now())
    assert worked_out(one).moves.left_out_by_itself().get().case == hard


# Whoever works it out may die


def test_what_somebody_began_and_never_ended_is_begun_again_and_given_up_after_three(
    team, senior, ann, monkeypatch
):
    unowned(team)
    one, at = ask(team, senior, [ann]), now()

    def dies(*_, **__):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(sharing_work, "share_out", dies)
        for number in range(3):
            with pytest.raises(MemoryError):
                sharing_work.work_out(one.pk, now=at + number * timedelta(minutes=6))
            assert sharing_work.work_out(one.pk, now=at + number * timedelta(minutes=6)) == 0
    assert sharing_work.work_out(one.pk, now=at + timedelta(minutes=30)) == 0

    one.refresh_from_db()
    assert (one.state, one.outcome, one.tries) == ("proposed", Outcome.FAILED, 4)
    with pytest.raises(RuleBroken, match="Drop it and ask anew"):
        services.ask_again(sharing=one, by=senior, now=now())
    services.drop_sharing(sharing=one, by=senior, now=now())


def test_the_task_works_out_whatever_waits_and_the_clock_is_said(team, senior, ann, monkeypatch):
    unowned(team)
    one, real = ask(team, senior, [ann]), sharing_work.share_out
    monkeypatch.setattr(
        sharing_work, "share_out", lambda *args, **given: replace(real(*args, **given), by_the_clock=True)
    )  # fmt: skip

    tasks.work_out_sharings()
    tasks.work_out_sharings()

    one.refresh_from_db()
    assert (one.state, one.tries, one.by_the_clock) == (SharingState.PROPOSED, 1, True)
    assert any("The clock stopped the search" in words for words in said_of_outcome(one))


def test_what_is_dropped_while_it_is_worked_out_stays_dropped(team, senior, ann, monkeypatch):
    unowned(team)
    one, real = ask(team, senior, [ann]), sharing_work.share_out

    def meanwhile(*args, **given):
        services.drop_sharing(sharing=one, by=senior, now=now())
        return real(*args, **given)

    monkeypatch.setattr(sharing_work, "share_out", meanwhile)
    assert sharing_work.work_out(one.pk, now=now()) == 0

    one.refresh_from_db()
    assert (one.state, one.moves.count()) == (SharingState.DROPPED, 0)


# By hand


def test_a_case_moved_by_hand_is_warned_of_cleared_by_a_sentence_and_counted_at_once(
    team, senior, ann, bob
):
    cases = unowned(team)
    RegistrationFactory(case=cases[0], type_code="ADVP")
    training(ann)
    one = proposed(team, senior, [ann, bob])
    assert one.moves.get(case=cases[0]).to_officer == ann

    with pytest.raises(RuleBroken, match="not trained in it"):
        move(one, cases[0], bob, senior)
    moved = move(one, cases[0], bob, senior, WHY)

    assert (moved.to_officer, moved.because, moved.settled_by) == (bob, WHY, senior)
    assert [row["key"] for row in moved.warned] == ["training:domestic_abuse"]
    assert standing_of(one).chosen[cases[0].pk] == bob.pk
    assert Entry.objects.filter(action="moved_in_sharing", crn=cases[0].crn).count() == 1

    services.ask_again(sharing=one, by=senior, now=now())
    again = worked_out(one)
    assert again.moves.get(case=cases[0]).because == WHY
    assert sorted(each.to_officer_id for each in again.moves.all()) == [
        ann.pk,
        ann.pk,
        bob.pk,
        bob.pk,
    ]


def test_a_sentence_clears_what_was_before_whoever_wrote_it_and_nothing_that_came_up_since(
    team, senior, ann
):
    first, second = unowned(team, 2)
    one = proposed(team, senior, [ann])
    move(one, first, ann, senior, WHY)
    for case in (first, second):
        RegistrationFactory(case=case, type_code="ADVP")
    for _ in range(2):
        services.ask_again(sharing=one, by=senior, now=now())
        one = worked_out(one)

    (kind,) = warned_of(one, standing_of(one))

    assert (kind.key, kind.crns) == ("training:domestic_abuse", tuple(sorted([first.crn, second.crn])))  # fmt: skip
    publish(one, senior, said={kind.key: "A colleague sits in on the first meetings."})
    said = {row["said"] for giving in Giving.objects.all() for row in giving.warned}
    assert said == {"A colleague sits in on the first meetings."}


def test_two_who_must_be_kept_apart_are_proposed_for_two_officers_and_warned_of_otherwise(
    team, senior, ann, bob
):
    first, second = unowned(team, 2)
    NonAssociation.objects.create(one=first, other=second, why="One attacked", from_on=localdate())
    one = proposed(team, senior, [ann, bob])
    assert {each.to_officer for each in one.moves.all()} == {ann, bob}
    with_ann = one.moves.get(to_officer=ann).case

    with pytest.raises(RuleBroken, match="must be kept apart"):
        move(one, with_ann, bob, senior)
    move(one, with_ann, bob, senior, WHY)

    standing = standing_of(one)
    assert standing.meet == {first.pk, second.pk}
    (kind,) = warned_of(one, standing)  # of the other, whose officer nobody settled by hand
    assert (kind.key, len(kind.crns)) == ("together", 1)
    publish(one, senior)
    said = [each["said"] for giving in Giving.objects.all() for each in giving.warned]
    assert said == [WHY, WHY]


def test_what_an_allocation_refuses_no_hand_moves(team, senior, ann, bob):
    (case,) = unowned(team, 1)
    limit(case, kept_out=[bob])
    one = proposed(team, senior, [ann, bob])

    with pytest.raises(RuleBroken, match="Limited access"):
        move(one, case, bob, senior, WHY)
    with pytest.raises(RuleBroken, match="takes no part"):
        move(one, case, officer(team, "Cat"), senior, WHY)


# Publishing


def test_publishing_names_officers_where_nobody_holds_the_case_with_why_in_its_log(
    team, senior, ann, bob
):
    cases = unowned(team)
    one = proposed(team, senior, [ann, bob])

    done = publish(one, senior)

    assert (done.named, done.offered) == (4, 0)
    assert set(
        Case.objects.filter(pk__in=[c.pk for c in cases]).values_list("officer", flat=True)
    ) == {ann.pk, bob.pk}
    log = Contact.objects.get(case=cases[0], type_code="C070")
    assert "Shared out by what each officer has room for, together with 3 other cases." in log.notes
    assert Allocation.objects.filter(case=cases[0], active=True).count() == 1
    one.refresh_from_db()
    assert (one.state, one.closed_by) == (SharingState.PUBLISHED, senior)
    with pytest.raises(RuleBroken, match="nothing more can be done"):
        publish(one, senior)


def test_cases_of_somebody_who_leaves_are_offered_as_their_page_offers_them(team, senior, ann, bob):
    leaver = officer(team, "Lea")
    departure = DepartureFactory(user=leaver, last_on=localdate() + timedelta(days=14))
    theirs = [a_case(leaver) for _ in range(3)]

    one = proposed(team, senior, [ann, bob], Which.OFFICER, officer=leaver)
    done = publish(one, senior)

    assert (done.named, done.offered) == (0, 3)
    offers = Transfer.objects.filter(case__in=theirs)
    assert {offer.departure for offer in offers} == {departure}
    assert {offer.state for offer in offers} == {TransferState.OFFERED}
    assert all("ring each of them" in offer.note and "Shared out" in offer.note for offer in offers)
    assert Case.objects.filter(officer=leaver).count() == 3  # theirs until somebody accepts


def test_cases_of_somebody_away_long_are_offered_and_each_receiver_is_told_once(team, senior, ann):
    away = officer(team, "Abe")
    AbsenceFactory(user=away, from_on=localdate(), to_on=localdate() + timedelta(days=90))
    theirs = [a_case(away) for _ in range(3)]

    one = proposed(team, senior, [ann], Which.OFFICER, officer=away)
    publish(one, senior)

    assert Transfer.objects.filter(case__in=theirs, departure=None, to_officer=ann).count() == 3
    told = ann.notices.filter(text__contains="offers you 3 cases of")
    assert told.count() == 1


def test_a_warning_that_no_sentence_clears_publishes_nothing(team, senior, bob):
    cases = unowned(team, 2)
    RegistrationFactory(case=cases[0], type_code="ADVP")
    one = proposed(team, senior, [bob])

    with pytest.raises(RuleBroken, match="Domestic abuse with trained staff: not so in 1 case"):
        publish(one, senior, said={})
    assert Case.objects.filter(officer=bob).count() == 0

    publish(one, senior)
    warned, plain = (Giving.objects.get(case=case) for case in cases)
    assert [(row["key"], row["said"]) for row in warned.warned] == [
        ("training:domestic_abuse", WHY)
    ]
    assert (plain.warned, plain.compared, plain.left_out) == ([], 1, 0)


def test_what_has_changed_since_is_named_and_loses_nothing_of_the_rest(team, senior, ann, bob):
    cases = unowned(team, 3)
    one = proposed(team, senior, [ann, bob])
    move(one, cases[1], bob, senior, WHY)
    Case.objects.filter(pk=cases[0].pk).update(officer=ann)

    with pytest.raises(RuleBroken, match="something has changed") as refused:
        publish(one, senior)

    assert cases[0].crn in str(refused.value)
    assert cases[1].crn not in str(refused.value)
    assert Case.objects.filter(officer=bob).count() == 0
    assert one.moves.get(case=cases[1]).because == WHY
    assert leave_out_changed(sharing=one, by=senior, now=now()) == 1
    assert publish(one, senior).named == 2
    assert Case.objects.filter(officer=bob).count() >= 1
    assert Contact.objects.filter(case=cases[0], type_code="C070").count() == 0


@pytest.mark.parametrize("what", ["closed", "limited", "trained"])
def test_each_thing_that_may_change_since_is_found(team, senior, ann, what):
    (case,) = unowned(team, 1)
    one = proposed(team, senior, [ann])
    if what == "closed":
        Case.objects.filter(pk=case.pk).update(retained_by="B. Stone, NPS Reading")
    elif what == "limited":
        limit(case, kept_out=[ann])
    else:
        RegistrationFactory(case=case, type_code="ADVP")

    with pytest.raises(RuleBroken, match="something has changed"):
        publish(one, senior)

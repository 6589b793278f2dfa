"""A proposal that was published is carried out a bit at a time: nothing is done twice, nothing lost, and no case stops another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from cases.models import Case, Giving, NonAssociation, Notice, Transfer
from oversight import tasks
from oversight.models import SharingOut
from oversight.queries.sharing_standing import standing_of
from oversight.reference.sharing import SharingState, Which
from oversight.services import sharing as services
from oversight.services import sharing_giving
from oversight.services.sharing_publish import publish_sharing, warned_of
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import DepartureFactory, RegistrationFactory, UserFactory, limit
from tests.forks import fork, wait
from tests.oversight.a_sharing import WHY, ask, carried_out, officer, proposed, unowned
from tests.oversight.an_officer import a_case

pytestmark = pytest.mark.django_db


def published(one, by, note=""):
    said = {kind.key: WHY for kind in warned_of(one, standing_of(one))}
    publish_sharing(sharing=one, note=note, said=said, by=by, now=now())
    return SharingOut.objects.get(pk=one.pk)


def test_publishing_moves_nothing_itself_and_nobody_can_change_it_any_more(team, senior, ann):
    (case,) = unowned(team, 1)
    one = published(proposed(team, senior, [ann]), senior)

    assert (one.state, one.published_by, one.closed_at) == (SharingState.GIVING, senior, None)
    assert Case.objects.get(pk=case.pk).officer is None
    for act in (services.ask_again, services.drop_sharing):
        with pytest.raises(RuleBroken, match="being carried out"):
            act(sharing=one, by=senior, now=now())
    with pytest.raises(RuleBroken, match="wait until it is"):
        ask(team, senior, [ann])

    tasks.give_sharings()
    tasks.give_sharings()

    one.refresh_from_db()
    assert (one.state, one.closed_by) == (SharingState.PUBLISHED, senior)
    assert Case.objects.get(pk=case.pk).officer == ann
    done = Entry.objects.get(action="carried_out_sharing")
    assert (done.by, done.detail["given"], done.detail["stayed"]) == (None, 1, 0)


def test_a_bit_at_a_time_and_whoever_is_killed_between_has_done_nothing_twice(
    team, senior, ann, bob, monkeypatch
):
    cases = unowned(team, 5)
    one = published(proposed(team, senior, [ann, bob]), senior)
    monkeypatch.setattr(sharing_giving, "AT_ONCE", 2)

    went = [sharing_giving.give_some(one.pk, now=now()) for _ in range(4)]

    assert went == [2, 2, 1, None]
    assert sharing_giving.give_some(one.pk, now=now()) is None
    assert not Case.objects.filter(pk__in=[case.pk for case in cases], officer=None).exists()
    assert Giving.objects.count() == 5
    assert (
        Notice.objects.filter(user=senior, text__contains="5 cases given an officer").count() == 1
    )


def test_a_bit_that_dies_is_as_if_it_had_not_begun(team, senior, ann, monkeypatch):
    unowned(team, 3)
    one = published(proposed(team, senior, [ann]), senior)
    real, calls = sharing_giving.name_officer, []

    def dies(**given):
        calls.append(given)
        if len(calls) == 2:
            raise MemoryError
        return real(**given)

    with monkeypatch.context() as patched:
        patched.setattr(sharing_giving, "name_officer", dies)
        with pytest.raises(ExceptionGroup):
            carried_out()
    assert Case.objects.filter(officer=ann).count() == 0
    assert one.moves.to_be_given().count() == 3

    assert carried_out() == 3


def test_what_changed_after_it_was_published_stays_where_it_is_and_stops_no_other(
    team, senior, ann, bob
):
    first, second, third = unowned(team, 3)
    one = published(proposed(team, senior, [ann]), senior)
    Case.objects.filter(pk=first.pk).update(officer=bob)
    RegistrationFactory(case=second, type_code="ADVP")

    assert carried_out() == 1

    assert [Case.objects.get(pk=case.pk).officer for case in (first, second, third)] == [bob, None, ann]  # fmt: skip
    assert one.moves.get(case=first).not_given == f"Bob Lee holds {first.crn} now."
    assert second.crn in one.moves.get(case=second).not_given
    told = Notice.objects.get(user=senior, text__contains="It is carried out")
    assert "1 case given an officer or offered. 2 cases stayed where they were: read why." in told.text  # fmt: skip


def test_what_the_service_of_one_case_refuses_goes_by_itself_from_the_rest(
    team, senior, ann, monkeypatch
):
    refused, given = unowned(team, 2)
    one = published(proposed(team, senior, [ann]), senior)
    real = sharing_giving.name_officer

    def but_one(*, case, **known):
        if case.pk == refused.pk:
            raise RuleBroken("Not now.")
        return real(case=case, **known)

    monkeypatch.setattr(sharing_giving, "name_officer", but_one)

    assert carried_out() == 1
    assert one.moves.get(case=refused).not_given == f"{refused.crn}: Not now."
    assert Case.objects.get(pk=given.pk).officer == ann
    assert Giving.objects.filter(case=refused).count() == 0


def test_each_holder_is_a_bit_of_their_own_and_each_receiver_hears_of_it_once(
    team, senior, ann, monkeypatch
):
    lea, max_ = officer(team, "Lea"), officer(team, "Max")
    departure = DepartureFactory(user=lea, last_on=localdate() + timedelta(days=14))
    theirs = [a_case(lea) for _ in range(2)] + [a_case(max_) for _ in range(2)]
    one = proposed(team, senior, [ann, lea, max_], Which.TEAM)
    for case in theirs:
        if one.moves.get(case=case).to_officer_id != ann.pk:
            services.move_in_sharing(sharing=one, case=case, officer=ann, because=WHY, by=senior, now=now())  # fmt: skip
    one = published(one, senior)

    assert sharing_giving.give_some(one.pk, now=now()) == 2
    assert set(Transfer.objects.values_list("case__officer", "departure")) in ({(lea.pk, departure.pk)}, {(max_.pk, None)})  # fmt: skip
    assert carried_out() == 2
    assert set(Transfer.objects.values_list("case__officer", "departure")) == {(lea.pk, departure.pk), (max_.pk, None)}  # fmt: skip
    assert ann.notices.filter(text__contains="offers you 2 cases").count() == 2


def test_whoever_is_kept_from_a_case_meanwhile_is_not_given_it(team, senior, ann):
    shown, kept = unowned(team, 2)
    one = published(proposed(team, senior, [ann]), senior)
    limit(kept, kept_out=[ann])

    assert carried_out() == 1
    assert "Limited access" in one.moves.get(case=kept).not_given
    assert Case.objects.get(pk=kept.pk).officer is None
    assert Case.objects.get(pk=shown.pk).officer == ann


def test_what_is_kept_meanwhile_from_whoever_published_it_stays_and_they_hear_of_the_rest(
    team, senior, ann
):
    kept, shown = unowned(team, 2)
    other = UserFactory(role=Role.SPO, team=team)
    one = published(proposed(team, senior, [ann]), other)
    limit(kept, kept_out=[other])

    assert carried_out() == 1
    assert "kept from whoever published it" in one.moves.get(case=kept).not_given
    assert Case.objects.get(pk=kept.pk).officer is None
    assert Notice.objects.get(user=other, text__contains="It is carried out").case == shown


def test_what_an_earlier_bit_gave_is_no_change_that_keeps_a_later_one(
    team, senior, ann, monkeypatch
):
    first, second = unowned(team, 2)
    NonAssociation.objects.create(one=first, other=second, why="One attacked", from_on=localdate())
    published(proposed(team, senior, [ann]), senior)
    monkeypatch.setattr(sharing_giving, "AT_ONCE", 1)

    assert carried_out() == 2


def test_what_fails_by_itself_for_no_rule_stays_and_holds_up_no_other(
    team, senior, ann, monkeypatch
):
    bad, *_ = unowned(team, 3)
    one, real = published(proposed(team, senior, [ann]), senior), sharing_giving.name_officer

    def but_one(*, case, **known):
        if case.pk == bad.pk:
            raise KeyError
        return real(case=case, **known)

    monkeypatch.setattr(sharing_giving, "name_officer", but_one)
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            carried_out()

    assert carried_out() == 2
    one.refresh_from_db()
    assert (one.state, one.moves.get(case=bad).not_given) == (SharingState.PUBLISHED, sharing_giving.NOT_POSSIBLE)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_each_case_once(team, senior, ann, bob):
    unowned(team, 6)
    one = published(proposed(team, senior, [ann, bob]), senior)

    assert all(wait(*[fork(tasks.give_sharings) for _ in range(3)]))

    one.refresh_from_db()
    if (
        one.state == SharingState.GIVING
    ):  # whoever came second left it to the first, who was still at it
        tasks.give_sharings()
        one.refresh_from_db()
    assert one.state == SharingState.PUBLISHED
    assert Giving.objects.count() == 6
    assert Case.objects.filter(officer__in=[ann, bob]).count() == 6
    connection.close()

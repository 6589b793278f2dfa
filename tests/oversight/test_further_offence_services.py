"""Charged with a serious further offence: what is kept, who may still open the case, and what is owed.

Source: local policy on serious further offences; product rules, limited access and clocks.
"""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, FurtherOffence, Limit, Named, Notice
from cases.reference.holding import LeftAs
from cases.rules.known_then import seal
from cases.services.limited_access import Person, follow_officers, lift_limits, limit_case
from cases.services.transfers import accept_transfer
from oversight.queries.known_then.whole import SECTIONS, known_now
from oversight.services.further_offences import (
    hand_in_review,
    record_further_offence,
    record_notified,
    set_aside,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    PlanActionFactory,
    RelatedPersonFactory,
    TransferFactory,
    UserFactory,
)
from tests.oversight.a_long_case import fill

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def charged(case, by, **given):
    known = {
        "charged_on": TODAY,
        "offence": "Wounding with intent",
        "told_by": "Thames Valley Police, by telephone",
        "learnt_at": NOW,
    }
    return record_further_offence(case=case, by=by, now=NOW, **known | given)


def may_open(case, user):
    return Case.objects.open_to(user, Action.VIEW_CASE).filter(pk=case.pk).exists()


def owed(case, kind):
    return Deadline.objects.unmet().ours().filter(case=case, kind=kind).first()


def test_what_was_known_is_kept_sealed_and_the_database_refuses_to_change_it(case, senior):
    fill(case)

    made = charged(case, senior)

    made.refresh_from_db()
    assert made.sealed == seal(made.known)
    sections = {one["code"]: one["entries"] for one in made.known["sections"]}
    assert [code for code in SECTIONS if not sections[code]] == []
    notes = [
        words for one in sections["contact"] for label, words in one["lines"] if label == "Notes"
    ]
    assert "He was angry." in notes
    earlier = sections["contact"][-1]
    assert (earlier["id"], [words for _, words in earlier["lines"]]) == (
        "earlier-contact",
        ["1 contact"],
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        FurtherOffence.objects.update(known={})


def test_a_long_case_takes_as_many_statements_as_a_short_one(senior):
    counts = []
    for times in (1, 4):
        case = CaseFactory()
        fill(case, times)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            known_now(case, NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_access_is_narrowed_at_once_to_those_who_look_at_it(case, senior):
    colleague = UserFactory(team=case.team)
    head, quality = UserFactory(role=Role.HEAD), UserFactory(role=Role.QUALITY)
    other = UserFactory(role=Role.SPO)
    assert may_open(case, colleague)

    made = charged(case, case.officer)

    assert all(may_open(case, one) for one in (case.officer, senior, head, quality))
    assert not any(may_open(case, one) for one in (colleague, other, UserFactory(role=Role.HUB)))
    assert made.limited_by_it
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {senior.pk, head.pk}
    assert all(case.name not in one.text for one in Notice.objects.all())
    entry = Entry.objects.get(action="recorded_further_offence")
    assert entry.detail == {"further_offence": made.pk}


def test_a_list_of_who_may_open_it_is_kept_and_only_extended(case, senior):
    named, kept_out = UserFactory(), UserFactory(role=Role.HEAD)
    people = [Person(named.pk, let_in=True), Person(kept_out.pk, let_in=False)]
    limit_case(case=case, restricted=True, message="Ask first.", people=people, by=None)

    made = charged(case, senior)

    assert all(may_open(case, one) for one in (case.officer, senior))
    assert Named.objects.filter(user=named, let_in=True).exists()
    assert not may_open(case, kept_out)
    assert Limit.objects.get().message == "Ask first."
    assert not made.limited_by_it

    set_aside(further_offence=made, because="The charge was dropped", by=senior, now=NOW)

    assert {one.user for one in Named.objects.all()} == {named, kept_out}
    assert not may_open(case, case.officer)


def test_an_exclusion_becomes_a_restriction_and_is_one_no_more_once_it_is_set_aside(case, senior):
    kept_out, colleague = (UserFactory(team=case.team) for _ in range(2))
    people = [Person(kept_out.pk, let_in=False)]
    limit_case(case=case, restricted=False, people=people, by=None)

    made = charged(case, senior)

    assert not any(may_open(case, one) for one in (kept_out, colleague))

    set_aside(further_offence=made, because="The police charged another man", by=senior, now=NOW)

    assert may_open(case, colleague)
    assert not may_open(case, kept_out)


def test_an_extract_that_opens_the_case_leaves_it_narrow(case, senior):
    colleague = UserFactory(team=case.team)
    limit_case(case=case, restricted=True, people=[Person(colleague.pk, let_in=True)], by=None)
    made = charged(case, senior)

    lift_limits(case_ids=[case.pk], by=None)

    made.refresh_from_db()
    assert made.limited_by_it
    assert not may_open(case, colleague)
    assert may_open(case, senior)


def test_the_next_officer_is_let_in_and_the_one_before_is_not(case, senior):
    people = [Person(senior.pk, let_in=True)]
    limit_case(case=case, restricted=True, people=people, by=None)
    charged(case, senior)
    before, after = case.officer, UserFactory()
    Case.objects.update(officer=after)

    follow_officers(case_ids=[case.pk], by=None)

    case.refresh_from_db()
    assert may_open(case, after)
    assert not may_open(case, before)


@pytest.mark.parametrize("left_as", sorted(LeftAs))
def test_it_is_owed_whether_or_not_they_are_still_here(case, senior, left_as):
    Case.objects.update(left_as=left_as)

    made = charged(case, senior)

    notify, review = (owed(case, f"{one}_further_offence") for one in ("notify", "review"))
    assert (notify.owner_role, review.due_on) == (Role.SPO, TODAY + timedelta(days=91))
    record_notified(further_offence=made, on=TODAY, whom="The Ministry", by=senior, now=NOW)
    assert owed(case, "notify_further_offence") is None
    hand_in_review(further_offence=made, on=TODAY, learnt="Ask earlier.", by=senior, now=NOW)
    assert owed(case, "review_further_offence") is None
    assert not Deadline.objects.filter(void=True).exists()


def test_of_two_charges_the_clock_runs_to_the_first_and_then_to_the_second(case, senior):
    first = charged(case, senior, learnt_at=NOW - 3 * DAY, charged_on=TODAY - 4 * DAY)
    second = charged(case, senior, offence="Robbery")
    before = owed(case, "notify_further_offence")
    assert before.triggered_on == TODAY - 3 * DAY

    record_notified(further_offence=first, on=TODAY, whom="The Ministry", by=senior, now=NOW)

    assert owed(case, "notify_further_offence").triggered_on == TODAY
    set_aside(further_offence=first, because="The charge was dropped", by=senior, now=NOW)
    colleague = UserFactory(team=case.team)
    assert not may_open(case, colleague)
    set_aside(further_offence=second, because="The charge was dropped", by=senior, now=NOW)
    assert may_open(case, colleague)
    assert owed(case, "notify_further_offence") is None
    assert FurtherOffence.objects.get(pk=second.pk).known["sections"]


def test_what_cannot_be_so_is_refused(case, senior):
    for given, words in (
        ({"offence": "."}, "what they are charged with"),
        ({"told_by": ""}, "who told us"),
        ({"learnt_at": NOW + DAY}, "in the future"),
        ({"charged_on": TODAY + DAY}, "after we learnt"),
    ):
        with pytest.raises(RuleBroken, match=words):
            charged(case, senior, **given)
    made = charged(case, senior)
    with pytest.raises(RuleBroken, match="recorded already"):
        charged(case, case.officer, offence=" wounding  WITH intent")
    with pytest.raises(RuleBroken, match="before that"):
        record_notified(
            further_offence=made, on=TODAY - DAY, whom="The Ministry", by=senior, now=NOW
        )
    with pytest.raises(RuleBroken, match="senior probation officer"):
        set_aside(further_offence=made, because="A mistake", by=case.officer, now=NOW)
    assert Limit.objects.count() == 1


def test_names_that_are_kept_are_kept_with_it(case, senior):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    PlanActionFactory(case=case, what="Ring Dana Hill")

    made = charged(case, senior)

    assert made.known["protected"] == ["Dana Hill"]


def at_once(*acts):
    """All at the same moment; what they refuse, in words."""
    together, refused = Barrier(len(acts)), []

    def run(act):
        try:
            together.wait()
            act()
        except RuleBroken as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_one_charge_at_once_one_does(case, senior):
    refused = at_once(lambda: charged(case, senior), lambda: charged(case, case.officer))

    assert ["recorded already" in one for one in refused] == [True]
    assert FurtherOffence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_accepts_the_case_at_that_moment_can_open_it_and_the_sender_cannot(case, senior):
    sender = case.officer
    offer = TransferFactory(case=case, offered_by=sender)
    taker = offer.to_officer

    refused = at_once(
        lambda: charged(case, senior),
        lambda: accept_transfer(transfer=offer, by=taker, now=NOW),
    )

    assert refused == []
    case.refresh_from_db()
    assert case.officer == taker
    assert may_open(case, taker)
    assert not may_open(case, sender)

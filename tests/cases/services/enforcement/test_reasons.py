"""Asking for the reason of an absence by letter: once, while it is open; what it moves, and what stops it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from cases.models import ComplianceDecision, Contact, Deadline, Failure, Letter
from cases.models.person import Address, Person
from cases.queries.compliance import before_deciding
from cases.queries.enforcement.beside_failure import day_lines
from cases.queries.enforcement.reasons import may_ask
from cases.queries.enquiries import MAIN_ADDRESS
from cases.reference.appointments import Decided
from cases.reference.contacts import FROM_THEM
from cases.reference.enforcement import LetterKind, LetterState
from cases.reference.holding import LeftAs
from cases.rules.calendar import add_working_days
from cases.services.compliance import decide, record_call
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.letters import cancel_letter, make_ready, write_letter
from cases.services.enforcement.letters_back import letter_came_back, write_again
from cases.services.enforcement.letters_sent import send_letter
from cases.services.enforcement.reasons import ask_for_reason
from cases.services.leaving import leave
from cases.services.outcomes import correct_outcome, record_outcome
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    AppointmentFactory,
    CaseFactory,
    LetterFactory,
    SentenceFactory,
    UserFactory,
)
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KNEW = NOW + 2 * DAY  # the morning after it was missed
NONE_BOOKED = "We will ring you to arrange the next appointment."


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def missed():
    return missed_by(CaseFactory())


def missed_by(case):
    SentenceFactory(case=case, started_on=date(2018, 1, 3), expected_end_on=date(2019, 9, 30))
    Address.objects.create(
        case=case, status_code=MAIN_ADDRESS, lines="1 Fern Road", town="Reading", postcode="RG1 1AA", safe_to_write=True
    )  # fmt: skip
    appointment = AppointmentFactory(case=case, at=NOW + DAY, told_how="in_person")
    return record_outcome(
        appointment=appointment, outcome="AFTA", notes="", sensitive=False, became_aware_on=KNEW.date(),
        by=case.officer, now=KNEW,
    )  # fmt: skip


def decision_of(appointment):
    return ComplianceDecision.objects.get(appointment=appointment)


def ask(appointment, now=KNEW):
    return ask_for_reason(decision=decision_of(appointment), by=appointment.officer, now=now)


def sent(letter, hub, now=KNEW):
    known = {"letter": letter, "by": hub, "now": now}
    write_letter(words={"no_appointment": NONE_BOOKED}, welsh=False, **known)
    make_ready(**known)
    return send_letter(proof="Certificate 12", **known)


def settled(appointment, now, to=Decided.FAILURE):
    return decide(
        decision=decision_of(appointment), to=to, because="They had forgotten.", by=appointment.officer, now=now,
        reason="AAME" if to == Decided.ACCEPTABLE else "", not_waiting="They said so to the group worker.",
    )  # fmt: skip


def warned(now):
    failure = Failure.objects.get()
    answer_failure(
        failure=failure, answer="warn", because="It is the first.", by=failure.recorded_by, now=now
    )
    return Deadline.objects.get(kind="send_letter", letter__kind=LetterKind.WARNING)


def clock(appointment, kind="decide_absence"):
    return Deadline.objects.get(kind=kind, appointment=appointment)


def test_it_waits_for_the_hub_from_when_we_knew_and_says_what_was_missed(missed):
    letter = ask(missed)

    owed = Deadline.objects.unmet().get(letter=letter)
    assert (letter.kind, letter.absence, letter.state) == ("reason", missed, LetterState.ASKED)
    assert (owed.kind, owed.owner_role) == ("send_letter", Role.HUB)
    assert (owed.triggered_on, owed.due_on) == (KNEW.date(), add_working_days(KNEW.date(), 2))
    assert letter.words["on_0"] == (NOW + DAY).date().isoformat()
    assert "You did not come to your appointment with us at" in letter.words["what_0"]
    assert Entry.objects.filter(action="asked_for_letter").count() == 1


def test_asked_once_it_is_not_asked_again_until_it_was_called_off(missed, hub):
    letter = ask(missed)
    with pytest.raises(RuleBroken, match="asked for already"):
        ask(missed)

    cancel_letter(letter=letter, because="They rang the hub.", by=hub, now=KNEW)

    assert ask(missed).pk != letter.pk


def test_while_one_stands_the_database_keeps_a_second_out(missed):
    ask(missed)

    with pytest.raises(IntegrityError, match="letter_one_asks_of_an_absence"):
        LetterFactory(case=missed.contact.case, kind="reason", absence=missed)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_asks():
    missed = missed_by(CaseFactory())

    def press():
        try:
            ask(missed)
        except RuleBroken:  # whoever comes second
            return

    assert all(wait(*[fork(press) for _ in range(2)]))
    assert Letter.objects.filter(absence=missed).count() == 1


def test_it_is_not_asked_once_decided_or_once_they_were_heard_or_too_late(missed):
    case = missed.contact.case
    until = add_working_days((NOW + DAY).date(), 6)
    late = KNEW + timedelta(days=(until - KNEW.date()).days + 1)
    with pytest.raises(RuleBroken, match="could give a reason until"):
        ask(missed, now=late)
    Contact.objects.create(
        case=case, type_code=sorted(FROM_THEM)[0], started_at=KNEW, notes="The bus was late."
    )
    assert not may_ask(missed, decision_of(missed), KNEW.date())
    with pytest.raises(RuleBroken, match="Read what they said"):
        ask(missed)
    Contact.objects.filter(notes="The bus was late.").delete()
    settled(missed, KNEW)
    with pytest.raises(RuleBroken, match="is decided"):
        ask(missed)
    assert not Letter.objects.exists()


def test_whoever_was_spoken_to_when_rung_is_not_asked_by_letter(missed):
    record_call(
        appointment=missed, called="spoke", safe="yes", note="Overslept.", by=missed.officer, now=KNEW
    )  # fmt: skip

    with pytest.raises(RuleBroken, match="were spoken to when we rang"):
        ask(missed)


def test_nobody_who_has_left_is_asked(missed):
    leave(
        case=missed.contact.case, left_as=LeftAs.ELSEWHERE, because="They moved.", by=missed.officer, now=KNEW
    )  # fmt: skip
    missed.contact.case.refresh_from_db()

    assert not may_ask(missed, decision_of(missed), KNEW.date())
    with pytest.raises(RuleBroken, match="Another provider has this case"):
        ask(missed)


def test_once_it_went_the_reason_and_the_decision_wait_for_its_service(missed, hub):
    before = clock(missed).due_on
    letter = sent(ask(missed), hub, now=KNEW + DAY)

    until = add_working_days(letter.served_on, 3)
    assert letter.served_on > KNEW.date()
    assert until > add_working_days((NOW + DAY).date(), 6)
    assert clock(missed).due_on == max(before, until)
    found = before_deciding(missed, decision_of(missed), KNEW.date())
    assert found.reason_until == until


def test_a_decision_that_was_late_and_waits_for_a_reason_again_is_late_no_more(missed, hub):
    letter = ask(missed)
    Deadline.objects.filter(appointment=missed, kind="decide_absence").update(due_on=KNEW.date())

    sent(letter, hub, now=KNEW + DAY)

    assert clock(missed).due_on == add_working_days(letter_of(missed).served_on, 3)
    assert Entry.objects.filter(action="moved_deadline").count() == 1


def letter_of(missed):
    return Letter.objects.get(absence=missed)


def test_the_warning_that_follows_is_owed_from_the_decision(missed, hub):
    sent(ask(missed), hub)
    decided = KNEW + 9 * DAY
    settled(missed, decided)

    owed = warned(decided)

    assert (owed.triggered_on, owed.due_on) == (decided.date(), add_working_days(decided.date(), 2))
    lines = day_lines(Failure.objects.get(), decided.date(), enforcement_policy(decided.date()), frozenset())  # fmt: skip
    assert "after a letter that counts as served" in lines[0].detail


@pytest.mark.parametrize("back", [True, False])
def test_without_a_letter_that_reached_them_it_is_owed_from_when_we_knew(missed, hub, back):
    if back:
        letter = sent(ask(missed), hub)
        letter_came_back(
            letter=letter, on=KNEW.date() + DAY, because="Gone away", by=hub, now=KNEW + DAY
        )
    settled(missed, KNEW + 9 * DAY)

    assert warned(KNEW + 9 * DAY).triggered_on == KNEW.date()


@pytest.mark.parametrize("to", [Decided.FAILURE, Decided.ACCEPTABLE])
def test_deciding_calls_off_what_has_not_gone(missed, to):
    letter = ask(missed)

    settled(missed, KNEW + DAY, to)

    letter.refresh_from_db()
    assert letter.state == LetterState.CANCELLED
    assert not Deadline.objects.unmet().filter(letter=letter).exists()


def test_deciding_leaves_one_that_came_back_as_it_is(missed, hub):
    letter = sent(ask(missed), hub)
    letter_came_back(
        letter=letter, on=KNEW.date() + DAY, because="Gone away", by=hub, now=KNEW + DAY
    )

    settled(missed, KNEW + 2 * DAY)

    letter.refresh_from_db()
    assert letter.cancelled_because
    assert not Deadline.objects.unmet().filter(letter=letter).exists()
    with pytest.raises(RuleBroken):
        write_again(letter=letter, by=hub, now=KNEW + 2 * DAY)


def test_one_that_came_back_is_written_again_of_the_same_absence(missed, hub):
    letter = sent(ask(missed), hub)
    letter_came_back(
        letter=letter, on=KNEW.date() + DAY, because="Gone away", by=hub, now=KNEW + DAY
    )

    again = write_again(letter=letter, by=hub, now=KNEW + DAY)

    assert (again.absence, again.words["on_0"]) == (missed, letter.words["on_0"])
    with pytest.raises(RuleBroken, match="this address came back"):
        sent(again, hub, now=KNEW + DAY)
    asked = {"contact_asked_on": KNEW.date() + DAY}
    Person.objects.update_or_create(case=missed.contact.case, defaults=asked)
    assert sent(again, hub, now=KNEW + DAY).state == LetterState.SENT


def test_it_does_not_go_about_an_absence_that_is_decided(missed, hub):
    letter = ask(missed)
    ComplianceDecision.objects.filter(appointment=missed).update(
        state="acceptable", because="Rang.", decided_at=KNEW, decided_by=missed.officer
    )

    with pytest.raises(RuleBroken, match="is decided, so this letter cannot go"):
        sent(letter, hub)


@pytest.mark.parametrize("gone", [True, False])
def test_an_outcome_that_was_put_right_takes_the_question_back(missed, hub, gone):
    letter = ask(missed)
    if gone:
        sent(letter, hub)

    correct_outcome(
        appointment=missed, outcome="ATTC", notes="", rar_day=False, because="Taken for another.", by=missed.officer,
        now=KNEW + DAY,
    )  # fmt: skip

    letter.refresh_from_db()
    assert not ComplianceDecision.objects.exists()
    assert letter.state == (LetterState.SENT if gone else LetterState.CANCELLED)
    assert not Deadline.objects.unmet().filter(letter=letter).exists()

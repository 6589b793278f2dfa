"""A letter of enforcement: written, made ready, sent once whoever sends it, and what follows when it comes back."""

import smtplib
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from cases.models import Claim, Deadline, Document, Letter, Message
from cases.models.person import Address, Person, Reachable
from cases.reference.agencies import Delivery
from cases.reference.enforcement import LetterState
from cases.reference.holding import LeftAs
from cases.rules.enforcement.letters import mark_of
from cases.services.enforcement import letters_sent
from cases.services.enforcement.letters import (
    cancel_letter,
    leave_returned,
    look_at,
    make_ready,
    unready,
    write_letter,
)
from cases.services.enforcement.letters_at_once import (
    make_letters_ready,
    print_letters,
    send_letters,
)
from cases.services.enforcement.letters_back import letter_came_back, write_again
from cases.services.enforcement.letters_sent import send_letter
from cases.services.leaving import leave
from cases.services.messages import cancel_message, say_it_went, send_again, send_waiting
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases import a_letter as letters
from tests.factories import NOW, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def a_letter(by, **person):
    return letters.a_letter(by, NOW, **person)


def written(by, **person):
    return letters.written(by, NOW, **person)


def ready(by):
    return letters.ready(by, NOW)


def sent(letter, by, now=NOW):
    return send_letter(letter=letter, proof=letters.PROOF, by=by, now=now)


def came_back(letter, by):
    on = NOW.date() + DAY
    return letter_came_back(letter=letter, on=on, because="Gone away", by=by, now=NOW + DAY)


def owed(letter, kind="send_letter"):
    return Deadline.objects.unmet().filter(letter=letter, kind=kind).exists()


def test_one_with_something_missing_is_not_made_ready(hub):
    with pytest.raises(RuleBroken, match="no appointment is booked"):
        make_ready(letter=a_letter(hub), by=hub, now=NOW)


def test_it_goes_with_its_proof_and_the_warning_counts_from_service(hub):
    letter = sent(ready(hub), hub)

    letter.warning.refresh_from_db()
    assert (letter.state, letter.proof) == (LetterState.SENT, "Certificate 12")
    assert "1 Fern Road" in letter.address
    assert letter.warning.given_on == letter.served_on > NOW.date()
    assert letter.document.content.content[:4] == b"%PDF"
    assert not owed(letter)
    assert Entry.objects.filter(action="sent_letter").count() == 1


def test_it_goes_once(hub):
    letter = ready(hub)
    sent(letter, hub)

    with pytest.raises(RuleBroken, match="Sent"):
        sent(letter, hub)
    with pytest.raises(RuleBroken, match="Sent"):
        unready(letter=letter, by=hub, now=NOW)
    with pytest.raises(RuleBroken, match="Sent"):
        cancel_letter(letter=letter, because="By mistake", by=hub, now=NOW)
    assert Document.objects.filter(case=letter.case).count() == 1


def test_what_changed_since_it_was_read_stops_it(hub):
    letter = ready(hub)
    Address.objects.filter(case=letter.case).update(lines="2 Moss Lane")

    with pytest.raises(RuleBroken, match="has changed"):
        sent(letter, hub)


def test_of_a_warning_that_is_withdrawn_none_goes(hub):
    letter = ready(hub)
    letter.warning.withdrawn_on, letter.warning.withdrawn_because = NOW.date(), "Proof came"
    letter.warning.save()

    with pytest.raises(RuleBroken, match="withdrawn"):
        sent(letter, hub)


def test_it_comes_back_and_another_goes_in_its_place(hub):
    letter = sent(ready(hub), hub)

    letter_came_back(letter=letter, on=NOW.date() + DAY, because="Gone away", by=hub, now=NOW + DAY)

    letter.warning.refresh_from_db()
    assert letter.warning.given_on is None
    assert owed(letter, "mend_letter")
    again = write_again(letter=letter, by=hub, now=NOW + DAY)
    assert (again.state, owed(again), owed(letter, "mend_letter")) == (
        LetterState.ASKED,
        True,
        False,
    )
    with pytest.raises(RuleBroken, match="once"):
        write_again(letter=letter, by=hub, now=NOW + DAY)


def test_by_email_only_where_it_is_safe_and_agreed_and_once(hub, settings):
    settings.EMAIL_READY, settings.REMIND_FROM = True, "us@example.org"
    letter = written(hub, may_email=True)
    write_letter(letter=letter, words={"how": "email"}, welsh=False, by=hub, now=NOW)
    with pytest.raises(RuleBroken, match="e-mail"):
        make_ready(letter=letter, by=hub, now=NOW)
    Reachable.objects.create(case=letter.case, kind="email", value="alan@example.org", safe=True)

    send_letter(letter=make_ready(letter=letter, by=hub, now=NOW), proof="", by=hub, now=NOW)

    message = Message.objects.get()
    assert (message.address, message.document.case) == ("alan@example.org", letter.case)
    assert letter.case.surname not in message.subject + message.body


def test_of_several_each_stands_by_itself_and_they_are_printed_as_one(hub):
    whole, lacking = written(hub), a_letter(hub)

    seen = [(one, mark_of(look_at(letter=one, now=NOW)[1])) for one in (whole, lacking)]
    done, refused = make_letters_ready(letters=seen, by=hub, now=NOW)

    assert ([one.pk for one in done], [one.pk for one, _ in refused]) == ([whole.pk], [lacking.pk])
    assert print_letters(letters=done, by=hub, now=NOW)[:4] == b"%PDF"
    printed = [(one, mark_of(one.words["made"])) for one in done]
    gone, refused = send_letters(letters=[*printed, seen[1]], proof="Sheet 4", by=hub, now=NOW)
    assert (len(gone), len(refused)) == (1, 1)


def test_what_was_not_read_is_not_approved_and_what_was_not_printed_is_not_posted(hub):
    letter = written(hub)
    read = mark_of(look_at(letter=letter, now=NOW)[1])
    Address.objects.filter(case=letter.case).update(lines="2 Moss Lane")

    with pytest.raises(RuleBroken, match="Read it again"):
        make_ready(letter=letter, by=hub, now=NOW, read=read)

    made = make_ready(letter=letter, by=hub, now=NOW)
    with pytest.raises(RuleBroken, match="Read it again"):
        send_letter(letter=made, proof="Certificate 12", by=hub, now=NOW, read=read)


def test_whoever_writes_works_on_it_and_is_not_taken_for_idle(hub):
    letter = a_letter(hub)
    deadline = Deadline.objects.get(letter=letter)
    claim = Claim.objects.create(deadline=deadline, by=hub, at=NOW, worked_at=NOW)

    write_letter(letter=letter, words={}, welsh=False, by=hub, now=NOW + DAY / 48)

    claim.refresh_from_db()
    assert claim.worked_at == NOW + DAY / 48


def test_one_that_came_back_may_be_left_so_once(hub):
    letter = came_back(sent(ready(hub), hub), hub)

    leave_returned(letter=letter, because="They came in and read it", by=hub, now=NOW + DAY)

    assert not owed(letter, "mend_letter")
    with pytest.raises(RuleBroken):
        write_again(letter=letter, by=hub, now=NOW + DAY)
    with pytest.raises(RuleBroken):
        leave_returned(letter=letter, because="They came in and read it", by=hub, now=NOW + DAY)


def test_of_a_withdrawn_warning_nothing_that_came_back_is_owed(hub):
    letter = sent(ready(hub), hub)
    letter.warning.withdrawn_on, letter.warning.withdrawn_because = NOW.date(), "Proof came"
    letter.warning.save()

    came_back(letter, hub)

    assert not owed(letter, "mend_letter")


def test_what_lay_too_long_is_not_posted_and_not_printed(hub):
    letter, later = ready(hub), NOW + 4 * DAY

    (gap,) = look_at(letter=letter, now=later).missing
    assert "they have until" in gap.sentence
    assert look_at(letter=letter, now=NOW)[0] == []
    with pytest.raises(RuleBroken, match="they have until"):
        sent(letter, hub, now=later)
    with pytest.raises(RuleBroken, match="No letter that goes on paper is ready"):
        print_letters(letters=[letter], by=hub, now=later)
    unready(letter=letter, by=hub, now=later)
    assert sent(make_ready(letter=letter, by=hub, now=later), hub, now=later).sent_at == later


def test_to_an_address_from_which_the_last_came_back_none_goes_until_they_were_asked(hub):
    letter = came_back(sent(ready(hub), hub), hub)
    again, later = write_again(letter=letter, by=hub, now=NOW + DAY), NOW + DAY

    with pytest.raises(RuleBroken, match="came back on 2 October 2018"):
        make_ready(letter=again, by=hub, now=later)
    write_letter(letter=again, words={"how": "hand"}, welsh=False, by=hub, now=later)
    assert look_at(letter=Letter.objects.get(pk=again.pk), now=later)[0] == []
    write_letter(letter=again, words={"how": "post"}, welsh=False, by=hub, now=later)
    Person.objects.filter(case=letter.case).update(contact_asked_on=later.date())

    assert make_ready(letter=again, by=hub, now=later).state == LetterState.READY


def test_to_another_address_it_goes_at_once(hub):
    letter = came_back(sent(ready(hub), hub), hub)
    again = write_again(letter=letter, by=hub, now=NOW + DAY)
    Address.objects.filter(case=letter.case).update(lines="2 Moss Lane")

    assert make_ready(letter=again, by=hub, now=NOW + DAY).state == LetterState.READY


# By e-mail: what waits in the outbox is asked about again, and what does not go was not given


@pytest.fixture
def mail(settings, mailoutbox):
    settings.EMAIL_READY, settings.REMIND_FROM = True, "us@example.org"
    return mailoutbox


def emailed(by):
    letter = written(by, may_email=True)
    Reachable.objects.create(case=letter.case, kind="email", value="alan@example.org", safe=True)
    write_letter(letter=letter, words={"how": "email"}, welsh=False, by=by, now=NOW)
    letter = make_ready(letter=letter, by=by, now=NOW)
    return send_letter(letter=letter, proof="", by=by, now=NOW)


def test_the_email_goes_once_with_the_letter_and_says_nothing_of_us(hub, mail):
    letter = emailed(hub)

    assert (send_waiting(now=NOW), send_waiting(now=NOW)) == (1, 0)

    (gone,) = mail
    assert (gone.to, gone.from_email) == (["alan@example.org"], "us@example.org")
    assert gone.attachments[0][1][:4] == b"%PDF"
    assert letter.case.surname not in gone.subject + gone.body


def test_one_that_fails_three_times_comes_back_to_the_officer_and_cannot_go_beside_another(
    hub, mail, settings
):
    settings.EMAIL_BACKEND = "tests.cases.services.enforcement.test_letters.Refusing"
    letter = emailed(hub)
    for hours in range(4):
        send_waiting(now=NOW + timedelta(hours=hours))

    letter.refresh_from_db()
    letter.warning.refresh_from_db()
    message = Message.objects.get()
    assert (message.delivery, letter.state) == (Delivery.FAILED, LetterState.RETURNED)
    assert letter.warning.given_on is None
    assert owed(letter, "mend_letter")
    for settle in (send_again, say_it_went):
        with pytest.raises(RuleBroken, match="officer sees to it"):
            settle(message=message, by=hub, now=NOW + DAY)


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({})


@pytest.mark.parametrize("what", ["not safe", "no e-mails", "withdrawn"])
def test_one_that_may_not_go_any_more_is_stopped_as_it_goes(hub, mail, what):
    letter = emailed(hub)
    if what == "not safe":
        Reachable.objects.update(safe=False)
    elif what == "no e-mails":
        Person.objects.update(may_email=False)
    else:
        letter.warning.withdrawn_on, letter.warning.withdrawn_because = NOW.date(), "Proof came"
        letter.warning.save()

    assert send_waiting(now=NOW) == 0

    letter.refresh_from_db()
    assert mail == []
    assert Message.objects.get().delivery == Delivery.CANCELLED
    assert letter.state == LetterState.RETURNED
    assert owed(letter, "mend_letter") == (what != "withdrawn")


def test_nothing_goes_to_somebody_who_has_died_and_nobody_stops_it_in_silence(hub, mail):
    letter = emailed(hub)

    leave(case=letter.case, left_as=LeftAs.DIED, because="They have died", by=hub, now=NOW)

    letter.refresh_from_db()
    assert (send_waiting(now=NOW), mail) == (0, [])
    assert letter.state == LetterState.RETURNED
    with pytest.raises(RuleBroken, match="died"):
        write_again(letter=letter, by=hub, now=NOW)


def test_whoever_stops_the_email_hands_the_letter_to_the_officer(hub, mail):
    letter = emailed(hub)

    cancel_message(message=Message.objects.get(), by=hub, now=NOW)

    letter.refresh_from_db()
    assert letter.state == LetterState.RETURNED
    assert hub.name in letter.returned_because


# Several at once, and whoever dies meanwhile. A process that has forked cannot draw: typst keeps threads, which do not
# come along, and would wait for them for ever. So the paper is drawn before, by the parent, as letters are read before they go.


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr(letters_sent, "as_paper", lambda said: b"%PDF drawn before")


@pytest.mark.django_db(transaction=True)
def test_several_who_send_it_at_once_send_it_once(hub, drawn):
    letter = ready(hub)

    def send():
        with suppress(RuleBroken):  # whoever comes second
            sent(Letter.objects.get(pk=letter.pk), hub)

    assert all(wait(*[fork(send) for _ in range(3)]))
    assert Entry.objects.filter(action="sent_letter").count() == 1
    assert Document.objects.filter(case=letter.case).count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [6, 20, 35])
def test_whoever_dies_while_sending_leaves_it_whole_to_be_sent_again(hub, drawn, after):
    letter = ready(hub)

    wait(fork(lambda: sent(Letter.objects.get(pk=letter.pk), hub), dies_after=after))

    with suppress(RuleBroken):
        sent(Letter.objects.get(pk=letter.pk), hub)
    letter.refresh_from_db()
    assert (letter.state, owed(letter)) == (LetterState.SENT, False)
    assert Document.objects.filter(case=letter.case).count() == 1
    connection.close()

"""A letter of enforcement: written, made ready, sent once whoever sends it, and what follows when it comes back."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection

from cases.models import Deadline, Document, Letter, Message
from cases.models.person import Address, Person, Reachable
from cases.queries.enquiries import MAIN_ADDRESS
from cases.reference.enforcement import LetterState
from cases.services.enforcement.letters import (
    ask_for_letter,
    cancel_letter,
    letter_came_back,
    make_letters_ready,
    make_ready,
    print_letters,
    send_letter,
    send_letters,
    unready,
    write_again,
    write_letter,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    ComplianceWarningFactory,
    FailureFactory,
    SentenceFactory,
    UserFactory,
)
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
NONE_BOOKED = "We will ring you to arrange the next appointment."
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def a_letter(by, **person):
    sentence = SentenceFactory(started_on=date(2018, 1, 3))
    case = sentence.case
    case.officer = UserFactory()
    case.save()
    Address.objects.create(
        case=case, status_code=MAIN_ADDRESS, lines="1 Fern Road", town="Reading", postcode="RG1 1AA", safe_to_write=True
    )  # fmt: skip
    Person.objects.update_or_create(case=case, defaults=person)
    warning = ComplianceWarningFactory(sentence=sentence)
    FailureFactory(
        sentence=sentence,
        answer="warn",
        because="x",
        answered_at=NOW,
        answered_by=by,
        warning=warning,
    )
    return ask_for_letter(
        case=case, kind="warning", warning=warning, by=by, now=NOW, why="A warning"
    )


def written(by, **person):
    letter = a_letter(by, **person)
    return write_letter(
        letter=letter, words={"no_appointment": NONE_BOOKED}, welsh=False, by=by, now=NOW
    )


def ready(by):
    return make_ready(letter=written(by), by=by, now=NOW)


def sent(letter, by, now=NOW):
    return send_letter(letter=letter, proof="Certificate 12", by=by, now=now)


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

    done, refused = make_letters_ready(letters=[whole, lacking], by=hub, now=NOW)

    assert ([one.pk for one in done], [one.pk for one, _ in refused]) == ([whole.pk], [lacking.pk])
    assert print_letters(letters=done, by=hub)[:4] == b"%PDF"
    gone, refused = send_letters(letters=[*done, lacking], proof="Sheet 4", by=hub, now=NOW)
    assert (len(gone), len(refused)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_several_who_send_it_at_once_send_it_once(hub):
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
def test_whoever_dies_while_sending_leaves_it_whole_to_be_sent_again(hub, after):
    letter = ready(hub)

    wait(fork(lambda: sent(Letter.objects.get(pk=letter.pk), hub), dies_after=after))

    with suppress(RuleBroken):
        sent(Letter.objects.get(pk=letter.pk), hub)
    letter.refresh_from_db()
    assert (letter.state, owed(letter)) == (LetterState.SENT, False)
    assert Document.objects.filter(case=letter.case).count() == 1
    connection.close()

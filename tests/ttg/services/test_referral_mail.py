"""A referral goes to its service by e-mail once, whatever dies, with the least that is needed and a link kept nowhere.

Source: `ttg.services.referral_mail`.
"""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Case, Message
from cases.reference.agencies import Delivery
from cases.reference.holding import LeftAs
from cases.services.messages import cancel_message, send_again, send_waiting
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    CustodyFactory,
    NeedFactory,
    ReferralFactory,
    ServiceFactory,
    UserFactory,
)
from tests.forks import fork, wait
from ttg.models import Referral, ReplyLink, Service
from ttg.queries.referral_mail import mail_line, mail_of, not_gone
from ttg.reference.referrals import Consent, ReferralState, SentHow
from ttg.services.links import make_reply_link, send_with_link
from ttg.services.referral_mail import send_referrals
from ttg.services.referrals import record_answer, withdraw_referral

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LINK = re.compile(r"/answer/(\S+)")


@pytest.fixture(autouse=True)
def carried(settings):
    settings.EMAIL_READY = True


def drafted(service="Turning Tide", **columns):
    today = localdate()
    custody = CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)
    known = {
        "need": NeedFactory(custody=custody, words="Help with heroin in Reading"),
        "service": ServiceFactory(name=service, email="hello@tide.example"),
        "tells": "Asks for help with heroin.", "state": ReferralState.DRAFTED, "sent_at": None, "sent_how": "",
        "consent": Consent.AGREED, "consent_on": today - DAY,
    }  # fmt: skip
    return ReferralFactory(**known | columns)


@pytest.fixture
def sent():
    referral, token = send_with_link(**by(drafted(), how=SentHow.EMAIL))
    assert token == ""
    return referral


def by(referral, **more):
    return {"referral": referral, "by": referral.made_by, "now": now(), **more}


def delivery(referral):
    return mail_of(referral).delivery


def fail(monkeypatch, problem):
    def broken(message):
        raise problem

    monkeypatch.setattr("cases.agencies.mail.EmailMessage.send", lambda self: broken(self))


def test_the_e_mail_goes_once_and_the_service_answers_by_its_link(sent):
    assert (send_referrals(now=now()), send_referrals(now=now())) == (1, 0)

    (email,) = mail.outbox
    assert email.to == ["hello@tide.example"]
    assert delivery(sent) == Delivery.SENT
    token = LINK.search(email.body).group(1)
    page = Client().get(reverse("answer-referral", args=[token])).content.decode()
    assert "Asks for help with heroin." in page


def test_the_e_mail_says_who_they_are_and_nothing_of_what_they_need(sent):
    case = sent.need.custody.case
    send_referrals(now=now())

    (email,) = mail.outbox
    assert case.name in email.body
    assert case.surname not in email.subject
    for kept in ("heroin", case.crn, sent.service.kind):
        assert kept not in f"{email.subject} {email.body}"


def test_neither_the_link_nor_any_word_is_kept_in_the_outbox_or_the_audit_trail(sent, tmp_path):
    send_referrals(now=now())

    token = LINK.search(mail.outbox[0].body).group(1)
    message = mail_of(sent)
    assert (message.body, message.subject) == ("", "")
    call_command("dumpdata", output=str(tmp_path / "all.json"), verbosity=0)
    assert token not in (tmp_path / "all.json").read_text()
    trail = Entry.objects.filter(detail__referral=sent.pk, action="arranged_referral_mail")
    assert trail.get().by == sent.made_by


def test_the_sweep_of_other_messages_leaves_it_alone(sent):
    assert send_waiting(now=now()) == 0

    assert delivery(sent) == Delivery.WAITING


def test_where_nobody_carries_e_mail_the_link_is_for_whoever_sends_it_by_hand(settings):
    settings.EMAIL_READY = False

    referral, token = send_with_link(**by(drafted(), how=SentHow.EMAIL))

    assert token
    assert mail_of(referral) is None


def test_one_told_by_telephone_gets_no_e_mail():
    referral, _ = send_with_link(**by(drafted(), how=SentHow.TELEPHONE))

    assert mail_of(referral) is None


def test_it_goes_to_the_address_in_the_book_when_it_goes(sent):
    Service.objects.update(email="new@tide.example")
    send_referrals(now=now())

    assert mail.outbox[0].to == ["new@tide.example"]
    assert mail_of(sent).address == "new@tide.example"


@pytest.mark.parametrize(
    "act",
    [
        lambda one: withdraw_referral(**by(one, because="They changed their mind")),
        lambda one: record_answer(**by(one, answer=ReferralState.RECEIVED, received_by="Jo Field")),
        lambda one: make_reply_link(**by(one)),
    ],
    ids=["taken back", "answered by telephone", "a link sent by hand"],
)
def test_what_has_not_gone_is_stopped_once_it_is_told_another_way(sent, act):
    act(sent)

    assert delivery(sent) == Delivery.CANCELLED
    assert Entry.objects.filter(action="stopped_referral_mail", by=sent.made_by).count() == 1
    assert send_referrals(now=now()) == 0
    assert mail.outbox == []


def test_what_changed_without_a_step_stops_it_as_it_goes(sent):
    Case.objects.filter(pk=sent.need.custody.case_id).update(left_as=LeftAs.DIED)

    assert send_referrals(now=now()) == 0

    assert delivery(sent) == Delivery.CANCELLED
    assert not ReplyLink.objects.exists()


def test_a_consent_that_was_put_right_before_it_went_stops_it(sent):
    Referral.objects.filter(pk=sent.pk).update(state=ReferralState.CLOSED, because="Refused")
    assert send_referrals(now=now()) == 0
    assert mail.outbox == []


def test_what_is_tried_again_has_a_new_link_and_the_one_before_stops_working(sent, monkeypatch):
    with monkeypatch.context() as broken:
        fail(broken, smtplib.SMTPDataError(550, b"Full"))
        send_referrals(now=now())
    assert delivery(sent) == Delivery.WAITING

    send_referrals(now=now() + timedelta(minutes=6))

    assert delivery(sent) == Delivery.SENT
    assert ReplyLink.objects.filter(referral=sent).count() == 2
    assert ReplyLink.objects.live(now()).filter(referral=sent).count() == 1


def test_one_that_failed_or_may_have_gone_is_said_on_its_page_and_in_the_list(sent, monkeypatch):
    fail(monkeypatch, smtplib.SMTPServerDisconnected())
    send_referrals(now=now())

    assert delivery(sent) == Delivery.UNSURE
    assert "make a link to answer" in mail_line(sent).detail
    assert not_gone([sent]) == {sent.pk: "E-mail: may not have gone"}
    assert send_referrals(now=now() + DAY) == 0


def test_the_hub_sends_it_again_and_never_leaves_it_unsent(sent, monkeypatch):
    with monkeypatch.context() as broken:
        fail(broken, smtplib.SMTPServerDisconnected())
        send_referrals(now=now())
    hub = UserFactory()

    with pytest.raises(RuleBroken, match="told nothing"):
        cancel_message(message=mail_of(sent), by=hub, now=now())
    send_again(message=mail_of(sent), by=hub, now=now())

    assert send_referrals(now=now()) == 1
    assert len(mail.outbox) == 1


def test_while_it_is_going_no_link_is_made_by_hand(sent):
    Message.objects.update(delivery=Delivery.GOING)

    with pytest.raises(RuleBroken, match="going at this moment"):
        make_reply_link(**by(sent))


@pytest.mark.django_db(transaction=True)
def test_workers_who_die_send_nothing_twice_and_lose_nothing(tmp_path, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    for n in range(6):
        send_with_link(**by(drafted(f"Tide {n}"), how=SentHow.EMAIL))

    wait(*(fork(lambda: send_referrals(now=now()), dies_after=n) for n in (9, 15, 24, None, None)))
    connection.close()
    send_referrals(now=now())

    written = "".join(path.read_text() for path in tmp_path.iterdir())
    for message in Message.objects.all():
        times = written.count(f"Message-ID: <{message.key}-")
        assert times <= 1
        assert message.delivery in (Delivery.SENT, Delivery.UNSURE)
        assert times or message.delivery == Delivery.UNSURE
    assert Message.objects.filter(delivery=Delivery.SENT).count() >= 3

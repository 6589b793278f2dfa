"""The link by which a service answers, attacked: guessed, changed, used again, out of time, read for more than it says.

Every link that does not work is answered by the same page to the letter, and nothing keeps or logs a token.
"""

import logging
import re
from datetime import timedelta
from secrets import token_urlsafe
from threading import Thread

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Case, Message, Notice
from cases.reference.holding import LeftAs
from staff.models import Entry
from tests import test_sharing as sharing
from tests.factories import (
    CustodyFactory,
    GateMeetingFactory,
    HandOverFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    NightStayFactory,
    NoHomePlanFactory,
    PrisonStayFactory,
    ReferralFactory,
    ResettlementPlanFactory,
    RiskItemFactory,
    ServiceFactory,
)
from ttg.models import Prison, Referral, ReferralStep, ReleaseChange, ReplyLink, Service
from ttg.rules.links import TRIES
from ttg.services.links import make_reply_link
from ttg.services.referrals import record_answer, withdraw_referral

YES = {"received_by": "Jo Field", "answer": "accepted"}
DAY = timedelta(days=1)


@pytest.fixture
def referral():
    custody = CustodyFactory(received_on=localdate() - 30 * DAY, release_on=localdate() + 20 * DAY)
    need = NeedFactory(custody=custody)
    return ReferralFactory(need=need, tells="Asks for help with heroin.", sent_at=now() - DAY)


def made(referral):
    return make_reply_link(referral=referral, by=referral.made_by, now=now())[1]


def address(token):
    return reverse("answer-referral", args=[token])


def get(token, client=None, **more):
    return (client or Client()).get(address(token), **more)


def post(token, data=YES, client=None):
    return (client or Client()).post(address(token), data)


@pytest.fixture
def refused_page(db):
    answer = get("nothing")
    assert answer.status_code == 404
    return answer.content


@pytest.fixture
def anywhere():
    """A client whose every request comes from another place, so that none is held back."""

    class Elsewhere(Client):
        calls = 0

        def generic(self, *args, **kwargs):
            Elsewhere.calls += 1
            kwargs["REMOTE_ADDR"] = f"10.1.{Elsewhere.calls // 250}.{Elsewhere.calls % 250}"
            return super().generic(*args, **kwargs)

    return Elsewhere()


@pytest.mark.django_db
def test_a_service_reads_what_was_agreed_and_answers_once(referral):
    token = made(referral)
    at = localdate() + 21 * DAY

    page = get(token)
    thanks = post(
        token,
        YES | {"first_on": at.strftime("%d/%m/%Y"), "first_time": "2pm", "first_where": "14 Mill Street"},
    )  # fmt: skip

    assert page.status_code == thanks.status_code == 200
    assert "Asks for help with heroin." in page.content.decode()
    assert "Thank you" in thanks.content.decode()
    referral.refresh_from_db()
    assert (referral.state, referral.received_by) == ("booked", "Jo Field")
    assert localdate(referral.first_at) == at
    step = referral.steps.latest("pk")
    assert (step.by, step.by_whom, step.state) == (None, "Jo Field", "booked")


@pytest.mark.django_db
def test_whoever_holds_the_case_hears_of_the_answer_at_once_and_by_no_name(referral):
    case = referral.need.custody.case

    post(made(referral))

    [told] = Notice.objects.all()
    assert told.user == case.officer
    assert told.href == reverse("referral", args=[case.crn, referral.pk])
    assert case.surname not in told.text
    assert case.crn in told.text
    assert "Jo Field" not in told.text
    assert not any(case.surname in f"{one.subject}{one.body}" for one in Message.objects.all())


@pytest.mark.django_db
def test_a_token_with_any_letter_changed_opens_nothing(referral, refused_page, anywhere):
    token = made(referral)

    for place, letter in enumerate(token):
        changed = f"{token[:place]}{'A' if letter != 'A' else 'B'}{token[place + 1 :]}"
        answer = get(changed, anywhere)
        assert (answer.status_code, answer.content) == (404, refused_page), place
    for other in (token[:-1], f"{token}A", token.swapcase(), f" {token}", f"{token}%00", f"x/{token}", f"{token}\n"):  # fmt: skip
        answer = get(other, anywhere)
        assert (answer.status_code, answer.content) == (404, refused_page), other
    assert get(token, anywhere).status_code == 200


@pytest.mark.django_db
def test_links_that_do_not_work_are_answered_alike_whatever_is_wrong_with_them(
    referral, refused_page, anywhere
):
    used, expired, revoked, over, left = (
        made(ReferralFactory(need=referral.need, sent_at=now() - DAY)) for _ in range(5)
    )
    links = list(ReplyLink.objects.order_by("pk"))
    post(used, client=anywhere)
    ReplyLink.objects.filter(pk=links[1].pk).update(expires_at=now())
    ReplyLink.objects.filter(pk=links[2].pk).update(revoked_at=now())
    Referral.objects.filter(links=links[3]).update(state="closed", because="x")
    bad = [used, expired, revoked, over, "", "x", token_urlsafe(32), "x" * 2000, "<script>", "../../", "\n"]  # fmt: skip

    for token in bad:
        for answer in (get(token, anywhere), post(token, client=anywhere)):
            assert (answer.status_code, answer.content) == (404, refused_page), token
    Case.objects.update(left_as=LeftAs.DIED)
    assert get(left, anywhere).content == post(left, client=anywhere).content == refused_page


@pytest.mark.django_db
def test_many_tokens_guessed_tell_nothing_apart(referral, refused_page, anywhere):
    made(referral)

    answers = {(one.status_code, one.content) for one in (get(token_urlsafe(32), anywhere) for _ in range(60))}  # fmt: skip

    assert answers == {(404, refused_page)}


@pytest.mark.django_db
def test_a_link_that_does_not_work_takes_as_many_statements_whatever_is_wrong(referral, anywhere):
    token = made(referral)
    ReplyLink.objects.update(expires_at=now())
    counts = {}

    for name, tried in {"expired": token, "unknown": token_urlsafe(32), "malformed": "x"}.items():
        for method in (get, post):
            with CaptureQueriesContext(connection) as asked:
                method(tried, client=anywhere)
            counts[name, method] = len(asked)

    assert len(set(counts.values())) == 1


@pytest.mark.django_db
def test_an_answer_cannot_be_sent_again(referral, refused_page):
    token = made(referral)
    post(token)

    again = post(token, {"received_by": "Mallory", "answer": "rejected", "because": "Changed"})

    assert (again.status_code, again.content) == (404, refused_page)
    referral.refresh_from_db()
    assert (referral.state, referral.received_by) == ("accepted", "Jo Field")


@pytest.mark.django_db
def test_a_link_stops_after_its_days(referral, refused_page):
    token = made(referral)
    link = ReplyLink.objects.get()

    assert link.expires_at <= now() + 14 * DAY
    ReplyLink.objects.update(expires_at=now() - timedelta(seconds=1))

    assert get(token).content == post(token).content == refused_page
    assert Referral.objects.get().state == "sent"


@pytest.mark.django_db
def test_a_newer_link_takes_the_place_of_the_one_before(referral, refused_page):
    first = made(referral)
    second = made(referral)

    assert get(first).content == refused_page
    assert get(second).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["withdrawn", "answered"])
def test_a_link_stops_once_the_referral_is_over_or_booked_by_us(referral, refused_page, how):
    token = made(referral)
    known = {"referral": referral, "by": referral.made_by, "now": now()}
    if how == "withdrawn":
        withdraw_referral(**known, because="They chose another service")
    else:
        record_answer(**known, answer="rejected", received_by="Jo Field", because="No room there")

    assert get(token).content == post(token).content == refused_page
    assert not ReplyLink.objects.live(now()).exists()


@pytest.mark.django_db
def test_a_link_answers_its_own_referral_alone(referral):
    other = ReferralFactory(need=referral.need, service=ServiceFactory(), sent_at=now() - DAY)
    token = made(referral)

    post(token, YES | {"referral": other.pk, "service": other.service_id, "state": "closed"})

    other.refresh_from_db()
    assert other.state == "sent"


def about_them():
    """Tables of Through the Gate that hold words about somebody: not the books of services and prisons."""
    apart = (Prison, ReplyLink, Service)
    models = apps.get_app_config("ttg").get_models()
    return [
        one
        for one in models
        if not one.__name__.endswith("Event") and one not in apart and sharing._words_of(one)
    ]


def mark_everything(referral):
    """A word of its own in every column of words about the case, but for what the service is told."""
    custody = referral.need.custody
    sharing._kept_rows(custody.case)
    sharing._mark_everything()
    names = {"surname": f"{sharing.MARK}surname", "forename": f"{sharing.MARK}forename"}
    Case.objects.filter(pk=custody.case_id).update(**names)
    plan = ResettlementPlanFactory(custody=custody)
    RiskItemFactory(plan=plan)
    HomeOfferFactory(custody=custody)
    InHandFactory(custody=custody)
    HandOverFactory(custody=custody)
    GateMeetingFactory(custody=custody)
    NoHomePlanFactory(custody=custody)
    NightStayFactory(custody=custody)
    PrisonStayFactory(custody=custody)
    ReleaseChange.objects.create(custody=custody, because="x", at=now())
    ReferralStep.objects.create(referral=referral, state="sent", at=now(), words="x", by_whom="x")
    NeedFactory(custody=custody)
    for model in about_them():
        for row in model.objects.all():
            marked = {one.name: sharing._marked(one, row) for one in sharing._words_of(model)}
            model.objects.filter(pk=row.pk).update(**marked)
    Referral.objects.update(tells="Asks for help with heroin.")


@pytest.mark.django_db
def test_nothing_of_the_case_is_on_the_page_but_what_was_agreed(referral):
    mark_everything(referral)
    case = Case.objects.get(pk=referral.need.custody.case_id)
    token = made(referral)

    pages = [get(token), post(token, {}), post(token), get(token)]

    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert sharing.leaks(case.name)
    assert [one.__name__ for one in about_them() if not one.objects.exists()] == []
    for page in pages:
        body = page.content.decode()
        assert sharing.leaked(body) == []
        assert case.crn not in body
        assert not re.search(r"\bHMP\b", body)  # within a token it may stand
        assert "/cases/" not in body
    assert "Asks for help with heroin." in pages[0].content.decode()


@pytest.mark.django_db
def test_a_refusal_of_the_form_keeps_the_link_and_what_was_typed(referral):
    token = made(referral)

    page = post(token, {"received_by": "Jo Field", "answer": "rejected"})

    assert "There is a problem" in page.content.decode()
    assert "Jo Field" in page.content.decode()
    assert post(token).status_code == 200


@pytest.mark.django_db
def test_a_first_appointment_half_said_or_past_is_not_taken(referral):
    token = made(referral)

    for first in ({"first_on": "3/5/2035"}, {"first_on": "3/5/2015", "first_time": "2pm", "first_where": "There"}):  # fmt: skip
        assert "There is a problem" in post(token, YES | first).content.decode()

    referral.refresh_from_db()
    assert referral.state == "sent"


@pytest.mark.django_db
def test_no_browser_keeps_the_page_and_its_address_travels_nowhere(referral):
    token = made(referral)

    for page in (get(token), get("x"), post(token)):
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "strict-origin"
        assert "noindex" in page["X-Robots-Tag"]
        assert token not in page.content.decode()


@pytest.mark.django_db
def test_from_one_place_so_many_that_do_not_work_are_held_back_and_other_places_are_not(referral):
    token = made(referral)
    for _ in range(TRIES):
        assert get("x").status_code == 404

    held = [get("x"), get(token), post(token)]

    assert [one.status_code for one in held] == [429, 429, 429]
    assert get(token, REMOTE_ADDR="10.9.9.9").status_code == 200
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert Entry.objects.filter(action="refused_reply_link").count() == TRIES


@pytest.mark.django_db
def test_a_form_from_another_site_is_not_taken(referral):
    token = made(referral)
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(address(token), YES)
    strict.get(address(token))
    [pass_] = [one.value for name, one in strict.cookies.items() if "csrf" in name]
    sent = strict.post(address(token), YES | {"csrfmiddlewaretoken": pass_})

    assert (refused.status_code, sent.status_code) == (403, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_no_other_method_is_taken_whether_or_not_the_link_works(referral, method):
    token = made(referral)

    answers = [getattr(Client(), method)(address(one)) for one in (token, "x")]

    assert [one.status_code for one in answers] == [405, 405]
    assert answers[0].content == answers[1].content
    assert not Entry.objects.filter(action__contains="reply_link").exclude(action="made_reply_link")


@pytest.mark.django_db
def test_every_opening_and_refusal_is_in_the_audit_trail_without_the_token(referral):
    token = made(referral)
    get(token)
    get("wrong")
    post(token)
    get(token)

    trail = Entry.objects.filter(action__contains="reply_link").order_by("pk")

    assert [(one.action, one.refused, one.detail.get("why")) for one in trail] == [
        ("made_reply_link", False, None),
        ("opened_reply_link", False, None),
        ("refused_reply_link", True, "unknown"),
        ("refused_reply_link", True, "used"),
    ]
    assert Entry.objects.filter(action="answered_by_link").count() == 1
    for one in Entry.objects.all():
        assert token not in str(one.detail)
        assert "127.0.0.1" not in str(one.detail)


def tables_holding(words):
    """Every table of the database with these words anywhere in a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")  # fmt: skip
        tables = [name for (name,) in cursor.fetchall()]
        holding = []
        for table in tables:
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)', [f"%{words}%"])  # fmt: skip
            if cursor.fetchone()[0]:
                holding.append(table)
    assert len(tables) > 100
    return holding


@pytest.mark.django_db
def test_the_database_holds_no_token_anywhere(referral):
    token = made(referral)
    get(token)
    post(token)
    get(token)

    assert tables_holding(token) == []
    assert "ttg_referralstep" in tables_holding("Jo Field")


@pytest.mark.django_db
def test_without_what_keeps_them_out_tokens_would_be_logged_and_kept(referral, settings, caplog):
    """Or the two tests beside this one would prove nothing."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "keep_tokens_out" not in one]
    token = made(referral)
    caplog.set_level(logging.DEBUG)

    post(token)

    assert token in caplog.text
    assert tables_holding(token)


@pytest.mark.django_db
def test_no_log_line_holds_a_token(referral, caplog, monkeypatch):
    token = made(referral)
    caplog.set_level(logging.DEBUG)

    get(token)
    get(f"{token}x")
    Client(enforce_csrf_checks=True).post(address(token), YES)
    monkeypatch.setattr("ttg.views.answer.is_held_back", broken)
    Client(raise_request_exception=False).get(address(token))

    assert any("/answer/" in str(line.msg) + str(line.args) for line in caplog.records)
    assert not any(token in f"{line.msg} {line.args}" for line in caplog.records)
    assert token not in caplog.text


def broken(*_):
    raise RuntimeError("It broke")


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_taken(referral):
    token, codes = made(referral), []

    def answer(name):
        try:
            codes.append(post(token, YES | {"received_by": name}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=answer, args=[f"Jo Field {n}"]) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(codes) == [200, 404, 404, 404]
    assert referral.steps.filter(state="accepted").count() == 1

"""The exercise of the hub: fifty mixed items, two browsers; half-way the worker is killed and the database stopped and started.
None is lost, none is done twice, and what is late is red from the minute of the last post.

The database is a server of its own, as safe against a crash as in use, so that its end harms no other test.
"""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from staff.rules.dates import say_time
from tests import databases
from tests.journeys import hub_work as work
from tests.journeys.conftest import DESKTOP, LONGEST_JOURNEY
from tests.journeys.hub_exercise import LONDON, Beat, OwnServer, Watch, row_held, site_on
from tests.journeys.hub_items import EMAILS, IN_HAND, ITEMS, PACKS, SENT_BACK, WITH_THE_NPS
from tests.mail_server import MailServer
from tests.worker import celery_worker_on, kill_all_of

PATIENCE = 120  # seconds
CLAIMED_AT_ONCE, GONE_BEFORE = (
    10,
    4,
)  # letters: how many of the ten had gone when the database stopped
LEFT = "The records cannot be reached just now"
SEEN_WITHIN = timedelta(
    seconds=10
)  # before and after the minute somebody looked, on a machine that does other work
SENT, UNSURE = "sent", "unsure"


@pytest.fixture
def mail():
    """Takes what is sent; the first sender waits for its answer, and dies waiting."""
    with MailServer() as server:
        server.stalled = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.go_on.set()
        server.shutdown()


@pytest.fixture
def server(migrated, worker_id):
    server = OwnServer(f"exercise-{databases.RUN[:8]}-{worker_id}", migrated)
    yield server
    server.remove()


@pytest.fixture
def site(server, mail, tmp_path):
    """Begun on one day, it ends on it."""
    now = datetime.now(LONDON)
    if (now + LONGEST_JOURNEY).date() > now.date():
        time.sleep(LONGEST_JOURNEY.total_seconds())
    site = site_on(server, mail, tmp_path)
    yield site
    if site.server is not None:
        site.kill()


@pytest.fixture
def start_worker(site):
    with ExitStack() as workers:
        yield lambda name: workers.enter_context(
            celery_worker_on(site.database, name=name, concurrency=2, environment=site.environment)
        )


@pytest.fixture
def planted(site):
    told = site.ask("hub_items.plant()", "PLANTED")
    told["items"] = {int(key): one for key, one in told["items"].items()}
    return told


def soon(happened):
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_fifty_items_are_done_once_each_though_the_worker_and_the_database_die_half_way(
    planted, site, server, mail, start_worker, open_page, sign_in, axe
):
    items, hour = planted["items"], datetime.fromisoformat(planted["last_post"])
    assert len(items) == ITEMS
    site.start()
    with Watch(site, planted["session"], hour) as watch, Beat() as beat:
        worker = start_worker("first")
        first, second = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
        sign_in(first, "hub")
        sign_in(second, "asha.rowe")
        soon(lambda: site.count("cases_claim WHERE ended = 'idle'") == IN_HAND)
        soon(lambda: site.count("cases_hubquestion WHERE senior_told_at IS NOT NULL") == 1)
        mailing, posting = take_ten_each(site, first, second)
        work.approve_letters(mailing)
        work.post_letters(mailing, CLAIMED_AT_ONCE)

        beat.outbox = True
        soon(lambda: mail.taken)
        kill_all_of(worker)
        mail.stalled = False
        work.approve_letters(posting)
        asking = work.claim_next(mailing, items)
        if watch.seconds_left < 40:  # the hour is not to strike while nothing can be drawn
            soon(lambda: watch.has_struck(SEEN_WITHIN))
        stop_half_way(site, server, posting, mailing, asking, axe, start_worker)

        answer(site, open_page, sign_in, items[asking]["crn"])
        settle_what_may_have_gone(site, mailing)
        work.take_back(mailing, *waiting(site))
        soon(lambda: watch.has_struck(SEEN_WITHIN))
        red_on(mailing, hour)
        work_off(site, mailing, posting, items)
        soon(lambda: not site.count("cases_message WHERE delivery IN ('waiting', 'going')"))
        soon(lambda: not site.count("cases_claim WHERE ended_at IS NULL"))
    told = site.ask(f"hub_items.tell({list(items)})", "TOLD")
    nothing_lost_and_nothing_twice(told, items, mail)
    late_from_that_minute(watch, hour, items)


def take_ten_each(site, first, second):
    """Both press at the same moment, and get ten letters each. Returns whoever has the e-mails first."""
    work.press_together((first, second), "Claim 10 letters", reverse("letters-batch"))
    rows = site.execute(
        "SELECT u.username, count(*), count(*) FILTER (WHERE l.words ->> 'how' = 'email') FROM cases_claim c "
        "JOIN staff_user u ON u.id = c.by_id JOIN cases_deadline d ON d.id = c.deadline_id "
        "JOIN cases_letter l ON l.id = d.letter_id WHERE c.ended_at IS NULL GROUP BY u.username"
    )
    held = {name: (whole, emails) for name, whole, emails in rows}
    assert {name: whole for name, (whole, _) in held.items()} == dict.fromkeys(
        ("hub", "asha.rowe"), CLAIMED_AT_ONCE
    )
    assert sum(emails for _, emails in held.values()) == EMAILS
    return (first, second) if held["hub"][1] else (second, first)


def stop_half_way(site, server, posting, mailing, asking, axe, start_worker):
    """Ten letters are being posted and a question is being written when every connection breaks off."""
    sent = "cases_letter WHERE state = 'sent' AND proof = 'Half-way 7'"
    tab = beside(posting, reverse("letters-batch"))  # a tab in which a page may fail
    keys = [
        value.split(":")[0]
        for value in tab.locator("[id^='send-']").evaluate_all(
            "boxes => boxes.map(box => box.value)"
        )
    ]
    assert len(keys) == CLAIMED_AT_ONCE
    tab.locator("#id_proof").fill("Half-way 7")
    question = beside(mailing, mailing.url)
    question.get_by_role("link", name="Ask the officer").click()
    [[case]] = site.execute("SELECT case_id FROM cases_letter WHERE id = %s", keys[GONE_BEFORE])
    with (
        row_held(server.url, "cases_case", case),
        tab.expect_response(lambda answer: answer.request.method == "POST") as got,
    ):
        tab.get_by_role("button", name="All ticked are posted").click(no_wait_after=True)
        soon(lambda: site.count(sent) == GONE_BEFORE)
        server.stop_at_once()
    assert got.value.status == 503
    expect(tab.get_by_role("heading", level=1)).to_have_text(LEFT)
    axe(tab)

    question.locator("#id_asks").fill("Which day is the right one?")
    question.locator("#id_asks").blur()
    expect(question.locator("[data-keep-said]")).to_contain_text("cannot be reached")
    question.get_by_role("button", name="Ask the officer").click()
    expect(question.locator("#id_asks")).to_have_value("Which day is the right one?")
    other = mailing.context.new_page()
    assert other.goto(reverse("hub-queue")).status == 503
    called = other.request.get(reverse("api-hub-queue"))
    assert (called.status, called.headers["content-type"]) == (503, "application/problem+json")

    with ThreadPoolExecutor() as beginning:
        second = beginning.submit(start_worker, "second")
        server.start()
        expect(question.locator("[data-keep-said]")).to_contain_text(re.compile(r"^Saved \d"))
        question.get_by_role("button", name="Ask the officer").click()
        expect(question.get_by_text("The officer is asked.")).to_be_visible()
        assert site.count(sent) == GONE_BEFORE
        tab.reload()  # as somebody does: the same ten are sent again
        expect(tab.get_by_text(f"{CLAIMED_AT_ONCE - GONE_BEFORE} letters sent")).to_be_visible()
        expect(tab.get_by_text("It is not among the letters that you work on")).to_be_visible()
        assert site.count(sent) == CLAIMED_AT_ONCE
        second.result()
    assert site.count("cases_hubquestion WHERE deadline_id = %s", asking) == 1
    for page in (tab, question, other):
        page.close()


def beside(page, address):
    """A second tab of the same person; a page that fails there fails nothing."""
    tab = page.context.new_page()
    tab.goto(address)
    return tab


def answer(site, open_page, sign_in, crn):
    officer = open_page(viewport=DESKTOP)
    sign_in(officer, "officer")
    officer.goto(reverse("hub-asked", args=[crn]))
    officer.get_by_role("button", name="Answer it").click()
    officer.locator("#id_answer").fill("It was the Tuesday, as the log says.")
    officer.get_by_role("button", name="Send the answer").click()
    expect(officer.get_by_text("Thank you.")).to_be_visible()


def settle_what_may_have_gone(site, page):
    """The e-mail whose sender was killed is left to a person, once another worker has seen it."""
    soon(lambda: site.count("cases_message WHERE delivery = %s", UNSURE) == 1)
    page.goto(reverse("outbox"))
    page.get_by_role("button", name="It went").click()
    expect(page.get_by_text("Recorded as sent.")).to_be_visible()


def waiting(site):
    """(CRN, item) of the question that nobody has answered."""
    [row] = site.execute(
        "SELECT c.crn, d.id FROM cases_hubquestion q JOIN cases_deadline d ON d.id = q.deadline_id "
        "JOIN cases_case c ON c.id = d.case_id WHERE q.answered_at IS NULL AND q.taken_back_at IS NULL"
    )
    return row


def red_on(page, hour):
    """What is due today is late by now, and red."""
    page.goto(reverse("hub-queue"))
    late = page.locator(".app-due__late").filter(has_text=f"late since {say_time(hour.time())}")
    expect(late.first).to_be_visible()
    colour = late.first.evaluate("element => getComputedStyle(element).color")
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    assert red > 180 > 90 > max(green, blue), colour


def work_off(site, first, second, items):
    """Both claim the next one at the same moment and do it, until only letters are left; those ten go together."""
    while left(site, items, "AND kind <> 'send_letter'"):
        taken = work.claim_next_together((first, second))
        assert len(set(taken)) == len(taken)
        for page, key in zip((first, second), taken, strict=True):
            work.do(page, items[key])
    remaining = left(site, items, "")
    work.press_together((first,), "Claim 10 letters", reverse("letters-batch"))
    work.write_what_lacks_something(first)
    assert len(remaining) == CLAIMED_AT_ONCE
    work.approve_and_post_the_rest(first)
    assert left(site, items, "") == []


def left(site, items, more):
    rows = site.execute(
        f"SELECT id FROM cases_deadline WHERE id = ANY(%s) AND met_on IS NULL {more} ORDER BY id", list(items)
    )  # fmt: skip
    return [key for (key,) in rows]


def nothing_lost_and_nothing_twice(told, items, mail):
    once = {str(key): 1 for key in items}
    assert sorted(told["done"]) == sorted(items)
    assert told["met"] == once
    assert told["claims"] == once
    assert told["live"] == []
    assert told["hands"] == ["asha.rowe", "hub"]
    letters = {str(one["letter"]): 1 for one in items.values() if one["letter"]}
    assert told["letters_sent"] == letters
    assert told["states"] == {SENT: len(letters)}
    assert told["documents"] == len(letters)
    by_mail = sorted(f"letter-{one['letter']}" for one in items.values() if one["how"] == "email")
    assert len(by_mail) == EMAILS
    assert sorted(told["messages"]) == [[key, SENT] for key in by_mail]
    assert sorted(mail.taken) == by_mail
    sent_packs = [1] * (PACKS + WITH_THE_NPS + 3) + [2] * SENT_BACK
    assert told["packs"] == told["times"] == sent_packs
    assert set(told["amended"].values()) == {1}
    assert len(told["amended"]) == WITH_THE_NPS
    assert (told["open"], told["senior_told"], told["ended_idle"]) == (0, 1, IN_HAND)


def late_from_that_minute(watch, hour, items):
    """Before the last post nothing of today is late to whoever looks; from that minute on all of it is."""
    today = {one["crn"] for one in items.values() if not one["due"]}
    words = f"late since {say_time(hour.time())}"
    drawn = [look for look in watch.looks if look.status == 200]
    assert {look.status for look in watch.looks} == {200, 503}
    before = [look for look in drawn if look.ended < hour]
    after = [look for look in drawn if hour <= look.began < hour + SEEN_WITHIN]
    assert before
    assert after
    assert hour - before[-1].ended < SEEN_WITHIN
    for looks, said in ((before, ""), (after, words)):
        found = [
            late
            for look in looks
            for (crn, what), late in look.late.items()
            if of_today(crn, what, today)
        ]
        assert set(found) == {said}
    assert sum(of_today(*key, today) for key in after[0].late) > PACKS


def of_today(crn, what, today):
    return crn in today and not what.startswith("Send the letter")

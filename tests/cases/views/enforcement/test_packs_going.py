"""A pack from its boxes to its going: one's own draft is no change, what is asked stands above, and the paper comes before the word."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.models import Deadline, HubQuestion
from cases.reference.enforcement import BreachState
from cases.services.enforcement.breaches.amendments import ask_amendment
from cases.services.enforcement.breaches.writing import said_of, write_pack
from staff.models import Entry
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.a_breach import NPS, SAID, brought_to, on, written
from tests.cases.views.enforcement.test_breaches import (
    explained,
    filled,
    look,
    now_in,
    post,
    words,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def typed(client, user, breach, name, **said):
    """What was typed on that page and not sent, as the page keeps it."""
    page = look(client, user, breach, name).content.decode()
    token = re.search(r'name="keep" value="([^"]+)"', page)[1]
    read = re.search(r'name="read" value="(\w+)"', page)[1]
    answer = client.post(reverse("keep-words"), {"keep": token, "read": read, **said})
    assert answer.status_code == 200, answer.content


def test_words_kept_before_ones_own_change_of_the_pack_are_sent_from_the_page_opened_after_it(
    client, hub
):
    breach = brought_to(State.RETURNED)
    why = {"words": "The signed rules are added."}
    typed(client, hub, breach, "send-breach-pack", **why)
    said = filled(client, hub, breach, **{"report-risk": "It is lower since August."})
    post(client, hub, breach, "breach-pack", **said)

    page = look(client, hub, breach, "send-breach-pack").content.decode()
    assert why["words"] in page
    fields = explained(page)
    sent = words(post(client, hub, breach, "send-breach-pack", **fields, **why))

    assert "has changed since you opened this page" not in sent
    assert "The pack is with the NPS" in sent


def test_a_pack_that_another_changed_while_the_page_was_open_is_read_again(client, hub):
    breach = brought_to(State.RETURNED)
    fields = explained(look(client, hub, breach, "send-breach-pack").content.decode())
    write_pack(
        breach=breach, given={"report.risk": "It is lower since August."}, by=breach.case.officer, now=now(),
    )  # fmt: skip

    answer = post(client, hub, breach, "send-breach-pack", **fields, words="The rules are added.")

    assert "The pack has changed since you opened this page" in words(answer)
    assert now_in(breach) == State.RETURNED


def test_ones_own_words_saved_beside_a_clash_are_no_clash_when_they_are_changed_again(client, hub):
    breach = written()
    drawn = filled(client, hub, breach, **{"report-risk": "Mine.", "report-progress": "Mine too."})
    write_pack(breach=breach, given={"report.risk": "Theirs."}, by=breach.case.officer, now=now())
    page = post(client, hub, breach, "breach-pack", **drawn).content.decode()
    assert "Changed by somebody else while you were writing" in page

    # Opened afresh, the page is filled in as it was sent; the other's words are still a clash, one's own are not
    again = filled(client, hub, breach, **{"report-progress": "Mine, and more."})
    answer = words(post(client, hub, breach, "breach-pack", **again))

    breach.refresh_from_db()
    assert said_of(breach)["report.progress"] == "Mine, and more."
    assert said_of(breach)["report.risk"] == "Theirs."
    assert (
        answer.count("Somebody else changed this while you were writing") == 2
    )  # in the summary, and at the box


def test_a_sentence_that_says_nothing_is_refused_in_the_box_where_it_is_typed(client, hub):
    breach = written()

    page = post(client, hub, breach, "breach-pack", **filled(client, hub, breach, **{"report-risk": "n/a"}))  # fmt: skip

    assert "No court could use that" in words(page)
    assert 'href="#id_report-risk"' in page.content.decode()
    breach.refresh_from_db()
    assert said_of(breach)["report.risk"] == SAID


def test_what_the_nps_wants_and_what_the_officer_answered_stand_above_the_boxes(client, hub):
    breach = brought_to(State.RETURNED)
    item = Deadline.objects.unmet().get(breach=breach, kind="answer_nps")
    HubQuestion.objects.create(
        deadline=item, asks="Where are the signed rules?", asked_at=now(), asked_by=hub, until=now() + DAY,
        answer="In the file of March.", answered_at=now(), answered_by=breach.case.officer,
    )  # fmt: skip

    for name in ("breach-pack", "send-breach-pack"):
        page = words(look(client, hub, breach, name))
        for said in (
            "They want the signed rules.",
            NPS,
            "Where are the signed rules?",
            "In the file of March.",
        ):
            assert said in page, (name, said)


def test_what_is_asked_to_be_changed_stands_where_it_is_sent(client, hub):
    breach = brought_to(State.ACCEPTED)
    one = ask_amendment(
        breach=breach, what="Correct the dates of March.", asked_by=NPS, asked_on=localdate(), due_on=localdate() + DAY, by=hub,
        now=now(),
    )  # fmt: skip

    page = look(client, hub, breach, "send-amendment", one.pk)

    assert "Correct the dates of March." in words(page)
    assert "Nothing in the pack is different from what went" in words(page)
    assert "Correct the dates of March." in words(look(client, hub, breach, "breach-pack"))


def test_the_pack_is_had_without_a_mark_before_it_is_said_that_it_went(client, hub):
    breach = written()
    page = look(client, hub, breach, "send-breach-pack").content.decode()
    assert "send it by secure e-mail to the NPS office that serves the court" in page
    fields = explained(page)

    paper = post(client, hub, breach, "send-breach-pack", **fields, then="paper")

    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert "draft" not in paper["Content-Disposition"]
    assert now_in(breach) == State.PREPARING
    assert Entry.objects.filter(action="drew_breach_pack_to_send").count() == 1
    gone = post(client, hub, breach, "send-breach-pack", **fields, then="gone")
    assert "The pack is with the NPS" in words(gone)


def test_no_paper_of_a_pack_that_may_not_go_is_given(client, hub):
    breach = brought_to(State.RETURNED)
    fields = {"read": explained(look(client, hub, breach, "send-breach-pack").content.decode())["read"]}  # fmt: skip

    page = post(
        client, hub, breach, "send-breach-pack", **fields, words="It is added.", then="paper"
    )

    assert "There is a problem" in words(page)
    assert not Entry.objects.filter(action="drew_breach_pack_to_send").exists()


def test_a_court_decides_of_an_order_only_what_it_can(client, hub):
    breach = brought_to(State.SUMMONS)

    page = words(look(client, hub, breach, "breach-outcome"))

    assert "Proven, revoked and sentenced again" in page
    assert "supervision default order" not in page
    assert "suspended sentence activated" not in page


def test_until_there_is_a_day_in_court_it_is_to_be_found_out_and_is_recorded_from_there(
    client, hub
):
    breach = brought_to(State.ACCEPTED)
    page = look(client, hub, breach)
    assert "Find out the day in court" in words(page)
    assert "Say what the court decided" not in words(page)
    assert "To be laid by" in words(page)

    day = {"on": say_date(localdate() + 8 * DAY), "at": "10am", "court": "Reading"}
    page = words(post(client, hub, breach, "set-hearing", **day))

    assert "Say what the court decided" in page
    assert "Laid by" in page
    assert "Have the breach laid" not in page


def test_a_day_in_court_is_put_right_from_what_stands(client, hub):
    breach = brought_to(State.ACCEPTED)
    day = {"on": say_date(localdate() + 8 * DAY), "at": "10am", "court": "Reading"}
    post(client, hub, breach, "set-hearing", **day)
    assert 'value="Reading"' in look(client, hub, breach, "correct-hearing").content.decode()

    page = post(client, hub, breach, "correct-hearing", **day | {"at": "2pm", "court": "Slough"})

    assert "as you have put it" in words(page)
    one = breach.hearings.get()
    assert (one.court_name, localtime(one.at).hour) == ("Slough", 14)


def test_the_day_of_an_answer_is_refused_for_what_is_true(client, hub):
    breach = written(at=now() - 9 * DAY)
    on(breach, State.SUBMITTED, now=now())
    early = say_date(localdate() - DAY)

    page = post(client, hub, breach, "say-nps-answer", to="accepted", outside=NPS, on=early)

    assert "before the pack was sent" in words(page)

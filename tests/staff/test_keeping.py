"""What is typed on a long form is kept for whoever typed it, on that page, until it is sent, and for nobody else."""

import logging
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.models import InterimPlan, Limit
from staff import services
from staff.access import HOLDS_FOR, SALT, give_pass, read_pass
from staff.errors import RuleBroken
from staff.models import Draft, Entry
from staff.permissions import Role
from staff.queries import GONE_AFTER, kept_words, others_here
from staff.rules.dates import say_date, say_time
from tests.factories import (
    CaseFactory,
    DraftFactory,
    EnquiryFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SAVE = reverse("keep-words")
SENTENCE = "Qzxwv: he has been seen outside the"
PLAN = {
    "worst_case": SENTENCE,
    "who_is_protected": "Robin, at 4 Example Street.",
    "what_we_do": "Seen weekly; no visit alone.",
}


@pytest.fixture
def case():
    case = CaseFactory()
    StandingFactory(case=case, concern=True)
    EnquiryFactory(case=case, sent=True)
    return case


@pytest.fixture
def page(case):
    """The form that is typed in: a plan on a case."""
    return reverse("write-interim-plan", args=[case.crn])


def opened(client, user, page):
    """The page as this person opens it, and the pass in it."""
    client.force_login(user)
    answer = client.get(page)
    return answer, answer.context["words"].token


def save(token, **typed):
    """What the page's script does, without a cookie."""
    return Client().post(SAVE, {"keep": token, **typed})


def whole_plan():
    return PLAN | {"expires_on": say_date(localdate() + timedelta(days=14))}


# Saving by itself


def test_a_sentence_half_typed_is_there_when_the_page_is_opened_again(client, case, page):
    _, token = opened(client, case.officer, page)

    said = save(token, worst_case=SENTENCE).json()
    again, _ = opened(Client(), case.officer, page)

    assert said["saved"] == say_time(localtime(Draft.objects.get().saved_at))
    assert f"{SENTENCE}</textarea>" in again.content.decode()
    assert "This is what you typed and did not send" in again.content.decode()
    assert "There is a problem" not in again.content.decode()


def test_a_page_begun_again_leaves_out_what_was_kept_and_does_not_lose_it(client, case, page):
    _, token = opened(client, case.officer, page)
    save(token, worst_case=SENTENCE)

    afresh = client.get(page, {"afresh": "1"})

    assert SENTENCE not in afresh.content.decode()
    assert kept_words(case.officer, page)["worst_case"] == SENTENCE


def test_what_is_sent_and_taken_is_forgotten(client, case, page):
    _, token = opened(client, case.officer, page)
    save(token, worst_case=SENTENCE)

    client.post(page, whole_plan() | {"keep": token})

    assert InterimPlan.objects.get().worst_case == SENTENCE
    assert kept_words(case.officer, page) is None


def test_a_save_that_arrives_after_the_form_was_sent_brings_nothing_back(client, case, page):
    _, token = opened(client, case.officer, page)
    client.post(page, whole_plan() | {"keep": token})

    late = save(token, worst_case=SENTENCE)

    assert late.status_code == 409
    assert late.json() == {"problem": "This page was sent already. Open it again to write more."}
    assert kept_words(case.officer, page) is None


def test_a_page_opened_after_the_form_was_sent_keeps_words_anew(client, case, page):
    _, token = opened(client, case.officer, page)
    client.post(page, whole_plan() | {"keep": token})
    _, token = opened(client, case.officer, page)

    save(token, worst_case="Something else")

    assert kept_words(case.officer, page)["worst_case"] == "Something else"


def test_what_is_refused_is_kept_and_its_errors_are_shown(client, case, page):
    client.force_login(case.officer)

    refused = client.post(page, whole_plan() | {"what_we_do": ""})

    assert "There is a problem" in refused.content.decode()
    assert "Saved " in refused.content.decode()
    assert kept_words(case.officer, page)["worst_case"] == SENTENCE


def test_every_answer_is_kept_as_the_browser_sent_it_but_no_secret(case, page):
    token = give_pass(case.officer, page, now())

    save(token, subjects=["a", "b"], csrfmiddlewaretoken="c", password="d", note="e\0")

    kept = kept_words(case.officer, page)
    assert dict(kept.lists()) == {"subjects": ["a", "b"], "note": ["e"]}
    assert isinstance(kept, QueryDict)


def test_what_is_too_long_is_refused_in_words_and_what_was_kept_stays(case, page):
    token = give_pass(case.officer, page, now())
    save(token, worst_case=SENTENCE)

    answer = save(token, worst_case="é" * 100_000)

    assert answer.status_code == 409
    assert "too long to be kept: at most 200,000 letters" in answer.json()["problem"]
    assert kept_words(case.officer, page)["worst_case"] == SENTENCE


def test_a_form_sent_that_is_too_long_to_be_kept_says_so_on_the_page(client, case, page):
    client.force_login(case.officer)

    answer = client.post(page, whole_plan() | {"worst_case": "a" * 200_000})

    assert "Not saved. This is too long to be kept" in answer.content.decode()


def test_codes_in_the_address_tell_two_forms_of_one_page_apart(client):
    head = UserFactory(role=Role.HEAD)
    page = reverse("set-policy", args=["requests"])
    _, token = opened(client, head, f"{page}?kind=police")

    save(token, purpose=SENTENCE)

    assert SENTENCE in client.get(f"{page}?kind=police").content.decode()
    assert SENTENCE not in client.get(f"{page}?kind=children").content.decode()


# The pass


def test_saving_needs_no_session_and_prolongs_none(client, case, page):
    _, token = opened(client, case.officer, page)

    answer = save(token, worst_case=SENTENCE)

    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("given", ["", "nonsense", "WzEsIi8iXQ:1tXyZz:abc"])
def test_without_a_pass_nothing_is_kept(client, case, given):
    client.force_login(case.officer)

    answer = client.post(SAVE, {"keep": given, "worst_case": SENTENCE})

    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_a_pass_holds_for_twelve_hours(monkeypatch, case, page):
    token = give_pass(case.officer, page, now())
    later = signing.time.time() + HOLDS_FOR.total_seconds()

    monkeypatch.setattr(signing.time, "time", lambda: later - 10)
    before = read_pass(token)
    monkeypatch.setattr(signing.time, "time", lambda: later + 10)

    assert before.page == page
    assert read_pass(token) is None


def test_a_pass_signed_for_another_purpose_is_none(case, page):
    assert read_pass(signing.dumps([case.officer.pk, page, now().isoformat()], salt="x")) is None
    assert signing.loads(give_pass(case.officer, page, now()), salt=SALT)[1] == page


def test_an_account_that_is_shut_keeps_nothing_more(case, page):
    token = give_pass(case.officer, page, now())
    services.close_account(user=case.officer, by=None)

    assert save(token, worst_case=SENTENCE).status_code == 403
    assert not Draft.objects.exists()


def test_a_pass_keeps_words_for_its_own_page_and_person_whoever_is_signed_in(client, case, page):
    token = give_pass(case.officer, page, now())
    client.force_login(UserFactory())

    client.post(SAVE, {"keep": token, "worst_case": SENTENCE, "page": "/account/", "user": "1"})

    draft = Draft.objects.get()
    assert (draft.user, draft.page) == (case.officer, page)


def test_the_address_shows_nothing_to_anybody(client, case, page):
    save(give_pass(case.officer, page, now()), worst_case=SENTENCE)
    client.force_login(case.officer)

    assert client.get(SAVE).status_code == 405


# A session that ends


def test_a_form_sent_after_the_session_ended_is_filled_in_after_signing_in(client, case, page):
    _, token = opened(client, case.officer, page)
    client.logout()

    answer = client.post(page, whole_plan() | {"keep": token})
    asked = client.get(answer["Location"])
    client.force_login(case.officer)
    again = client.get(page).content.decode()

    assert answer["Location"] == f"{reverse('sign-in')}?next={quote(page)}"
    assert "You had been signed out, so nothing was sent" in asked.content.decode()
    assert f"{SENTENCE}</textarea>" in again
    assert not InterimPlan.objects.exists()


def test_somebody_else_who_signs_in_there_finds_nothing_of_it(client, case, page):
    _, token = opened(client, case.officer, page)
    client.logout()
    client.post(page, whole_plan() | {"keep": token})

    client.force_login(UserFactory(role=Role.SPO, team=case.team))

    assert SENTENCE not in client.get(page).content.decode()


def test_a_form_begun_afresh_is_still_found_filled_in(client, case, page):
    _, token = opened(client, case.officer, f"{page}?afresh=1")
    client.logout()

    answer = client.post(f"{page}?afresh=1", whole_plan() | {"keep": token})

    assert answer["Location"] == f"{reverse('sign-in')}?next={quote(page)}"


def test_a_form_sent_under_anothers_session_is_kept_for_whoever_opened_it(client, case, page):
    _, token = opened(client, case.officer, page)
    other = UserFactory(role=Role.SPO, team=case.team)
    client.force_login(other)

    answer = client.post(page, whole_plan() | {"keep": token}, follow=True)

    assert "opened by somebody else" in answer.content.decode()
    assert SENTENCE not in answer.content.decode()
    assert kept_words(case.officer, page)["worst_case"] == SENTENCE
    assert kept_words(other, page) is None
    assert not InterimPlan.objects.exists()


def test_who_signed_in_anew_in_another_tab_finds_the_form_filled_in(case, page):
    browser = Client(enforce_csrf_checks=True)
    _, token = opened(browser, case.officer, page)

    answer = browser.post(page, whole_plan() | {"keep": token, "csrfmiddlewaretoken": "of before"})
    again = browser.get(answer["Location"]).content.decode()

    assert "What you typed is below: send it now" in again
    assert f"{SENTENCE}</textarea>" in again


def test_a_form_from_elsewhere_is_refused_as_ever(case, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(case.officer)

    answer = browser.post(page, whole_plan())

    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_a_form_too_long_to_be_kept_says_so_on_the_way_to_signing_in(client, case, page):
    _, token = opened(client, case.officer, page)
    client.logout()

    answer = client.post(page, {"keep": token, "worst_case": "a" * 200_001}, follow=True)

    assert "Nothing was sent. This is too long to be kept" in answer.content.decode()


# Who else is here


def test_two_on_one_page_see_each_other_and_since_when(client, case, page):
    senior = UserFactory(role=Role.SPO, team=case.team)
    opened(Client(), senior, page)
    since = say_time(localtime(Draft.objects.get().opened_at))

    answer, token = opened(client, case.officer, page)
    said = save(token).json()

    sentence = f"{senior.name} has had this page open since {since}."
    assert sentence in answer.content.decode()
    assert said == {"saved": "", "here": [sentence]}


def test_saying_that_the_page_is_open_changes_no_words(case, page):
    token = give_pass(case.officer, page, now())
    save(token, worst_case=SENTENCE)

    save(token)

    assert kept_words(case.officer, page)["worst_case"] == SENTENCE


def test_who_has_gone_or_has_sent_the_page_is_no_longer_there(page):
    at = now()
    reader = UserFactory()
    DraftFactory(page=page, seen_at=at - GONE_AFTER - timedelta(seconds=1))
    DraftFactory(page=page, seen_at=at, sent_at=at)
    DraftFactory(page="/elsewhere/", seen_at=at)
    DraftFactory(user=reader, page=page, seen_at=at)
    there = DraftFactory(page=page, seen_at=at - GONE_AFTER, opened_at=at - timedelta(hours=1))

    assert others_here(reader, page, at) == [(there.user.name, there.opened_at)]


@pytest.mark.parametrize(
    ("after", "since_then"), [(GONE_AFTER, False), (GONE_AFTER + timedelta(seconds=1), True)]
)
def test_who_was_gone_has_come_anew(page, after, since_then):
    user, at = UserFactory(), now()
    services.be_here(user=user, page=page, now=at)

    again = services.be_here(user=user, page=page, now=at + after)

    assert again.opened_at == (at + after if since_then else at)


# Nobody else, and nowhere else


def test_who_lost_the_case_does_not_reach_what_they_typed_on_it(client, case, page):
    _, token = opened(client, case.officer, page)
    save(token, worst_case=SENTENCE)
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat")

    answer = client.get(page)

    assert answer.status_code == 403
    assert SENTENCE not in answer.content.decode()


def test_neither_the_logs_nor_the_audit_trail_hold_a_word(client, caplog, capfd, case, page):
    caplog.set_level(logging.DEBUG)
    _, token = opened(client, case.officer, page)

    save(token, worst_case=SENTENCE)
    client.post(page, whole_plan() | {"what_we_do": "", "keep": token})
    client.logout()
    client.post(page, whole_plan() | {"keep": token})

    written = [str(entry.detail) for entry in Entry.objects.all()]
    heard = caplog.text.replace("INSERT", "\nINSERT")
    logged = [line for line in heard.splitlines() if "staff_draft" not in line]
    assert "Qzxwv" not in " ".join(written)
    assert "Qzxwv" not in " ".join(logged) + "".join(capfd.readouterr())


# What nobody comes back to


def test_words_are_thrown_away_after_thirty_days_and_empty_pages_after_one():
    at = now()
    for days in (29, 31):
        DraftFactory(page=f"/words/{days}/", saved_at=at - timedelta(days=days))
    for hours in (23, 25):
        DraftFactory(
            page=f"/open/{hours}/", saved_at=None, seen_at=at - timedelta(hours=hours), fields={}
        )

    last, number = services.throw_away_drafts(now=at)

    assert (last, number) == (None, 2)
    left = Draft.objects.order_by("pk").values_list("page", flat=True)
    assert list(left) == ["/words/29/", "/open/23/"]


def test_more_than_one_part_is_thrown_away_in_turn(monkeypatch):
    monkeypatch.setattr(services, "SPENT_AT_ONCE", 2)
    at = now()
    for _ in range(3):
        DraftFactory(saved_at=at - timedelta(days=31))

    last, first_part = services.throw_away_drafts(now=at)
    end, second_part = services.throw_away_drafts(now=at, after=last)

    assert (first_part, end, second_part) == (2, None, 1)
    assert not Draft.objects.exists()


def test_words_kept_twice_are_one_draft_with_the_later_of_them(page):
    user, at = UserFactory(), now()
    services.keep_words(user=user, page=page, fields={"text": ["one"]}, now=at)

    services.keep_words(user=user, page=page, fields={"text": ["one two"]}, now=at)

    assert Draft.objects.get().fields == {"text": ["one two"]}


def test_what_was_drawn_before_it_was_sent_is_refused_by_the_service(page):
    user, at = UserFactory(), now()
    services.be_here(user=user, page=page, now=at)
    services.forget_words(user=user, page=page, now=at + timedelta(seconds=5))

    with pytest.raises(RuleBroken, match="sent already"):
        services.keep_words(
            user=user,
            page=page,
            fields={"text": ["late"]},
            drawn_at=at,
            now=at + timedelta(seconds=6),
        )

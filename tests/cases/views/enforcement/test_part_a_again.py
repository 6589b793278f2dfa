"""Part A shown again: one's own save is no conflict, what is typed goes on being kept, and the paper is had before the word."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import now

from cases.models import Recall
from cases.reference.enforcement import RecallState
from staff.permissions import Role
from tests.cases.services.enforcement.a_recall import (
    WHOLE,
    WORDS,
    countersigned,
    discussed,
    signed,
    written,
)
from tests.cases.views.a_case import see
from tests.factories import CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
CLASH = "changed this while you were writing"


@pytest.fixture
def recall():
    return discussed(CaseFactory(), now())


@pytest.fixture
def address(recall):
    return reverse("write-part-a", args=[recall.case.crn, recall.pk])


@pytest.fixture
def officer(client, recall):
    client.force_login(recall.case.officer)
    return recall.case.officer


def drawn(page, **given):
    """What a browser sends of the page as it is drawn, with what is typed in its place."""
    page = page.content.decode()
    boxes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("seen", "keep")}  # fmt: skip
    return {name: unescape(said).strip() for name, said in [*boxes, *hidden.items()]} | given


def test_signed_with_gaps_then_filled_in_it_is_signed(client, recall, officer, address):
    page = client.post(address, drawn(client.get(address), what=WORDS, then="sign"))
    assert "There is a problem" in page.content.decode()

    typed = drawn(page, **WHOLE | {"what": "He left on Sunday, and not on Monday."})
    done = client.post(address, typed | {"then": "sign"}, follow=True).content.decode()

    assert CLASH not in done
    assert "Part A is signed" in done
    assert Recall.objects.get().answers["what"] == "He left on Sunday, and not on Monday."


def test_opened_afresh_what_was_saved_is_changed_without_a_conflict(
    client, recall, officer, address
):
    client.post(address, drawn(client.get(address), **WHOLE, then="stay"))
    changed = {code: f"{said} Seen again on Friday." for code, said in WHOLE.items()}

    page = client.post(address, drawn(client.get(address), **changed, then="stay"), follow=True)

    assert CLASH not in page.content.decode()
    recall.refresh_from_db()
    assert recall.answers == changed


def test_shown_again_the_page_goes_on_keeping_what_is_typed(client, recall, officer, address):
    page = client.post(address, drawn(client.get(address), what=WORDS, then="sign"))

    kept = client.post(reverse("keep-words"), drawn(page, risk="His mother, at home."))

    assert kept.status_code == 200, kept.content
    again = client.get(address)
    assert "His mother, at home." in again.content.decode()
    saved = client.post(address, drawn(again, then="stay"), follow=True)
    assert CLASH not in saved.content.decode()
    recall.refresh_from_db()
    assert recall.answers == {"what": WORDS, "risk": "His mother, at home."}


def test_what_another_wrote_is_shown_still_and_ones_own_beside_it_is_not(
    client, recall, officer, address
):
    typed = drawn(client.get(address), what="Mine.", risk="Mine too.", then="stay")
    written(recall, {"what": "The senior wrote this."}, by=UserFactory(role=Role.SPO))
    page = client.post(address, typed)
    assert CLASH in page.content.decode()

    page = client.post(address, drawn(client.get(address), risk="Mine, and more.", then="stay"))

    assert "The senior wrote this." in page.content.decode()
    recall.refresh_from_db()
    assert recall.answers == {"what": "The senior wrote this.", "risk": "Mine, and more."}
    client.post(address, drawn(page, what="Both of ours.", then="stay"))
    recall.refresh_from_db()
    assert recall.answers["what"] == "Both of ours."


def test_part_a_is_saved_as_it_was_signed_before_it_is_said_that_it_went(client, recall):
    signed(written(recall), now=now())
    hub = UserFactory(role=Role.HUB)
    early = see(client, hub, "part-a-to-send", recall.case, recall.pk)
    assert early.status_code == 302
    countersigned(recall, now=now())

    page = see(client, hub, "send-recall", recall.case, recall.pk).content.decode()
    here = reverse("part-a-to-send", args=[recall.case.crn, recall.pk])
    paper = client.get(here)

    assert f'href="{here}"' in page
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert Recall.objects.get().state == RecallState.COUNTERSIGNED
    assert not recall.case.documents.exists()

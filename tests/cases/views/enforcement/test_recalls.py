"""Pages and endpoints about recalls, by officer, senior and hub, and the page on which the next contact is agreed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Recall, RecallStep, Reengagement
from cases.reference.enforcement import RecallState
from cases.services.enforcement.recalls import send_recall
from staff.models import Draft
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.services.enforcement.a_recall import (
    AT_ONCE,
    NPS,
    WHOLE,
    WORDS,
    answered,
    countersigned,
    discussed,
    sent,
    signed,
    written,
)
from tests.cases.views.a_case import see
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    RecallFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
State = RecallState
DAY = timedelta(days=1)
LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 6


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def officer(case):
    return case.officer


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def recall(case):
    return discussed(case, now())


def words(answer):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def post(client, user, name, recall, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[recall.case.crn, recall.pk]), data, follow=True)


def ask(user, name, *args, **data):
    client = APIClient()
    client.force_login(user)
    return client.post(reverse(name, args=args), data, format="json")


def page_of(client, user, recall, name="recall"):
    return words(see(client, user, name, recall.case, recall.pk))


def waiting(recall, senior=None):
    signed(written(recall), now=now())
    return recall


def test_an_officer_writes_signs_and_the_senior_countersigns_and_the_hub_sends(
    client, recall, officer, senior, hub
):
    page = page_of(client, officer, recall)
    assert "Write and sign Part A" in page
    assert "What is owed" in page

    saved = post(client, officer, "write-part-a", recall, **WHOLE, then="stay")
    assert "Nothing stands in the way: you can sign Part A" in words(saved)
    page = words(post(client, officer, "write-part-a", recall, **WHOLE, then="sign", ways=[]))
    assert "Part A is signed" in page

    assert "Read Part A" in page_of(client, senior, recall, "countersign-recall")
    given = {"decision": "goes", "words": "Read and agreed."}
    assert "It is countersigned" in words(
        post(client, senior, "countersign-recall", recall, **given)
    )
    assert "the NPS has it" in words(post(client, hub, "send-recall", recall, whom=NPS))
    given = {"to": State.ENDORSED, "outside": NPS, "words": "Agreed."}
    assert "The NPS endorses it" in words(post(client, hub, "answer-recall", recall, **given))
    given = {"to": State.WITH_PPCS, "outside": NPS}
    assert "with the casework section" in words(post(client, hub, "answer-recall", recall, **given))
    given = {
        "to": State.DECISION, "outside": NPS, "decided_on": say_date(localdate()), "term": "28", "found": "custody",
        "prison": "HMP Bullingdon",
    }  # fmt: skip
    page = words(post(client, hub, "answer-recall", recall, **given))
    assert "They are recalled" in page
    assert "Fixed term, 28 days" in page
    assert recall.case.pauses.running().get().where == "HMP Bullingdon"
    assert "Part A as it went" in page_of(client, officer, recall)


def test_part_a_is_named_gap_by_gap_and_an_unfinished_one_is_not_signed(client, recall, officer):
    page = words(post(client, officer, "write-part-a", recall, what=WORDS, then="sign"))

    assert "13 things still to do before you can sign Part A" in page
    assert "Part A does not say: How has the risk changed?" in page
    recall.refresh_from_db()
    assert (recall.state, recall.answers) == (State.DISCUSSED, {"what": WORDS})


def test_what_another_wrote_meanwhile_is_shown_and_not_overwritten(client, recall, officer, senior):
    client.force_login(officer)
    page = client.get(reverse("write-part-a", args=[recall.case.crn, recall.pk])).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page).group(1).replace("&quot;", '"')
    written(recall, {"what": "The senior wrote this."}, by=senior)

    page = words(post(client, officer, "write-part-a", recall, what=WORDS, seen=seen, then="stay"))

    assert "The senior wrote this." in page
    assert "changed this while you were writing" in page
    recall.refresh_from_db()
    assert recall.answers["what"] == "The senior wrote this."


def test_an_emergency_is_signed_and_the_rest_written_afterwards(client, recall, officer, senior):
    post(client, officer, "write-part-a", recall, **AT_ONCE, then="sign", ways=["emergency"])
    assert "Write the rest of Part A" in page_of(client, officer, recall)
    client.force_login(officer)
    led = client.get(reverse("write-part-a", args=[recall.case.crn, recall.pk]))
    assert led["Location"].endswith("/rest-of-part-a/")
    rest = {code: said for code, said in WHOLE.items() if code not in AT_ONCE}

    refused = words(post(client, officer, "finish-part-a", recall, **{**rest, "led": ""}))
    assert "There is a problem" in refused
    assert "The rest of Part A is written" in words(post(client, officer, "finish-part-a", recall, **rest))  # fmt: skip

    recall.refresh_from_db()
    assert recall.answers == WHOLE
    assert "Write the rest" not in page_of(client, officer, recall)


def test_whoever_signed_it_is_told_that_another_countersigns(client, recall, senior):
    signed(written(recall), by=senior, now=now())

    page = see(client, senior, "countersign-recall", recall.case, recall.pk).content.decode()

    assert "another senior probation officer" in page
    assert 'name="decision"' not in page
    refused = post(client, senior, "countersign-recall", recall, decision="goes", words="Mine.")
    assert "another senior probation officer" in words(refused)
    assert Recall.objects.get().state == State.PART_A


def test_part_a_is_read_as_wide_as_the_page_and_before_it_is_decided_about(client, recall, senior):
    waiting(recall)

    page = see(client, senior, "countersign-recall", recall.case, recall.pk).content.decode()

    places = [">Part A<", "What was tried, or why it was not", 'class="app-columns"', 'name="decision"']  # fmt: skip
    assert [page.find(one) for one in places] == sorted(page.find(one) for one in places)
    assert min(page.find(one) for one in places) > 0


def test_sent_back_with_what_has_to_be_put_right(client, recall, officer, senior):
    waiting(recall)
    given = {"decision": "back", "words": "Say who could be hurt."}

    assert "It is sent back" in words(post(client, senior, "countersign-recall", recall, **given))

    assert "Say who could be hurt." in page_of(client, officer, recall)


@pytest.mark.parametrize("name", ["write-part-a", "countersign-recall", "send-recall"])
def test_pressed_twice_it_is_done_once_and_what_was_typed_is_kept(
    client, recall, officer, senior, name
):
    """The second press finds that it has been done, and says so."""
    given = {
        "write-part-a": {**WHOLE, "then": "sign"},
        "countersign-recall": {"decision": "goes", "words": "Read."},
        "send-recall": {"whom": NPS},
    }[name]
    user = senior if name == "countersign-recall" else officer
    if name != "write-part-a":
        waiting(recall)
    if name == "send-recall":
        countersigned(recall, now=now())

    post(client, user, name, recall, **given)
    steps = RecallStep.objects.count()
    again = words(post(client, user, name, recall, **given))

    assert "Read where it stands now" in again
    assert RecallStep.objects.count() == steps


def test_withdrawing_from_the_nps_asks_whom_was_told(client, recall, officer, senior):
    waiting(recall)
    sent(countersigned(recall, now=now()), now=now())

    refused = words(post(client, officer, "withdraw-recall", recall, because=WORDS))
    assert "Whom at the NPS did you tell" in refused
    page = words(post(client, officer, "withdraw-recall", recall, because=WORDS, outside=NPS))

    assert "supervision goes on" in page
    assert page_of(client, officer, recall).count(WORDS) >= 1


def test_where_they_are_is_not_asked_where_it_is_recorded(client, recall, hub, officer):
    waiting(recall)
    moved = answered(sent(countersigned(recall, now=now()), now=now()), State.ENDORSED, now=now())
    answered(moved, State.WITH_PPCS, now=now())
    page = see(client, hub, "answer-recall", recall.case, recall.pk).content.decode()
    assert 'name="found"' in page

    given = {"to": State.DECISION, "outside": NPS, "decided_on": say_date(localdate()), "term": "standard", "found": "custody"}  # fmt: skip
    refused = words(post(client, hub, "answer-recall", recall, **given))

    assert "Say which prison" in refused
    assert Recall.objects.get().state == State.WITH_PPCS


def test_who_may_not_read_protected_names_reads_none_of_them(client, recall, hub):
    RelatedPersonFactory(case=recall.case, name="Farida Kept", protected=True)
    written(recall, {**WHOLE, "risk": "Farida Kept could be hurt."})
    signed(recall, now=now())
    countersigned(recall, now=now())

    for name in ("recall", "send-recall"):
        assert "Farida Kept" not in page_of(client, hub, recall, name)
    client = APIClient()
    client.force_login(hub)
    body = client.get(reverse("api-recall", args=[recall.case.crn, recall.pk])).content.decode()
    assert "Farida" not in body


def test_a_recall_of_another_case_is_not_found(client, recall, officer):
    other = CaseFactory(officer=officer, team=recall.case.team)

    for name in ("recall", "write-part-a", "finish-part-a", "send-recall", "answer-recall", "withdraw-recall"):  # fmt: skip
        assert see(client, officer, name, other, recall.pk).status_code == 404


def test_pages_hold_with_nothing_said_and_with_the_longest_words(client, case, officer):
    recall = RecallFactory(sentence=SentenceFactory(case=case), begun_by=UserFactory())
    page = page_of(client, officer, recall)
    assert "None" not in page
    assert "Not answered yet" in page
    assert "The failures that this recall was decided on would be here." in page

    written(recall, dict.fromkeys(WHOLE, LONG), by=officer)
    for name in ("recall", "write-part-a"):
        assert LONG in page_of(client, officer, recall, name)


def test_the_page_takes_as_many_statements_however_much_is_on_it(client, recall, officer):
    waiting(recall)
    client.force_login(officer)
    here = reverse("recall", args=[recall.case.crn, recall.pk])
    client.get(here)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            client.get(here)
        return len(queries)

    few = statements()
    for n in range(12):
        RecallStep.objects.create(
            recall=recall, state=State.PART_A, at=now(), by=officer, words=f"Step {n}"
        )
    assert statements() == few


def test_words_are_kept_while_part_a_is_written(client, recall, officer):
    page = see(client, officer, "write-part-a", recall.case, recall.pk).content.decode()

    assert reverse("keep-words") in page
    assert Draft.objects.get().user == officer


# Winning back


def win_back(client, user, case, **data):
    client.force_login(user)
    return client.post(reverse("win-back", args=[case.crn]), data, follow=True)


def test_the_next_contact_is_agreed_and_stands_on_the_page_of_the_recall(
    client, case, recall, officer
):
    booked = AppointmentFactory(case=case, at=now() + 2 * DAY, told_how="in_person")
    page = words(see(client, officer, "win-back", case))
    assert "Book an appointment" in page
    assert "The next contact is to be by" in page
    refused = words(win_back(client, officer, case, next=str(booked.pk)))
    assert "There is a problem" in refused

    done = win_back(client, officer, case, next=str(booked.pk), what_we_do="We meet at 4pm.", what_kept_them="Nights.")  # fmt: skip

    assert "The next contact is agreed" in words(done)
    assert Reengagement.objects.get().next_contact == booked
    page = page_of(client, officer, recall)
    assert "We meet at 4pm." in page
    assert "Agree the next contact anew" in page
    assert "What was agreed before" in words(see(client, officer, "win-back", case))


def test_who_cannot_be_seen_has_said_what_is_done_instead(client, case, recall, officer):
    given = {"next": "cannot", "cannot_be_seen": "At large: the police are asked each week.", "what_we_do": "His sister passes messages on."}  # fmt: skip

    assert "The next contact is agreed" in words(win_back(client, officer, case, **given))
    assert "the police are asked each week" in page_of(client, officer, recall)


def test_where_nothing_runs_nothing_is_agreed(client, case, officer):
    answer = win_back(client, officer, case)

    assert "No breach or recall runs any more" in words(answer)


# The API


def test_every_step_over_the_api(case, recall, officer, senior, hub):
    at = [case.crn, recall.pk]
    assert ask(officer, "api-write-part-a", *at, answers=WHOLE).json()["conflicts"] == []
    clash = ask(officer, "api-write-part-a", *at, answers={"what": "Otherwise."}, seen={"what": "Not this."})  # fmt: skip
    assert clash.json() == {"written": [], "conflicts": ["what"]}
    assert ask(officer, "api-sign-part-a", *at).json()["state"] == State.PART_A
    refused = ask(officer, "api-finish-part-a", *at, answers={"led": "x y z"})
    assert refused.status_code == 422
    assert ask(officer, "api-countersign-recall", *at, goes=True, words="Mine.").status_code == 403
    done = ask(senior, "api-countersign-recall", *at, goes=True, words="Read and agreed.")
    assert done.json()["state"] == State.COUNTERSIGNED
    assert ask(hub, "api-send-recall", *at, whom=NPS).json()["state"] == State.WITH_NPS
    done = ask(hub, "api-answer-recall", *at, to=State.NPS_REJECTED, outside=NPS, words=WORDS)
    assert (done.json()["state"], done.json()["ended_because"]) == (State.NPS_REJECTED, WORDS)
    refused = ask(officer, "api-withdraw-recall", *at, because=WORDS, outside=NPS)
    assert refused.status_code == 422
    client = APIClient()
    client.force_login(officer)
    (listed,) = client.get(reverse("api-recalls", args=[case.crn])).json()
    assert listed["answers"] == WHOLE


def test_the_next_contact_over_the_api(case, recall, officer):
    booked = AppointmentFactory(case=case, at=now() + 2 * DAY, told_how="in_person")

    done = ask(officer, "api-win-back", case.crn, next_contact=booked.pk, what_we_do="We meet at 4pm.")  # fmt: skip

    assert done.json() == {"plans": [Reengagement.objects.get().pk]}


def test_whoever_is_slower_over_the_api_is_refused(case, recall, officer):
    waiting(recall)
    countersigned(recall, now=now())
    send_recall(recall=recall, whom=NPS, by=officer, now=now())

    assert ask(officer, "api-send-recall", case.crn, recall.pk, whom=NPS).status_code == 422

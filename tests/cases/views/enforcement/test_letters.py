"""Pages and endpoints about letters of enforcement: written, read, made ready, sent, back; and those of the hub together.

Source: features 88 and 90; product rules, safe contact and sharing.
"""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from pypdf import PdfReader
from rest_framework.test import APIClient

from cases.models import Address, Deadline, HubQuestion, Letter, Limit
from cases.reference.enforcement import LetterState
from cases.reference.holding import LeftAs
from cases.rules.enforcement.letters import mark_of
from cases.services.enforcement.letters import ask_for_letter, look_at
from cases.services.enforcement.letters_back import letter_came_back
from cases.services.enforcement.queue import claim
from staff.models import Entry
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.a_breach import brought_to
from tests.cases.a_letter import NONE_BOOKED, PROOF, a_letter, ready, sent, withdraw, written
from tests.cases.views.a_case import see
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    LetterFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def words(answer):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def post(client, user, name, letter, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[letter.case.crn, letter.pk]), data, follow=follow)


def opened(client, user, name, letter):
    return see(client, user, name, letter.case, letter.pk)


def read(letter):
    return mark_of(look_at(letter=letter, now=now())[1])


def state(letter):
    return Letter.objects.get(pk=letter.pk).state


def text_of(pdf):
    return " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_a_letter_says_to_whom_how_by_when_and_until_when_they_may_give_a_reason(client, hub):
    letter = written(hub, now())

    page = words(opened(client, hub, "letter", letter))

    due = Deadline.objects.get(letter=letter).due_on
    for said in (
        f"Goes to {letter.case.name}, 1 Fern Road, Reading, RG1 1AA",
        "First class post",
        f"Late after {say_date(due)}, 4:30pm",
        "They may give a reason until",
        "What it says",
        NONE_BOOKED,
        "Nothing stands in the way",
    ):
        assert said in page
    assert f"<title>Letter: First warning, {letter.case.crn}" in see(
        client, hub, "letter", letter.case, letter.pk
    ).content.decode().replace("\n", "")


def test_what_is_missing_leads_to_where_it_is_mended(client, hub):
    letter = a_letter(hub, now())
    Address.objects.update(safe_to_write=None)

    page = opened(client, hub, "letter", letter).content.decode()

    write = reverse("write-letter", args=[letter.case.crn, letter.pk])
    assert f'href="{write}#id_no_appointment"' in page
    assert "not recorded as safe to write" in page
    assert reverse("ready-letter", args=[letter.case.crn, letter.pk]) not in page
    officer = opened(client, letter.case.officer, "letter", letter).content.decode()
    assert f'href="{reverse("contact-details", args=[letter.case.crn])}"' in officer


def test_it_is_written_read_made_ready_and_sent_once(client, hub):
    letter = a_letter(hub, now())
    failure = letter.warning.failures.get()
    what = f"what_{failure.pk}"
    said = {what: "You did not come.", "no_appointment": NONE_BOOKED, "how": "post", "welsh": "no"}
    page = words(post(client, hub, "write-letter", letter, **said))
    assert "This is the letter as it would go" in page
    assert "You did not come." in page

    letter.refresh_from_db()
    page = words(post(client, hub, "ready-letter", letter, read=read(letter)))
    assert "It is ready to go." in page
    asked = words(opened(client, hub, "send-letter", letter))
    assert "What proves that it was posted?" in asked
    letter.refresh_from_db()
    mark = mark_of(letter.words["made"])
    assert "What proves" in words(post(client, hub, "send-letter", letter, read=mark, proof=""))
    assert state(letter) == LetterState.READY
    page = words(post(client, hub, "send-letter", letter, read=mark, proof=PROOF))
    assert "It counts as served on" in page
    again = words(post(client, hub, "send-letter", letter, read=mark, proof=PROOF))

    assert "This letter is at “Sent”" in again
    assert Entry.objects.filter(action="sent_letter").count() == 1


def test_a_letter_that_changed_since_its_page_was_drawn_is_not_made_ready(client, hub):
    letter = written(hub, now())
    mark = read(letter)
    Address.objects.update(lines="2 Moss Lane")

    page = words(post(client, hub, "ready-letter", letter, read=mark))

    assert "Read it again" in page
    assert "2 Moss Lane" in page
    assert "Read it again" in words(post(client, hub, "ready-letter", letter))
    assert state(letter) == LetterState.ASKED


def test_in_welsh_each_thing_written_is_asked_in_both(client, hub):
    letter = a_letter(hub, now(), wants_welsh=True)
    failure = letter.warning.failures.get()
    page = opened(client, hub, "write-letter", letter).content.decode()
    assert f'name="what_{failure.pk}_cy"' in page
    said = {"no_appointment": NONE_BOOKED, "how": "post", "welsh": "yes"}
    lacking = words(post(client, hub, "write-letter", letter, **said))
    assert "in Welsh as well" in lacking

    said |= {f"what_{failure.pk}_cy": "Ni ddaethoch.", "no_appointment_cy": "Byddwn yn ffonio."}
    page = post(client, hub, "write-letter", letter, **said)

    assert "Nothing stands in the way" in words(page)
    assert 'lang="cy"' in page.content.decode()
    assert "Ni ddaethoch." in words(page)


def test_its_paper_is_what_was_made_ready_and_stays_what_went(client, hub):
    asked = opened_after(client, hub, "letter-paper", written(hub, now()))
    assert "make the letter ready first" in words(asked)
    letter = sent(hub, now())
    Address.objects.update(lines="2 Moss Lane")

    answer = opened(client, hub, "letter-paper", letter)

    assert answer["Content-Type"] == "application/pdf"
    assert "1 Fern Road" in text_of(answer.content)
    assert letter.case.crn in text_of(answer.content)


def test_it_comes_back_and_another_is_written_or_it_is_left_so(client, hub):
    letter, other = sent(hub, now()), sent(hub, now())
    officer = letter.case.officer
    gone = {"on": "today", "because": "Gone away"}
    assert "Why" in words(post(client, hub, "letter-back", letter, on="today", because=""))
    page = words(post(client, hub, "letter-back", letter, **gone))
    assert "It is recorded that it came back" in page
    assert "Came back" in page

    page = words(post(client, officer, "write-letter-again", letter))
    assert "This is the letter in its place" in page
    assert "and once" in words(post(client, officer, "write-letter-again", letter))
    post(client, hub, "letter-back", other, **gone)
    left = words(post(client, other.case.officer, "leave-letter", other, because="Handed it over"))

    assert "No other letter is written" in left
    assert Letter.objects.to_go().count() == 1
    assert not Deadline.objects.unmet().filter(kind="mend_letter").exists()


def test_one_that_is_not_to_go_is_cancelled_for_a_reason_and_stays_so(client, hub):
    letter = written(hub, now())
    assert "Why is it not to go" in words(post(client, hub, "cancel-letter", letter, because=""))

    page = words(post(client, hub, "cancel-letter", letter, because="Asked for twice"))

    assert "This letter does not go" in page
    assert "at “Not to be sent”" in words(opened_after(client, hub, "cancel-letter", letter))
    assert "at “Not to be sent”" in words(opened_after(client, hub, "write-letter", letter))


def opened_after(client, user, name, letter):
    client.force_login(user)
    return client.get(reverse(name, args=[letter.case.crn, letter.pk]), follow=True)


def test_nothing_is_sent_to_somebody_who_has_died(client, hub):
    letter = ready(hub, now())
    type(letter.case).objects.update(left_as=LeftAs.DIED)

    page = words(
        post(client, hub, "send-letter", letter, proof=PROOF, read=mark_of(letter.words["made"]))
    )

    assert "They have died" in page
    assert state(letter) == LetterState.READY


def test_whoever_may_only_look_is_offered_nothing_to_do(client, hub):
    letter = ready(hub, now())
    head = UserFactory(role=Role.HEAD)

    page = opened(client, head, "letter", letter).content.decode()

    for name in ("unready-letter", "send-letter", "cancel-letter"):
        assert reverse(name, args=[letter.case.crn, letter.pk]) not in page
    assert post(client, head, "send-letter", letter, proof=PROOF).status_code == 403


def test_a_protected_name_is_not_shown_and_its_letter_does_not_go(client, hub):
    letter = a_letter(hub, now())
    RelatedPersonFactory(case=letter.case, name="Dana Hill", protected=True)
    letter.warning.failures.update(what="You went to see Dana Hill.")

    for name in ("letter", "write-letter"):
        page = words(opened(client, hub, name, letter))
        assert "Dana" not in page
        assert "[name protected]" in page
    page = words(opened(client, letter.case.officer, "letter", letter))
    assert "It names somebody who is protected" in page
    assert (
        "Dana"
        not in api_of(hub)
        .get(reverse("api-letter", args=[letter.case.crn, letter.pk]))
        .content.decode()
    )


def api_of(user):
    client = APIClient()
    client.force_login(user)
    return client


def test_a_letter_of_another_case_is_not_found(client, hub):
    letter, other = written(hub, now()), written(hub, now())

    assert see(client, hub, "letter", other.case, letter.pk).status_code == 404
    api = reverse("api-letter", args=[other.case.crn, letter.pk])
    assert api_of(hub).get(api).status_code == 404


LONG = "Wolfeschlegelsteinhausenbergerdorff-Llanfairpwllgwyngyll" * 3


def test_awkward_names_and_long_addresses_stand_whole_on_page_and_paper(client, hub):
    letter = written(hub, now(), preferred_name="Siân Ŵyn-Llŷr O'Brien")
    Address.objects.update(lines="\n".join(f"Line {n}, {LONG[:30]}" for n in range(8)))
    letter = Letter.objects.get(pk=letter.pk)
    post(client, hub, "ready-letter", letter, read=read(letter))

    page = opened(client, hub, "letter", letter).content.decode()
    paper = text_of(opened(client, hub, "letter-paper", letter).content)

    assert "Siân Ŵyn-Llŷr O&#x27;Brien" in page
    assert "Siân Ŵyn-Llŷr O'Brien" in paper
    assert all(f"Line {n} {LONG[:30]}" in paper for n in range(8))


def test_with_no_letter_the_list_says_what_would_be_there_and_with_some_each_stands_with_its_end(
    client, hub
):
    letter = sent(hub, now())
    letter_came_back(letter=letter, on=localdate(), because="Gone away", by=hub, now=now())
    assert "None has been asked for" in words(see(client, hub, "case-letters", CaseFactory()))

    page = words(see(client, hub, "case-letters", letter.case))

    assert "Letter: First warning" in page
    assert "Gone away" in page


@pytest.mark.parametrize("rows", [2, 40])
def test_the_list_takes_as_many_statements_whatever_its_length(client, hub, rows):
    case = written(hub, now()).case
    for _ in range(rows):
        LetterFactory(case=case, asked_by=hub)
    client.force_login(hub)
    client.get(reverse("case-letters", args=[case.crn]))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("case-letters", args=[case.crn]))

    assert len(queries) == OF_THE_LIST


OF_THE_LIST = 22


# Those of the hub together


def claimed(hub, n, make=written):
    letters = [make(hub, now()) for _ in range(n)]
    claim(by=hub, now=now(), many=n, kinds=["send_letter"])
    return letters


def batch(client, hub, name=None, method="post", **data):
    client.force_login(hub)
    if name is None:
        return client.get(reverse("letters-batch"))
    return client.post(reverse(name), data, follow=True)


def ticked(letters, mark=read):
    return [f"{one.pk}:{mark(Letter.objects.get(pk=one.pk))}" for one in letters]


def test_those_claimed_are_approved_printed_and_posted_in_one_sitting(client, hub):
    letters = claimed(hub, 3)
    page = words(batch(client, hub))
    assert page.count("I have read it, and it may go") == 3
    assert "Print all" not in page

    page = words(batch(client, hub, "ready-letters", letters=ticked(letters)))
    assert "3 letters approved" in page
    client.force_login(hub)
    paper = client.get(reverse("print-letters"))
    text = text_of(paper.content)
    assert all(one.case.crn in text for one in letters)
    made = ticked(letters)
    page = words(batch(client, hub, "send-letters", letters=made))
    assert "Say what proves that they were posted" in page
    page = words(batch(client, hub, "send-letters", letters=made, proof=PROOF))

    assert "3 letters sent" in page
    assert {state(one) for one in letters} == {LetterState.SENT}
    again = words(batch(client, hub, "send-letters", letters=made, proof=PROOF))
    assert "not among the letters that you work on any more" in again
    assert Entry.objects.filter(action="sent_letter").count() == 3


def test_each_says_why_it_could_not_go_and_the_others_go(client, hub):
    letters = claimed(hub, 3, ready)
    made = ticked(letters)
    withdraw(letters[1], now())

    page = words(batch(client, hub, "send-letters", letters=made, proof=PROOF))

    assert "2 letters sent" in page
    assert f"{letters[1].case.crn}: The warning is withdrawn" in page
    assert state(letters[1]) == LetterState.READY


def test_what_was_made_ready_anew_since_is_not_said_to_be_posted(client, hub):
    (letter,) = claimed(hub, 1, ready)
    made = ticked([letter])
    post(client, hub, "unready-letter", letter)
    Address.objects.update(lines="2 Moss Lane")
    fresh = Letter.objects.get(pk=letter.pk)
    post(client, hub, "ready-letter", fresh, read=read(fresh))

    page = words(batch(client, hub, "send-letters", letters=made, proof=PROOF))

    assert "Read it again" in page
    assert state(letter) == LetterState.READY


def test_with_nothing_ticked_it_is_said(client, hub):
    claimed(hub, 1)

    page = batch(client, hub, "ready-letters")
    assert "There is a problem. Not approved Tick the letters first" in words(page)
    assert "govuk-error-summary" in page.content.decode()
    assert "Tick the letters first" in words(batch(client, hub, "send-letters", proof=PROOF))


def test_what_lacks_something_leads_to_where_it_is_mended_and_by_hand_is_said_on_its_page(
    client, hub
):
    lacking = a_letter(hub, now())
    by_hand = written(hub, now())
    by_hand.words |= {"how": "hand"}
    by_hand.save()
    post(client, hub, "ready-letter", by_hand, read=read(by_hand))
    claim(by=hub, now=now(), many=2, kinds=["send_letter"])

    page = batch(client, hub).content.decode()

    assert (
        f"{reverse('write-letter', args=[lacking.case.crn, lacking.pk])}#id_no_appointment" in page
    )
    assert "say on each who handed it over" in page
    assert "Print all as one PDF" in page


def test_the_letters_of_others_and_of_kept_cases_are_not_there(client, hub):
    mine, kept = claimed(hub, 2)
    Limit.objects.create(case=kept.case, restricted=True, message="Kept.", ask="Pat Lane")
    other = UserFactory(role=Role.HUB)

    page = words(batch(client, hub))
    assert mine.case.crn in page
    assert kept.case.crn not in page
    assert "would be here" in words(batch(client, other))
    answer = batch(client, other, "ready-letters", letters=ticked([mine]))
    assert "not among the letters" in words(answer)
    assert state(mine) == LetterState.ASKED


def test_a_batch_takes_as_many_statements_however_many_letters_are_to_be_read(client, hub):
    counts = []
    for n in (1, 4):  # the first and four more are read together in the end
        claimed(hub, n)
        client.force_login(hub)
        client.get(reverse("letters-batch"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("letters-batch")).content.decode()
        counts.append(len(queries))
    assert page.count("I have read it, and it may go") == 5
    assert counts[0] == counts[1] <= OF_THE_BATCH


OF_THE_BATCH = 31


def test_the_same_over_the_api_each_standing_by_itself(hub):
    one, other = claimed(hub, 2)
    client = api_of(hub)
    listed = client.get(reverse("api-claimed-letters")).json()
    assert [row["whole"] for row in listed] == [True, True]
    chosen = [{"id": row["id"], "read": row["read"]} for row in listed]
    stale = [chosen[0], {"id": chosen[1]["id"], "read": "0"}, {"id": 0, "read": "0"}]

    answer = client.post(reverse("api-ready-letters"), {"letters": stale}, format="json").json()

    assert answer["done"] == [one.pk]
    assert [row["id"] for row in answer["refused"]] == [other.pk, 0]
    at = [one.case.crn, one.pk]
    whole = client.get(reverse("api-letter", args=at)).json()
    assert (whole["state"], whole["missing"], whole["said"]["crn"]) == ("ready", [], one.case.crn)
    posted = {"letters": [{"id": one.pk, "read": whole["read"]}], "proof": PROOF}
    gone = client.post(reverse("api-send-letters"), posted, format="json").json()
    assert gone == {"done": [one.pk], "refused": []}
    back = {"on": localdate().isoformat(), "because": "Gone away"}
    assert client.post(reverse("api-letter-back", args=at), back, format="json").json()["state"] == "returned"  # fmt: skip
    assert client.post(reverse("api-write-letter-again", args=at)).status_code == 201
    assert client.post(reverse("api-write-letter-again", args=at)).status_code == 422
    at = [other.case.crn, other.pk]
    said = {"words": {"how": "pigeon"}, "welsh": False}
    assert client.post(reverse("api-write-letter", args=at), said, format="json").status_code == 400
    said = {"words": {"how": "hand"}, "welsh": False}
    done = client.post(reverse("api-write-letter", args=at), said, format="json").json()
    done = client.post(reverse("api-ready-letter", args=at), {"read": done["read"]}, format="json").json()  # fmt: skip
    assert done["state"] == "ready"
    assert client.post(reverse("api-unready-letter", args=at)).json()["state"] == "asked"
    why = {"because": "Asked for twice"}
    assert client.post(reverse("api-cancel-letter", args=at), why, format="json").json()["state"] == "cancelled"  # fmt: skip
    assert len(client.get(reverse("api-letters", args=at[:1])).json()) == 1


@pytest.mark.parametrize("name", ["ready-letters", "send-letters"])
def test_an_address_of_a_button_that_is_opened_leads_to_the_letters(client, hub, name):
    client.force_login(hub)

    assert client.get(reverse(name)).url == reverse("letters-batch")


@pytest.mark.parametrize("name", ["ready-letter", "unready-letter", "write-letter-again"])
def test_an_address_of_a_button_of_one_letter_that_is_opened_leads_to_it(client, hub, name):
    letter = written(hub, now())
    client.force_login(hub)

    answer = client.get(reverse(name, args=[letter.case.crn, letter.pk]))

    assert answer.url == reverse("letter", args=[letter.case.crn, letter.pk])


def test_with_nothing_to_print_it_is_said_as_what_is_wrong(client, hub):
    claimed(hub, 1)
    client.force_login(hub)

    page = client.get(reverse("print-letters"))

    assert "govuk-error-summary" in page.content.decode()
    assert "Approve one first" in words(page)


def test_what_lay_too_long_is_to_be_mended_and_is_not_ticked_for_the_post(client, hub):
    long_ago, fresh = ready(hub, now() - timedelta(days=9)), ready(hub, now())
    claim(by=hub, now=now(), many=2, kinds=["send_letter"])

    page = batch(client, hub).content.decode()

    mended, _, rest = page.partition("Ready to go")
    assert "To be mended first" in mended
    assert reverse("letter", args=[long_ago.case.crn, long_ago.pk]) in mended
    assert f'id="send-{long_ago.pk}"' not in page
    assert f'id="send-{fresh.pk}"' in rest
    one = words(opened(client, hub, "letter", long_ago))
    assert "still to do before you can send this letter" in one
    assert "Put it back to be written" in one
    assert "Say that it is posted" not in one
    assert "cannot go as it is" in words(opened_after(client, hub, "send-letter", long_ago))


# What comes before it counts as received


@pytest.fixture
def too_late(hub):
    """A letter by post of an appointment tomorrow."""
    case = CaseFactory()
    AppointmentFactory(case=case, at=now() + timedelta(days=1), where="office", contact__place="Reading office")  # fmt: skip
    return written(hub, now(), case)


TOO_LATE = "The appointment in it is on "


def test_before_a_letter_goes_its_page_says_that_the_appointment_comes_before_it_counts_as_received(client, hub, too_late):  # fmt: skip
    page = opened(client, hub, "letter", too_late)
    assert "Look again" in words(page)
    assert TOO_LATE in words(page)
    assert f"{reverse('write-letter', args=[too_late.case.crn, too_late.pk])}#id_how" in page.content.decode()  # fmt: skip
    box = opened(client, hub, "write-letter", too_late).content.decode()
    assert 'id="id_how"' in box
    post(client, hub, "ready-letter", too_late, read=read(too_late))
    assert TOO_LATE in words(opened(client, hub, "letter", too_late))
    assert TOO_LATE in words(opened(client, hub, "send-letter", too_late))
    api = APIClient()
    api.force_authenticate(hub)
    said = api.get(reverse("api-letter", args=[too_late.case.crn, too_late.pk])).json()
    assert [one["field"] for one in said["look_again"]] == ["how"]

    post(client, hub, "send-letter", too_late, read=read(too_late), proof=PROOF)

    assert state(too_late) == LetterState.SENT
    assert TOO_LATE not in words(opened(client, hub, "letter", too_late))


def test_handed_over_nothing_comes_before_it(client, hub, too_late):
    said = {"how": "hand", "welsh": "no", f"what_{too_late.warning.failures.get().pk}": "You did not come."}  # fmt: skip
    post(client, hub, "write-letter", too_late, **said)

    assert TOO_LATE not in words(opened(client, hub, "letter", too_late))


def test_among_ten_each_is_marked_that_comes_too_late(client, hub, too_late):
    other = ready(hub, now())
    claim(by=hub, now=now(), many=2, kinds=("send_letter",))
    assert words(batch(client, hub)).count(TOO_LATE) == 1

    batch(client, hub, "ready-letters", letters=[f"{too_late.pk}:{read(too_late)}"])

    page = batch(client, hub).content.decode()
    assert words(batch(client, hub)).count(TOO_LATE) == 1
    assert f'aria-describedby="again-{too_late.pk}"' in page
    assert f"again-{other.pk}" not in page


# What whoever writes it needs beside it


def test_from_a_letter_the_hub_asks_its_officer_and_nobody_else_is_offered_that(client, hub):
    letter = a_letter(hub, now())
    item = reverse("hub-item", args=[letter.case.crn, Deadline.objects.get(letter=letter).pk])
    claim(by=hub, now=now(), kinds=("send_letter",))

    assert item in opened(client, hub, "letter", letter).content.decode()
    assert item in batch(client, hub).content.decode()
    assert item not in opened(client, letter.case.officer, "letter", letter).content.decode()
    gone = sent(hub, now())
    assert "Ask their officer" not in words(opened(client, hub, "letter", gone))


def test_whoever_writes_that_a_warning_counts_no_more_reads_why_it_was_withdrawn(client, hub):
    about = sent(hub, now())
    withdraw(about, now())
    RelatedPersonFactory(case=about.case, name="Rosalind Quayle", protected=True)
    about.warning.refresh_from_db()
    about.warning.withdrawn_because = "The hospital wrote to Rosalind Quayle."
    about.warning.save()
    letter = ask_for_letter(case=about.case, kind="withdrawal", warning=about.warning, by=hub, now=now(), why="It fell")  # fmt: skip

    page = words(opened(client, hub, "write-letter", letter))

    assert "What the record says" in page
    assert "The hospital wrote to" in page
    assert "Quayle" not in page
    assert "What the record says" not in words(opened(client, hub, "write-letter", a_letter(hub, now())))  # fmt: skip


def test_whoever_writes_that_it_does_not_go_to_court_reads_why_it_was_withdrawn(client, hub):
    breach = brought_to("withdrawn")
    letter = ask_for_letter(case=breach.case, kind="withdrawal", breach=breach, by=hub, now=now(), why="It fell")  # fmt: skip

    assert "Proof of a good reason came A letter from the hospital came." in words(opened(client, hub, "write-letter", letter))  # fmt: skip


# Those who do not read English, and what was asked while it was written


def test_where_an_interpreter_is_needed_it_is_thought_about_and_a_translation_goes_with_it(
    client, hub
):
    letter = written(hub, now(), needs_interpreter=True, first_language="Polish")
    page = opened(client, hub, "letter", letter)
    assert "Look again" in words(page)
    assert f"{reverse('write-letter', args=[letter.case.crn, letter.pk])}#id_translation" in page.content.decode()  # fmt: skip
    asked = words(opened(client, hub, "write-letter", letter))
    assert "The letter in Polish" in asked

    said = {"no_appointment": NONE_BOOKED, "how": "post", "welsh": "no"}
    page = post(
        client,
        hub,
        "write-letter",
        letter,
        **said,
        translation="Nie przyszedł Pan.\n\nProsimy o telefon.",
    )

    assert "Look again" not in words(page)
    assert "This letter in Polish" in words(page)
    assert 'lang="pl"' in page.content.decode()
    letter = Letter.objects.get(pk=letter.pk)
    post(client, hub, "ready-letter", letter, read=read(letter))
    paper = text_of(opened(client, hub, "letter-paper", letter).content)
    assert "This letter in Polish" in paper
    assert "Prosimy o telefon." in paper


def test_whoever_reads_english_is_not_asked_for_a_translation(client, hub):
    letter = written(hub, now(), needs_interpreter=False, first_language="English")

    assert "Look again" not in words(opened(client, hub, "letter", letter))
    assert "translator" not in words(opened(client, hub, "write-letter", letter))


def test_what_was_asked_about_it_and_the_answer_stand_above_the_boxes(client, hub):
    letter = a_letter(hub, now())
    item = Deadline.objects.get(letter=letter)
    HubQuestion.objects.create(
        deadline=item, asks="Is the day right?", asked_at=now(), asked_by=hub, until=now(),
        answer="It was the Tuesday.", answered_at=now(), answered_by=letter.case.officer,
    )  # fmt: skip

    page = words(opened(client, hub, "write-letter", letter))

    assert (
        page.index("Is the day right?")
        < page.index("It was the Tuesday.")
        < page.index("How does it go?")
    )


def test_each_box_has_a_hint_of_its_own(client, hub):
    page = words(opened(client, hub, "write-letter", a_letter(hub, now())))

    assert page.count("You did not come to the office at 10am") == 1
    assert "We will ring you on Monday to arrange the next one" in page

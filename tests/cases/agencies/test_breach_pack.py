"""A breach pack as it is bound: read back page by page, its index true, its tags whole, and nothing in it that a court may not have."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from cases.agencies.breach_pack import breach_pack
from cases.agencies.enforcement_letter import enforcement_letter
from cases.queries.enforcement.bundle import bundle_of
from cases.queries.enforcement.pack import pack_of
from cases.rules.enforcement.letters import as_data
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.policy import request_policy
from tests.cases.a_breach import SAID, written
from tests.cases.agencies.test_letters import HOSTILE, pages, plain
from tests.cases.rules.enforcement.test_letters import WEDNESDAY, WHOLE
from tests.factories import (
    NOW,
    AddressFactory,
    CaseFactory,
    ContactFactory,
    RelatedPersonFactory,
)

LETTER = ("Warning, 3 May 2018, first class post; proof: certificate 4", enforcement_letter(as_data(WHOLE, WEDNESDAY, None)))  # fmt: skip
TWO_PAGES = (
    "Warning in Welsh",
    enforcement_letter(as_data(replace(WHOLE, welsh=True), WEDNESDAY, None)),
)
AWKWARD = ["Siân Ŵyn-Llŷr Ŷ", "O'Brien-D'Arcy", "Åse Ñúñez Çelik Łukasz Đặng", "Q" * 150, *HOSTILE]


def part(title, **given):
    return {"title": title, "lines": [], "paragraphs": [], "head": [], "rows": []} | given


def said(**given):
    return {
        "crn": "X123456", "name": "Alan Smith", "born_on": "3 May 1990", "organisation": "Thames Valley CRC",
        "telephone": "0118 496 0000", "address": "1 Example Way, Reading", "officer": "A Khan", "court": "Reading",
        "made_on": "3 May 2018", "draft": False, "time": 1, "answered": [],
        "parts": [
            part("The order", lines=[["Order", "Community order"]]),
            part("How they attended", head=["When", "What", "Outcome"], rows=[["1 May", "Office", f"Came {n}"] for n in range(90)]),
            part("The breach report", sections=[{"title": "What is the risk now?", "paragraphs": ["It is the same."]}]),
        ],
    } | given  # fmt: skip


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def titles(outline):
    return [one for some in outline for one in (titles(some) if isinstance(some, list) else [some])]


def test_the_index_says_on_which_page_each_part_and_each_letter_begins():
    pdf = breach_pack(said(), [LETTER, TWO_PAGES, LETTER])
    found, whole = pages(pdf), read(pdf)

    marks = titles(whole.outline)
    begins = {one.title.strip(): whole.get_destination_page_number(one) + 1 for one in marks}
    index = plain(found[0])
    for title in ("The order", "How they attended", "The breach report", "Warning in Welsh"):
        assert plain(f"{title}{begins[title]}") in index, title
        if title != "Warning in Welsh":
            assert plain(title) in plain(found[begins[title] - 1])
    own = len(found) - 4  # one, two and one page of letters
    assert begins["Warning in Welsh"] == own + 2
    assert plain(f"Page 1 of {len(found)}") in index


def test_the_crn_is_on_each_page():
    assert all("X123456" in page for page in pages(breach_pack(said(), [LETTER, TWO_PAGES])))


def test_a_screen_reader_goes_through_it_from_the_first_page_to_the_last():
    whole = read(breach_pack(said(), [LETTER, TWO_PAGES, LETTER]))
    root = whole.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    numbers = tree["/ParentTree"].get_object()["/Nums"]
    parents = {numbers[at]: numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}

    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert len({page["/StructParents"] for page in whole.pages}) == len(whole.pages)
    for page in whole.pages:
        held = [one.get_object() for one in parents[page["/StructParents"]]]
        assert held
        for element in filter(None, held):
            assert element.get("/Pg", page).get_object() == page.get_object()
            assert climbs_to(element, tree)


def climbs_to(element, tree):
    for _ in range(50):
        if element.get("/Type") == "/StructTreeRoot":
            return element == tree
        element = element["/P"].get_object()
    return False


def test_letters_are_in_it_as_they_went():
    letter = pages(LETTER[1])

    found = pages(breach_pack(said(), [LETTER]))

    assert [plain(one) for one in found[-len(letter) :]] == [plain(one) for one in letter]


def test_without_letters_it_is_whole_by_itself():
    found = pages(breach_pack(said(), []))

    assert plain(f"Page {len(found)} of {len(found)}") in plain(found[-1])


@pytest.mark.parametrize("name", AWKWARD)
def test_no_name_is_lost_or_taken_for_anything_but_a_name(name):
    text = plain(" ".join(pages(breach_pack(said(name=name, court=name), []))))

    assert text.count(plain(name)) >= 2


def test_an_index_that_runs_over_a_page_is_true_all_the_same():
    letters = [(f"Letter number {n}, which has a long title that is kept whole in the index of it", LETTER[1]) for n in range(40)]  # fmt: skip

    pdf = breach_pack(said(), letters)

    whole = read(pdf)
    begins = {
        one.title: whole.get_destination_page_number(one) + 1 for one in titles(whole.outline)
    }
    index = plain(" ".join(pages(pdf)[:5]))
    for title, _ in letters:
        assert plain(f"{title}{begins[title]}") in index


def test_a_draft_says_so():
    assert "This is a draft" in pages(breach_pack(said(draft=True), []))[0]


# What of the record it says


@pytest.fixture
def breach(db):
    case = CaseFactory(forename="Siân", surname="Ŵyn-Llŷr", sort_name="wyn")
    AddressFactory(
        case=case, lines="Flat 12B, " + "The Old Chapel House, " * 8, status_code="M", to_on=None
    )
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    RelatedPersonFactory(case=case, name="Jean Marlow", victim=True, address="9 Kept Lane")
    breach = written(case)
    words = "Robin Vale rang to say so, and Jean Marlow was there."
    write_pack(breach=breach, given={"report.their_view": words}, by=case.officer, now=NOW)
    for n in range(3):
        ContactFactory(case=case, started_at=NOW.replace(year=2018, month=9, day=3 + n), appointment=True, attended=True, complied=True, outcome_name="Attended")  # fmt: skip
    breach.refresh_from_db()
    return breach


def bundled(breach, explained=()):
    ours = request_policy(NOW.date()).reply_to
    data, letters = bundle_of(
        breach, pack_of(breach, NOW, NOW.date()), dict(explained), ours, NOW, draft=False
    )
    return plain(" ".join(pages(breach_pack(data, letters))))


def test_it_says_the_order_each_failure_the_attendance_and_the_report(breach):
    text = bundled(breach)

    for words in (
        "Siân Ŵyn-Llŷr", breach.case.crn, "Curfew", "Broke the curfew by three hours", "Told in person by A Officer",
        "3 September 2018", "How have they complied?", SAID, "Flat 12B", "No warning was given under this order.",
    ):  # fmt: skip
        assert plain(words) in text, words


def test_neither_a_victim_nor_anybody_protected_is_named_in_it(breach):
    text = bundled(breach)

    assert plain("[name protected]") in text
    for words in ("Robin Vale", "Vale", "Jean Marlow", "Marlow", "9 Kept Lane"):
        assert plain(words) not in text


def test_what_was_not_there_is_said_with_what_the_officer_says_of_it(breach):
    write_pack(breach=breach, given={"report.risk": ""}, by=breach.case.officer, now=NOW)
    breach.refresh_from_db()

    text = bundled(breach, {"report.risk": "He is assessed on Monday."})

    assert plain("What was not there when it went") in text
    assert plain("He is assessed on Monday.") in text

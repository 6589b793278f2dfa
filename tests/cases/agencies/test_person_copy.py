"""The person's copy as it is printed: read back, it is the sheet, in the size they can read."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from cases.agencies.person_copy import person_copy
from cases.agencies.typeset import CannotPrint
from cases.rules.person_copy import Reach, copy_of, sheet_of
from cases.rules.sharing import Goal
from tests.cases.agencies.test_letters import HOSTILE, pages, plain
from tests.cases.rules.test_sharing import NOBODY, parts, step

MADE = date(2018, 5, 3)


def sheet(whole=None, ways=()):
    copy = copy_of(whole or parts(steps=(step(),)), NOBODY)
    reach = Reach("Sam Okoro", "Thames Valley CRC", "0118 496 0000", ways)
    return sheet_of(copy, crn="X123456", reach=reach, made_on=MADE)


def long_plan(**given):
    steps = tuple(step(f"Step number {n} of what is agreed and how it is done") for n in range(40))
    return parts(steps=steps, **given)


def sizes(pdf):
    """How large each piece of text on its pages is, in points."""
    found = set()

    def visit(text, _, matrix, font, size):
        if text.strip():
            found.add(round(abs(size * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5), 1))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("large", [False, True])
def test_it_says_what_the_sheet_says_under_its_headings(large):
    whole = parts(
        goals=(Goal("Drink less", "yes"),),
        steps=(step(),),
        answers={"contact.level": "weekly", "person.words": "I want to see my boy."},
    )

    text = plain(" ".join(pages(person_copy(sheet(whole, ("We may ring you.",)), large=large))))

    for said in (
        "Alan, this is your plan", "What we agreed", "Drink less", "What you will do", "Keep a diary",
        "By 14 June 2018", "How often we meet", "In your words", "“I want to see my boy.”",
        "If something is wrong", "0118 496 0000", "How we get in touch with you", "We may ring you.",
    ):  # fmt: skip
        assert plain(said) in text


@pytest.mark.parametrize("large", [False, True])
def test_each_page_bears_their_name_crn_and_number(large):
    found = pages(person_copy(sheet(long_plan()), large=large))

    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert plain(f"Alan, X123456 Page {number} of {len(found)}") in plain(page)


def test_nothing_in_large_print_is_smaller_than_eighteen_points():
    assert min(sizes(person_copy(sheet(long_plan()), large=True))) >= 18
    assert min(sizes(person_copy(sheet(long_plan()), large=False))) < 18


def test_a_draft_says_so_on_every_page_and_what_is_agreed_on_none():
    agreed = long_plan(agreed="yes", agreed_on=MADE, signed_on=MADE)

    drafts = pages(person_copy(sheet(long_plan()), large=False))
    finals = pages(person_copy(sheet(agreed), large=False))

    assert all("DRAFT" in page for page in drafts)
    assert "What you want to change" in drafts[-1]
    assert not any("draft" in page.lower() for page in finals)


def test_it_says_how_we_get_in_touch_only_where_something_is_safe():
    assert "get in touch" not in " ".join(pages(person_copy(sheet(), large=False)))


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_it_is_taken_for_anything_but_words(words):
    text = plain(" ".join(pages(person_copy(sheet(parts(steps=(step(words),))), large=False))))

    assert plain(words)[1:] in text


def test_what_no_font_of_ours_can_print_is_refused():
    with pytest.raises(CannotPrint):
        person_copy(sheet(parts(steps=(step("李小龙"),))), large=False)


def test_a_screen_reader_can_read_it():
    pdf = PdfReader(io.BytesIO(person_copy(sheet(), large=False)))

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert pdf.metadata.title == "Your plan"
    assert "Alan" not in str(pdf.metadata)

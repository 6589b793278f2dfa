"""The letter as it is printed: read back, it is the request, nobody more and nobody less."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from cases.agencies.letters import joined, letter
from cases.agencies.typeset import CannotPrint
from cases.reference.checks import SubjectKind
from cases.rules.requests import Named
from tests.cases.rules.test_requests import CHILD, HOME, PERSON, POLICY, request

HOSTILE = [
    '#panic("x")',
    "$x^2$ *bold* _it_ [y] <label> @ref",
    r"\ \u{41} \" ' `code` // not a comment /* nor this */",
    '#read("letter.typ")',
    "#sys.inputs",
    "= Heading",
    "<script>alert(1)</script>",
]


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def plain(text):
    """However the letter breaks its lines, and whichever quotation marks."""
    return "".join(text.split())


def read(pdf):
    return plain(" ".join(pages(pdf)))


def test_the_letter_says_what_the_request_says():
    text = read(letter(request()))

    asking = POLICY.kinds[request().kind]
    for said in (
        request().reference,
        request().agency,
        asking.purpose,
        *asking.legal_basis,
        *asking.questions,
        POLICY.reply_to.address,
        "3 in all",
        "says nothing of anybody else",
        PERSON.name,
        "4 May 1990",
        CHILD.name,
        "3 May 2015",
        HOME.name,
    ):
        assert plain(said) in text


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_name_is_taken_for_anything_but_a_name(name):
    text = read(letter(request(PERSON, Named(SubjectKind.CHILD, name, date(2015, 5, 3)))))

    assert plain(name) in text
    assert "2inall" in text


def test_thirty_are_listed_over_pages_each_once_under_a_heading_of_its_own():
    others = [
        Named(SubjectKind.OTHER, f"Person Number{n:02}", date(1980, 1, 1 + n)) for n in range(29)
    ]

    found = pages(letter(request(PERSON, *others)))

    assert len(found) >= 2
    numbers = re.findall(r"Number(\d\d)", plain("".join(found)))
    assert numbers == [f"{n:02}" for n in range(29)]
    assert sum("Born" in page for page in found) >= 2
    assert all(f"{request().reference}" in page for page in found)


def test_a_long_name_is_broken_over_lines_and_kept_whole():
    name = " ".join(f"Bartholomew{n}" for n in range(24))
    unbroken = "Q" * 200

    text = read(
        letter(request(PERSON, Named(SubjectKind.CHILD, name), Named(SubjectKind.OTHER, unbroken)))
    )

    assert plain(name) in text
    assert text.count("Q") >= 200


@pytest.mark.parametrize("name", ["Zoë Łukaszewicz", "Siân Ŵyn", "Ольга Петрова", "محمد", "O’Neil"])
def test_names_of_many_languages_are_printed(name):
    assert plain(name) in read(letter(request(PERSON, Named(SubjectKind.CHILD, name))))


def test_a_letter_that_no_font_of_ours_can_print_is_refused_and_not_printed_with_gaps():
    with pytest.raises(CannotPrint):
        letter(request(PERSON, Named(SubjectKind.CHILD, "李小龙")))


def test_a_screen_reader_can_read_it():
    pdf = PdfReader(io.BytesIO(letter(request())))

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert pdf.metadata.title.startswith(request().reference)


def test_letters_joined_are_each_whole_and_in_order():
    first, second = letter(request()), letter(request(PERSON, reference="EN-0000002-71"))

    found = pages(joined([first, second]))

    assert len(found) == len(pages(first)) + len(pages(second))
    assert "EN-0001234-82" in found[0]
    assert "EN-0000002-71" in found[-1]
    assert CHILD.name not in found[-1]

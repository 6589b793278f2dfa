"""A letter of enforcement as it is printed: read back, nothing is lost, and a screen reader knows its languages."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from cases.agencies.enforcement_letter import enforcement_letter
from cases.rules.enforcement.letters import Failed, as_data
from tests.cases.agencies.test_letters import HOSTILE, pages, plain
from tests.cases.rules.enforcement.test_letters import WEDNESDAY, WHOLE

AWKWARD = [
    "Siân Ŵyn-Llŷr Ŷ",
    "O'Brien-D'Arcy",
    "Åse Ñúñez Çelik Łukasz Đặng",
    "Wolfeschlegelsteinhausenbergerdorff" * 4,
    "Q" * 200,
]


def printed(**given):
    return enforcement_letter(as_data(replace(WHOLE, **given), WEDNESDAY, None))


def languages(pdf):
    """Every language that an element of its structure names."""
    found = set()

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/Lang" in node:
                found.add(str(node["/Lang"]))
            if "/K" in node:
                walk(node["/K"])

    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return {str(root["/Lang"])} | found


def test_each_page_bears_the_crn_and_its_number():
    found = pages(printed(welsh=True))

    assert len(found) >= 2
    for number, page in enumerate(found, 1):
        assert "X123456" in page
        assert plain(f"{number} o {len(found)}") in plain(page) or plain(
            f"{number} of {len(found)}"
        ) in plain(page)


def test_a_screen_reader_can_read_it_in_both_languages():
    pdf = printed(welsh=True)
    read = PdfReader(io.BytesIO(pdf))

    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert {one[:2] for one in languages(pdf)} == {"cy", "en"}
    assert "Alan" not in str(read.metadata)


@pytest.mark.parametrize("name", AWKWARD)
def test_no_name_is_lost(name):
    text = plain(" ".join(pages(printed(name=name, called=name))))

    assert text.count(plain(name)) >= 2


def test_no_line_of_a_long_address_is_lost():
    address = tuple(
        f"Line {n}, the house behind the chapel at Llanfairpwllgwyngyll" for n in range(12)
    )

    text = plain(" ".join(pages(printed(address=address))))

    assert all(plain(line) in text for line in address)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_it_is_taken_for_anything_but_words(words):
    failed = Failed("7", WHOLE.failures[0].on, words)

    assert plain(words) in plain(" ".join(pages(printed(failures=(failed,)))))


def test_a_short_letter_in_one_language_is_one_page():
    assert len(pages(printed())) == 1


def test_no_page_holds_who_wrote_it_alone():
    for one in pages(printed(welsh=True, called="Siân")):
        if WHOLE.writer in one:
            assert WHOLE.telephone in one.split(WHOLE.writer)[0]

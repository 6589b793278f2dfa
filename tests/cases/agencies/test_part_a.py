"""Part A of a recall as it goes to the NPS: read back, nothing is lost, nothing acts, and a screen reader can read it."""

import io

import pytest
from pypdf import PdfReader

from cases.agencies.part_a import part_a_pdf
from tests.cases.agencies.test_letters import HOSTILE, pages, plain

AWKWARD = [
    "Siân Ŵyn-Llŷr Ŷ",
    "O'Brien-D'Arcy",
    "Åse Ñúñez Çelik Łukasz Đặng",
    "Wolfeschlegelsteinhausenbergerdorff" * 4,
]


def line(label, value, detail=""):
    return {"label": label, "value": value, "detail": detail}


def paper(**given):
    whole = {
        "title": "Recall: Part A",
        "crn": "X123456",
        "name": "Alan Smith",
        "organisation": "Thames Valley CRC",
        "printed": "Made 21 November 2018 at 10am",
        "urgent": "",
        "incomplete": "",
        "person": [
            line("Name", "Alan Smith"),
            line("Last known address", "3 Lantern House, Reading"),
        ],
        "recall": [line("Sentence", "ORA Adult Custody, event 2", "Ends 30 September 2019")],
        "failures": [line("19 November 2018", "Left the approved premises.", "Residence")],
        "answers": [line("What has happened?", "He left on Monday.\nHe has not come back.")],
        "tried": [line("Seeing them more often", "Tried in September.")],
        "signed": [line("Countersigned by", "B. Senior", "Read and agreed.")],
    }
    return part_a_pdf(whole | given)


def test_each_page_bears_the_crn_and_its_number():
    found = pages(paper(answers=[line(f"Question {n}", "He left. " * 120) for n in range(12)]))

    assert len(found) >= 3
    for number, page in enumerate(found, 1):
        assert "X123456" in page
        assert f"{number}of{len(found)}" in plain(page)


def test_a_screen_reader_can_read_it_and_its_title_names_nobody():
    read = PdfReader(io.BytesIO(paper()))

    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert str(root["/Lang"]).startswith("en")
    assert read.metadata.title == "Recall: Part A, X123456"
    assert "Smith" not in str(read.metadata)


@pytest.mark.parametrize("name", AWKWARD)
def test_no_name_and_no_long_address_is_lost(name):
    address = f"{name}, the house behind the chapel, Llanfairpwllgwyngyll, " * 3

    text = plain(" ".join(pages(paper(person=[line("Name", name), line("Address", address)]))))

    assert plain(name) in text
    assert plain(address) in text


@pytest.mark.parametrize("words", HOSTILE)
def test_what_anybody_wrote_is_text_and_nothing_else(words):
    text = plain(" ".join(pages(paper(answers=[line("What has happened?", words)]))))

    assert plain(words) in text


def test_everything_it_is_given_stands_on_it():
    text = plain(
        " ".join(pages(paper(urgent="Emergency", incomplete="The rest of Part A follows.")))
    )

    for words in ("Emergency.", "The rest of Part A follows.", "He has not come back.", "Residence", "Read and agreed.", "Tried in September."):  # fmt: skip
        assert plain(words) in text


def test_where_no_failure_stands_that_is_said():
    assert plain("No failure stands on it.") in plain(" ".join(pages(paper(failures=[]))))

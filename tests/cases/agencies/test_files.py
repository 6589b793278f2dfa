"""What a file is by its content, and which are kept: made as senders make them, honest or not."""

import zipfile
from base64 import b64encode
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.agencies import files
from cases.agencies.files import examine
from cases.rules.uploads import LARGEST, Contents, Kind, why_refused
from tests.cases.agencies.made import acting, email, jpeg, opening, pdf, png

WORDS = "Our ref EN-0001234-82: no trace."


def archive(name):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        inside.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    "content, kind",
    [
        (pdf(WORDS), Kind.PDF),
        (WORDS.encode(), Kind.TEXT),
        (WORDS.encode("cp1252"), Kind.TEXT),
        (email(WORDS), Kind.EMAIL),
        (email("See below", html=f"<p>{WORDS}</p>"), Kind.EMAIL),
        (png(), Kind.PNG),
        (jpeg(), Kind.JPEG),
        (jpeg(scanned=b"\x12\xff\x00\xff\xd0\x34"), Kind.JPEG),
        (jpeg() + bytes(3), Kind.JPEG),
        (email(attached=[(pdf(WORDS), "application/pdf", "reply.pdf")]), Kind.EMAIL),
    ],
)
def test_what_agencies_honestly_send_is_kept(content, kind):
    found = examine(content)

    assert found.kind == kind
    assert why_refused(found) == ""


@pytest.mark.parametrize(
    "content",
    [
        pdf(WORDS),
        WORDS.encode(),
        email(WORDS),
        email("See attached", attached=[(pdf(WORDS), "application/pdf", "reply.pdf")]),
    ],
)
def test_the_words_in_it_are_read_so_that_a_reference_is_found(content):
    assert "EN-0001234-82" in examine(content).text


def test_the_words_of_an_e_mail_in_html_are_read_without_its_programs():
    content = b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/html\r\n\r\n<script>bad()</script><p>No trace</p>"

    found = examine(content)

    assert "No trace" in found.text
    assert "bad" not in found.text


@pytest.mark.parametrize(
    "content, says",
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (archive("word/document.xml"), "Word document. Save it as PDF"),
        (archive("xl/workbook.xml"), "spreadsheet"),
        (archive("holiday.jpg"), "archive"),
        (b"{\\rtf1 hello}", "Word document"),
        (b"<html><script>alert(1)</script></html>", "web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "web page"),
        (b"MZ\x90\x00\x03" + bytes(60), "not kept"),
        (b"%PDF-1.7\nthis is none", "broken"),
        (b"x" * (LARGEST + 1), "10 MB"),
        (pdf(password="secret"), "locked"),
        (pdf(WORDS) + archive("run.exe"), "archive"),
        (png() + archive("run.exe"), "archive"),
        (jpeg() + archive("word/document.xml"), "Word document"),
        (png() + b"<script>alert(1)</script>", "broken"),
        (jpeg() + b"<script>alert(1)</script>", "broken"),
        (jpeg()[:-2], "broken"),
        (png()[:-12], "broken"),
        ("<svg onload='alert(1)'/>".encode("utf-16"), "not kept"),
        (b'<?xml version="1.0"?><svg/>', "web page"),
        (png(20_000, 20_000), "picture"),
        (jpeg(20_000, 20_000), "picture"),
        (b"\x89PNG\r\n\x1a\nrubbish", "broken"),
        (b"\xff\xd8\xff\xe0rubbish", "broken"),
    ],
)
def test_what_is_not_kept_is_refused_in_words_that_say_how_to_mend(content, says):
    assert says in why_refused(examine(content))


@pytest.mark.parametrize(
    "content, does",
    [
        (opening(S="/JavaScript", JS="app.alert(1)"), "holds a program"),
        (opening(S="/Launch", F="cmd.exe"), "opens other programs"),
        (opening(S="/URI", URI="http://x.example"), "as soon as it is opened"),
        (
            pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ")),
            "has other files inside",
        ),
        (acting(S="/SubmitForm", F="http://x.example"), "sends what is typed"),
        (acting(S="/JavaScript", JS="app.alert(1)"), "holds a program"),
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused(content, does):
    found = examine(content)

    assert does in why_refused(found)
    assert found.text == ""


def test_a_pdf_that_opens_at_a_page_is_kept():
    assert why_refused(examine(opening(S="/GoTo", D="first"))) == ""


def test_a_file_is_never_what_it_is_called_or_claimed_to_be():
    hidden = email(attached=[(archive("word/document.xml"), "application/pdf", "reply.pdf")])

    why = why_refused(examine(hidden))

    assert why.startswith("Something attached to the e-mail is not kept: this is a Word document")


def test_an_e_mail_carries_nothing_past_us_inside_another():
    inner = email(attached=[(opening(S="/Launch", F="cmd.exe"), "application/pdf", "a.pdf")])
    outer = email(attached=[(inner, "application/octet-stream", "forwarded.eml")])

    assert "opens other programs" in why_refused(examine(outer))


def test_an_e_mail_that_is_nothing_but_its_attachment_is_looked_into():
    head = b"From: a@b.example\nTo: c@d.example\nContent-Type: application/pdf\n"
    content = (
        head + b"Content-Transfer-Encoding: base64\n\n" + b64encode(archive("word/document.xml"))
    )

    assert "Word document" in why_refused(examine(content))


def test_a_page_attached_to_an_e_mail_is_refused_though_one_may_be_its_words():
    page = b"<html><script>x()</script></html>"

    assert "web page" in why_refused(examine(email(attached=[(page, "text/html", "a.html")])))


def test_the_words_of_an_e_mail_are_read_though_its_attachment_is_refused():
    found = examine(email(WORDS, attached=[(b"MZ\x90\x00" + bytes(9), "image/png", "a.png")]))

    assert why_refused(found)
    assert WORDS in found.text


def test_a_pdf_that_takes_too_long_is_refused_and_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(files, "SECONDS", 0.001)

    assert examine(pdf(WORDS)).unreadable


def test_a_pdf_of_endless_pages_is_refused():
    assert "pages" in why_refused(Contents(Kind.PDF, 1, pages=5000))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"From: a@b\nSubject: x\n", b"PK", b"\xff\xd8\xff"]),
)
def test_any_bytes_can_be_looked_at(content, beginning):
    found = examine(beginning + content)

    assert why_refused(found) == "" or why_refused(found)[-1] == "."
    assert found.text.encode().decode() == found.text


def test_half_characters_and_noughts_in_an_e_mail_are_read_as_something_a_database_keeps():
    content = (
        b"From: a@b.example\r\nSubject: \xed\xa0\x80\x00\r\nTo: c@d.example\r\n\r\nNo trace \xff."
    )

    assert "\x00" not in examine(content).text
    examine(content.replace(b"\x00", b"")).text.encode()

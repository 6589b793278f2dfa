"""What was sent to an agency and what came back, kept as documents: one page each, of real bytes."""

from hashlib import sha256

from cases.management.demo import places
from cases.reference.agencies import DocumentKind

PDF, PLAIN = "application/pdf", "text/plain"
ACROSS = 88  # characters to a line
KIND = {"sent": DocumentKind.REQUEST, "replied": DocumentKind.REPLY}
NAME = {"sent": "Enquiry as sent.pdf", "replied": "Reply.txt"}


def asking(enquiry):
    """The words of what was sent: whom they are about is on the enquiry."""
    return (
        f"To {enquiry.agency.name}. {places.PROVIDER[1]} asks what you hold about the people and the "
        "address listed, to protect those around somebody under supervision (Offender Management Act "
        "2007, section 14)."
    )


def keep(book, plan, enquiry_id, did, words, *, at, by_id):
    """Write it beside its enquiry; gives its key."""
    content = one_page(words) if did == "sent" else words.encode()
    document_id = book.Document.add(
        case_id=plan.case_id,
        enquiry_id=enquiry_id,
        kind=KIND[did],
        name=NAME[did],
        media_type=PDF if did == "sent" else PLAIN,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        at=at,
        by_id=by_id,
    )
    book.DocumentContent.add(document_id=document_id, content=content)
    return document_id


def one_page(words):
    """A PDF of one page with these words, in a typeface that every reader has."""
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in _lines(words))
    drawn = f"BT /F1 11 Tf 15 TL 56 780 Td {shown} ET".encode("latin-1", "replace")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    page, places_of = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places_of.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places_of)
    return page + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, table, len(bodies) + 1, len(page))
    )


def _escaped(line):
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _lines(words):
    line = ""
    for word in words.split():
        if len(line) + len(word) >= ACROSS:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line

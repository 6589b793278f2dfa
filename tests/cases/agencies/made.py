"""Files as they come from outside, made here: a PDF of one page, an e-mail, pictures."""

import struct
import zlib
from email.message import EmailMessage
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject


def pdf(text="", change=None, password=""):
    """One page with these words. `change` is given the writer before it is written."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = StreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if change:
        change(writer)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def action(**entries):
    """A dictionary of a PDF, every value a name, or text where it is not one."""
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value)
            if value[:1] == "/"
            else TextStringObject(value)
            for key, value in entries.items()
        }
    )


def opening(**entries):
    """A PDF that takes this action as it is opened."""
    return pdf(
        change=lambda writer: writer._root_object.update(
            {NameObject("/OpenAction"): action(**entries)}
        )
    )


def acting(**entries):
    """A PDF with a link on its page that takes this action."""
    link = action(Subtype="/Link")
    link[NameObject("/A")] = action(**entries)
    return pdf(
        change=lambda writer: writer.pages[0].update({NameObject("/Annots"): ArrayObject([link])})
    )


def email(words="No trace.", html="", attached=()):
    """An e-mail; `attached` are (bytes, what it claims to be, its name)."""
    message = EmailMessage()
    message["From"], message["To"] = "unit@police.example", "hub@probation.example"
    message["Subject"] = "Your enquiry"
    message.set_content(words)
    if html:
        message.add_alternative(html, subtype="html")
    for content, claimed, name in attached:
        main, sub = claimed.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def png(width=2, height=2):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00\x00\x00" * 2)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def jpeg(width=2, height=2, scanned=b""):
    """`scanned`: the bytes of a scan, in which a marker may seem to stand."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + (
        b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + (b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + scanned if scanned else b"")
        + b"\xff\xd9"
    )

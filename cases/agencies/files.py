"""What a file from outside is by its content: its kind, what can be read of it, and what would act.

Only looks; whether it is kept is said by `cases.rules.uploads`.
"""

import json
import re
import struct
import subprocess
import sys
from email import message_from_bytes, policy
from html.parser import HTMLParser

import puremagic
from django.conf import settings

from cases.agencies.pdf import SECONDS
from cases.rules.uploads import LARGEST, Contents, Kind

DEEPEST = 3  # an e-mail within an e-mail within an e-mail
MOST_PARTS = 50
BODIES = ("plain", "html")  # the words of a message, as text or as a page
HEADER = re.compile(rb"[!-9;-~]+:.*|[ \t].+")
NAMED = re.compile(rb"^(date|subject|received|message-id|mime-version|to):", re.IGNORECASE | re.M)
WEB = re.compile(
    rb"<(!doctype|html|head|body|script|svg|iframe|meta|\?xml)\b|<\?xml", re.IGNORECASE
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
ZIP_ENDS, ZIP_TAIL = (
    b"PK\x05\x06",
    65_557,
)  # how an archive ends, and how far from the end that stands
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # after the bytes of a scan
JPEG_SIZE = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a frame: ITU T.81, table B.1
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BY_ENDING = {
    ".doc": Kind.WORD, ".docx": Kind.WORD, ".docm": Kind.WORD, ".rtf": Kind.WORD, ".odt": Kind.WORD,
    ".xls": Kind.SHEET, ".xlsx": Kind.SHEET, ".xlsm": Kind.SHEET, ".ods": Kind.SHEET,
    ".msg": Kind.OUTLOOK, ".zip": Kind.ARCHIVE, ".rar": Kind.ARCHIVE, ".7z": Kind.ARCHIVE, ".gz": Kind.ARCHIVE,
}  # fmt: skip


def examine(content, depth=0):
    """What these bytes are."""
    size = len(content)
    if not content.strip():
        return Contents(Kind.EMPTY, size)
    if size > LARGEST:
        return Contents(Kind.OTHER, size)
    if ZIP_ENDS in content[-ZIP_TAIL:]:  # whatever it begins with, it opens as an archive too
        return Contents(_named_kind(content), size)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(Kind.PNG, size, _png_size(content), _after_png(content))
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(Kind.JPEG, size, _jpeg_size(content), _after_jpeg(content))
    if CONTROL.search(content[:LARGEST]) or content.startswith((b"PK", OLE, b"{\\rtf")):
        return Contents(_named_kind(content), size)
    if _is_email(content):
        return _email(content, depth)
    if WEB.search(content[:4096]):
        return Contents(Kind.WEB, size)
    return Contents(Kind.TEXT, size, text=_decoded(content))


def _pdf(content):
    """As another process finds it, which is stopped when it takes too long."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "cases.agencies.pdf"],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            check=True,
            cwd=settings.BASE_DIR,
        )
        found = json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Contents(Kind.PDF, len(content), unreadable=True)
    return Contents(
        Kind.PDF,
        len(content),
        text=_storable(found.get("text", "")),
        encrypted=found.get("encrypted", False),
        active=frozenset(found.get("active", ())),
        pages=found.get("pages", 0),
    )


def _picture(kind, size, measured, after):
    """`after`: what follows the picture in its file; None where it does not end."""
    if not measured or 0 in measured or after is None or after.strip(b"\x00\r\n "):
        return Contents(kind, size, unreadable=True)
    return Contents(kind, size, pixels=measured[0] * measured[1])


def _png_size(content):
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None
    return struct.unpack(">II", content[16:24])


def _after_png(content):
    """What follows the last chunk."""
    at = 8
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if kind == b"IEND":
            return content[at:]
    return None


def _after_jpeg(content):
    """What follows the marker that ends the image."""
    at = 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xD9:
            return content[at + 2 :]
        if marker == 0xFF:  # padding
            at += 1
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == 0xDA:
            found = NEXT_MARKER.search(content, at)
            at = found.start() if found else len(content)
    return None


def _jpeg_size(content):
    """Width and height from the first frame."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in JPEG_SIZE:
            return struct.unpack(">HH", content[at + 5 : at + 9])
        at += 2 + length
    return None


def _named_kind(content):
    """What is not kept, as far as its makers have marked it."""
    if content.startswith(b"PK") or ZIP_ENDS in content[-ZIP_TAIL:]:
        inside = {b"word/": Kind.WORD, b"xl/": Kind.SHEET, b"opendocument.text": Kind.WORD}
        return next((kind for mark, kind in inside.items() if mark in content), Kind.ARCHIVE)
    if content.startswith(OLE) and "__substg1.0_".encode("utf-16-le") in content:
        return Kind.OUTLOOK
    try:
        return BY_ENDING.get(puremagic.from_string(content), Kind.OTHER)
    except (puremagic.PureError, ValueError):
        return Kind.OTHER


def _is_email(content):
    """Whether it begins as RFC 5322 says a message does: header lines, a sender among them."""
    head = re.split(rb"\r?\n\r?\n", content.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    whole = len(lines) > 1 and all(HEADER.fullmatch(line) for line in lines)
    return whole and bool(NAMED.search(head)) and bool(re.search(rb"^from:", head, re.I | re.M))


def _email(content, depth):
    size = len(content)
    if depth >= DEEPEST:
        return Contents(Kind.EMAIL, size, unreadable=True)
    try:
        message = message_from_bytes(content, policy=policy.default)
        parts = [one for one in message.walk() if not one.is_multipart()]
        if len(parts) > MOST_PARTS:
            return Contents(Kind.EMAIL, size, unreadable=True)
        words = {kind: [_words(one) for one in parts if _body_of(one) == kind] for kind in BODIES}
        carried = [one for one in parts if not _body_of(one)]
        attached = [examine(one.get_payload(decode=True) or b"", depth + 1) for one in carried]
        subject = str(message.get("subject", ""))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return Contents(Kind.EMAIL, size, unreadable=True)
    said = words["plain"] or words["html"]
    text = "\n\n".join([subject, *said, *(one.text for one in attached)])
    return Contents(Kind.EMAIL, size, text=_storable(text.strip()), attachments=tuple(attached))


def _body_of(part):
    """Which kind of words of the message itself this part is; blank for whatever it carries."""
    carried = part.get_content_disposition() == "attachment" or part.get_filename()
    words = part.get_content_maintype() == "text" and part.get_content_subtype() in BODIES
    return "" if carried or not words else part.get_content_subtype()


def _words(part):
    words = part.get_content()
    if _body_of(part) == "plain":
        return words
    page = Words()
    page.feed(words)
    return page.text


class Words(HTMLParser):
    """The words of a page, without its programs and styles."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden = "", 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        self.text += "\n" if tag in ("p", "br", "div", "tr", "li") else ""

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data):
        self.text += "" if self.hidden else data


def _storable(text):
    """Without what no database keeps: half characters and noughts, which senders do send."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

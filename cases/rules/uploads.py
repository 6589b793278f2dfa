"""Which files from outside are kept, judged by what they are and never by what they are called.

Source: product rules, checks (document kept safely); OWASP, file upload: type by content, a limit on
size, nothing that acts by itself. Each refusal says how to mend it.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.reference.agencies import DocumentKind

FROM_OUTSIDE = frozenset({DocumentKind.REPLY, DocumentKind.INFORMATION})
LARGEST = 10 * 1024 * 1024  # bytes
MOST_PAGES = 300
MOST_PIXELS = 60_000_000  # a scan at 600 dots an inch of a sheet of A4 has 35 million


class Kind(StrEnum):
    PDF = auto()
    TEXT = auto()
    EMAIL = auto()
    JPEG = auto()
    PNG = auto()
    EMPTY = auto()
    WORD = auto()
    SHEET = auto()
    ARCHIVE = auto()
    OUTLOOK = auto()
    WEB = auto()
    OTHER = auto()


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.TEXT: "text/plain",
    Kind.EMAIL: "message/rfc822",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
ENDINGS = {
    Kind.PDF: "pdf",
    Kind.TEXT: "txt",
    Kind.EMAIL: "eml",
    Kind.JPEG: "jpg",
    Kind.PNG: "png",
}
MEND = {
    Kind.EMPTY: "The file is empty. Attach it again, or paste the words instead.",
    Kind.WORD: "This is a Word document. Save it as PDF and attach that.",
    Kind.SHEET: "This is a spreadsheet. Save it as PDF and attach that.",
    Kind.ARCHIVE: "This is an archive of files. Open it and attach each document as PDF.",
    Kind.OUTLOOK: "This is a message in Outlook's own form. Save it as .eml or PDF and attach that.",
    Kind.WEB: "This is a web page. Print it to PDF and attach that.",
    Kind.OTHER: "This kind of file is not kept. Attach a PDF, a text, an e-mail (.eml) or a picture.",
}
PRINT_IT = "Open it, print it to a new PDF and attach that."
ACTIVE = {  # what a PDF may hold that acts by itself, in words
    "javascript": "holds a program",
    "launch": "opens other programs",
    "open_action": "does something as soon as it is opened",
    "attachment": "has other files inside it",
    "submit": "sends what is typed into it elsewhere",
    "media": "plays sound or film",
}
# The keys of a PDF that say so. Source: ISO 32000-1, 7.6, 7.11, 12.6, 12.7, 13.
ACTIVE_KEYS = {
    "/JavaScript": "javascript",
    "/JS": "javascript",
    "/EmbeddedFiles": "attachment",
    "/EmbeddedFile": "attachment",
    "/AF": "attachment",
    "/XFA": "submit",
    "/RichMedia": "media",
    "/AA": "open_action",
}
ACTIVE_ACTIONS = {  # by the kind of an action, its /S
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToE": "attachment",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}


@dataclass(frozen=True)
class Contents:
    """What a file turned out to be. `text` is what can be read from it, so that a reference is found."""

    kind: Kind
    size: int
    text: str = ""
    unreadable: bool = False  # broken, or it would take too long to read
    encrypted: bool = False
    active: frozenset[str] = frozenset()  # of ACTIVE
    pages: int = 0
    pixels: int = 0
    attachments: tuple["Contents", ...] = ()  # of an e-mail


def why_refused(contents):
    """Why this file is not kept and how to mend that; blank when it is kept."""
    if contents.size > LARGEST:
        return "The file is larger than 10 MB. Attach it in parts, or scan it in black and white."
    if contents.kind in MEND:
        return MEND[contents.kind]
    if contents.unreadable:
        return f"The file is broken or cannot be read safely. {PRINT_IT}"
    if contents.encrypted:
        return f"The PDF is locked with a password. {PRINT_IT}"
    if contents.active:
        does = next(words for code, words in ACTIVE.items() if code in contents.active)
        return f"The PDF {does}, so it is not kept. {PRINT_IT}"
    if contents.pages > MOST_PAGES:
        return f"The PDF has more than {MOST_PAGES} pages. Attach it in parts."
    if contents.pixels > MOST_PIXELS:
        return "The picture is larger than any scan of a page. Save it smaller and attach that."
    for one in contents.attachments:
        if why := why_refused(one):
            first = f"{why[:1].lower()}{why[1:]}"
            return f"Something attached to the e-mail is not kept: {first}"
    return ""

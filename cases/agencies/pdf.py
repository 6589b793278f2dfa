"""Reads one PDF in a process of its own, within limits of time and memory: nothing sent to us is trusted
to be read quickly, or at all.

Run as `python -m cases.agencies.pdf` with the file on standard input; answers with JSON. Source: ISO 32000-1.
"""

import json
import resource
import sys
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cases.rules.uploads import ACTIVE_ACTIONS, ACTIVE_KEYS, MOST_PAGES

SECONDS = 10
MEMORY = 1024 * 1024 * 1024  # bytes
MOST_OBJECTS = 200_000
PAGES_READ = 20  # for their text; a reference stands near the front
LONGEST_TEXT = 100_000  # letters


def describe(content):
    """What there is to say of the PDF in `content`, as `Contents` names it."""
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        return {"encrypted": True}
    active = _active(reader.trailer)
    pages = len(reader.pages)
    text = "" if active or pages > MOST_PAGES else _text(reader)
    return {"active": sorted(active), "pages": pages, "text": text}


def _text(reader):
    words = ""
    for page in reader.pages[:PAGES_READ]:
        words += page.extract_text() + "\n"
        if len(words) > LONGEST_TEXT:
            break
    return words[:LONGEST_TEXT]


def _active(trailer):
    """What of everything reachable from the root acts by itself."""
    found, seen, waiting, read = set(), set(), [trailer], 0
    while waiting:
        read += 1
        if read > MOST_OBJECTS:
            raise ValueError("more objects than a document has")
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            found |= _active_in(one)
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
    return found


def _active_in(entry):
    """What one dictionary says that it does. Going to a page as the document opens is harmless."""
    found = {ACTIVE_KEYS[key] for key in entry if key in ACTIVE_KEYS}
    found |= {ACTIVE_ACTIONS[entry["/S"]]} if entry.get("/S") in ACTIVE_ACTIONS else set()
    opens = entry.get("/OpenAction")
    if isinstance(opens, DictionaryObject) and opens.get("/S") != "/GoTo":
        found.add("open_action")
    if entry.get("/Type") == "/EmbeddedFile" or entry.get("/Subtype") == "/FileAttachment":
        found.add("attachment")
    return found


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(describe(sys.stdin.buffer.read())))

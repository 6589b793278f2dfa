"""The lines of an extract, one JSON object each, read without holding more than one.

Source: the import contract, line format.
"""

import hashlib
import json
import math
import re
from codecs import BOM_UTF8

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
MOST_BYTES = 1024 * 1024  # of one line: the contract's 1 MB


def _no_number(name):
    raise ValueError(name)  # NaN and Infinity are not JSON, though Python reads them


def _finite(text):
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


# Made once: json.loads and json.dumps with anything of their own make them anew for each line
READS = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def read_lines(stream):
    """(number, bytes, document, reason) of each line that is not blank; document or reason is None.

    `stream` is a file opened in binary. Line numbers count from 1, blank lines included.
    """
    number = 0
    while raw := stream.readline(MOST_BYTES + 2):  # two for the line's own end
        number += 1
        whole = raw.endswith(b"\n")
        line = (raw.removeprefix(BOM_UTF8) if number == 1 else raw).strip(b" \t\r\n")
        if len(raw.rstrip(b"\r\n")) > MOST_BYTES:
            if not whole:
                _skip_the_rest(stream)
            yield number, raw, None, "longer than 1 MB"
        elif line:
            yield number, raw, *_parse(line)


def _skip_the_rest(stream):
    while (more := stream.readline(MOST_BYTES)) and not more.endswith(b"\n"):
        pass


def _parse(line):
    try:
        document = READS.decode(line.decode())
    except UnicodeDecodeError:
        return None, "not in UTF-8"
    except (ValueError, RecursionError):
        return None, "not JSON"
    if not isinstance(document, dict):
        return None, "not a JSON object"
    if b"\\u" in line and not _storable(document):  # nothing else can write such a character
        return None, "holds a character that cannot be stored"
    return document, None


def _storable(document):
    """False for what no database of text can hold: a zero character, or half a character."""
    return not any(UNSTORABLE.search(text) for text in _strings(document))


def _strings(value):
    if isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)
    elif isinstance(value, str):
        yield value


def fingerprint(document):
    """SHA-256 of the document in canonical JSON: keys sorted, nothing between. Breaks ties."""
    return hashlib.sha256(CANONICAL.encode(document).encode()).hexdigest()

"""The lines of an extract, read once and staged by COPY: a thousand or a million take the same memory.

Source: measured limits: COPY into staging, then sets, is the quickest sound way in.
"""

import hashlib
import io
import json
import sys
from dataclasses import dataclass, field
from datetime import datetime

from cases.models import (
    Address,
    Allocation,
    Case,
    Circumstance,
    Contact,
    Disability,
    Identifier,
    ImportedAssessment,
    Intervention,
    Limit,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    Registration,
    Requirement,
    Sentence,
)
from cases.rules.importing.keys import HEADER, TRAILER, UNREADABLE, LineRejected, key_of, kind_of
from cases.rules.importing.lines import fingerprint, read_lines
from cases.rules.importing.mapping import Mapped, map_line
from cases.rules.importing.values import NotThat, as_moment
from staff.errors import RuleBroken

FORMAT, VERSION = "ndelius-extract", 1
COPIED_AT_ONCE = 4 * 1024 * 1024  # characters
ENDLESS = sys.maxsize
STAGED = """
    CREATE TEMP TABLE staged (
        n bigint PRIMARY KEY, file text NOT NULL, line int NOT NULL, kind text NOT NULL,
        crn text, source_id text, parent_id text, updated_at timestamptz, digest text,
        parts jsonb, problems jsonb, codes jsonb, placeholders jsonb, leftover jsonb, reason text
    ) ON COMMIT DROP
"""
COLUMNS = (
    "n, file, line, kind, crn, source_id, parent_id, updated_at, digest, "
    "parts, problems, codes, placeholders, leftover, reason"
)
AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LOOKED_UP = "kind, crn, source_id, parent_id, reason"  # to sample documents as well takes longer than to read them
MODELS = {  # of each part of a line
    "case": Case,
    "case_new": Case,
    "held": Case,
    "person": Person,
    "other_names": OtherName,
    "identifiers": Identifier,
    "reachable": Reachable,
    "addresses": Address,
    "disabilities": Disability,
    "allocations": Allocation,
    "limit": Limit,
    "sentence": Sentence,
    "offences": Offence,
    "predictors": Predictor,
    "requirement": Requirement,
    "registration": Registration,
    "contact": Contact,
    "intervention": Intervention,
    "circumstance": Circumstance,
    "assessment": ImportedAssessment,
}
LENGTHS = {
    part: {
        field.attname: field.max_length for field in model._meta.concrete_fields if field.max_length
    }
    for part, model in MODELS.items()
}


@dataclass
class Extract:
    """What the files say of themselves."""

    provider: str = ""
    extracted_at: datetime | None = None
    complaints: list = field(default_factory=list)  # (file, line, field, reason)


class Copier:
    """Rows on their way into the staging table, sent each time enough have gathered."""

    def __init__(self, cursor):
        self._cursor = cursor
        self._text = io.StringIO()

    def add(self, row):
        self._text.write("\t".join(map(_cell, row)) + "\n")
        if self._text.tell() > COPIED_AT_ONCE:
            self.send()

    def send(self):
        self._text.seek(0)
        self._cursor.copy_expert(f"COPY staged ({COLUMNS}) FROM STDIN", self._text)
        self._text = io.StringIO()


def _cell(value):
    """As COPY reads it, in its own format: far less to write and to read than CSV, since JSON is full of quotes."""
    if value is None or value == "":
        return r"\N"
    text = value if value.__class__ is str else str(value)
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\r" in text or "\t" in text:
        text = text.replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")
    return text


def stage(cursor, paths):
    """Read every line of these files into the table `staged`; returns what they say of themselves."""
    cursor.execute(STAGED)
    copier, extract, n = Copier(cursor), Extract(), 0
    for path in paths:
        with path.open("rb") as stream:
            for row in _rows(stream, path.name, extract):
                n += 1
                copier.add([n, path.name, *row])
    copier.send()
    cursor.execute("CREATE INDEX ON staged (kind, crn, source_id)")
    cursor.execute(f"ANALYZE staged ({LOOKED_UP})")
    return extract


def _rows(stream, name, extract):
    """One row for each line that is neither header nor trailer."""
    lines, digest = 0, hashlib.sha256()
    for number, raw, document, reason in read_lines(stream):
        kind = _kind(document)
        if kind == HEADER:
            _take_header(extract, name, document)
        elif kind == TRAILER:
            _check_trailer(extract, name, number, document, lines, digest.hexdigest())
        else:
            yield [number, *_row(kind, document, reason)]
        lines += kind not in {HEADER, TRAILER}
        digest.update(raw)


def _kind(document):
    try:
        return kind_of(document) if document else UNREADABLE
    except LineRejected:
        return UNREADABLE


def _row(kind, document, reason):
    """Everything after the line's number; a rejected line has its reason and little else."""
    if reason:
        return [UNREADABLE, *[None] * 10, reason]
    try:
        key = key_of(document)
        mapped = map_line(key.kind, document)
    except LineRejected as rejected:
        crn = document.get("crn")
        crn = crn.strip().upper()[:10] if isinstance(crn, str) and kind != UNREADABLE else None
        return [kind, crn, *[None] * 9, str(rejected)]
    _fit(mapped)
    return [
        key.kind,
        key.crn,
        key.source_id,
        key.parent_id,
        key.updated_at and key.updated_at.isoformat(),
        fingerprint(document),
        *map(_json, _parts(mapped)),
        None,
    ]


def _parts(mapped: Mapped):
    notes = mapped.notes
    return mapped.parts, notes.problems, notes.codes, notes.placeholders, mapped.left


def _json(value):
    if value:
        return AS_JSON.encode(value)
    return "[]" if value.__class__ is list else "{}"


def _fit(mapped):
    """Cut what is longer than its column, and say so: the rest of the line is not to be lost for it."""
    for part, rows in mapped.parts.items():
        if lengths := LENGTHS.get(part):
            for row in rows if isinstance(rows, list) else [rows]:
                if isinstance(row, dict):
                    _cut(part, row, lengths, mapped.notes.problems)


def _cut(part, row, lengths, problems):
    long = [
        column
        for column, value in row.items()
        if isinstance(value, str) and len(value) > lengths.get(column, ENDLESS)
    ]
    for column in long:
        most = lengths[column]
        row[column] = row[column][:most]
        problems.append((f"{part}.{column}", f"is longer than {most} characters, so was cut"))


def _take_header(extract, name, document):
    said = document.get("format"), document.get("version")
    if said != (FORMAT, VERSION):
        raise RuleBroken(
            f"{name} says it is {said[0]} version {said[1]}; we read {FORMAT} version {VERSION}."
        )
    provider = document.get("provider")
    extract.provider = provider[:10] if isinstance(provider, str) else extract.provider
    try:
        extract.extracted_at = as_moment(document.get("extractedAt")) or extract.extracted_at
    except NotThat as wrong:
        extract.complaints.append((name, 1, "extractedAt", str(wrong)))


def _check_trailer(extract, name, number, document, lines, digest):
    """A trailer that counts otherwise than we do says the file was cut short or added to."""
    if document.get("lines") not in (None, lines):
        extract.complaints.append(
            (
                name,
                number,
                "lines",
                f"the trailer counts {document['lines']} lines; there are {lines}",
            )
        )
    ours = document.get("ext") if isinstance(document.get("ext"), dict) else {}
    said = document.get("sha256") or ours.get("sha256")
    if said not in (None, digest):
        extract.complaints.append((name, number, "sha256", "is not that of the lines before it"))

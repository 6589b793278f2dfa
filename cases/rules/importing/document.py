"""A document read field by field, which remembers what was wrong with it and what nobody asked for.

Source: the import contract: a bad field is rejected and the line kept; unknown keys are kept.
"""

from dataclasses import dataclass, field

from cases.rules.importing.values import (
    PLACEHOLDERS,
    NotThat,
    as_day,
    as_flag,
    as_moment,
    as_number,
    as_text,
    as_whole,
    is_placeholder,
)


class Leave:
    """In place of a value that was rejected or not sent: what we hold already is left as it is."""

    def __bool__(self):
        return False


LEAVE = Leave()


def given(row):
    """The row without what is to be left as it is."""
    return {name: value for name, value in row.items() if value is not LEAVE}


@dataclass
class Notes:
    """What is to be told of a document besides its rows."""

    problems: list = field(default_factory=list)  # (path, reason): the field did not land
    codes: list = field(default_factory=list)  # (list, code, name): used, to be looked up
    placeholders: list = field(default_factory=list)  # paths


class Document:
    """A JSON object whose values are taken out one by one; what is left is what we did not ask for."""

    __slots__ = ("_left", "_notes", "_path", "_parts")

    def __init__(self, values, notes, path=""):
        self._left = dict(values)
        self._notes = notes
        self._path = path
        self._parts = []

    def __contains__(self, key):
        return key in self._left

    def text(self, key):
        value = self._left.pop(key, None)
        if value is None:
            return ""
        if value.__class__ is not str:
            return self._read(key, value, as_text)
        text = value.strip()
        return self._noted(text, key) if text in PLACEHOLDERS else text

    def whole(self, key):
        return self._take(key, as_whole)

    def number(self, key, most):
        return self._take(key, lambda value: as_number(value, most))

    def flag(self, key):
        value = self._left.pop(key, None)
        return (
            value if value is None or value.__class__ is bool else self._read(key, value, as_flag)
        )

    def day(self, key):
        return self._take(key, as_day)

    def moment(self, key):
        moment = self._take(key, as_moment)
        return moment.isoformat() if moment else moment

    def part(self, key):
        """The object under this key; an empty one when there is none."""
        values = self._left.pop(key, None)
        if values is not None and not isinstance(values, dict):
            self._refuse(key, values, "is not an object")
            values = None
        return self._part(key, values) if values else self.empty()

    def parts(self, key):
        """The objects in the list under this key."""
        return [
            self._part(f"{key}[{number}]", values)
            for number, values in enumerate(self._list(key))
            if self._is(dict, values, f"{key}[{number}]", "is not an object")
        ]

    def texts(self, key):
        """The texts in the list under this key, the empty ones left out."""
        found = [
            self._noted(value.strip(), f"{key}[{number}]")
            for number, value in enumerate(self._list(key))
            if self._is(str, value, f"{key}[{number}]", "is not text")
        ]
        return [text for text in found if text]

    def code(self, key, list_name):
        """(code, name) of a coded value, noted to be looked up in this list. Two blanks when absent."""
        part = self.part(key)
        code, name = part.text("code") or "", part.text("description") or ""
        self.note_code(list_name, code, name)
        return code, name

    def note_code(self, list_name, code, name=""):
        """Note a code that the document does not send as a pair."""
        if code and not is_placeholder(code):
            self._notes.codes.append((list_name, code, name))

    def holds(self, key, kind):
        return isinstance(self._left.get(key), kind)

    def take(self, key, kind):
        """The value whole when it is of this kind; None otherwise."""
        return self._left.pop(key) if self.holds(key, kind) else None

    def empty(self):
        return Document({}, self._notes)

    def drop(self, *keys):
        """Keys that say nothing we may or need keep."""
        for key in keys:
            self._left.pop(key, None)

    def reject(self, key, reason):
        """Say that a field did not land, for a reason that only the rules of the whole document know."""
        self._notes.problems.append((self._path + key, reason))

    def left(self):
        """What nobody asked for, without what is empty."""
        if not self._left and not self._parts:
            return {}
        rest = {key: value for key, value in self._left.items() if value not in (None, "", [], {})}
        for key, part in self._parts:
            if inside := part.left():
                rest[key] = inside
        return rest

    def _take(self, key, read):
        value = self._left.pop(key, None)
        return None if value is None else self._read(key, value, read)

    def _read(self, key, value, read):
        """What was taken out under this key, as one kind of value; `text` and `flag` ask only where it is not theirs already."""
        try:
            found = read(value)
        except NotThat as wrong:
            return self._refuse(key, value, str(wrong))
        return self._noted(found, key) if isinstance(found, str) else found

    def _noted(self, text, key):
        if is_placeholder(text):
            self._notes.placeholders.append(self._path + key)
        return text

    def _refuse(self, key, value, reason):
        self._left[key] = value  # not lost: it goes with what we did not ask for
        self.reject(key, reason)
        return LEAVE

    def _part(self, key, values):
        part = Document(values, self._notes, f"{self._path}{key}.")
        self._parts.append((key, part))
        return part

    def _list(self, key):
        values = self._left.pop(key, None)
        if values is None or values == "":
            return []
        if not isinstance(values, list):
            self._refuse(key, values, "is not a list")
            return []
        return values

    def _is(self, kind, value, key, reason):
        if isinstance(value, kind):
            return True
        if value is not None:
            self._refuse(key, value, reason)
        return False

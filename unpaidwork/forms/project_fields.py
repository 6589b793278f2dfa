"""Questions that the forms of projects share: a place, a way, a list; and what two writers changed, in words."""

import re
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.whole import in_words
from cases.queries.postcodes import point_of
from staff.errors import RuleBroken
from staff.forms import LongTextField, SharedForm
from unpaidwork.rules.places import say_point, understand_line, understand_point

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
ROUGHLY = "{} lies around {}. Enter the grid reference of the place itself: the middle of a postcode may be streets away"


class PointField(forms.CharField):
    """A place as a grid reference, or metres east and north. Gives (easting, northing)."""

    def prepare_value(self, value):
        return say_point(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        postcode = "".join(text.upper().split())
        if POSTCODE.fullmatch(postcode) and (around := point_of(postcode)):
            raise ValidationError(ROUGHLY.format(text.upper(), say_point(around)), code="invalid")
        return _understood(understand_point, text)


class LineField(LongTextField):
    """A way, one point a line. Gives [(easting, northing)]."""

    def prepare_value(self, value):
        return "\n".join(map(say_point, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        return _understood(understand_line, super().to_python(value) or "")


class LinesField(LongTextField):
    """Several short things, one on each line, each once."""

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def run_validators(self, value):
        for line in value:
            super().run_validators(line)


class PartForm(SharedForm):
    """About one row that several write. `stands`: what it holds now, in plain values; {} for a new one."""

    def given(self):
        """As the service takes it."""
        return dict(self.cleaned_data)

    def show_clashes(self, names, who="", when=""):
        names = list(names)
        shown = super().show_clashes(names, who, when)
        return [
            replace(one, stands=_in_words(self.fields[name], self.stands.get(name)))
            for one, name in zip(shown, names, strict=True)
        ]


def _in_words(field, value):
    if isinstance(field, PointField | LineField | LinesField):
        return field.prepare_value(value) or ""
    return in_words(field, value)


def _understood(understand, text):
    try:
        return understand(text)
    except RuleBroken as refusal:
        raise ValidationError(str(refusal), code="invalid") from refusal

"""Shared forms: of whole things (a step, a requirement), each drawn as several boxes; of questions by their codes."""

import json
from dataclasses import replace

from cases.rules.answering import field_name
from cases.rules.words import listed
from staff.forms import SharedForm
from staff.rules.merging import marks


class WholeForm(SharedForm):
    def _marks(self):
        return json.dumps(marks(self.stands, self.stands))


class InWordsForm(SharedForm):
    def show_clashes(self, names, who="", when=""):
        """[Clash] of what both changed, what was chosen in its words."""
        names = list(names)
        shown = super().show_clashes(names, who, when)
        return [
            replace(one, stands=in_words(self.fields[name], self.stands.get(name)))
            for one, name in zip(shown, names, strict=True)
        ]


class CodesForm(InWordsForm):
    """Questions by their codes, filled in with what stands. Whoever draws it asks them."""

    def __init__(self, *args, codes, answers, initial=None, **kwargs):
        self.codes = {field_name(code): code for code in codes}
        stands = {name: answers.get(code) for name, code in self.codes.items()}
        there = {name: value for name, value in stands.items() if value not in (None, "", [])}
        super().__init__(*args, stands=stands, initial={**(initial or {}), **there}, **kwargs)

    def given(self):
        seen = self.cleaned_data["seen"]
        return {
            "given": {code: self.cleaned_data[name] or None for name, code in self.codes.items()},
            "seen": {code: seen[name] for name, code in self.codes.items() if name in seen},
        }


def in_words(field, value):
    """What stands in a field as it is read: the words of what was chosen."""
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    chosen = value if isinstance(value, list) else [value or ""]
    return listed([choices.get(str(one), str(one)) for one in chosen])

"""A form about something that several write at once: nobody’s words are written over unseen."""

import json
from typing import Any

from django import forms

from staff.forms.whole import GovukForm
from staff.kit import Clash
from staff.rules.merging import marks


class SharedForm(GovukForm):
    """About something that several write. It carries marks of what stood when it was drawn.

    `stands`: {name of a field: what it holds now}, in the same plain values as the service is given.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.initial["seen"] = self._marks()

    def clean_seen(self):
        """{name: mark}; a hidden field that was tampered with is taken to have seen nothing."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def show_clashes(self, names, who="", when=""):
        """[Clash] for the page, of the fields that both changed. Sent again, it writes over what is shown now."""
        for name in names:
            self.add_error(name, f"{who or 'Somebody else'} changed this while you were writing")
        # What the other alone changed stays marked as the reader saw it, so that theirs is not put back.
        self.saw(names)
        return [
            Clash(
                str(self[name].label),
                str(self.stands.get(name) or ""),
                f"#{self[name].auto_id}",
                who,
                when,
            )
            for name in names
        ]

    def saw(self, names):
        """The reader knows what stands of these now (`self.stands`): they wrote it, or it is shown to them.

        Shown again, the page carries marks of that, so that nobody's own save is taken for somebody else's.
        """
        data: Any = self.data
        self.data = data = data.copy()
        seen = self.cleaned_data["seen"] | marks(self.stands, names)
        self.cleaned_data["seen"] = seen
        data[self.add_prefix("seen")] = json.dumps(seen)

    def _marks(self):
        names = [name for name in self.fields if name != "seen"]
        return json.dumps(marks(self.stands, names))

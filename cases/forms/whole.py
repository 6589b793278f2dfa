"""A shared form whose marks are of whole things (a step, a requirement), each drawn as several boxes."""

import json
from typing import Any

from cases.rules.words import listed
from staff.forms import SharedForm
from staff.rules.merging import marks


class WholeForm(SharedForm):
    def see_again(self, names):
        """Sent again, it writes over what stands now of these."""
        data: Any = self.data
        self.data = data = data.copy()
        data["seen"] = json.dumps(self.cleaned_data["seen"] | marks(self.stands, names))

    def _marks(self):
        return json.dumps(marks(self.stands, self.stands))


def in_words(field, value):
    """What stands in a field as it is read: the words of what was chosen."""
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    chosen = value if isinstance(value, list) else [value or ""]
    return listed([choices.get(str(one), str(one)) for one in chosen])

"""Until when somebody can be asked to come to a group, and whether a day lies beyond that.

Source: supervision reference 2.4 (a requirement lives to the end of its order). Report 2.3: groups that could not be
finished before the order ended.
"""

from dataclasses import dataclass
from datetime import date

from grid.reference.interventions import Hook
from staff.rules.dates import say_date

WHAT_ENDS = {
    Hook.PROGRAMME: "order",
    Hook.RAR: "order",
    Hook.LICENCE: "licence",
    Hook.PSS: "post-sentence supervision",
    Hook.VOLUNTARY: "supervision",
}


@dataclass(frozen=True, slots=True)
class OrderEnd:
    """`on`: the last day of what they come by, on which they can still be asked; None: not recorded."""

    on: date | None
    hook: Hook

    def is_before(self, day: date) -> bool:
        """Whether that day is too late. Never where nobody recorded the end."""
        return self.on is not None and self.on < day

    @property
    def what(self) -> str:
        """ "their order"."""
        return f"their {WHAT_ENDS[self.hook]}"

    def __str__(self) -> str:
        return f"{self.what} ends on {say_date(self.on)}" if self.on else f"when {self.what} ends"

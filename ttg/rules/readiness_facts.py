"""What is known of one stay in prison, as `readiness` looks at it: gathered by `ttg.queries.readiness`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Help:
    """What is known of one kind of help in the community, all its needs and services together."""

    open: int = 0  # needs still to be met
    unasked: int = 0  # of those, with no service asked
    met: bool = False
    declined: bool = False
    taken_on: bool = False  # by a service that said so
    waiting: bool = False  # a service was asked, and has not taken them on
    first_on: date | None = None  # the earliest first appointment at a service that takes them on


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """One stay in prison as readiness needs it; None and absent are what nobody has said."""

    received_on: date
    release_on: date | None = None
    released_on: date | None = None
    planned: bool = False  # a resettlement plan is in force: needs were asked about
    housed: bool = False  # a home is confirmed, its safety looked at
    home_from: date | None = None  # it is free from then; None: by the day of release
    offered: bool = False  # a home is offered, and not confirmed as safe
    against: bool = False  # something is said to speak against each that is offered
    without_home: bool = False  # a senior has signed what is done tonight
    drugs: Help = Help()
    mind: Help = Help()
    items: Mapping[str, str] = field(default_factory=dict)  # {item: its state}
    officer_on: date | None = None  # the first standing appointment with the officer after release
    spoken_on: date | None = None
    hand_over: str = ""  # its state; blank: nothing offered
    gate: str = ""  # state of the last gate meeting; blank: none
    gate_on: date | None = None
    gate_last_on: date | None = None  # the last day here of whoever meets them; None: not leaving
    gate_wanted: bool = False  # a mentor is named

    @property
    def leaves_on(self):
        return self.released_on or self.release_on

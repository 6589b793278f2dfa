"""Below a list: how much of it there is in each team, each number leading to its own list."""

from dataclasses import dataclass

from cases.rules.addresses import address
from staff.kit import Link


@dataclass(frozen=True)
class TeamLine:
    """A team, with each of its counts as a link to its list."""

    team: str
    counts: list[tuple[str, Link]]


def team_line(here, team, code, counts):
    """`here`: the address of the list; `counts`: [(words, what narrows the list to these, how many)].

    Those of no team have no links, for the list of a team cannot name them.
    """
    return TeamLine(
        team,
        [
            (words, Link(team, address(here, team=code, **narrowed) if code else "", count=number))
            for words, narrowed, number in counts
        ],
    )

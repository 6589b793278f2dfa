"""What the record suggests of somebody who cannot be seen: proposed, and never assumed.

A register of warrants may hold a summons, and a record of custody may be old: somebody finds out and says so. Who is in
custody on every sentence they have serves them there, which contact knows already (`cases.rules.contact_figures`).
Source: product rules, GRID (contact is paused in custody or on a warrant); nDelius register WRSM, custody status.
"""

from cases.reference.pauses import WANTED, PauseKind

SAID = {
    PauseKind.WARRANT: "A warrant or summons is on the register",
    PauseKind.CUSTODY: "The record has them in custody on one sentence, while another runs in the community",
}


def suggested(
    *, warrant: bool, held: bool, outside: bool, running: frozenset[str]
) -> list[PauseKind]:
    """`held` and `outside`: whether a current sentence has them in custody, and another has them outside."""
    found = []
    if warrant and not running & WANTED:
        found.append(PauseKind.WARRANT)
    if held and outside and PauseKind.CUSTODY not in running:
        found.append(PauseKind.CUSTODY)
    return found

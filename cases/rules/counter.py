"""What whoever is on duty does when somebody comes to the counter: at most a handful of sentences.

Source: local policy for duty officers; product rules, how it should feel (safety first), information in;
report 2.3 and 2.4 (risks known to the record and not to whoever saw the person).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counter:
    """What the record says of somebody who is here."""

    holder: str  # who holds the case, and cover where there is any
    retained: bool = False  # managed by the NPS
    instruction: str = ""  # the safety instruction of a case of limited access
    risk_to_staff: bool = False
    apart_from: tuple[str, ...] = ()  # as the reader may see them
    warrant: bool = False  # or they are unlawfully at large
    died: bool = False
    self_harm: bool = False
    unread: tuple[str, ...] = ()  # came in, could harm somebody, and nobody has read it
    concern: bool = False  # domestic abuse, a child or a named victim
    waiting: bool = False  # an agency has been asked and has not answered
    expected: bool = False  # has an appointment today


def at_the_counter(known):
    """What to do, in the order it is done."""
    if known.died:
        return [
            "They have died. If family is here, take them somewhere quiet, and say that you are sorry.",
            f"Ring {known.holder} at once: one of us has agreed to speak with them.",
        ]
    said = []
    if known.instruction:
        said.append(f"{known.instruction}.")
    if known.risk_to_staff:
        said.append("See them with a second member of staff, in a room with two ways out.")
    if known.apart_from:
        who = ", ".join(known.apart_from)
        said.append(f"Look who is in the waiting room: they must not meet {who}.")
    if known.warrant:
        said.append(f"A warrant or summons is on record. Ring {known.holder} before they leave.")
    if known.unread:
        said.append("Read what has come in before you see them: nobody has yet.")
    if known.self_harm:
        said.append(f"Ask how they are today. If you are worried, ring {known.holder} at once.")
    if known.concern or known.waiting:
        said.append(
            "Ask where they are living and with whom, and whether anything has happened at home."
        )
    said.append(_whom_to_ring(known))
    said.append("Record what they tell you before they leave: it goes to whoever holds the case.")
    return said


def _whom_to_ring(known):
    if known.retained:
        return f"The NPS manages this case: ring {known.holder}."
    if known.expected:
        return f"They are expected today: tell {known.holder} that they are here."
    return f"They are not expected today: ring {known.holder}."

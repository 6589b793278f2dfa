"""What a service is told when somebody is referred to it: who they are, what was agreed, and how to answer.

Source: product rules, sharing (voluntary and health services are told what was agreed, and no more); Through the Gate
reference 6.
"""

from dataclasses import dataclass, replace
from datetime import date

from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Letter:
    service: str
    name: str
    born_on: date | None
    prison: str
    release_on: date | None
    tells: str
    agreed_on: date | None
    under_duty: bool
    by: str
    organisation: str
    telephone: str
    link: str = ""
    until: str = ""


BEHIND_THE_LINK = (
    "What they need stands on the page where you answer: we keep it out of this e-mail."
)


def subject(said: Letter) -> str:
    """Of an e-mail. Neither who it is about nor what they need: a subject is read by whoever sees the list."""
    return f"A referral from {said.organisation}"


def email(said: Letter) -> str:
    """The words that go by e-mail with the link: the same, without what they need, which may be about their health.

    Source: product rules, sharing (no more than is needed). An e-mail stays in a mailbox; the page works once.
    """
    return letter(replace(said, tells=BEHIND_THE_LINK))


def letter(said: Letter) -> str:
    """The words to send, as plain text."""
    born = f", born {say_date(said.born_on)}" if said.born_on else ""
    who = f"We refer {said.name}{born}."
    where = f"They are in {said.prison}" if said.prison else "They are in prison"
    leaves = f" and leave on {say_date(said.release_on)}." if said.release_on else "."
    agreed = f"They agreed on {say_date(said.agreed_on)} that we tell you this." if said.agreed_on else ""  # fmt: skip
    duty = "This is a referral under section 213B of the Housing Act 1996: they may be homeless, and chose you." if said.under_duty else ""  # fmt: skip
    answer = (
        f"Please answer here, without signing in. It works once, until {said.until}:\n{said.link}"
        if said.link
        else f"Please ring {said.telephone} and say who there has this, whether you take them on, and when you first see them."
    )
    parts = (
        f"To {said.service}", who, where + leaves, said.tells, agreed, duty, answer,
        f"{said.by}\n{said.organisation}, {said.telephone}",
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part)

"""What the lines of the safety strip are about. Source: docs/screens.md."""

from enum import StrEnum


class Icon(StrEnum):
    """It picks the icon of a line; the words say the rest."""

    HARM = "harm"
    RESTRICTION = "restriction"
    STAFF = "staff"
    SELF_HARM = "self-harm"
    UNKNOWN = "unknown"
    OK = "ok"

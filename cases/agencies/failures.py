"""What is known of a message that was not handed over, whatever its means.

Source: architecture, the outbox: what may have gone is never sent again by itself.
"""


class NotSent(Exception):
    """Whoever carries it was not reached, or refused it: it has certainly not gone."""


class MayHaveGone(Exception):
    """The line broke while it was being handed over."""

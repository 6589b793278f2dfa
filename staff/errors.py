"""What a rule of practice says when it refuses."""


class RuleBroken(Exception):
    """A rule of practice refused this. The message is written for staff to read."""


class Conflict(Exception):
    """Somebody else changed this while it was being written. The message says what they changed."""

"""What is owed of release: each night for many cases at once, and at once for the case of an act.

Source: `ttg.rules.owed`; product rules, clocks.
"""


def owe_release(*, case_ids, by, today):
    """Start and stop the clocks of release on each of these cases, so that they say what is owed now."""

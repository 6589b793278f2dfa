"""What of a form may be kept before it is sent, and how that is said.

Source: product rules, how it should feel (nothing typed is lost); ui, habits (save is never lost).
"""

from staff.rules.dates import say_date, say_time

PASS = "keep"  # the hidden field that says whose words these are, and of which page
NEVER = {PASS, "csrfmiddlewaretoken"}


def may_be_kept(name):
    """Answers are kept; secrets never are."""
    return name not in NEVER and "password" not in name.lower()


def say_moment(moment, today):
    """The time of day, with the date where it is another: 10:42am; 3 May 2018 at 10:42am."""
    time = say_time(moment)
    return time if moment.date() == today else f"{say_date(moment.date())} at {time}"


def say_here(name, since, today):
    return f"{name} has had this page open since {say_moment(since, today)}."

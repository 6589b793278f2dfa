"""What the lists of cases that come, change hands, stand still and end have in common: the way from one to another.

Source: product rules: most harm happens at the joins of a case, so they are looked at side by side.
"""

from django.urls import reverse

from staff.kit import Link

TABS = (  # (words, name of the page), in the order of a case's life
    ("Arrivals", "arrivals"),
    ("Nobody holds", "unowned"),
    ("Hand-overs", "hand-overs"),
    ("Escalations", "escalations"),
    ("Standing still", "standing-still-list"),
    ("Endings", "endings"),
)


def movement_tabs(here):
    """The sub-navigation of these lists. `here`: the name of the page that is open."""
    return [Link(text, reverse(name), current=name == here) for text, name in TABS]

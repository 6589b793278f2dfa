"""How the rules of sites say what they find: its key, its weight and its sentence.

Source: architecture, gates; product rules, override (never for law or a victim's exclusion).
"""

from cases.rules.gaps import Found, Weight
from cases.rules.words import listed, within_a_sentence

SOURCE = "unpaid work reference 5"


def named(dangers, those):
    """Those of these dangers that are on record, in words; blank where none is."""
    return listed([within_a_sentence(one.title) for one in those if one in dangers])


def key_of(site, what):
    return f"site:{site.project}:{what}"


def never(key, words, rule):
    return Found(key, Weight.GATE, words, rule, may_override=False, source=SOURCE)


def refuse(key, words, rule):
    return Found(key, Weight.GATE, words, rule, source=SOURCE, as_it_says=True)


def warn(key, words, rule):
    return Found(key, Weight.WARNING, words, rule, source=SOURCE, as_it_says=True)

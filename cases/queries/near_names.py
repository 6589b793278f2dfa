"""Whose name is spelt or said nearly as it was typed: smtih, shivaun, mc donald.

Words that may be near come by their keys, and are set beside what was typed by `cases.rules.near_names`; then those who bear
such words, the nearest first. It begins with the few nearest words, so that those who are nearest are found first.
"""

from collections import defaultdict

from django.db.models import Q

from cases.models import NameKey, NameWord
from cases.models.looked_up import looked_up
from cases.rules.near_names import at_one_slip, joined, keys_of, nearest, nearness_of_name

WORDS = (3, 12)  # near each that was typed: at first, and where too few people bear those
LOOKED_AT = 200  # people at once


def named_nearly(cases, words, *, most):
    """Of these cases at most so many who are named nearly so, the nearest first. At most five statements."""
    near = _near(words)
    if not near:
        return []
    found: list = []
    for few in WORDS:
        bearing = Q()
        for way in near.values():
            bearing |= who_bear([Q(word__in=some[:few]) for some in way])
        found = _nearest(list(cases.filter(bearing).order_by("sort_name", "pk")[:LOOKED_AT]), near)
        if len(found) >= most:
            break
    return found[:most]


def _near(words):
    """{what may have been typed: of each of its words those that people bear and that are near it, the nearest first}

    That is the words themselves, and with two of them joined, of which there must be one at one slip: what is longer
    is near nearly everything that begins as it does.
    """
    pairs = joined(words)
    keys = {word: keys_of(word) for word in {*words, *(pair for _, pair, _ in pairs)}}
    by_key = defaultdict(set)
    rows = NameKey.objects.filter(key__in=sorted(set().union(*keys.values())))
    for key, word in rows.values_list("key", "word"):
        by_key[key].add(word)
    known = {
        word: nearest(word, set().union(*(by_key[key] for key in of)), max(WORDS))
        for word, of in keys.items()
    }
    ways = {words: [known[word] for word in words]}
    for before, pair, after in pairs:
        others = [known[word] for word in (*before, *after)]
        ways[(*before, pair, *after)] = [at_one_slip(pair, known[pair]), *others]
    return {way: near for way, near in ways.items() if all(near)}


def who_bear(words):
    """Of cases, those of whose names one word is as each of these says, found by the words before anything of a case is read."""
    first, *others = words
    found = NameWord.objects.filter(first)
    for other in others:
        found = found.filter(case__in=NameWord.objects.filter(other).values("case"))
    return looked_up("pk", found.values("case"))


def _nearest(cases, ways):
    borne = defaultdict(set)
    rows = NameWord.objects.filter(case__in=[case.pk for case in cases]).values_list("case", "word")
    for case, word in rows:
        borne[case].add(word)
    near = {case.pk: max(nearness_of_name(way, borne[case.pk]) for way in ways) for case in cases}
    return sorted(cases, key=lambda case: (-near[case.pk], case.sort_name, case.pk))

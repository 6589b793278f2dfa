"""How near two words of a name are, and by which keys those that may be near are found.

Source: architecture, search that forgives typing mistakes: keys of our own, set beside each other by rapidfuzz; the goals of
search at national scale (nobody is missed for one letter, or for how a name is said).
"""

from itertools import pairwise

from jellyfish import metaphone, soundex
from rapidfuzz.distance import OSA, JaroWinkler

from cases.reference.names_alike import ALIKE

NEAR = 0.66  # of two words: below it, nobody would take the one for the other
SAME_NAME, ONE_SLIP = 0.95, 0.8  # at least so near, however they are said
SAME_SOUND = (
    0.85  # counts half, and the spelling half: consonants make the sound, and John is not Jane
)
SHORTEST = 3  # letters of a word that may lack one
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)  # which no accent can be taken from


def plain(word):
    """A folded word in the letters that English is written with."""
    return word.translate(LETTERS)


def keys_of(word):
    """What leads to this word, and from it to others: itself, less a letter, as it sounds, as its name is said elsewhere.

    Two words that are one slip from each other (a letter more, less, another, or two exchanged) have such a key in common.
    """
    spelt = plain(word)
    keys = {spelt}
    if len(spelt) >= SHORTEST:
        keys |= {spelt[:at] + spelt[at + 1 :] for at in range(len(spelt))}
    return keys | {f"={name}" for name in ALIKE.get(spelt, ())} | _sounds(spelt)


def _sounds(spelt):
    if not spelt.isascii() or not spelt.isalpha():
        return set()
    return {key for key in (f"~{metaphone(spelt)}", f"#{soundex(spelt)}") if len(key) > 1}


def nearness(asked, word):
    """From 0, nothing alike, to 1, the same."""
    one, other = plain(asked), plain(word)
    near = (JaroWinkler.similarity(one, other) + OSA.normalized_similarity(one, other)) / 2
    if ALIKE.get(one, frozenset()) & ALIKE.get(other, frozenset()):
        return max(near, SAME_NAME)
    if OSA.distance(one, other) <= 1:
        return max(near, ONE_SLIP)
    if any(sound.startswith("~") for sound in _sounds(one) & _sounds(other)):
        return max(near, (near + SAME_SOUND) / 2)
    return near


def nearest(asked, words, most):
    """Of these words those that are near what was asked, the nearest first."""
    near = {word: nearness(asked, word) for word in words}
    found = [word for word in near if near[word] >= NEAR]
    return sorted(found, key=lambda word: (-near[word], word))[:most]


def at_one_slip(asked, words):
    """Of these words the one that was asked, and those that are one slip from it."""
    return [word for word in words if OSA.distance(plain(asked), plain(word)) <= 1]


def joined(words):
    """Each two words that stand together taken for one, among the others: Mc Donald, De Souza."""
    return [
        (words[:at], first + second, words[at + 2 :])
        for at, (first, second) in enumerate(pairwise(words))
    ]


def nearness_of_name(asked, words):
    """How near what was asked is to a name of these words: the mean of each word beside the one that is nearest to it."""
    return sum(max(nearness(one, word) for word in words) for one in asked) / len(asked)


def answering_name(asked, own, others):
    """Which of `others`, each the words of another name, a word asked for answers to that their own name does not; None where none is.

    `own`: the words of their own name, middle names and halves of a double surname among them. Of several the nearest.
    """
    theirs = [_answers(one, own) for one in asked]
    found = []
    for at, other in enumerate(others):
        here = [max(_answers(one, other), own) for one, own in zip(asked, theirs, strict=True)]
        if here != theirs:
            found.append((-sum(here), at))
    return min(found)[1] if found else None


def _answers(asked, words):
    """How well the nearest of these words answers: 1 where it begins as was asked, 0 where none is near."""
    best = max((1 if one.startswith(asked) else nearness(asked, one) for one in words), default=0)
    return best if best >= NEAR else 0

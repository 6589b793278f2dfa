"""The keys by which words of names are found though they are typed otherwise.

The database keeps the words of a name the moment it is written; what each may be mistaken for is worked out here, once for
all who bear it, after an import and each night. Source: `cases.rules.near_names`.
"""

from django.db.models import Exists, OuterRef

from cases.models import NameKey, NameWord
from cases.rules.near_names import keys_of

AT_ONCE = 2_000  # words: some thirty thousand rows


def key_names():
    """Work out the keys of every word that has none yet; how many words there were."""
    keyed = NameKey.objects.filter(word=OuterRef("word"))
    words = (
        NameWord.objects.filter(~Exists(keyed))
        .order_by("word")
        .values_list("word", flat=True)
        .distinct()
    )
    found = list(words)
    for at in range(0, len(found), AT_ONCE):
        rows = [
            NameKey(word=word, key=key)
            for word in found[at : at + AT_ONCE]
            for key in keys_of(word)
        ]
        NameKey.objects.bulk_create(rows, ignore_conflicts=True)
    return len(found)

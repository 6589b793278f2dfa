"""The words of every name a person is known by, and how each word may be asked for: what search looks in.

The database itself keeps the words as names are written, so that nobody whose name is recorded cannot be found by it.
The keys of a word are worked out once for all who bear it, by `cases.services.names`.
Source: architecture, no extension of PostgreSQL in any migration: an index of our own in plain tables.
"""

import pgtrigger
from django.db import models

JOINED = 3  # letters: a shorter word is kept with the next one as well, since De Souza is also written Desouza
WORDS = """
    INSERT INTO cases_nameword (case_id, word)
    SELECT DISTINCT of, word
    FROM ({names}) AS name (of, parts), generate_subscripts(parts, 1) AS at,
        LATERAL (VALUES
            (parts[at]), (CASE WHEN length(parts[at]) <= {joined} THEN parts[at] || parts[at + 1] END)
        ) AS words (word)
    WHERE word <> ''
    ON CONFLICT DO NOTHING;
"""
NEW = "SELECT {case}, string_to_array(sort_name, ' ') FROM written"
ALL_OF_ONE = """
    SELECT id, string_to_array(sort_name, ' ') FROM cases_case WHERE id = {case}
    UNION ALL
    SELECT case_id, string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = {case}
"""


def _added(case):
    """A trigger under which new names add their words, all those of a statement at once: an import writes thousands."""
    return pgtrigger.Trigger(
        name="name_words",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="written"),
        func=f"{WORDS.format(names=NEW.format(case=case), joined=JOINED)} RETURN NULL;",
    )


def _anew(case, **when):
    """A trigger under which one case's words are put in anew from every name of theirs."""
    words = WORDS.format(names=ALL_OF_ONE.format(case=case), joined=JOINED)
    return pgtrigger.Trigger(
        when=pgtrigger.After,
        func=f"DELETE FROM cases_nameword WHERE case_id = {case}; {words} RETURN NULL;",
        **when,
    )


OTHERWISE = {
    "name": "name_words_again",
    "operation": pgtrigger.Update,
    "condition": pgtrigger.AnyChange("sort_name"),
}
OF_A_CASE = [_added("id"), _anew("NEW.id", **OTHERWISE)]
OF_ANOTHER_NAME = [
    _added("case_id"),
    _anew("NEW.case_id", **OTHERWISE),
    _anew("OLD.case_id", name="name_words_gone", operation=pgtrigger.Delete),
]


class NameWord(models.Model):
    """One word, folded, of a name of one person: their own, an alias or a previous one."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    word = models.CharField(max_length=440)  # two words of a name may stand joined

    class Meta:
        indexes = [
            models.Index(  # by which a word is found from its start
                name="name_word_from_start",
                fields=["word", "case"],
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ]
        constraints = [models.UniqueConstraint(name="name_word_once", fields=["case", "word"])]

    def __str__(self):
        return str(self.case_id)


class NameKey(models.Model):
    """A way in which a word of names may be asked for: with a letter missing, or as it sounds."""

    word = models.CharField(max_length=440)
    key = models.CharField(max_length=440)

    class Meta:
        indexes = [models.Index(name="name_key_of_word", fields=["word"])]
        constraints = [models.UniqueConstraint(name="name_key_once", fields=["key", "word"])]

    def __str__(self):
        return str(self.pk)

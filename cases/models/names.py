"""The words of every name a person is known by, and how each word may be asked for: what search looks in.

The database itself keeps the words as names are written, so that nobody whose name is recorded cannot be found by it.
The keys of a word are worked out once for all who bear it, by `cases.services.names`.
Source: architecture, no extension of PostgreSQL in any migration: an index of our own in plain tables.
"""

import pgtrigger
from django.db import models

JOINED = 3  # letters: a shorter word is kept with the next one as well, since De Souza is also written Desouza
HYPHENS = "-\u2010\u2011\u2012\u2013"
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
# As `cases.rules.search.folded` does it, to which a test holds it, and no longer than a word may be
FOLDED = "left(regexp_replace(replace(lower(normalize({text}, NFKD)), 'ß', 'ss'), '[^[:alnum:]_[:space:]]', '', 'g'), 400)"
APART = f"translate({{text}}, '{HYPHENS}', '{' ' * len(HYPHENS)}')"
NEW = "written WHERE true"


def _parts(text):
    return f"regexp_split_to_array({FOLDED.format(text=text)}, '[[:space:]]+')"


def _spelt(case, rows, whole, text):
    """Each name of these rows as it is written, and of one with a hyphen each half as well: Smith-Jones is asked for as Jones."""
    return f"""
    SELECT {case}, {whole} FROM {rows}
    UNION ALL
    SELECT {case}, {_parts(APART.format(text=text))} FROM {rows} AND {text} ~ '[{HYPHENS}]'"""


def _names(case, rows):
    return _spelt(case, rows, "string_to_array(sort_name, ' ')", "(surname || ' ' || forename)")


def _middle_names(rows):
    return _spelt("case_id", rows, _parts("middle_names"), "middle_names")


def _all_of_one(case):
    """Every name of one case: their own, others and middle names."""
    return "\n    UNION ALL".join(
        [
            _names("id", f"cases_case WHERE id = {case}"),
            _names("case_id", f"cases_othername WHERE case_id = {case}"),
            _middle_names(f"cases_person WHERE case_id = {case}"),
        ]
    )


def _added(names):
    """A trigger under which new names add their words, all those of a statement at once: an import writes thousands."""
    return pgtrigger.Trigger(
        name="name_words",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="written"),
        func=f"{WORDS.format(names=names, joined=JOINED)} RETURN NULL;",
    )


def _anew(case, **when):
    """A trigger under which one case's words are put in anew from every name of theirs."""
    words = WORDS.format(names=_all_of_one(case), joined=JOINED)
    return pgtrigger.Trigger(
        when=pgtrigger.After,
        func=f"DELETE FROM cases_nameword WHERE case_id = {case}; {words} RETURN NULL;",
        **when,
    )


def _otherwise(case, changed):
    return _anew(case, name="name_words_again", operation=pgtrigger.Update, condition=changed)


def _gone():
    return _anew("OLD.case_id", name="name_words_gone", operation=pgtrigger.Delete)


# Without a hyphen what a name sorts by holds all its words
ANOTHER_NAME = pgtrigger.Condition(f"""
    OLD.sort_name <> NEW.sort_name OR (OLD.surname, OLD.forename) <> (NEW.surname, NEW.forename)
    AND concat(OLD.surname, OLD.forename, NEW.surname, NEW.forename) ~ '[{HYPHENS}]'
""")
OF_A_CASE = [
    _added(_names("id", NEW)),
    _otherwise("NEW.id", ANOTHER_NAME),
]
OF_ANOTHER_NAME = [
    _added(_names("case_id", NEW)),
    _otherwise("NEW.case_id", ANOTHER_NAME),
    _gone(),
]
OF_A_PERSON = [
    _added(_middle_names(NEW)),
    _otherwise("NEW.case_id", pgtrigger.AnyChange("middle_names")),
    _gone(),
]


class NameWord(models.Model):
    """One word, folded, of a name of one person: their own, a middle name, an alias or a previous one."""

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

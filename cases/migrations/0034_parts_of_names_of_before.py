"""Halves of the double names, and the middle names, that were there before: some thousands of people at a time, each in a transaction of its own.

What keeps those of new names is there already, so that whoever is written meanwhile is not missed, and nothing is put in twice.
"""

from django.db import migrations

AT_ONCE = 5_000
HYPHENS = "-\u2010\u2011\u2012\u2013"
FILL = """
    INSERT INTO cases_nameword (case_id, word)
    SELECT DISTINCT of, word
    FROM (
        SELECT of, regexp_split_to_array(
            left(regexp_replace(replace(lower(normalize(name, NFKD)), 'ß', 'ss'), '[^[:alnum:]_[:space:]]', '', 'g'), 400),
            '[[:space:]]+'
        )
        FROM (
            SELECT id, translate(surname || ' ' || forename, %(hyphens)s, '     ') FROM cases_case
            WHERE id BETWEEN %(first)s AND %(last)s AND (surname || ' ' || forename) ~ %(hyphen)s
            UNION ALL
            SELECT case_id, translate(surname || ' ' || forename, %(hyphens)s, '     ') FROM cases_othername
            WHERE case_id BETWEEN %(first)s AND %(last)s AND (surname || ' ' || forename) ~ %(hyphen)s
            UNION ALL
            SELECT case_id, middle_names FROM cases_person
            WHERE case_id BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT case_id, translate(middle_names, %(hyphens)s, '     ') FROM cases_person
            WHERE case_id BETWEEN %(first)s AND %(last)s AND middle_names ~ %(hyphen)s
        ) AS spelt (of, name)
    ) AS name (of, parts), generate_subscripts(parts, 1) AS at,
        LATERAL (VALUES
            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)
        ) AS words (word)
    WHERE word <> ''
    ON CONFLICT DO NOTHING
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM cases_case")
        first, last = cursor.fetchone()
        if first is None:
            return
        for one in range(first, last + 1, AT_ONCE):
            among = {"first": one, "last": one + AT_ONCE - 1}
            cursor.execute(FILL, among | {"hyphens": HYPHENS, "hyphen": f"[{HYPHENS}]"})


class Migration(migrations.Migration):

    atomic = False  # so that no row stays locked until the last is done

    dependencies = [
        ('cases', '0033_parts_of_names'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

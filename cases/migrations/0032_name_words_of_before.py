"""The words of the names that were there before: some thousands of people at a time, each in a transaction of its own.

What keeps the words of new names is there already, so that whoever is written meanwhile is not missed, and nothing is put in twice.
"""

from django.db import migrations

AT_ONCE = 5_000
FILL = """
    INSERT INTO cases_nameword (case_id, word)
    SELECT DISTINCT of, word
    FROM (
        SELECT id, string_to_array(sort_name, ' ') FROM cases_case WHERE id BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT case_id, string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id BETWEEN %(first)s AND %(last)s
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
            cursor.execute(FILL, {"first": one, "last": one + AT_ONCE - 1})


class Migration(migrations.Migration):

    atomic = False  # so that no row stays locked until the last is done

    dependencies = [
        ('cases', '0031_name_words'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

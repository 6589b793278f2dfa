"""The words of names and the keys by which they are found: two new tables, and what keeps the first as names are written.

Those of names that were there before are put in by the next migration, once none can be missed any more.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0030_flags_told_apart'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=440)),
                ('key', models.CharField(max_length=440)),
            ],
            options={
                'indexes': [models.Index(fields=['word'], name='name_key_of_word')],
                'constraints': [models.UniqueConstraint(fields=('key', 'word'), name='name_key_once')],
            },
        ),
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=440)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['word', 'case'], name='name_word_from_start', opclasses=['varchar_pattern_ops', 'int8_ops'])],
                'constraints': [models.UniqueConstraint(fields=('case', 'word'), name='name_word_once')],
            },
        ),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='name_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    DELETE FROM cases_nameword WHERE case_id = NEW.id;\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT NEW.id, word\n    FROM (\n        SELECT string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.id\n        UNION ALL\n        SELECT string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.id\n    ) AS name (parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n", hash='1a397294a829b0e67504d8430bf354fcf6c15834', operation='INSERT', pgid='pgtrigger_name_words_98746', table='cases_case', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='name_words_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func="\n    DELETE FROM cases_nameword WHERE case_id = NEW.id;\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT NEW.id, word\n    FROM (\n        SELECT string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.id\n        UNION ALL\n        SELECT string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.id\n    ) AS name (parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n", hash='c631785add2834ee337ff06a143a0e044f047708', operation='UPDATE', pgid='pgtrigger_name_words_again_eeb0d', table='cases_case', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    DELETE FROM cases_nameword WHERE case_id = NEW.case_id;\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT NEW.case_id, word\n    FROM (\n        SELECT string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.case_id\n        UNION ALL\n        SELECT string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.case_id\n    ) AS name (parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n", hash='af8f525111f1ee6c5ca5675ac1c1dfb6fce1b4b5', operation='INSERT', pgid='pgtrigger_name_words_fb717', table='cases_othername', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func="\n    DELETE FROM cases_nameword WHERE case_id = NEW.case_id;\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT NEW.case_id, word\n    FROM (\n        SELECT string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.case_id\n        UNION ALL\n        SELECT string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.case_id\n    ) AS name (parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n", hash='afe5c5ab93c5fce23cacbe99c875c1f687c23512', operation='UPDATE', pgid='pgtrigger_name_words_again_1ed85', table='cases_othername', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    DELETE FROM cases_nameword WHERE case_id = OLD.case_id;\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT OLD.case_id, word\n    FROM (\n        SELECT string_to_array(sort_name, ' ') FROM cases_case WHERE id = OLD.case_id\n        UNION ALL\n        SELECT string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = OLD.case_id\n    ) AS name (parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n", hash='1f55d411874ab40c1391c2555de06e43cccee001', operation='DELETE', pgid='pgtrigger_name_words_gone_75f17', table='cases_othername', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

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
                trigger=pgtrigger.compiler.Trigger(name='name_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT of, word\n    FROM (SELECT id, string_to_array(sort_name, ' ') FROM written) AS name (of, parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n RETURN NULL;", hash='d2ca3ebae2435bfd068468f017be06f9dc6277fa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_name_words_98746', referencing='REFERENCING NEW TABLE AS written ', table='cases_case', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='name_words_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func="DELETE FROM cases_nameword WHERE case_id = NEW.id; \n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT of, word\n    FROM (\n    SELECT id, string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.id\n    UNION ALL\n    SELECT case_id, string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.id\n) AS name (of, parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n RETURN NULL;", hash='d3591c953cb4bcf806b3a6a635fb9c38d2e786d0', operation='UPDATE', pgid='pgtrigger_name_words_again_eeb0d', table='cases_case', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT of, word\n    FROM (SELECT case_id, string_to_array(sort_name, ' ') FROM written) AS name (of, parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n RETURN NULL;", hash='ecf7553cddfea0c9874db673a633589d706308c2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_name_words_fb717', referencing='REFERENCING NEW TABLE AS written ', table='cases_othername', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func="DELETE FROM cases_nameword WHERE case_id = NEW.case_id; \n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT of, word\n    FROM (\n    SELECT id, string_to_array(sort_name, ' ') FROM cases_case WHERE id = NEW.case_id\n    UNION ALL\n    SELECT case_id, string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = NEW.case_id\n) AS name (of, parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n RETURN NULL;", hash='6df3d022e9a952e79aa60e3b687b5cebc069cb41', operation='UPDATE', pgid='pgtrigger_name_words_again_1ed85', table='cases_othername', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='othername',
                trigger=pgtrigger.compiler.Trigger(name='name_words_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM cases_nameword WHERE case_id = OLD.case_id; \n    INSERT INTO cases_nameword (case_id, word)\n    SELECT DISTINCT of, word\n    FROM (\n    SELECT id, string_to_array(sort_name, ' ') FROM cases_case WHERE id = OLD.case_id\n    UNION ALL\n    SELECT case_id, string_to_array(sort_name, ' ') FROM cases_othername WHERE case_id = OLD.case_id\n) AS name (of, parts), generate_subscripts(parts, 1) AS at,\n        LATERAL (VALUES\n            (parts[at]), (CASE WHEN length(parts[at]) <= 3 THEN parts[at] || parts[at + 1] END)\n        ) AS words (word)\n    WHERE word <> ''\n    ON CONFLICT DO NOTHING;\n RETURN NULL;", hash='8fceff8f4f07f38e9364696afa20d7e7842ee1d1', operation='DELETE', pgid='pgtrigger_name_words_gone_75f17', table='cases_othername', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

"""A release that was undone here is remembered, so that a record which still tells of it is not followed. Nullable: nothing is
rewritten."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('ttg', '0001_through_the_gate'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='custody',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='custody',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='custody',
                name='undone_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='custodyevent',
                name='undone_on',
                field=models.DateField(null=True),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='custody',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "ttg_custodyevent" ("basis", "case_id", "ended_because", "ended_on", "follows_id", "id", "kind", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison_id", "prison_officer", "received_on", "reckoned", "recorded_at", "recorded_by_id", "release_kind", "release_on", "released_on", "screened_by", "screened_on", "sentence_id", "source", "undone_on", "version", "worker_id") VALUES (OLD."basis", OLD."case_id", OLD."ended_because", OLD."ended_on", OLD."follows_id", OLD."id", OLD."kind", OLD."mentor_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."prison_id", OLD."prison_officer", OLD."received_on", OLD."reckoned", OLD."recorded_at", OLD."recorded_by_id", OLD."release_kind", OLD."release_on", OLD."released_on", OLD."screened_by", OLD."screened_on", OLD."sentence_id", OLD."source", OLD."undone_on", OLD."version", OLD."worker_id"); RETURN NULL;', hash='98709bc98d90ba06a41f952e240b208359b73c85', operation='UPDATE', pgid='pgtrigger_update_update_bc58c', table='ttg_custody', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='custody',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ttg_custodyevent" ("basis", "case_id", "ended_because", "ended_on", "follows_id", "id", "kind", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison_id", "prison_officer", "received_on", "reckoned", "recorded_at", "recorded_by_id", "release_kind", "release_on", "released_on", "screened_by", "screened_on", "sentence_id", "source", "undone_on", "version", "worker_id") VALUES (OLD."basis", OLD."case_id", OLD."ended_because", OLD."ended_on", OLD."follows_id", OLD."id", OLD."kind", OLD."mentor_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prison_id", OLD."prison_officer", OLD."received_on", OLD."reckoned", OLD."recorded_at", OLD."recorded_by_id", OLD."release_kind", OLD."release_on", OLD."released_on", OLD."screened_by", OLD."screened_on", OLD."sentence_id", OLD."source", OLD."undone_on", OLD."version", OLD."worker_id"); RETURN NULL;', hash='9a93c9c95b7036ffc05cf11a62851c9e3b54c227', operation='DELETE', pgid='pgtrigger_delete_delete_ad6fd', table='ttg_custody', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

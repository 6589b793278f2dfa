"""What a tablet reports late: by the key it gave it, and when it was said by its clock. Nothing is rewritten."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('unpaidwork', '0001_unpaid_work'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='incident',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='incident',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='incident',
                name='key',
                field=models.UUIDField(null=True),
            ),
            migrations.AddField(
                model_name='incident',
                name='said_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='incidentevent',
                name='key',
                field=models.UUIDField(null=True),
            ),
            migrations.AddField(
                model_name='incidentevent',
                name='said_at',
                field=models.DateTimeField(null=True),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='incident',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "unpaidwork_incidentevent" ("answer", "answered_at", "answered_by_id", "at", "by_id", "case_id", "harm", "id", "information_id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "session_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."at", OLD."by_id", OLD."case_id", OLD."harm", OLD."id", OLD."information_id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."said_at", OLD."session_id", OLD."words"); RETURN NULL;', hash='e226dde173d8d3f0f831e1807411e4eb1f78dac4', operation='UPDATE', pgid='pgtrigger_update_update_0842a', table='unpaidwork_incident', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='incident',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "unpaidwork_incidentevent" ("answer", "answered_at", "answered_by_id", "at", "by_id", "case_id", "harm", "id", "information_id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "session_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."at", OLD."by_id", OLD."case_id", OLD."harm", OLD."id", OLD."information_id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."said_at", OLD."session_id", OLD."words"); RETURN NULL;', hash='e84029a99534c1ea31ce749ff170f1d6f587c2b0', operation='DELETE', pgid='pgtrigger_delete_delete_793f6', table='unpaidwork_incident', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

"""What else a reply was said to change, beside the one thing: a column with its default in the database, so that nothing
is rewritten, and the triggers that keep the history of enquiries, replaced in the same breath. What is there says one thing."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0037_discussed_with_a_senior'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='enquiry',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='enquiry',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='enquiry',
                name='also_changes',
                field=models.CharField(blank=True, db_default='', default='', max_length=30),
            ),
            migrations.AddField(
                model_name='enquiryevent',
                name='also_changes',
                field=models.CharField(blank=True, db_default='', default='', max_length=30),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='enquiry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_enquiryevent" ("agency_id", "also_changes", "analysed_by_id", "analysed_on", "analysis", "asked_of", "because", "because_note", "case_id", "changes", "chased_on", "chases", "due_on", "id", "kind", "not_needed_because", "not_told_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_on", "reply", "reply_text", "sent_on", "sharing", "state", "told_person", "triggered_on") VALUES (OLD."agency_id", OLD."also_changes", OLD."analysed_by_id", OLD."analysed_on", OLD."analysis", OLD."asked_of", OLD."because", OLD."because_note", OLD."case_id", OLD."changes", OLD."chased_on", OLD."chases", OLD."due_on", OLD."id", OLD."kind", OLD."not_needed_because", OLD."not_told_because", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."replied_on", OLD."reply", OLD."reply_text", OLD."sent_on", OLD."sharing", OLD."state", OLD."told_person", OLD."triggered_on"); RETURN NULL;', hash='b16a59d1444fc2d53ee0f9cba55e3181290e8e86', operation='UPDATE', pgid='pgtrigger_update_update_65a5d', table='cases_enquiry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='enquiry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_enquiryevent" ("agency_id", "also_changes", "analysed_by_id", "analysed_on", "analysis", "asked_of", "because", "because_note", "case_id", "changes", "chased_on", "chases", "due_on", "id", "kind", "not_needed_because", "not_told_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_on", "reply", "reply_text", "sent_on", "sharing", "state", "told_person", "triggered_on") VALUES (OLD."agency_id", OLD."also_changes", OLD."analysed_by_id", OLD."analysed_on", OLD."analysis", OLD."asked_of", OLD."because", OLD."because_note", OLD."case_id", OLD."changes", OLD."chased_on", OLD."chases", OLD."due_on", OLD."id", OLD."kind", OLD."not_needed_because", OLD."not_told_because", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replied_on", OLD."reply", OLD."reply_text", OLD."sent_on", OLD."sharing", OLD."state", OLD."told_person", OLD."triggered_on"); RETURN NULL;', hash='63ecd6d1924f28fe5aad47d17e18d2467819b586', operation='DELETE', pgid='pgtrigger_delete_delete_459f6', table='cases_enquiry', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

"""Columns of the closed loop on tables that were there before: nullable, or with a default in the database,
so that nothing is rewritten; and the triggers that keep their history, replaced in the same breath."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_closed_loop'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='address',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='address',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='enquiry',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='enquiry',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='registration',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='registration',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='relatedperson',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='relatedperson',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='address',
                name='authority',
                field=models.CharField(blank=True, db_default='', default='', max_length=100),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='authority',
                field=models.CharField(blank=True, db_default='', default='', max_length=100),
            ),
            migrations.AddField(
                model_name='enquiry',
                name='not_told_because',
                field=models.CharField(blank=True, db_default='', default='', max_length=300),
            ),
            migrations.AddField(
                model_name='enquiry',
                name='told_person',
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name='enquiryevent',
                name='not_told_because',
                field=models.CharField(blank=True, db_default='', default='', max_length=300),
            ),
            migrations.AddField(
                model_name='enquiryevent',
                name='told_person',
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name='notice',
                name='href',
                field=models.CharField(blank=True, db_default='', default='', max_length=200),
            ),
            migrations.AddField(
                model_name='registration',
                name='provisional',
                field=models.BooleanField(db_default=False, default=False),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='provisional',
                field=models.BooleanField(db_default=False, default=False),
            ),
            migrations.AddField(
                model_name='relatedperson',
                name='postcode',
                field=models.CharField(blank=True, db_default='', default='', max_length=20),
            ),
            migrations.AddField(
                model_name='relatedpersonevent',
                name='postcode',
                field=models.CharField(blank=True, db_default='', default='', max_length=20),
            ),
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
            migrations.AlterField(
                model_name='enquiry',
                name='because',
                field=models.CharField(choices=[('start', 'Start of supervision'), ('assessment', 'Before the risk assessment is signed'), ('home_visit', 'Before a first home visit'), ('new_concern', 'New domestic abuse, child or adult concern'), ('new_person', 'New partner, household member or child'), ('new_address', 'New address'), ('call_out', 'Police call-out'), ('unpaid_work', 'Before allocation to unpaid work'), ('release', 'Before release'), ('refresh', 'Refresh every six months on a flagged case'), ('review', 'At review'), ('unanswered', 'A concern with no answer in force and no interim plan'), ('imported', 'Imported case: no record in the extract')], max_length=12),
            ),
            migrations.AlterField(
                model_name='enquiryevent',
                name='because',
                field=models.CharField(choices=[('start', 'Start of supervision'), ('assessment', 'Before the risk assessment is signed'), ('home_visit', 'Before a first home visit'), ('new_concern', 'New domestic abuse, child or adult concern'), ('new_person', 'New partner, household member or child'), ('new_address', 'New address'), ('call_out', 'Police call-out'), ('unpaid_work', 'Before allocation to unpaid work'), ('release', 'Before release'), ('refresh', 'Refresh every six months on a flagged case'), ('review', 'At review'), ('unanswered', 'A concern with no answer in force and no interim plan'), ('imported', 'Imported case: no record in the extract')], max_length=12),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='address',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_addressevent" ("authority", "case_id", "county", "from_on", "id", "imported", "lines", "no_fixed_abode", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "safe_to_write", "status_code", "telephone", "to_on", "town", "type_code", "type_name") VALUES (OLD."authority", OLD."case_id", OLD."county", OLD."from_on", OLD."id", OLD."imported", OLD."lines", OLD."no_fixed_abode", OLD."notes", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."postcode", OLD."safe_to_write", OLD."status_code", OLD."telephone", OLD."to_on", OLD."town", OLD."type_code", OLD."type_name"); RETURN NULL;', hash='33b7c1bb7574b716a6295d0ab4f89ceaf73fa759', operation='UPDATE', pgid='pgtrigger_update_update_bd85c', table='cases_address', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='address',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_addressevent" ("authority", "case_id", "county", "from_on", "id", "imported", "lines", "no_fixed_abode", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "safe_to_write", "status_code", "telephone", "to_on", "town", "type_code", "type_name") VALUES (OLD."authority", OLD."case_id", OLD."county", OLD."from_on", OLD."id", OLD."imported", OLD."lines", OLD."no_fixed_abode", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."safe_to_write", OLD."status_code", OLD."telephone", OLD."to_on", OLD."town", OLD."type_code", OLD."type_name"); RETURN NULL;', hash='a1de53ab10383e27ccf4eac959fae4f6e5ac6960', operation='DELETE', pgid='pgtrigger_delete_delete_d63d3', table='cases_address', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='enquiry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_enquiryevent" ("agency_id", "analysed_by_id", "analysed_on", "analysis", "asked_of", "because", "because_note", "case_id", "changes", "chased_on", "chases", "due_on", "id", "kind", "not_needed_because", "not_told_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_on", "reply", "reply_text", "sent_on", "sharing", "state", "told_person", "triggered_on") VALUES (OLD."agency_id", OLD."analysed_by_id", OLD."analysed_on", OLD."analysis", OLD."asked_of", OLD."because", OLD."because_note", OLD."case_id", OLD."changes", OLD."chased_on", OLD."chases", OLD."due_on", OLD."id", OLD."kind", OLD."not_needed_because", OLD."not_told_because", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."replied_on", OLD."reply", OLD."reply_text", OLD."sent_on", OLD."sharing", OLD."state", OLD."told_person", OLD."triggered_on"); RETURN NULL;', hash='e328ecc86ab1451d626cfda24c8d7b922eb03443', operation='UPDATE', pgid='pgtrigger_update_update_65a5d', table='cases_enquiry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='enquiry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_enquiryevent" ("agency_id", "analysed_by_id", "analysed_on", "analysis", "asked_of", "because", "because_note", "case_id", "changes", "chased_on", "chases", "due_on", "id", "kind", "not_needed_because", "not_told_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_on", "reply", "reply_text", "sent_on", "sharing", "state", "told_person", "triggered_on") VALUES (OLD."agency_id", OLD."analysed_by_id", OLD."analysed_on", OLD."analysis", OLD."asked_of", OLD."because", OLD."because_note", OLD."case_id", OLD."changes", OLD."chased_on", OLD."chases", OLD."due_on", OLD."id", OLD."kind", OLD."not_needed_because", OLD."not_told_because", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replied_on", OLD."reply", OLD."reply_text", OLD."sent_on", OLD."sharing", OLD."state", OLD."told_person", OLD."triggered_on"); RETURN NULL;', hash='10416d54cb82df90727b26d1e1f95eec9e172f22', operation='DELETE', pgid='pgtrigger_delete_delete_459f6', table='cases_enquiry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_registrationevent" ("active", "case_id", "category_code", "colour", "ended_on", "evidence", "firearm", "id", "level_code", "notes", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "register_name", "review_months", "review_on", "source_id", "started_on", "type_code", "type_name", "warn_staff") VALUES (OLD."active", OLD."case_id", OLD."category_code", OLD."colour", OLD."ended_on", OLD."evidence", OLD."firearm", OLD."id", OLD."level_code", OLD."notes", OLD."part", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."provisional", OLD."register_name", OLD."review_months", OLD."review_on", OLD."source_id", OLD."started_on", OLD."type_code", OLD."type_name", OLD."warn_staff"); RETURN NULL;', hash='9d9c64e348f1a61943834c0073740ccd38fa3674', operation='UPDATE', pgid='pgtrigger_update_update_8e692', table='cases_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_registrationevent" ("active", "case_id", "category_code", "colour", "ended_on", "evidence", "firearm", "id", "level_code", "notes", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "register_name", "review_months", "review_on", "source_id", "started_on", "type_code", "type_name", "warn_staff") VALUES (OLD."active", OLD."case_id", OLD."category_code", OLD."colour", OLD."ended_on", OLD."evidence", OLD."firearm", OLD."id", OLD."level_code", OLD."notes", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provisional", OLD."register_name", OLD."review_months", OLD."review_on", OLD."source_id", OLD."started_on", OLD."type_code", OLD."type_name", OLD."warn_staff"); RETURN NULL;', hash='49825bd24b1435ca6e2b9abbab1019eb5016bd3a', operation='DELETE', pgid='pgtrigger_delete_delete_7d558', table='cases_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='relatedperson',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_relatedpersonevent" ("address", "authority", "born_on", "case_id", "dependant", "from_on", "id", "kind", "lives_with", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "relationship", "sharing", "source", "to_on", "victim") VALUES (OLD."address", OLD."authority", OLD."born_on", OLD."case_id", OLD."dependant", OLD."from_on", OLD."id", OLD."kind", OLD."lives_with", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."postcode", OLD."protected", OLD."relationship", OLD."sharing", OLD."source", OLD."to_on", OLD."victim"); RETURN NULL;', hash='eb5ec6c94fc87ddc76b9f798984c78c8762ae8f3', operation='UPDATE', pgid='pgtrigger_update_update_88e24', table='cases_relatedperson', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='relatedperson',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_relatedpersonevent" ("address", "authority", "born_on", "case_id", "dependant", "from_on", "id", "kind", "lives_with", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "relationship", "sharing", "source", "to_on", "victim") VALUES (OLD."address", OLD."authority", OLD."born_on", OLD."case_id", OLD."dependant", OLD."from_on", OLD."id", OLD."kind", OLD."lives_with", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."protected", OLD."relationship", OLD."sharing", OLD."source", OLD."to_on", OLD."victim"); RETURN NULL;', hash='f69467200f41c3c71d60a5285b8b7fa6c41128f4', operation='DELETE', pgid='pgtrigger_delete_delete_e766d', table='cases_relatedperson', when='AFTER')),
            ),
        ]),
        migrations.AddField(
            model_name='enquiry',
            name='agency',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='cases.agency'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='enquiryevent',
                    name='agency',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.agency'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='enquiryevent',
                    name='agency',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.agency'),
                ),
            ],
        ),
        AtOnce([
            migrations.AddField(
                model_name='enquirystep',
                name='document',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.document'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='action',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.planaction'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='reading',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.reading'),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

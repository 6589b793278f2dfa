"""Columns of assessing and planning on tables that were there before: nullable, or with a default in the database,
so that nothing is rewritten; and the triggers that keep their history, replaced in the same breath."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import cases.reference.codes
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_assess_and_plan'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='planaction',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='planaction',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='raise',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='raise',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='planaction',
                name='actor',
                field=models.CharField(blank=True, choices=[('person', 'The person on probation'), ('officer', 'The responsible officer'), ('agency', 'An agency'), ('programme', 'Programme or group staff'), ('unpaid_work', 'Unpaid work'), ('prison', 'Prison staff'), ('other', 'Somebody else')], db_default='', default='', max_length=11),
            ),
            migrations.AddField(
                model_name='planaction',
                name='agency',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.agency'),
            ),
            migrations.AddField(
                model_name='planaction',
                name='dropped_because',
                field=models.CharField(blank=True, db_default='', default='', max_length=500),
            ),
            migrations.AddField(
                model_name='planaction',
                name='dropped_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='planaction',
                name='in_draft',
                field=models.BooleanField(db_default=False, default=False),
            ),
            migrations.AddField(
                model_name='planaction',
                name='nature',
                field=models.CharField(blank=True, choices=[('constructive', 'Constructive: helps them change'), ('restrictive', 'Restrictive: limits or monitors'), ('victim_safety', 'Victim safety: protects somebody')], db_default='', default='', max_length=13),
            ),
            migrations.AddField(
                model_name='planaction',
                name='sharing',
                field=models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], db_default='no', default=cases.reference.codes.Sharing['NO'], max_length=4),
            ),
            migrations.AddField(
                model_name='planactionevent',
                name='actor',
                field=models.CharField(blank=True, choices=[('person', 'The person on probation'), ('officer', 'The responsible officer'), ('agency', 'An agency'), ('programme', 'Programme or group staff'), ('unpaid_work', 'Unpaid work'), ('prison', 'Prison staff'), ('other', 'Somebody else')], db_default='', default='', max_length=11),
            ),
        ]),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='agency',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.agency'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='agency',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.agency'),
                ),
            ],
        ),
        AtOnce([
            migrations.AddField(
                model_name='planactionevent',
                name='dropped_because',
                field=models.CharField(blank=True, db_default='', default='', max_length=500),
            ),
            migrations.AddField(
                model_name='planactionevent',
                name='dropped_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='planactionevent',
                name='in_draft',
                field=models.BooleanField(db_default=False, default=False),
            ),
            migrations.AddField(
                model_name='planactionevent',
                name='nature',
                field=models.CharField(blank=True, choices=[('constructive', 'Constructive: helps them change'), ('restrictive', 'Restrictive: limits or monitors'), ('victim_safety', 'Victim safety: protects somebody')], db_default='', default='', max_length=13),
            ),
            migrations.AddField(
                model_name='planactionevent',
                name='sharing',
                field=models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], db_default='no', default=cases.reference.codes.Sharing['NO'], max_length=4),
            ),
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
            migrations.AlterField(
                model_name='document',
                name='kind',
                field=models.CharField(choices=[('request', 'Enquiry as it was sent'), ('reply', 'Reply from an agency'), ('information', 'Came with information'), ('plan_copy', "The person's copy of the plan")], max_length=12),
            ),
            migrations.AddField(
                model_name='raise',
                name='answered_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_raises', to='cases.assessment'),
            ),
        ]),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='raiseevent',
                    name='answered_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.assessment'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='raiseevent',
                    name='answered_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.assessment'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='planaction',
            name='objective',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.objective'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='objective',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.objective'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='objective',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.objective'),
                ),
            ],
        ),
        AtOnce([
            migrations.AddField(
                model_name='deadline',
                name='override',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.override'),
            ),
            migrations.AddField(
                model_name='planaction',
                name='protects',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='protected_by', to='cases.potentialvictim'),
            ),
        ]),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='protects',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.potentialvictim'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='planactionevent',
                    name='protects',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.potentialvictim'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='deadline',
            name='route',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.routedecision'),
        ),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='planaction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_planactionevent" ("actor", "agency_id", "by_on", "by_whom", "case_id", "done_note", "done_on", "dropped_because", "dropped_on", "enquiry_id", "id", "in_draft", "made_by_id", "made_on", "nature", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protects_id", "reading_id", "sharing", "what") VALUES (OLD."actor", OLD."agency_id", OLD."by_on", OLD."by_whom", OLD."case_id", OLD."done_note", OLD."done_on", OLD."dropped_because", OLD."dropped_on", OLD."enquiry_id", OLD."id", OLD."in_draft", OLD."made_by_id", OLD."made_on", OLD."nature", OLD."objective_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."protects_id", OLD."reading_id", OLD."sharing", OLD."what"); RETURN NULL;', hash='49bbdefc851f6e0d9be8c201cc108f1d2d4f6d97', operation='UPDATE', pgid='pgtrigger_update_update_a59a9', table='cases_planaction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='planaction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_planactionevent" ("actor", "agency_id", "by_on", "by_whom", "case_id", "done_note", "done_on", "dropped_because", "dropped_on", "enquiry_id", "id", "in_draft", "made_by_id", "made_on", "nature", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protects_id", "reading_id", "sharing", "what") VALUES (OLD."actor", OLD."agency_id", OLD."by_on", OLD."by_whom", OLD."case_id", OLD."done_note", OLD."done_on", OLD."dropped_because", OLD."dropped_on", OLD."enquiry_id", OLD."id", OLD."in_draft", OLD."made_by_id", OLD."made_on", OLD."nature", OLD."objective_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."protects_id", OLD."reading_id", OLD."sharing", OLD."what"); RETURN NULL;', hash='be9593070786687e987187d9ca22363cdf3cf339', operation='DELETE', pgid='pgtrigger_delete_delete_ac390', table='cases_planaction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='raise',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_raiseevent" ("answered_by_id", "assessed_on", "assessment_id", "at", "because", "by_id", "case_id", "contact_level", "enquiry_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id") VALUES (OLD."answered_by_id", OLD."assessed_on", OLD."assessment_id", OLD."at", OLD."because", OLD."by_id", OLD."case_id", OLD."contact_level", OLD."enquiry_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."registration_id"); RETURN NULL;', hash='ec873ee91efe5febc9f5fce1dccf3269418ecef8', operation='UPDATE', pgid='pgtrigger_update_update_107a2', table='cases_raise', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='raise',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_raiseevent" ("answered_by_id", "assessed_on", "assessment_id", "at", "because", "by_id", "case_id", "contact_level", "enquiry_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id") VALUES (OLD."answered_by_id", OLD."assessed_on", OLD."assessment_id", OLD."at", OLD."because", OLD."by_id", OLD."case_id", OLD."contact_level", OLD."enquiry_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."registration_id"); RETURN NULL;', hash='bf863f95b2929aa792500569299c437b1afbf6bc', operation='DELETE', pgid='pgtrigger_delete_delete_b605c', table='cases_raise', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

"""Columns of appointments and reviews on tables that were there before: nullable, or with a default in the database,
so that nothing is rewritten; and the triggers that keep their history, replaced in the same breath."""

import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.reference.agencies
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_meet_record_review'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='person',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='person',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='reachable',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='reachable',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='routedecision',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='routedecision',
                name='delete_delete',
            ),
        ]),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_to_a_user_or_an_agency',
        ),
        AtOnce([
            migrations.AddField(
                model_name='message',
                name='means',
                field=models.CharField(choices=[('email', 'E-mail'), ('text', 'Text message')], db_default='email', default=cases.reference.agencies.Means['EMAIL'], max_length=5),
            ),
            migrations.AddField(
                model_name='person',
                name='contact_asked_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='person',
                name='contact_asked_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='person',
                name='may_email',
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name='person',
                name='wants_welsh',
                field=models.BooleanField(null=True),
            ),
        ]),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='personevent',
                    name='contact_asked_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='personevent',
                    name='contact_asked_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        AtOnce([
            migrations.AddField(
                model_name='personevent',
                name='contact_asked_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='personevent',
                name='may_email',
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name='personevent',
                name='wants_welsh',
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name='reachable',
                name='shared_with',
                field=models.CharField(blank=True, db_default='', default='', max_length=200),
            ),
            migrations.AddField(
                model_name='reachableevent',
                name='shared_with',
                field=models.CharField(blank=True, db_default='', default='', max_length=200),
            ),
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('monthly_contact', 'Offer a face-to-face appointment this month'), ('log_outcome', 'Say what came of the appointment'), ('call_same_day', 'Ring them today and ask if they are safe'), ('offer_again', 'Offer another appointment after a missed one'), ('decide_absence', 'Decide what a missed appointment comes to'), ('book_interpreter', 'Book the interpreter'), ('book_rar_day', 'Book a rehabilitation activity day'), ('home_visit', 'Visit them at home'), ('decide_visit_safety', 'Decide how staff may visit'), ('review_case', 'Review the case'), ('review_event', 'Review what has happened'), ('countersign_review', 'Read and countersign the review'), ('put_review_right', 'Put the review right and sign it again'), ('read_hollow_review', 'Read a review that recorded no change'), ('answer_recommendation', 'Accept or contest what an audit recommends'), ('do_recommendation', 'Do what an audit recommends, and show the change'), ('decide_contest', 'Decide a contested recommendation'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
            migrations.AlterField(
                model_name='message',
                name='address',
                field=models.CharField(max_length=254),
            ),
            migrations.AlterField(
                model_name='message',
                name='kind',
                field=models.CharField(choices=[('request', 'Enquiry'), ('chase', 'Weekly chase'), ('alert', 'Alert'), ('digest', 'Digest'), ('reminder', 'Reminder of an appointment')], max_length=10),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_personevent" ("care_leaver", "case_id", "contact_asked_by_id", "contact_asked_on", "ethnicity", "first_language", "gender_identity", "has_sentence", "immigration_status", "language_notes", "may_email", "may_text", "middle_names", "nationality", "needs_interpreter", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "religion", "second_nationality", "sex_as_given", "sexual_orientation", "title", "unmapped", "wants_welsh", "welsh_offered_on") VALUES (OLD."care_leaver", OLD."case_id", OLD."contact_asked_by_id", OLD."contact_asked_on", OLD."ethnicity", OLD."first_language", OLD."gender_identity", OLD."has_sentence", OLD."immigration_status", OLD."language_notes", OLD."may_email", OLD."may_text", OLD."middle_names", OLD."nationality", OLD."needs_interpreter", OLD."notes", _pgh_attach_context(), NOW(), \'update\', OLD."case_id", OLD."preferred_name", OLD."religion", OLD."second_nationality", OLD."sex_as_given", OLD."sexual_orientation", OLD."title", OLD."unmapped", OLD."wants_welsh", OLD."welsh_offered_on"); RETURN NULL;', hash='31b5d686d37292c3b3194bd58c32cacefcbdf768', operation='UPDATE', pgid='pgtrigger_update_update_6804f', table='cases_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_personevent" ("care_leaver", "case_id", "contact_asked_by_id", "contact_asked_on", "ethnicity", "first_language", "gender_identity", "has_sentence", "immigration_status", "language_notes", "may_email", "may_text", "middle_names", "nationality", "needs_interpreter", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "religion", "second_nationality", "sex_as_given", "sexual_orientation", "title", "unmapped", "wants_welsh", "welsh_offered_on") VALUES (OLD."care_leaver", OLD."case_id", OLD."contact_asked_by_id", OLD."contact_asked_on", OLD."ethnicity", OLD."first_language", OLD."gender_identity", OLD."has_sentence", OLD."immigration_status", OLD."language_notes", OLD."may_email", OLD."may_text", OLD."middle_names", OLD."nationality", OLD."needs_interpreter", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."case_id", OLD."preferred_name", OLD."religion", OLD."second_nationality", OLD."sex_as_given", OLD."sexual_orientation", OLD."title", OLD."unmapped", OLD."wants_welsh", OLD."welsh_offered_on"); RETURN NULL;', hash='702b0ecda7de4f58b03672d5af321eac55281ad6', operation='DELETE', pgid='pgtrigger_delete_delete_82e57', table='cases_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reachable',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_reachableevent" ("case_id", "id", "imported", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe", "shared_with", "value") VALUES (OLD."case_id", OLD."id", OLD."imported", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."safe", OLD."shared_with", OLD."value"); RETURN NULL;', hash='1ceb60e36ea7bb9d3d7e1a829e73782dd67fcd8e', operation='UPDATE', pgid='pgtrigger_update_update_cca7d', table='cases_reachable', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reachable',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_reachableevent" ("case_id", "id", "imported", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe", "shared_with", "value") VALUES (OLD."case_id", OLD."id", OLD."imported", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."safe", OLD."shared_with", OLD."value"); RETURN NULL;', hash='12a601779ac51f58077889ba82f6fef72ccd829c', operation='DELETE', pgid='pgtrigger_delete_delete_dca0a', table='cases_reachable', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='routedecision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_routedecisionevent" ("appointment_id", "because", "booked_at", "booked_by_id", "booked_for", "booked_with", "by_on", "case_id", "decided_by_id", "decided_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed", "replacement", "requirement_id", "route") VALUES (OLD."appointment_id", OLD."because", OLD."booked_at", OLD."booked_by_id", OLD."booked_for", OLD."booked_with", OLD."by_on", OLD."case_id", OLD."decided_by_id", OLD."decided_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."removed", OLD."replacement", OLD."requirement_id", OLD."route"); RETURN NULL;', hash='ee7b4671f3d365b09e0ec3a16fdb55049008f528', operation='UPDATE', pgid='pgtrigger_update_update_3dd41', table='cases_routedecision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='routedecision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_routedecisionevent" ("appointment_id", "because", "booked_at", "booked_by_id", "booked_for", "booked_with", "by_on", "case_id", "decided_by_id", "decided_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed", "replacement", "requirement_id", "route") VALUES (OLD."appointment_id", OLD."because", OLD."booked_at", OLD."booked_by_id", OLD."booked_for", OLD."booked_with", OLD."by_on", OLD."case_id", OLD."decided_by_id", OLD."decided_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."removed", OLD."replacement", OLD."requirement_id", OLD."route"); RETURN NULL;', hash='c5ae5baf0185f0326b132a0a38c9f500d87205d8', operation='DELETE', pgid='pgtrigger_delete_delete_a9bbf', table='cases_routedecision', when='AFTER')),
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='deadline',
                name='appointment',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.appointment'),
            ),
            migrations.AddField(
                model_name='message',
                name='appointment',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.appointment'),
            ),
            migrations.AddField(
                model_name='routedecision',
                name='appointment',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='cases.appointment'),
            ),
        ]),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name='routedecisionevent',
                    name='appointment',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.appointment'),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='routedecisionevent',
                    name='appointment',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.appointment'),
                ),
            ],
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('appointment', None), ('user', None)), models.Q(('agency', None), ('appointment', None), ('user__isnull', False)), models.Q(('agency', None), ('appointment__isnull', False), ('user', None)), _connector='OR'), name='message_to_one'),
        ),
        AtOnce([
            migrations.AddField(
                model_name='deadline',
                name='recommendation',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.recommendation'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='review',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.review'),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

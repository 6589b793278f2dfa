"""The tables of restrictions and of where postcodes lie; an override may be of an allocation, which new rows say."""

import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.reference.overrides
import cases.reference.restrictions
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_meet_record_review_indexes'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('staff', '__first__'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='PostcodePoint',
                fields=[
                    ('postcode', models.CharField(max_length=8, primary_key=True, serialize=False)),
                    ('easting', models.PositiveIntegerField()),
                    ('northing', models.PositiveIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='Restriction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('restraining', 'Restraining order'), ('non_molestation', 'Non-molestation order'), ('sexual_harm', 'Sexual harm prevention order'), ('sexual_risk', 'Sexual risk order'), ('behaviour', 'Criminal behaviour order'), ('exclusion', 'Exclusion requirement'), ('prohibited', 'Prohibited activity requirement'), ('licence', 'Licence condition'), ('bail', 'Bail condition'), ('other', 'Another order')], max_length=15)),
                    ('terms', models.CharField(choices=[('areas', 'Bans areas'), ('contact', 'Bans contact only'), ('not_seen', 'Terms not seen')], max_length=8)),
                    ('prohibits', models.TextField(blank=True)),
                    ('made_by', models.CharField(blank=True, max_length=200)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('copy_seen_on', models.DateField(null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_on', models.DateField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=300)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='cases.case')),
                    ('condition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.licencecondition')),
                    ('copy_seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='cases.restriction')),
                    ('protects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='protected_by', to='cases.relatedperson')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('registration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.registration')),
                    ('requirement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.requirement')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('terms', cases.reference.restrictions.Terms['NOT_SEEN']), models.Q(('prohibits', ''), _negated=True), _connector='OR'), name='restriction_says_what_it_forbids'), models.CheckConstraint(condition=models.Q(('ended_on', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='restriction_ends_for_a_reason'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='restriction_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('copy_seen_by', None), ('copy_seen_on', None)), models.Q(('copy_seen_by__isnull', False), ('copy_seen_on__isnull', False)), _connector='OR'), name='restriction_copy_seen_by_somebody')],
                    'indexes': [models.Index(condition=models.Q(('ended_on', None)), fields=['case'], name='restriction_standing')],
                },
            ),
            migrations.CreateModel(
                name='RestrictedArea',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('label', models.CharField(max_length=200)),
                    ('shape', models.CharField(choices=[('circle', 'A circle around a point'), ('polygon', 'An outline')], max_length=7)),
                    ('outline', models.JSONField()),
                    ('buffer', models.PositiveIntegerField(default=0)),
                    ('restriction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='cases.restriction')),
                ],
            ),
            migrations.CreateModel(
                name='RestrictionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('restraining', 'Restraining order'), ('non_molestation', 'Non-molestation order'), ('sexual_harm', 'Sexual harm prevention order'), ('sexual_risk', 'Sexual risk order'), ('behaviour', 'Criminal behaviour order'), ('exclusion', 'Exclusion requirement'), ('prohibited', 'Prohibited activity requirement'), ('licence', 'Licence condition'), ('bail', 'Bail condition'), ('other', 'Another order')], max_length=15)),
                    ('terms', models.CharField(choices=[('areas', 'Bans areas'), ('contact', 'Bans contact only'), ('not_seen', 'Terms not seen')], max_length=8)),
                    ('prohibits', models.TextField(blank=True)),
                    ('made_by', models.CharField(blank=True, max_length=200)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('copy_seen_on', models.DateField(null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_on', models.DateField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=300)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('condition', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.licencecondition')),
                    ('copy_seen_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('follows', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.restriction')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.restriction')),
                    ('protects', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.relatedperson')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('registration', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.registration')),
                    ('requirement', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.requirement')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='restriction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_restrictionevent" ("case_id", "condition_id", "copy_seen_by_id", "copy_seen_on", "ended_because", "ended_on", "follows_id", "from_on", "id", "kind", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prohibits", "protects_id", "recorded_at", "recorded_by_id", "registration_id", "requirement_id", "source", "terms", "to_on") VALUES (OLD."case_id", OLD."condition_id", OLD."copy_seen_by_id", OLD."copy_seen_on", OLD."ended_because", OLD."ended_on", OLD."follows_id", OLD."from_on", OLD."id", OLD."kind", OLD."made_by", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."prohibits", OLD."protects_id", OLD."recorded_at", OLD."recorded_by_id", OLD."registration_id", OLD."requirement_id", OLD."source", OLD."terms", OLD."to_on"); RETURN NULL;', hash='ebf8294a88904fc6e0f8fb75c059ccd2039359b5', operation='UPDATE', pgid='pgtrigger_update_update_f51b6', table='cases_restriction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='restriction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_restrictionevent" ("case_id", "condition_id", "copy_seen_by_id", "copy_seen_on", "ended_because", "ended_on", "follows_id", "from_on", "id", "kind", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prohibits", "protects_id", "recorded_at", "recorded_by_id", "registration_id", "requirement_id", "source", "terms", "to_on") VALUES (OLD."case_id", OLD."condition_id", OLD."copy_seen_by_id", OLD."copy_seen_on", OLD."ended_because", OLD."ended_on", OLD."follows_id", OLD."from_on", OLD."id", OLD."kind", OLD."made_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prohibits", OLD."protects_id", OLD."recorded_at", OLD."recorded_by_id", OLD."registration_id", OLD."requirement_id", OLD."source", OLD."terms", OLD."to_on"); RETURN NULL;', hash='5696938e364f5255156834e960ab8aef481b0d59', operation='DELETE', pgid='pgtrigger_delete_delete_66582', table='cases_restriction', when='AFTER')),
            ),
        ]),
        migrations.RemoveConstraint(
            model_name='override',
            name='override_of_what_it_acts_on',
        ),
        AtOnce([
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('monthly_contact', 'Offer a face-to-face appointment this month'), ('log_outcome', 'Say what came of the appointment'), ('call_same_day', 'Ring them today and ask if they are safe'), ('offer_again', 'Offer another appointment after a missed one'), ('decide_absence', 'Decide what a missed appointment comes to'), ('book_interpreter', 'Book the interpreter'), ('book_rar_day', 'Book a rehabilitation activity day'), ('home_visit', 'Visit them at home'), ('decide_visit_safety', 'Decide how staff may visit'), ('review_case', 'Review the case'), ('review_event', 'Review what has happened'), ('countersign_review', 'Read and countersign the review'), ('put_review_right', 'Put the review right and sign it again'), ('read_hollow_review', 'Read a review that recorded no change'), ('answer_recommendation', 'Accept or contest what an audit recommends'), ('do_recommendation', 'Do what an audit recommends, and show the change'), ('decide_contest', 'Decide a contested recommendation'), ('see_order_terms', "See the terms of the court's order"), ('assess_work_risk', 'Assess the risk of unpaid work'), ('renew_work_risk', 'Bring the risk assessment for unpaid work up to date'), ('write_instruction', 'Say what a flag means on a work site'), ('arrange_work', 'Arrange unpaid work'), ('allocate_again', 'Find other unpaid work'), ('close_register', 'Close the register'), ('decide_course', 'Decide whether a course counts'), ('review_work', 'Look back on unpaid work with them'), ('propose_extension', 'Propose an application to extend'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
            migrations.AlterField(
                model_name='override',
                name='act',
                field=models.CharField(choices=[('assessment', 'Sign the assessment'), ('plan', 'Sign the plan'), ('allocation', 'Allocate to a work site')], max_length=10),
            ),
            migrations.AlterField(
                model_name='overrideevent',
                name='act',
                field=models.CharField(choices=[('assessment', 'Sign the assessment'), ('plan', 'Sign the plan'), ('allocation', 'Allocate to a work site')], max_length=10),
            ),
        ]),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', cases.reference.overrides.Act['ASSESSMENT']), ('assessment__isnull', False), ('plan', None)), models.Q(('act', cases.reference.overrides.Act['PLAN']), ('assessment', None), ('plan__isnull', False)), models.Q(('act', cases.reference.overrides.Act['ALLOCATION']), ('assessment', None), ('plan', None)), _connector='OR'), name='override_of_what_it_acts_on'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

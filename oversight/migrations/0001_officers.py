"""What is known of officers: hours, training, induction, and how full they were each week. Only new tables."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='ContractHours',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contract_hours', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='ContractHoursEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                    ('recorded_at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.contracthours')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HoursOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('hours', models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                    ('why', models.CharField(max_length=500)),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='hours_off', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'hours off',
                },
            ),
            migrations.CreateModel(
                name='HoursOffEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(max_length=20)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('hours', models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                    ('why', models.CharField(max_length=500)),
                    ('recorded_at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.hoursoff')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OfficerInduction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supporter', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='inductions', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='OfficerInductionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.officerinduction')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supporter', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TrainingDone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('domestic_abuse', 'Domestic abuse'), ('child', 'Child safeguarding'), ('risk_of_harm', 'Risk of serious harm'), ('relationships', 'Building relationships'), ('pro_social', 'Pro-social modelling'), ('motivation', 'Motivational interviewing'), ('risk_need', 'Risk, need and responsivity'), ('cognitive', 'Cognitive behavioural techniques')], max_length=20)),
                    ('done_on', models.DateField()),
                    ('expires_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='training', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'training done',
                },
            ),
            migrations.CreateModel(
                name='TrainingDoneEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('domestic_abuse', 'Domestic abuse'), ('child', 'Child safeguarding'), ('risk_of_harm', 'Risk of serious harm'), ('relationships', 'Building relationships'), ('pro_social', 'Pro-social modelling'), ('motivation', 'Motivational interviewing'), ('risk_need', 'Risk, need and responsivity'), ('cognitive', 'Cognitive behavioural techniques')], max_length=20)),
                    ('done_on', models.DateField()),
                    ('expires_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.trainingdone')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='WorkloadWeek',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('week', models.DateField()),
                    ('points', models.PositiveIntegerField()),
                    ('available', models.PositiveIntegerField()),
                    ('percent', models.DecimalField(decimal_places=1, max_digits=7)),
                    ('cases', models.PositiveIntegerField()),
                    ('policy_version', models.PositiveIntegerField()),
                    ('kept_at', models.DateTimeField()),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='workload_weeks', to=settings.AUTH_USER_MODEL)),
                ],
            ),
        ]),
        AtOnce([
            migrations.AddConstraint(
                model_name='contracthours',
                constraint=models.UniqueConstraint(fields=('user', 'from_on'), name='contract_hours_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='contracthours',
                constraint=models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='contract_hours_end_after_start'),
            ),
            migrations.AddConstraint(
                model_name='contracthours',
                constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 60)), name='contract_hours_of_a_week'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='contracthours',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_contracthoursevent" ("from_on", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "to_on", "user_id") VALUES (OLD."from_on", OLD."hours", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='8dad3857e134f77bccdb1a98c7d0a4153431a131', operation='UPDATE', pgid='pgtrigger_update_update_27085', table='oversight_contracthours', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='contracthours',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_contracthoursevent" ("from_on", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "to_on", "user_id") VALUES (OLD."from_on", OLD."hours", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='3e4fbdc64d48c16e0f63c405bfe537cba66f72f2', operation='DELETE', pgid='pgtrigger_delete_delete_48060', table='oversight_contracthours', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='hoursoff',
                constraint=models.UniqueConstraint(fields=('user', 'code', 'from_on'), name='hours_off_once'),
            ),
            migrations.AddConstraint(
                model_name='hoursoff',
                constraint=models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='hours_off_end_after_start'),
            ),
            migrations.AddConstraint(
                model_name='hoursoff',
                constraint=models.CheckConstraint(condition=models.Q(('hours', None), models.Q(('hours__gt', 0), ('hours__lte', 60)), _connector='OR'), name='hours_off_of_a_week'),
            ),
            migrations.AddConstraint(
                model_name='hoursoff',
                constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='hours_off_for_a_reason'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='hoursoff',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_hoursoffevent" ("code", "from_on", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "to_on", "user_id", "why") VALUES (OLD."code", OLD."from_on", OLD."hours", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."to_on", OLD."user_id", OLD."why"); RETURN NULL;', hash='2dc850857272bc4ad19ca41fa578a7e3c761bc66', operation='UPDATE', pgid='pgtrigger_update_update_17bf3', table='oversight_hoursoff', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='hoursoff',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_hoursoffevent" ("code", "from_on", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "to_on", "user_id", "why") VALUES (OLD."code", OLD."from_on", OLD."hours", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."to_on", OLD."user_id", OLD."why"); RETURN NULL;', hash='e0d7c100e0e70c1559e4221973f94e8e5567c9e5', operation='DELETE', pgid='pgtrigger_delete_delete_9fe89', table='oversight_hoursoff', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='officerinduction',
                constraint=models.UniqueConstraint(fields=('user', 'from_on'), name='officer_induction_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='officerinduction',
                constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='officer_induction_ends_after_start'),
            ),
            migrations.AddConstraint(
                model_name='officerinduction',
                constraint=models.CheckConstraint(condition=models.Q(('supporter', None), models.Q(('supporter', models.F('user')), _negated=True), _connector='OR'), name='officer_induction_by_another'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='officerinduction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_officerinductionevent" ("from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "supporter_id", "to_on", "user_id") VALUES (OLD."from_on", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."supporter_id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='57cea4b09e4b7066663b58fce04727f44d219239', operation='UPDATE', pgid='pgtrigger_update_update_afa47', table='oversight_officerinduction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='officerinduction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_officerinductionevent" ("from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "supporter_id", "to_on", "user_id") VALUES (OLD."from_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."supporter_id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='da07a7ad4a1702e54c83ba59160c6d5fbb2e9628', operation='DELETE', pgid='pgtrigger_delete_delete_a2ad0', table='oversight_officerinduction', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='trainingdone',
                index=models.Index(condition=models.Q(('expires_on__isnull', False)), fields=['expires_on'], name='training_expiring'),
            ),
            migrations.AddConstraint(
                model_name='trainingdone',
                constraint=models.UniqueConstraint(fields=('user', 'kind', 'done_on'), name='training_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='trainingdone',
                constraint=models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gt', models.F('done_on')), _connector='OR'), name='training_expires_after_it_was_done'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='trainingdone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_trainingdoneevent" ("done_on", "expires_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "user_id") VALUES (OLD."done_on", OLD."expires_on", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."user_id"); RETURN NULL;', hash='0a637cc9b5684cca2cefe13f40a00576a6e112d2', operation='UPDATE', pgid='pgtrigger_update_update_0dae3', table='oversight_trainingdone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='trainingdone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_trainingdoneevent" ("done_on", "expires_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "user_id") VALUES (OLD."done_on", OLD."expires_on", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."user_id"); RETURN NULL;', hash='1e91e6a77df0731b856a92bdf2c12c241cfcaf44', operation='DELETE', pgid='pgtrigger_delete_delete_1d592', table='oversight_trainingdone', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='workloadweek',
                index=models.Index(fields=['week'], name='workload_of_a_week'),
            ),
            migrations.AddConstraint(
                model_name='workloadweek',
                constraint=models.UniqueConstraint(fields=('user', 'week'), name='workload_week_once'),
            ),
            migrations.AddConstraint(
                model_name='workloadweek',
                constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='workload_week_from_monday'),
            ),
            migrations.AddConstraint(
                model_name='workloadweek',
                constraint=models.CheckConstraint(condition=models.Q(('percent__gte', 0)), name='workload_week_not_below_none'),
            ),
        ]),
    ]

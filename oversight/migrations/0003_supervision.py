"""Supervision of officers: sessions, and what is agreed in them. Only new tables."""

import cases.reference.senior_actions
import django.db.models.deletion
import oversight.reference.supervision
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_senior_actions_indexes'),
        ('oversight', '0002_saved_views'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='AgreedAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.TextField(blank=True)),
                    ('why', models.TextField(blank=True)),
                    ('due_on', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('withdrawn', 'No longer asked for')], default=cases.reference.senior_actions.SeniorActionState['OPEN'], max_length=9)),
                    ('settled_because', models.TextField(blank=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('on_case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_in', to='cases.senioraction')),
                    ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Supervision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Being held'), ('signed', 'Signed, to be read by the officer'), ('read', 'Signed and read'), ('called_off', 'Called off')], default=oversight.reference.supervision.SupervisionState['PLANNED'], max_length=10)),
                    ('planned_on', models.DateField()),
                    ('held_on', models.DateField(null=True)),
                    ('agenda', models.JSONField(default=dict)),
                    ('discussed', models.TextField(blank=True)),
                    ('signed_at', models.DateTimeField(null=True)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('answer', models.TextField(blank=True)),
                    ('called_off_on', models.DateField(null=True)),
                    ('called_off_because', models.CharField(blank=True, max_length=500)),
                    ('called_off_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to=settings.AUTH_USER_MODEL)),
                    ('senior', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='AgreedActionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('what', models.TextField(blank=True)),
                    ('why', models.TextField(blank=True)),
                    ('due_on', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('withdrawn', 'No longer asked for')], default=cases.reference.senior_actions.SeniorActionState['OPEN'], max_length=9)),
                    ('settled_because', models.TextField(blank=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('on_case', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.senioraction')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.agreedaction')),
                    ('settled_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supervision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='oversight.supervision')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Being held'), ('signed', 'Signed, to be read by the officer'), ('read', 'Signed and read'), ('called_off', 'Called off')], default=oversight.reference.supervision.SupervisionState['PLANNED'], max_length=10)),
                    ('planned_on', models.DateField()),
                    ('held_on', models.DateField(null=True)),
                    ('agenda', models.JSONField(default=dict)),
                    ('discussed', models.TextField(blank=True)),
                    ('signed_at', models.DateTimeField(null=True)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('answer', models.TextField(blank=True)),
                    ('called_off_on', models.DateField(null=True)),
                    ('called_off_because', models.CharField(blank=True, max_length=500)),
                    ('called_off_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('officer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.supervision')),
                    ('senior', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        migrations.AddField(
            model_name='agreedaction',
            name='supervision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='oversight.supervision'),
        ),
        AtOnce([
            migrations.AddIndex(
                model_name='supervision',
                index=models.Index(fields=['officer', '-held_on'], name='supervision_held'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', [oversight.reference.supervision.SupervisionState['HELD'], oversight.reference.supervision.SupervisionState['PLANNED']])), fields=('officer',), name='supervision_one_unfinished'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(('senior', models.F('officer')), _negated=True), name='supervision_by_another'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', [oversight.reference.supervision.SupervisionState['PLANNED'], oversight.reference.supervision.SupervisionState['CALLED_OFF']]), ('held_on__isnull', False), _connector='OR'), name='supervision_held_on_a_day'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [oversight.reference.supervision.SupervisionState['READ'], oversight.reference.supervision.SupervisionState['SIGNED']]), _negated=True), models.Q(('signed_at__isnull', False), models.Q(('discussed', ''), _negated=True)), _connector='OR'), name='supervision_signed_whole'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(('answer', ''), ('read_at__isnull', False), _connector='OR'), name='supervision_answered_only_once_read'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', False), ('state', oversight.reference.supervision.SupervisionState['READ'])), models.Q(models.Q(('state', oversight.reference.supervision.SupervisionState['READ']), _negated=True), ('read_at', None)), _connector='OR'), name='supervision_read_whole'),
            ),
            migrations.AddConstraint(
                model_name='supervision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', oversight.reference.supervision.SupervisionState['CALLED_OFF']), _negated=True), models.Q(('called_off_by__isnull', False), ('called_off_on__isnull', False), models.Q(('called_off_because', ''), _negated=True)), _connector='OR'), name='supervision_called_off_for_a_reason'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_supervisionevent" ("agenda", "answer", "called_off_because", "called_off_by_id", "called_off_on", "discussed", "held_on", "id", "officer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "read_at", "senior_id", "signed_at", "state") VALUES (OLD."agenda", OLD."answer", OLD."called_off_because", OLD."called_off_by_id", OLD."called_off_on", OLD."discussed", OLD."held_on", OLD."id", OLD."officer_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."planned_on", OLD."read_at", OLD."senior_id", OLD."signed_at", OLD."state"); RETURN NULL;', hash='29a228b637f42915ddc96090ecd1391a8d9a8e25', operation='UPDATE', pgid='pgtrigger_update_update_1c4f8', table='oversight_supervision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_supervisionevent" ("agenda", "answer", "called_off_because", "called_off_by_id", "called_off_on", "discussed", "held_on", "id", "officer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "read_at", "senior_id", "signed_at", "state") VALUES (OLD."agenda", OLD."answer", OLD."called_off_because", OLD."called_off_by_id", OLD."called_off_on", OLD."discussed", OLD."held_on", OLD."id", OLD."officer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."read_at", OLD."senior_id", OLD."signed_at", OLD."state"); RETURN NULL;', hash='8548f36660beed879906a78efb11c0b5ded88fad', operation='DELETE', pgid='pgtrigger_delete_delete_84030', table='oversight_supervision', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='agreedaction',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('on_case__isnull', False), ('state', cases.reference.senior_actions.SeniorActionState['OPEN']), ('what', ''), ('why', '')), models.Q(('due_on__isnull', False), ('on_case', None), models.Q(('what', ''), _negated=True), models.Q(('why', ''), _negated=True)), _connector='OR'), name='agreed_action_on_a_case_or_here'),
            ),
            migrations.AddConstraint(
                model_name='agreedaction',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_because', ''), ('settled_by', None), ('settled_on', None), ('state', cases.reference.senior_actions.SeniorActionState['OPEN'])), models.Q(('settled_by__isnull', False), ('settled_on__isnull', False), ('state__in', [cases.reference.senior_actions.SeniorActionState['DONE'], cases.reference.senior_actions.SeniorActionState['WITHDRAWN']]), models.Q(('settled_because', ''), _negated=True)), _connector='OR'), name='agreed_action_settled_whole'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreedaction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_agreedactionevent" ("due_on", "id", "on_case_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_because", "settled_by_id", "settled_on", "state", "supervision_id", "what", "why") VALUES (OLD."due_on", OLD."id", OLD."on_case_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."settled_because", OLD."settled_by_id", OLD."settled_on", OLD."state", OLD."supervision_id", OLD."what", OLD."why"); RETURN NULL;', hash='99351f9a805e6dc9987cb55fbfe2fbf193668c02', operation='UPDATE', pgid='pgtrigger_update_update_f9ad2', table='oversight_agreedaction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreedaction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_agreedactionevent" ("due_on", "id", "on_case_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_because", "settled_by_id", "settled_on", "state", "supervision_id", "what", "why") VALUES (OLD."due_on", OLD."id", OLD."on_case_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_because", OLD."settled_by_id", OLD."settled_on", OLD."state", OLD."supervision_id", OLD."what", OLD."why"); RETURN NULL;', hash='f4a4eb57ae5630193ab715bb234efa6bac6b578d', operation='DELETE', pgid='pgtrigger_delete_delete_ed127', table='oversight_agreedaction', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

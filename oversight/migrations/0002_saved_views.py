"""Lists kept under a name, and who wants the figures of the week. Only new tables."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0001_officers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('staff', '0004_stated_sex'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='WeeklyFigures',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='WeeklyFiguresEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('asked_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60)),
                    ('page', models.CharField(max_length=40)),
                    ('filters', models.JSONField(default=dict)),
                    ('shared', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField()),
                    ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='views', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SavedViewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=60)),
                    ('page', models.CharField(max_length=40)),
                    ('filters', models.JSONField(default=dict)),
                    ('shared', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField()),
                    ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.savedview')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='weeklyfiguresevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='weeklyfiguresevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.weeklyfigures'),
            ),
            migrations.AddField(
                model_name='weeklyfiguresevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to=settings.AUTH_USER_MODEL),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='weeklyfigures',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_weeklyfiguresevent" ("asked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."asked_at", _pgh_attach_context(), NOW(), \'update\', OLD."user_id", OLD."user_id"); RETURN NULL;', hash='e1ef07e5bda3f682d146da82a7815595417dbdf0', operation='UPDATE', pgid='pgtrigger_update_update_d621e', table='oversight_weeklyfigures', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='weeklyfigures',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_weeklyfiguresevent" ("asked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."asked_at", _pgh_attach_context(), NOW(), \'delete\', OLD."user_id", OLD."user_id"); RETURN NULL;', hash='282dab5348a9955664094890815e90bf367200b2', operation='DELETE', pgid='pgtrigger_delete_delete_0e34c', table='oversight_weeklyfigures', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='savedview',
                constraint=models.UniqueConstraint(fields=('by', 'name'), name='saved_view_name_once'),
            ),
            migrations.AddConstraint(
                model_name='savedview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('page', ''), _negated=True)), name='saved_view_has_a_name'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='savedview',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_savedviewevent" ("by_id", "filters", "id", "made_at", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared") VALUES (OLD."by_id", OLD."filters", OLD."id", OLD."made_at", OLD."name", OLD."page", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."shared"); RETURN NULL;', hash='436e7492992988ac5db3fc12016813ef6695ed99', operation='UPDATE', pgid='pgtrigger_update_update_0a382', table='oversight_savedview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='savedview',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_savedviewevent" ("by_id", "filters", "id", "made_at", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared") VALUES (OLD."by_id", OLD."filters", OLD."id", OLD."made_at", OLD."name", OLD."page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shared"); RETURN NULL;', hash='3a9b19230835c6672fc7418f86789e416d748d8d', operation='DELETE', pgid='pgtrigger_delete_delete_32fac', table='oversight_savedview', when='AFTER')),
            ),
        ]),
    ]

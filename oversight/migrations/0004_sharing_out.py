"""Sharing out many cases at once: proposals, who takes part, and each case of them. Only new tables."""

import django.db.models.deletion
import oversight.reference.sharing
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_senior_actions_indexes'),
        ('oversight', '0003_supervision'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('staff', '0004_stated_sex'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='SharingMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('points', models.PositiveIntegerField()),
                    ('why', models.JSONField(default=list)),
                    ('warned', models.JSONField(default=list)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('because', models.CharField(blank=True, max_length=500)),
                    ('left_out', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharing_moves', to='cases.case')),
                    ('from_officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SharingOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('which', models.CharField(choices=[('officer', 'The cases of one officer, who leaves or is away for long'), ('unowned', 'The cases that nobody holds'), ('team', 'All cases of the team')], max_length=7)),
                    ('demands', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('working', 'Being worked out'), ('proposed', 'Proposed'), ('published', 'Published'), ('dropped', 'Dropped')], default=oversight.reference.sharing.SharingState['WORKING'], max_length=9)),
                    ('asked_at', models.DateTimeField()),
                    ('began_at', models.DateTimeField(null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('worked_out_at', models.DateTimeField(null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('best', 'Nothing better is possible'), ('good', 'Every demand is met'), ('cannot', 'No answer meets every demand'), ('not_found', 'The time was up before there was any answer'), ('failed', 'It could not be worked out')], max_length=9)),
                    ('policy_version', models.PositiveIntegerField(null=True)),
                    ('facts', models.JSONField(default=dict)),
                    ('counts', models.PositiveIntegerField(null=True)),
                    ('at_least', models.PositiveIntegerField(null=True)),
                    ('by_the_clock', models.BooleanField(default=False)),
                    ('took', models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                    ('in_the_way', models.JSONField(default=list)),
                    ('note', models.TextField(blank=True)),
                    ('said', models.JSONField(default=dict)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('closed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='staff.team')),
                ],
                options={
                    'verbose_name_plural': 'sharings out',
                },
            ),
            migrations.CreateModel(
                name='SharingOfficer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sharing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='oversight.sharingout')),
                ],
            ),
            migrations.CreateModel(
                name='SharingMoveEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('points', models.PositiveIntegerField()),
                    ('why', models.JSONField(default=list)),
                    ('warned', models.JSONField(default=list)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('because', models.CharField(blank=True, max_length=500)),
                    ('left_out', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('from_officer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.sharingmove')),
                    ('settled_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_officer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sharing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='oversight.sharingout')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SharingOutEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('which', models.CharField(choices=[('officer', 'The cases of one officer, who leaves or is away for long'), ('unowned', 'The cases that nobody holds'), ('team', 'All cases of the team')], max_length=7)),
                    ('demands', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('working', 'Being worked out'), ('proposed', 'Proposed'), ('published', 'Published'), ('dropped', 'Dropped')], default=oversight.reference.sharing.SharingState['WORKING'], max_length=9)),
                    ('asked_at', models.DateTimeField()),
                    ('began_at', models.DateTimeField(null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('worked_out_at', models.DateTimeField(null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('best', 'Nothing better is possible'), ('good', 'Every demand is met'), ('cannot', 'No answer meets every demand'), ('not_found', 'The time was up before there was any answer'), ('failed', 'It could not be worked out')], max_length=9)),
                    ('policy_version', models.PositiveIntegerField(null=True)),
                    ('facts', models.JSONField(default=dict)),
                    ('counts', models.PositiveIntegerField(null=True)),
                    ('at_least', models.PositiveIntegerField(null=True)),
                    ('by_the_clock', models.BooleanField(default=False)),
                    ('took', models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                    ('in_the_way', models.JSONField(default=list)),
                    ('note', models.TextField(blank=True)),
                    ('said', models.JSONField(default=dict)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('officer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.sharingout')),
                    ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.team')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        migrations.AddField(
            model_name='sharingmove',
            name='sharing',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='oversight.sharingout'),
        ),
        AtOnce([
            migrations.AddIndex(
                model_name='sharingout',
                index=models.Index(condition=models.Q(('state', oversight.reference.sharing.SharingState['WORKING'])), fields=['began_at'], name='sharing_out_to_be_worked_out'),
            ),
            migrations.AddConstraint(
                model_name='sharingout',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', [oversight.reference.sharing.SharingState['PROPOSED'], oversight.reference.sharing.SharingState['WORKING']])), fields=('team',), name='sharing_out_one_unfinished'),
            ),
            migrations.AddConstraint(
                model_name='sharingout',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('officer__isnull', False), ('which', oversight.reference.sharing.Which['OFFICER'])), models.Q(models.Q(('which', oversight.reference.sharing.Which['OFFICER']), _negated=True), ('officer', None)), _connector='OR'), name='sharing_out_of_an_officer_who_is_named'),
            ),
            migrations.AddConstraint(
                model_name='sharingout',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('state__in', [oversight.reference.sharing.SharingState['PROPOSED'], oversight.reference.sharing.SharingState['WORKING']])), models.Q(models.Q(('state__in', [oversight.reference.sharing.SharingState['PROPOSED'], oversight.reference.sharing.SharingState['WORKING']]), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='sharing_out_closed_by_somebody'),
            ),
            migrations.AddConstraint(
                model_name='sharingout',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', [oversight.reference.sharing.SharingState['WORKING'], oversight.reference.sharing.SharingState['DROPPED']]), models.Q(models.Q(('outcome', ''), _negated=True), ('worked_out_at__isnull', False)), _connector='OR'), name='sharing_out_proposed_with_an_outcome'),
            ),
            migrations.AddConstraint(
                model_name='sharingout',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', [oversight.reference.sharing.Outcome['BEST'], oversight.reference.sharing.Outcome['GOOD']]), ('at_least__isnull', False), ('counts__isnull', False)), models.Q(models.Q(('outcome__in', [oversight.reference.sharing.Outcome['BEST'], oversight.reference.sharing.Outcome['GOOD']]), _negated=True), ('at_least', None), ('counts', None)), _connector='OR'), name='sharing_out_counts_where_it_has_moves'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sharingout',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_sharingoutevent" ("asked_at", "asked_by_id", "at_least", "began_at", "by_the_clock", "closed_at", "closed_by_id", "counts", "demands", "facts", "id", "in_the_way", "note", "officer_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "said", "state", "team_id", "took", "tries", "which", "worked_out_at") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."at_least", OLD."began_at", OLD."by_the_clock", OLD."closed_at", OLD."closed_by_id", OLD."counts", OLD."demands", OLD."facts", OLD."id", OLD."in_the_way", OLD."note", OLD."officer_id", OLD."outcome", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."policy_version", OLD."said", OLD."state", OLD."team_id", OLD."took", OLD."tries", OLD."which", OLD."worked_out_at"); RETURN NULL;', hash='63a57d6fb96d119cdffcbe74558a1d1d88c3e1aa', operation='UPDATE', pgid='pgtrigger_update_update_b014a', table='oversight_sharingout', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sharingout',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_sharingoutevent" ("asked_at", "asked_by_id", "at_least", "began_at", "by_the_clock", "closed_at", "closed_by_id", "counts", "demands", "facts", "id", "in_the_way", "note", "officer_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "said", "state", "team_id", "took", "tries", "which", "worked_out_at") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."at_least", OLD."began_at", OLD."by_the_clock", OLD."closed_at", OLD."closed_by_id", OLD."counts", OLD."demands", OLD."facts", OLD."id", OLD."in_the_way", OLD."note", OLD."officer_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_version", OLD."said", OLD."state", OLD."team_id", OLD."took", OLD."tries", OLD."which", OLD."worked_out_at"); RETURN NULL;', hash='d6b31fd07d831e7daeabeaa28283f276aadd84a9', operation='DELETE', pgid='pgtrigger_delete_delete_ad5f6', table='oversight_sharingout', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='sharingofficer',
                constraint=models.UniqueConstraint(fields=('sharing', 'officer'), name='sharing_officer_once'),
            ),
            migrations.AddConstraint(
                model_name='sharingmove',
                constraint=models.UniqueConstraint(fields=('sharing', 'case'), name='sharing_move_once'),
            ),
            migrations.AddConstraint(
                model_name='sharingmove',
                constraint=models.CheckConstraint(condition=models.Q(('to_officer__isnull', False), models.Q(('left_out', ''), _negated=True), _connector='OR'), name='sharing_move_to_somebody_or_left_out'),
            ),
            migrations.AddConstraint(
                model_name='sharingmove',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='sharing_move_settled_by_somebody'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sharingmove',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_sharingmoveevent" ("because", "case_id", "from_officer_id", "id", "left_out", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "settled_at", "settled_by_id", "sharing_id", "to_officer_id", "warned", "why") VALUES (OLD."because", OLD."case_id", OLD."from_officer_id", OLD."id", OLD."left_out", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."points", OLD."settled_at", OLD."settled_by_id", OLD."sharing_id", OLD."to_officer_id", OLD."warned", OLD."why"); RETURN NULL;', hash='ef224316743cd8df1789d97cede69cb708f7586f', operation='UPDATE', pgid='pgtrigger_update_update_150b1', table='oversight_sharingmove', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sharingmove',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_sharingmoveevent" ("because", "case_id", "from_officer_id", "id", "left_out", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "settled_at", "settled_by_id", "sharing_id", "to_officer_id", "warned", "why") VALUES (OLD."because", OLD."case_id", OLD."from_officer_id", OLD."id", OLD."left_out", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."settled_at", OLD."settled_by_id", OLD."sharing_id", OLD."to_officer_id", OLD."warned", OLD."why"); RETURN NULL;', hash='3b8931732aa00c84c65e73bef0ce93211712907b', operation='DELETE', pgid='pgtrigger_delete_delete_91c30', table='oversight_sharingmove', when='AFTER')),
            ),
        ]),
    ]

"""How a case arrives, changes hands, stands still and ends; and, on tables that were there, why somebody left and since when
a clock stands still: nullable, or with a default in the database, so that nothing is rewritten."""

import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.reference.holding
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_overrides_checked'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('staff', '0004_stated_sex'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='Arrival',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('came_from', models.CharField(choices=[('court', 'Sentenced at court'), ('prison', 'Released from prison'), ('nps', 'From the National Probation Service'), ('provider', 'From another provider')], max_length=8)),
                    ('arrived_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('brought', models.JSONField(default=dict)),
                    ('note', models.TextField(blank=True)),
                    ('read_on', models.DateField(null=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='cases.case')),
                    ('read_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sentence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.sentence')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('case', 'arrived_on'), name='arrival_once'), models.CheckConstraint(condition=models.Q(('read_on', None), models.Q(('note', ''), _negated=True), _connector='OR'), name='arrival_read_with_a_note')],
                    'indexes': [models.Index(condition=models.Q(('settled_on', None)), fields=['arrived_on', 'case'], name='arrival_under_way')],
                },
            ),
            migrations.CreateModel(
                name='ArrivalEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('came_from', models.CharField(choices=[('court', 'Sentenced at court'), ('prison', 'Released from prison'), ('nps', 'From the National Probation Service'), ('provider', 'From another provider')], max_length=8)),
                    ('arrived_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('brought', models.JSONField(default=dict)),
                    ('note', models.TextField(blank=True)),
                    ('read_on', models.DateField(null=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.arrival')),
                    ('read_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sentence', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.sentence')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Death',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('died_on', models.DateField(null=True)),
                    ('told_by', models.CharField(max_length=200)),
                    ('learnt_at', models.DateTimeField()),
                    ('in_custody', models.BooleanField(null=True)),
                    ('told', models.JSONField(default=dict)),
                    ('family', models.TextField(blank=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undone_because', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deaths', to='cases.case')),
                    ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('case',), name='death_once'), models.CheckConstraint(condition=models.Q(('undone_at', None), models.Q(('undone_because', ''), _negated=True), _connector='OR'), name='death_undone_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='DeathEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('died_on', models.DateField(null=True)),
                    ('told_by', models.CharField(max_length=200)),
                    ('learnt_at', models.DateTimeField()),
                    ('in_custody', models.BooleanField(null=True)),
                    ('told', models.JSONField(default=dict)),
                    ('family', models.TextField(blank=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undone_because', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.death')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Departure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last_on', models.DateField()),
                    ('begun_at', models.DateTimeField()),
                    ('done_on', models.DateField(null=True)),
                    ('cancelled_on', models.DateField(null=True)),
                    ('begun_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_on', None), ('done_on', None)), fields=('user',), name='departure_one_running'), models.CheckConstraint(condition=models.Q(('done_on', None), ('cancelled_on', None), _connector='OR'), name='departure_done_or_cancelled')],
                },
            ),
            migrations.CreateModel(
                name='Ending',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ends_on', models.DateField()),
                    ('ended_by_way', models.CharField(blank=True, choices=[('expired', 'The sentence ran out'), ('completed', 'Everything ordered was done'), ('good_progress', 'Revoked early for good progress'), ('revoked', 'Revoked and sentenced again'), ('died', 'They died'), ('other', 'Another reason')], max_length=13)),
                    ('answers', models.JSONField(default=dict)),
                    ('flags', models.JSONField(default=dict)),
                    ('told', models.JSONField(default=dict)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('keep_until', models.DateField(null=True)),
                    ('reopened_at', models.DateTimeField(null=True)),
                    ('reopened_because', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='cases.case')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reopened_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sentence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.sentence')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='ending_one_prepared'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(models.Q(('ended_by_way', ''), _negated=True), ('keep_until__isnull', False)), _connector='OR'), name='ending_says_how'), models.CheckConstraint(condition=models.Q(('reopened_at', None), models.Q(('ended_at__isnull', False), models.Q(('reopened_because', ''), _negated=True)), _connector='OR'), name='ending_reopened_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='EndingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('ends_on', models.DateField()),
                    ('ended_by_way', models.CharField(blank=True, choices=[('expired', 'The sentence ran out'), ('completed', 'Everything ordered was done'), ('good_progress', 'Revoked early for good progress'), ('revoked', 'Revoked and sentenced again'), ('died', 'They died'), ('other', 'Another reason')], max_length=13)),
                    ('answers', models.JSONField(default=dict)),
                    ('flags', models.JSONField(default=dict)),
                    ('told', models.JSONField(default=dict)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('keep_until', models.DateField(null=True)),
                    ('reopened_at', models.DateTimeField(null=True)),
                    ('reopened_because', models.CharField(blank=True, max_length=500)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('ended_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.ending')),
                    ('reopened_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sentence', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.sentence')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Induction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answers', models.JSONField(default=dict)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('begun_at', models.DateTimeField()),
                    ('held_on', models.DateField(null=True)),
                    ('proof', models.CharField(blank=True, choices=[('paper', 'Signed on paper, kept on the file'), ('screen', 'Read back to us and agreed, with somebody present'), ('refused', 'Explained; they would not sign')], max_length=7)),
                    ('proof_words', models.CharField(blank=True, max_length=500)),
                    ('signed_at', models.DateTimeField(null=True)),
                    ('begun_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inductions', to='cases.case')),
                    ('sentence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.sentence')),
                    ('signed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('signed_at', None)), fields=('case',), name='induction_one_unsigned'), models.CheckConstraint(condition=models.Q(('signed_at', None), models.Q(('held_on__isnull', False), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='induction_signed_with_proof')],
                },
            ),
            migrations.CreateModel(
                name='InductionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('answers', models.JSONField(default=dict)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('begun_at', models.DateTimeField()),
                    ('held_on', models.DateField(null=True)),
                    ('proof', models.CharField(blank=True, choices=[('paper', 'Signed on paper, kept on the file'), ('screen', 'Read back to us and agreed, with somebody present'), ('refused', 'Explained; they would not sign')], max_length=7)),
                    ('proof_words', models.CharField(blank=True, max_length=500)),
                    ('signed_at', models.DateTimeField(null=True)),
                    ('begun_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.induction')),
                    ('sentence', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.sentence')),
                    ('signed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Pause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('warrant', 'Warrant out'), ('at_large', 'Unlawfully at large'), ('custody', 'In custody on a new offence'), ('hospital', 'In hospital'), ('deported', 'Deported or removed')], max_length=8)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('where', models.CharField(blank=True, max_length=200)),
                    ('source', models.CharField(max_length=300)),
                    ('last_seen_on', models.DateField(null=True)),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=500)),
                    ('begun_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.case')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'kind'), name='pause_one_running'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('to_on', None)), models.Q(('ended_at__isnull', False), ('to_on__gte', models.F('from_on')), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='pause_ends_after_it_begins')],
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['kind', 'case'], name='pause_running')],
                },
            ),
            migrations.CreateModel(
                name='PauseEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('warrant', 'Warrant out'), ('at_large', 'Unlawfully at large'), ('custody', 'In custody on a new offence'), ('hospital', 'In hospital'), ('deported', 'Deported or removed')], max_length=8)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField(null=True)),
                    ('where', models.CharField(blank=True, max_length=200)),
                    ('source', models.CharField(max_length=300)),
                    ('last_seen_on', models.DateField(null=True)),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=500)),
                    ('begun_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('ended_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.pause')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Transfer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('officer', 'To another of our officers'), ('nps', 'To the National Probation Service'), ('provider', 'To another provider'), ('from_nps', 'From the National Probation Service'), ('from_provider', 'From another provider')], max_length=13)),
                    ('state', models.CharField(choices=[('offered', 'Offered, not yet answered'), ('accepted', 'Accepted by a named officer'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], max_length=9)),
                    ('outside', models.CharField(blank=True, max_length=200)),
                    ('outside_officer', models.CharField(blank=True, max_length=200)),
                    ('note', models.TextField()),
                    ('carried', models.JSONField(default=dict)),
                    ('offered_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('because', models.CharField(blank=True, max_length=500)),
                    ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('caretaker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='cases.case')),
                    ('departure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='cases.departure')),
                    ('from_officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('from_team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.team')),
                    ('offered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_offered', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', cases.reference.holding.TransferState['OFFERED'])), fields=('case',), name='transfer_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', cases.reference.holding.TransferState['OFFERED'])), models.Q(models.Q(('state', cases.reference.holding.TransferState['OFFERED']), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='transfer_answered_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [cases.reference.holding.TransferKind['OFFICER'], cases.reference.holding.TransferKind['FROM_NPS'], cases.reference.holding.TransferKind['FROM_PROVIDER']]), ('to_officer__isnull', False)), models.Q(('kind__in', [cases.reference.holding.TransferKind['NPS'], cases.reference.holding.TransferKind['PROVIDER']]), ('to_officer', None), models.Q(('outside', ''), _negated=True)), _connector='OR'), name='transfer_to_somebody'), models.CheckConstraint(condition=models.Q(('from_officer', None), ('to_officer', None), models.Q(('from_officer', models.F('to_officer')), _negated=True), _connector='OR'), name='transfer_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [cases.reference.holding.TransferKind['NPS'], cases.reference.holding.TransferKind['PROVIDER']]), ('state', cases.reference.holding.TransferState['ACCEPTED']), _negated=True), models.Q(('outside_officer', ''), _negated=True), _connector='OR'), name='transfer_accepted_by_a_named_officer'), models.CheckConstraint(condition=models.Q(('state__in', [cases.reference.holding.TransferState['OFFERED'], cases.reference.holding.TransferState['ACCEPTED']]), models.Q(('because', ''), _negated=True), _connector='OR'), name='transfer_not_taken_for_a_reason')],
                    'indexes': [models.Index(condition=models.Q(('state', cases.reference.holding.TransferState['OFFERED'])), fields=['to_officer'], name='transfer_waiting')],
                },
            ),
            migrations.CreateModel(
                name='Whereabouts',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('asked', models.CharField(max_length=200)),
                    ('said', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='cases.pause')),
                ],
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.RemoveTrigger(
                model_name='case',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='case',
                name='delete_delete',
            ),
        ]),
        AtOnce([
            migrations.AddField(
                model_name='case',
                name='left_as',
                field=models.CharField(blank=True, choices=[('', 'Supervised as the record says'), ('died', 'Died'), ('ended', 'Ended here'), ('elsewhere', 'Supervised by another provider')], db_default='', default='', max_length=9),
            ),
            migrations.AddField(
                model_name='caseevent',
                name='left_as',
                field=models.CharField(blank=True, choices=[('', 'Supervised as the record says'), ('died', 'Died'), ('ended', 'Ended here'), ('elsewhere', 'Supervised by another provider')], db_default='', default='', max_length=9),
            ),
            migrations.AddField(
                model_name='deadline',
                name='paused_on',
                field=models.DateField(null=True),
            ),
            migrations.AlterField(
                model_name='assignment',
                name='capacity',
                field=models.CharField(choices=[('cover', 'Covering officer'), ('duty', 'Duty officer'), ('unpaid_work', 'Unpaid work'), ('group', 'Group facilitator'), ('resettlement', 'Through the Gate'), ('mentor', 'Mentor'), ('receiving', 'Offered the case'), ('caretaker', 'Seeing them until it is accepted')], max_length=12),
            ),
            migrations.AlterField(
                model_name='assignmentevent',
                name='capacity',
                field=models.CharField(choices=[('cover', 'Covering officer'), ('duty', 'Duty officer'), ('unpaid_work', 'Unpaid work'), ('group', 'Group facilitator'), ('resettlement', 'Through the Gate'), ('mentor', 'Mentor'), ('receiving', 'Offered the case'), ('caretaker', 'Seeing them until it is accepted')], max_length=12),
            ),
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('hold_induction', 'Hold the induction'), ('answer_transfer', 'Have the hand-over answered'), ('discuss_escalation', 'Discuss the risk with a senior'), ('answer_escalation', 'Get the NPS’s answer'), ('send_what_was_asked', 'Send the NPS what it asked for'), ('answer_rejection', 'Challenge the NPS’s answer, or change the plan'), ('hand_over_to_nps', 'Hand the case over to a named NPS officer'), ('ask_whereabouts', 'Ask the police where they are'), ('see_again', 'See them now that they are back'), ('end_case', 'Bring the case to its end'), ('propose_early_end', 'Decide whether to propose an early end for good progress'), ('tell_of_death', 'Tell whoever must hear of a death'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('monthly_contact', 'Offer a face-to-face appointment this month'), ('log_outcome', 'Say what came of the appointment'), ('call_same_day', 'Ring them today and ask if they are safe'), ('offer_again', 'Offer another appointment after a missed one'), ('decide_absence', 'Decide what a missed appointment comes to'), ('book_interpreter', 'Book the interpreter'), ('book_rar_day', 'Book a rehabilitation activity day'), ('home_visit', 'Visit them at home'), ('decide_visit_safety', 'Decide how staff may visit'), ('review_case', 'Review the case'), ('review_event', 'Review what has happened'), ('countersign_review', 'Read and countersign the review'), ('put_review_right', 'Put the review right and sign it again'), ('read_hollow_review', 'Read a review that recorded no change'), ('answer_recommendation', 'Accept or contest what an audit recommends'), ('do_recommendation', 'Do what an audit recommends, and show the change'), ('decide_contest', 'Decide a contested recommendation'), ('see_order_terms', "See the terms of the court's order"), ('assess_work_risk', 'Assess the risk of unpaid work'), ('renew_work_risk', 'Bring the risk assessment for unpaid work up to date'), ('write_instruction', 'Say what a flag means on a work site'), ('arrange_work', 'Arrange unpaid work'), ('allocate_again', 'Find other unpaid work'), ('close_register', 'Close the register'), ('decide_course', 'Decide whether a course counts'), ('review_work', 'Look back on unpaid work with them'), ('propose_extension', 'Propose an application to extend'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."arrived_on" IS DISTINCT FROM (NEW."arrived_on") OR OLD."born_on" IS DISTINCT FROM (NEW."born_on") OR OLD."crn" IS DISTINCT FROM (NEW."crn") OR OLD."forename" IS DISTINCT FROM (NEW."forename") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."imported" IS DISTINCT FROM (NEW."imported") OR OLD."left_as" IS DISTINCT FROM (NEW."left_as") OR OLD."officer_id" IS DISTINCT FROM (NEW."officer_id") OR OLD."officer_since" IS DISTINCT FROM (NEW."officer_since") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."retained_by" IS DISTINCT FROM (NEW."retained_by") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."sort_name" IS DISTINCT FROM (NEW."sort_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."surname" IS DISTINCT FROM (NEW."surname") OR OLD."taken_up_on" IS DISTINCT FROM (NEW."taken_up_on") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))', func='INSERT INTO "cases_caseevent" ("arrived_on", "born_on", "crn", "forename", "id", "imported", "left_as", "officer_id", "officer_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "retained_by", "sex", "sort_name", "state", "surname", "taken_up_on", "team_id") VALUES (OLD."arrived_on", OLD."born_on", OLD."crn", OLD."forename", OLD."id", OLD."imported", OLD."left_as", OLD."officer_id", OLD."officer_since", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."provider_id", OLD."retained_by", OLD."sex", OLD."sort_name", OLD."state", OLD."surname", OLD."taken_up_on", OLD."team_id"); RETURN NULL;', hash='10655c4c4933a1f532d4178adc7cf48ed7a7b71e', operation='UPDATE', pgid='pgtrigger_update_update_f5146', table='cases_case', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseevent" ("arrived_on", "born_on", "crn", "forename", "id", "imported", "left_as", "officer_id", "officer_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "retained_by", "sex", "sort_name", "state", "surname", "taken_up_on", "team_id") VALUES (OLD."arrived_on", OLD."born_on", OLD."crn", OLD."forename", OLD."id", OLD."imported", OLD."left_as", OLD."officer_id", OLD."officer_since", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."retained_by", OLD."sex", OLD."sort_name", OLD."state", OLD."surname", OLD."taken_up_on", OLD."team_id"); RETURN NULL;', hash='19ad48bf81630822aa2e573f3e212aea084e2b30', operation='DELETE', pgid='pgtrigger_delete_delete_8d49e', table='cases_case', when='AFTER')),
            ),
            django.contrib.postgres.operations.AddConstraintNotValid(
                model_name='deadline',
                constraint=models.CheckConstraint(condition=models.Q(('paused_on', None), ('met_on', None), _connector='OR'), name='deadline_paused_only_while_unmet'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='arrival',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_arrivalevent" ("arrived_on", "brought", "came_from", "case_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_by_id", "read_on", "recorded_at", "sentence_id", "settled_on") VALUES (OLD."arrived_on", OLD."brought", OLD."came_from", OLD."case_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."read_by_id", OLD."read_on", OLD."recorded_at", OLD."sentence_id", OLD."settled_on"); RETURN NULL;', hash='cc65549663024fe5f0dea117c20b1ecc6b3baf0e', operation='UPDATE', pgid='pgtrigger_update_update_3dfdf', table='cases_arrival', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='arrival',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_arrivalevent" ("arrived_on", "brought", "came_from", "case_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_by_id", "read_on", "recorded_at", "sentence_id", "settled_on") VALUES (OLD."arrived_on", OLD."brought", OLD."came_from", OLD."case_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_by_id", OLD."read_on", OLD."recorded_at", OLD."sentence_id", OLD."settled_on"); RETURN NULL;', hash='a2bb4113c20d87e27eb7f7336a5ecd2c0842d557', operation='DELETE', pgid='pgtrigger_delete_delete_1c341', table='cases_arrival', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='death',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_deathevent" ("case_id", "died_on", "family", "id", "in_custody", "learnt_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "told", "told_by", "undone_at", "undone_because", "undone_by_id") VALUES (OLD."case_id", OLD."died_on", OLD."family", OLD."id", OLD."in_custody", OLD."learnt_at", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."told", OLD."told_by", OLD."undone_at", OLD."undone_because", OLD."undone_by_id"); RETURN NULL;', hash='e3575b8e237324ce941a9e859de3aeb9bae6dc89', operation='UPDATE', pgid='pgtrigger_update_update_33fca', table='cases_death', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='death',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_deathevent" ("case_id", "died_on", "family", "id", "in_custody", "learnt_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "told", "told_by", "undone_at", "undone_because", "undone_by_id") VALUES (OLD."case_id", OLD."died_on", OLD."family", OLD."id", OLD."in_custody", OLD."learnt_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."told", OLD."told_by", OLD."undone_at", OLD."undone_because", OLD."undone_by_id"); RETURN NULL;', hash='65762f44903a9fdbbd6b39fbcd1e817a476278a1', operation='DELETE', pgid='pgtrigger_delete_delete_d9a13', table='cases_death', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='ending',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_endingevent" ("answers", "case_id", "ended_at", "ended_by_id", "ended_by_way", "ends_on", "flags", "id", "keep_until", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reopened_at", "reopened_because", "reopened_by_id", "sentence_id", "told", "version") VALUES (OLD."answers", OLD."case_id", OLD."ended_at", OLD."ended_by_id", OLD."ended_by_way", OLD."ends_on", OLD."flags", OLD."id", OLD."keep_until", OLD."opened_at", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reopened_at", OLD."reopened_because", OLD."reopened_by_id", OLD."sentence_id", OLD."told", OLD."version"); RETURN NULL;', hash='1009be5a985ae07c3d237274d9e6a39affde6bf0', operation='UPDATE', pgid='pgtrigger_update_update_90798', table='cases_ending', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='ending',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_endingevent" ("answers", "case_id", "ended_at", "ended_by_id", "ended_by_way", "ends_on", "flags", "id", "keep_until", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reopened_at", "reopened_because", "reopened_by_id", "sentence_id", "told", "version") VALUES (OLD."answers", OLD."case_id", OLD."ended_at", OLD."ended_by_id", OLD."ended_by_way", OLD."ends_on", OLD."flags", OLD."id", OLD."keep_until", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reopened_at", OLD."reopened_because", OLD."reopened_by_id", OLD."sentence_id", OLD."told", OLD."version"); RETURN NULL;', hash='086d6acf960fb8e00f7a37618da1928ba77cc764', operation='DELETE', pgid='pgtrigger_delete_delete_a79db', table='cases_ending', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='induction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_inductionevent" ("answers", "begun_at", "begun_by_id", "case_id", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "proof_words", "sentence_id", "signed_at", "signed_by_id", "version") VALUES (OLD."answers", OLD."begun_at", OLD."begun_by_id", OLD."case_id", OLD."held_on", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."proof", OLD."proof_words", OLD."sentence_id", OLD."signed_at", OLD."signed_by_id", OLD."version"); RETURN NULL;', hash='18bfde0ef2918099f3bfa4c63758cdaab56965d4', operation='UPDATE', pgid='pgtrigger_update_update_062d2', table='cases_induction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='induction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_inductionevent" ("answers", "begun_at", "begun_by_id", "case_id", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "proof_words", "sentence_id", "signed_at", "signed_by_id", "version") VALUES (OLD."answers", OLD."begun_at", OLD."begun_by_id", OLD."case_id", OLD."held_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."proof_words", OLD."sentence_id", OLD."signed_at", OLD."signed_by_id", OLD."version"); RETURN NULL;', hash='fda589d69ab6ba202be0b3a166e1b8e5029c113e', operation='DELETE', pgid='pgtrigger_delete_delete_baa01', table='cases_induction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pause',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_pauseevent" ("begun_at", "begun_by_id", "case_id", "ended_at", "ended_because", "ended_by_id", "from_on", "id", "kind", "last_seen_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_on", "where") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."case_id", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."from_on", OLD."id", OLD."kind", OLD."last_seen_on", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."source", OLD."to_on", OLD."where"); RETURN NULL;', hash='20c9f9ea897b377f1ade4717a5fc81c2540991e2', operation='UPDATE', pgid='pgtrigger_update_update_0c319', table='cases_pause', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pause',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_pauseevent" ("begun_at", "begun_by_id", "case_id", "ended_at", "ended_because", "ended_by_id", "from_on", "id", "kind", "last_seen_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_on", "where") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."case_id", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."from_on", OLD."id", OLD."kind", OLD."last_seen_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."to_on", OLD."where"); RETURN NULL;', hash='41e9ae74e63b4f862cf63089269882333497be8b', operation='DELETE', pgid='pgtrigger_delete_delete_34b6f', table='cases_pause', when='AFTER')),
            ),
        ]),
    ]


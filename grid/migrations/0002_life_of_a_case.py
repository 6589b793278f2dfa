"""Where a risk put to the NPS stands, and each step of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import grid.reference.escalation
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('grid', '0001_initial'),
        ('staff', '__first__'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='EscalationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('opened', 'To be discussed with a senior'), ('discussed', 'Discussed: to be referred'), ('not_referred', 'Not referred: the senior said why'), ('referred', 'Referred to the NPS'), ('asked', 'The NPS asks for more'), ('rejected', 'The NPS said no'), ('challenged', 'Their answer is challenged'), ('plan_changed', 'Kept here, with a changed plan'), ('accepted', 'The NPS takes it: to be handed over'), ('handed_over', 'Handed over to a named NPS officer'), ('withdrawn', 'Withdrawn by us')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('outside', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('escalation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='grid.escalation')),
            ],
        ),
        AtOnce([
            migrations.AddField(
                model_name='escalation',
                name='meanwhile',
                field=models.TextField(blank=True, db_default='', default=''),
            ),
            migrations.AddField(
                model_name='escalation',
                name='state',
                field=models.CharField(choices=[('opened', 'To be discussed with a senior'), ('discussed', 'Discussed: to be referred'), ('not_referred', 'Not referred: the senior said why'), ('referred', 'Referred to the NPS'), ('asked', 'The NPS asks for more'), ('rejected', 'The NPS said no'), ('challenged', 'Their answer is challenged'), ('plan_changed', 'Kept here, with a changed plan'), ('accepted', 'The NPS takes it: to be handed over'), ('handed_over', 'Handed over to a named NPS officer'), ('withdrawn', 'Withdrawn by us')], db_default=grid.reference.escalation.EscalationState['OPENED'], default=grid.reference.escalation.EscalationState['OPENED'], max_length=12),
            ),
        ]),
    ]


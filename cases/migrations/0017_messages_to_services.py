"""A message may go to a service about a case, put into words as it goes. Old messages are as they were."""

import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_through_the_gate'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_to_one',
        ),
        AtOnce([
            migrations.AddField(
                model_name='message',
                name='case',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.case'),
            ),
            migrations.AlterField(
                model_name='message',
                name='kind',
                field=models.CharField(choices=[('request', 'Enquiry'), ('chase', 'Weekly chase'), ('alert', 'Alert'), ('digest', 'Digest'), ('reminder', 'Reminder of an appointment'), ('referral', 'Referral to a service')], max_length=10),
            ),
        ]),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('appointment', None), ('case', None), ('user', None)), models.Q(('agency', None), ('appointment', None), ('case', None), ('user__isnull', False)), models.Q(('agency', None), ('appointment__isnull', False), ('case', None), ('user', None)), models.Q(('agency', None), ('appointment', None), ('body', ''), ('case__isnull', False), ('user', None)), _connector='OR'), name='message_to_one'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

"""Deadlines that were there before are read to see that none stands still that was met, while they are in use."""

import django.contrib.postgres.operations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_life_of_a_case'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='deadline',
            name='deadline_paused_only_while_unmet',
        ),
    ]

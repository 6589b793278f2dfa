"""Overrides that were there before are read to see that they are of what they may be of, while they are in use."""

import django.contrib.postgres.operations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_restrictions'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='override',
            name='override_of_what_it_acts_on',
        ),
    ]

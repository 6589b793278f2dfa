"""Messages that were there before are read to see that each goes to one, and found by their case, while they are in use."""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):
    atomic = False  # an index is built beside those at work

    dependencies = [
        ('cases', '0017_messages_to_services'),
    ]

    operations = [
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='message',
            name='message_to_one',
        ),
        # A build that was stopped leaves an index that is not valid
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS message_about_case', migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='message',
                index=models.Index(condition=models.Q(('case__isnull', False)), fields=['case'], name='message_about_case'),
            ),
        ]),
    ]

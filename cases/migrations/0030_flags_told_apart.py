"""An index of the few deadlines that not everybody who reads of a case reads of, built while the table is in use.

A build that was stopped leaves an index that is not valid; it is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('cases', '0029_interventions_answered'),
    ]

    operations = [
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS deadline_told_apart', migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='deadline',
                index=models.Index(condition=models.Q(('kind__in', ('acknowledge_complaint', 'answer_complaint', 'do_senior_action', 'tell_victim_liaison'))), fields=['case'], name='deadline_told_apart'),
            ),
        ]),
    ]

"""Indexes that hold what the board of a team counts, built while the tables are in use.

A build that was stopped leaves an index that is not valid; each is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce

DROP = "DROP INDEX CONCURRENTLY IF EXISTS {}"


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('cases', '0027_givings'),
    ]

    operations = [
        migrations.RunSQL(DROP.format('case_held_in_team'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='case',
                index=models.Index(condition=models.Q(('left_as', ''), ('state', 'supervised')), fields=['team', 'officer', 'id'], include=('retained_by',), name='case_held_in_team'),
            ),
        ]),
        migrations.RunSQL(DROP.format('enquiry_open_on_case'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='enquiry',
                index=models.Index(condition=models.Q(('state__in', ['due', 'replied', 'sent'])), fields=['case', 'due_on'], include=('kind',), name='enquiry_open_on_case'),
            ),
            django.contrib.postgres.operations.RemoveIndexConcurrently(
                model_name='enquiry',
                name='enquiry_unfinished',
            ),
        ]),
        migrations.RunSQL(DROP.format('flag_raised_on_case'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='flag',
                index=models.Index(condition=models.Q(('closed_on', None)), fields=['case'], include=('told', 'deadline'), name='flag_raised_on_case'),
            ),
        ]),
        migrations.RunSQL(DROP.format('deadline_of_routes'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='deadline',
                index=models.Index(condition=models.Q(('kind', 'book_replacement'), ('met_on', None)), fields=['case'], name='deadline_of_routes'),
            ),
        ]),
    ]

"""A missed appointment is asked about by one letter at a time, and is found by it: built while the tables are in use.

A build that was stopped leaves an index that is not valid; each is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce

import cases.reference.enforcement

DROP = "DROP INDEX CONCURRENTLY IF EXISTS {}"
ONE = "letter_one_asks_of_an_absence"
OF_HISTORY = "cases_letterevent_absence_id_be5ea960"


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('cases', '0023_letters_that_ask'),
    ]

    operations = [
        migrations.RunSQL(DROP.format("letter_of_an_absence"), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='letter',
                index=models.Index(condition=models.Q(('absence__isnull', False)), fields=['absence'], name='letter_of_an_absence'),
            ),
        ]),
        migrations.RunSQL(
            [
                DROP.format(OF_HISTORY),
                f"CREATE INDEX CONCURRENTLY {OF_HISTORY} ON cases_letterevent (absence_id)",
            ],
            DROP.format(OF_HISTORY),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        DROP.format(ONE),
                        f"CREATE UNIQUE INDEX CONCURRENTLY {ONE} ON cases_letter (absence_id) "
                        "WHERE absence_id IS NOT NULL AND state IN ('asked', 'ready', 'sent')",
                    ],
                    DROP.format(ONE),
                ),
            ],
            state_operations=[
                AtOnce([
                    migrations.AddConstraint(
                        model_name='letter',
                        constraint=models.UniqueConstraint(condition=models.Q(('absence__isnull', False), ('state__in', [cases.reference.enforcement.LetterState['ASKED'], cases.reference.enforcement.LetterState['READY'], cases.reference.enforcement.LetterState['SENT']])), fields=('absence',), name='letter_one_asks_of_an_absence'),
                    ),
                ]),
            ],
        ),
    ]

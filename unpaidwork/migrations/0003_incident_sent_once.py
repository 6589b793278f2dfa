"""Nothing that a tablet sends is reported twice: an index that is built while its table is in use.

A build that was stopped leaves an index that is not valid; it is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

from django.db import migrations, models

DROP = "DROP INDEX CONCURRENTLY IF EXISTS incident_sent_once"
BUILD = "CREATE UNIQUE INDEX CONCURRENTLY incident_sent_once ON unpaidwork_incident (key) WHERE key IS NOT NULL"


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('unpaidwork', '0002_incidents_sent_late'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL([DROP, BUILD], DROP),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='incident',
                    constraint=models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('key',), name='incident_sent_once'),
                ),
            ],
        ),
    ]

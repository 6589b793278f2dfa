"""A capacity for whoever is asked to meet somebody at the gate, and does nothing else on their case."""

from django.db import migrations, models

from staff.management.at_once import AtOnce

CAPACITIES = [
    ('cover', 'Covering officer'), ('duty', 'Duty officer'), ('unpaid_work', 'Unpaid work'), ('group', 'Group facilitator'),
    ('resettlement', 'Through the Gate'), ('mentor', 'Mentor'), ('gate', 'Asked to meet them at the gate'),
    ('receiving', 'Offered the case'), ('caretaker', 'Seeing them until it is accepted'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0035_notices_for_information'),
    ]

    operations = [
        AtOnce([
            migrations.AlterField(
                model_name=model,
                name='capacity',
                field=models.CharField(choices=CAPACITIES, max_length=12),
            )
            for model in ('assignment', 'assignmentevent')
        ]),
    ]

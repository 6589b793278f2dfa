"""Why an officer was named for a case, and what stood beside their name. Only a new table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_senior_actions_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Giving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.CharField(max_length=500)),
                ('warned', models.JSONField(default=list)),
                ('points', models.PositiveIntegerField(null=True)),
                ('percent_before', models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                ('percent_after', models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                ('compared', models.PositiveIntegerField(null=True)),
                ('left_out', models.PositiveIntegerField(null=True)),
                ('rules_version', models.PositiveSmallIntegerField(null=True)),
                ('policy_version', models.PositiveIntegerField(null=True)),
                ('given_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='givings', to='cases.case')),
                ('given_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='giving_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('compared', None), ('left_out', None), ('points', None), ('policy_version', None), ('rules_version', None)), models.Q(('compared__isnull', False), ('left_out__isnull', False), ('points__isnull', False), ('policy_version__isnull', False), ('rules_version__isnull', False)), _connector='OR'), name='giving_compared_whole')],
            },
        ),
    ]

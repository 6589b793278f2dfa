"""The tables of the closed loop of enquiry. Nothing that was there before is touched but to be pointed at."""

import cases.reference.agencies
import cases.reference.codes
import cases.reference.information
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('cancelled_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AbsenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('cancelled_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('police', 'Police: domestic abuse'), ('children', "Children's social care"), ('adults', 'Adult social care'), ('court_terms', 'Court order terms'), ('address', 'Address and occupants'), ('prison', 'Prison'), ('other_area', 'Other probation area or youth offending team')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('areas', models.JSONField(default=list)),
                ('channel', models.CharField(choices=[('email', 'Secure e-mail'), ('letter', 'Letter by post'), ('portal', 'Their web form'), ('telephone', 'Telephone')], max_length=10)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.CharField(blank=True, max_length=400)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('portal', models.URLField(blank=True)),
                ('turnaround_days', models.PositiveSmallIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('ended_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AgencyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('police', 'Police: domestic abuse'), ('children', "Children's social care"), ('adults', 'Adult social care'), ('court_terms', 'Court order terms'), ('address', 'Address and occupants'), ('prison', 'Prison'), ('other_area', 'Other probation area or youth offending team')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('areas', models.JSONField(default=list)),
                ('channel', models.CharField(choices=[('email', 'Secure e-mail'), ('letter', 'Letter by post'), ('portal', 'Their web form'), ('telephone', 'Telephone')], max_length=10)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.CharField(blank=True, max_length=400)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('portal', models.URLField(blank=True)),
                ('turnaround_days', models.PositiveSmallIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'Enquiry as it was sent'), ('reply', 'Reply from an agency'), ('information', 'Came with information')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('sharing', models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], default=cases.reference.codes.Sharing['NO'], max_length=4)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Information',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('call_out', 'Police call-out'), ('arrest', 'Arrest or charge'), ('child', 'Social worker or school, about a child'), ('adult', 'About an adult at risk'), ('court', 'Request or order of a court'), ('reply', 'Further reply to an enquiry'), ('health', 'Health, drugs or alcohol'), ('sighting', 'Seen where or with whom they should not be'), ('other', 'Something else')], max_length=10)),
                ('said_by', models.CharField(choices=[('police', 'Police'), ('social_care', 'Social care'), ('court', 'Court or NPS'), ('prison', 'Prison'), ('health', 'Health or treatment service'), ('family', 'Family, partner or neighbour'), ('person', 'The person on probation'), ('colleague', 'A colleague'), ('other', 'Somebody else')], max_length=12)),
                ('who', models.CharField(max_length=200)),
                ('happened_on', models.DateField()),
                ('text', models.TextField()),
                ('harm', models.BooleanField()),
                ('sharing', models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], default=cases.reference.codes.Sharing['NO'], max_length=4)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='InterimPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worst_case', models.TextField()),
                ('who_is_protected', models.TextField()),
                ('what_we_do', models.TextField()),
                ('expires_on', models.DateField()),
                ('made_on', models.DateField()),
                ('concern', models.BooleanField()),
                ('sampled', models.BooleanField(default=False)),
                ('agreement', models.CharField(choices=[('not_asked', 'Not asked for'), ('asked', 'Waiting for the senior probation officer'), ('agreed', 'Agreed'), ('returned', 'Returned to the officer')], default=cases.reference.information.Agreement['NOT_ASKED'], max_length=10)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_as', models.CharField(blank=True, choices=[('answered', 'Every enquiry it waited for is answered and analysed'), ('replaced', 'A later plan took its place'), ('not_ours', 'The case is no longer ours')], max_length=10)),
                ('sharing', models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], default=cases.reference.codes.Sharing['NO'], max_length=4)),
            ],
        ),
        migrations.CreateModel(
            name='InterimPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('worst_case', models.TextField()),
                ('who_is_protected', models.TextField()),
                ('what_we_do', models.TextField()),
                ('expires_on', models.DateField()),
                ('made_on', models.DateField()),
                ('concern', models.BooleanField()),
                ('sampled', models.BooleanField(default=False)),
                ('agreement', models.CharField(choices=[('not_asked', 'Not asked for'), ('asked', 'Waiting for the senior probation officer'), ('agreed', 'Agreed'), ('returned', 'Returned to the officer')], default=cases.reference.information.Agreement['NOT_ASKED'], max_length=10)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_as', models.CharField(blank=True, choices=[('answered', 'Every enquiry it waited for is answered and analysed'), ('replaced', 'A later plan took its place'), ('not_ours', 'The case is no longer ours')], max_length=10)),
                ('sharing', models.CharField(choices=[('yes', 'May be shared with the person'), ('no', 'Not to be shared with the person'), ('ask', 'From a third party: ask them first')], default=cases.reference.codes.Sharing['NO'], max_length=4)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('request', 'Enquiry'), ('chase', 'Weekly chase'), ('alert', 'Alert'), ('digest', 'Digest')], max_length=10)),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('not_before', models.DateTimeField()),
                ('delivery', models.CharField(choices=[('waiting', 'Waiting to go'), ('going', 'Being sent'), ('sent', 'Sent'), ('unsure', 'May not have gone'), ('failed', 'Could not be sent'), ('cancelled', 'Not to be sent')], default=cases.reference.agencies.Delivery['WAITING'], max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('problem', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='NonAssociation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=300)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='NonAssociationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('why', models.CharField(max_length=300)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=500)),
                ('by_whom', models.CharField(max_length=200)),
                ('by_on', models.DateField()),
                ('made_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('done_note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='PlanActionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('what', models.CharField(max_length=500)),
                ('by_whom', models.CharField(max_length=200)),
                ('by_on', models.DateField()),
                ('made_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('done_note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Raise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('risk', 'The risk of serious harm'), ('flag', 'A flag'), ('contact', 'How often the person is seen')], max_length=8)),
                ('contact_level', models.CharField(blank=True, choices=[('monthly', 'Monthly'), ('fortnightly', 'Fortnightly'), ('eased', 'Weekly for 12 weeks, then fortnightly'), ('weekly', 'Weekly'), ('front_loaded', 'Weekly, with a second contact in the first 60 days')], max_length=14)),
                ('because', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('assessed_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RaiseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('risk', 'The risk of serious harm'), ('flag', 'A flag'), ('contact', 'How often the person is seen')], max_length=8)),
                ('contact_level', models.CharField(blank=True, choices=[('monthly', 'Monthly'), ('fortnightly', 'Fortnightly'), ('eased', 'Weekly for 12 weeks, then fortnightly'), ('weekly', 'Weekly'), ('front_loaded', 'Weekly, with a second contact in the first 60 days')], max_length=14)),
                ('because', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('assessed_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('main', models.BooleanField()),
                ('relation', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('unread', 'To be read'), ('read', 'Read')], default=cases.reference.information.ReadingState['UNREAD'], max_length=6)),
                ('read_as', models.CharField(blank=True, choices=[('nothing', 'It changes nothing, because'), ('raised', 'Raised now'), ('plan', 'It calls for an action')], max_length=8)),
                ('because', models.TextField(blank=True)),
                ('read_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReadingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('main', models.BooleanField()),
                ('relation', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('unread', 'To be read'), ('read', 'Read')], default=cases.reference.information.ReadingState['UNREAD'], max_length=6)),
                ('read_as', models.CharField(blank=True, choices=[('nothing', 'It changes nothing, because'), ('raised', 'Raised now'), ('plan', 'It calls for an action')], max_length=8)),
                ('because', models.TextField(blank=True)),
                ('read_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReplyInHand',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_as', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name='absence',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absence',
            name='cover',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absence',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='cover',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.absence'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('kind', 'name'), name='agency_once'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('channel', cases.reference.agencies.Channel['EMAIL']), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), models.Q(models.Q(('channel', cases.reference.agencies.Channel['LETTER']), _negated=True), models.Q(('address', ''), _negated=True), _connector='OR'), models.Q(models.Q(('channel', cases.reference.agencies.Channel['TELEPHONE']), _negated=True), models.Q(('telephone', ''), _negated=True), _connector='OR'), models.Q(models.Q(('channel', cases.reference.agencies.Channel['PORTAL']), _negated=True), models.Q(('portal', ''), _negated=True), _connector='OR')), name='agency_can_be_reached'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_agencyevent" ("address", "areas", "channel", "email", "ended_on", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portal", "telephone", "turnaround_days") VALUES (OLD."address", OLD."areas", OLD."channel", OLD."email", OLD."ended_on", OLD."id", OLD."kind", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."portal", OLD."telephone", OLD."turnaround_days"); RETURN NULL;', hash='56646beec324d6b9f60915a56f0707e22331442d', operation='UPDATE', pgid='pgtrigger_update_update_26d7d', table='cases_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_agencyevent" ("address", "areas", "channel", "email", "ended_on", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portal", "telephone", "turnaround_days") VALUES (OLD."address", OLD."areas", OLD."channel", OLD."email", OLD."ended_on", OLD."id", OLD."kind", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."portal", OLD."telephone", OLD."turnaround_days"); RETURN NULL;', hash='ad9f96d25515ce2f203302aedf1b669a88b9612b', operation='DELETE', pgid='pgtrigger_delete_delete_ca9f6', table='cases_agency', when='AFTER')),
        ),
        migrations.AddField(
            model_name='agencyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='agencyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.agency'),
        ),
        migrations.CreateModel(
            name='DocumentContent',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='cases.document')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='document',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.case'),
        ),
        migrations.AddField(
            model_name='document',
            name='enquiry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='information',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='information',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.document'),
        ),
        migrations.AddField(
            model_name='interimplan',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='interimplan',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interim_plans', to='cases.case'),
        ),
        migrations.AddField(
            model_name='interimplan',
            name='enquiries',
            field=models.ManyToManyField(related_name='interim_plans', to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='interimplan',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='interimplanevent',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='interimplanevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='interimplanevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='interimplanevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='interimplanevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.interimplan'),
        ),
        migrations.AddField(
            model_name='message',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='message',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.document'),
        ),
        migrations.AddField(
            model_name='message',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nonassociation',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nonassociation',
            name='information',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.information'),
        ),
        migrations.AddField(
            model_name='nonassociation',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='nonassociation',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='information',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.information'),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='one',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='other',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='nonassociationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.nonassociation'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='cases.case'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='enquiry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='enquiry',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.planaction'),
        ),
        migrations.AddField(
            model_name='raise',
            name='assessment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.importedassessment'),
        ),
        migrations.AddField(
            model_name='raise',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='raise',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='raises', to='cases.case'),
        ),
        migrations.AddField(
            model_name='raise',
            name='enquiry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='raise',
            name='registration',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raised', to='cases.registration'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='assessment',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.importedassessment'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='enquiry',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.enquiry'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.raise'),
        ),
        migrations.AddField(
            model_name='raiseevent',
            name='registration',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.registration'),
        ),
        migrations.AddField(
            model_name='reading',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='cases.case'),
        ),
        migrations.AddField(
            model_name='reading',
            name='information',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='cases.information'),
        ),
        migrations.AddField(
            model_name='reading',
            name='raised',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.raise'),
        ),
        migrations.AddField(
            model_name='reading',
            name='read_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planactionevent',
            name='reading',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.reading'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='reading',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cases.reading'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='information',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.information'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.reading'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='raised',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.raise'),
        ),
        migrations.AddField(
            model_name='readingevent',
            name='read_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replyinhand',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replyinhand',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.document'),
        ),
        migrations.AddField(
            model_name='replyinhand',
            name='enquiries',
            field=models.ManyToManyField(related_name='+', to='cases.enquiry'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['user', 'to_on'], name='absence_of_a_user'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='absence_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('cover', None), models.Q(('cover', models.F('user')), _negated=True), _connector='OR'), name='absence_covered_by_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_absenceevent" ("by_id", "cancelled_on", "cover_id", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on", "user_id") VALUES (OLD."by_id", OLD."cancelled_on", OLD."cover_id", OLD."from_on", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='a071f1001085b8465be8f894820b5e8d261c7a10', operation='UPDATE', pgid='pgtrigger_update_update_d3dd1', table='cases_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_absenceevent" ("by_id", "cancelled_on", "cover_id", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on", "user_id") VALUES (OLD."by_id", OLD."cancelled_on", OLD."cover_id", OLD."from_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_on", OLD."user_id"); RETURN NULL;', hash='eab26e171411b99cbc504f8151ce2c495d1b9956', operation='DELETE', pgid='pgtrigger_delete_delete_bbe47', table='cases_absence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('enquiry', None), ('case__isnull', False), _connector='OR'), name='document_of_an_enquiry_has_its_case'),
        ),
        migrations.AddConstraint(
            model_name='interimplan',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('case',), name='interim_plan_one_standing'),
        ),
        migrations.AddConstraint(
            model_name='interimplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('worst_case', ''), _negated=True), models.Q(('who_is_protected', ''), _negated=True), models.Q(('what_we_do', ''), _negated=True)), name='interim_plan_whole'),
        ),
        migrations.AddConstraint(
            model_name='interimplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_as', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('ended_as', ''), _negated=True)), _connector='OR'), name='interim_plan_ends_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='interimplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreement', cases.reference.information.Agreement['AGREED']), _negated=True), models.Q(('answered_by', models.F('made_by')), _negated=True), _connector='OR'), name='interim_plan_not_agreed_by_its_author'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interimplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_interimplanevent" ("agreement", "answer", "answered_by_id", "answered_on", "case_id", "concern", "ended_as", "ended_on", "expires_on", "id", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sampled", "sharing", "what_we_do", "who_is_protected", "worst_case") VALUES (OLD."agreement", OLD."answer", OLD."answered_by_id", OLD."answered_on", OLD."case_id", OLD."concern", OLD."ended_as", OLD."ended_on", OLD."expires_on", OLD."id", OLD."made_by_id", OLD."made_on", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."sampled", OLD."sharing", OLD."what_we_do", OLD."who_is_protected", OLD."worst_case"); RETURN NULL;', hash='3e425ed154b3c3e6bc150ade2a3edd9fb89c189f', operation='UPDATE', pgid='pgtrigger_update_update_b09e6', table='cases_interimplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interimplan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_interimplanevent" ("agreement", "answer", "answered_by_id", "answered_on", "case_id", "concern", "ended_as", "ended_on", "expires_on", "id", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sampled", "sharing", "what_we_do", "who_is_protected", "worst_case") VALUES (OLD."agreement", OLD."answer", OLD."answered_by_id", OLD."answered_on", OLD."case_id", OLD."concern", OLD."ended_as", OLD."ended_on", OLD."expires_on", OLD."id", OLD."made_by_id", OLD."made_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sampled", OLD."sharing", OLD."what_we_do", OLD."who_is_protected", OLD."worst_case"); RETURN NULL;', hash='c66830907e2fd6785e15bf9ffa28f90d76d9068d', operation='DELETE', pgid='pgtrigger_delete_delete_e94e0', table='cases_interimplan', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('delivery', cases.reference.agencies.Delivery['WAITING'])), fields=['not_before'], name='message_waiting'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('delivery', cases.reference.agencies.Delivery['GOING'])), fields=['id'], name='message_going'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('user', None)), models.Q(('agency', None), ('user__isnull', False)), _connector='OR'), name='message_to_a_user_or_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='nonassociation',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='non_association_of_two'),
        ),
        migrations.AddConstraint(
            model_name='nonassociation',
            constraint=models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('one', 'other'), name='non_association_once'),
        ),
        migrations.AddConstraint(
            model_name='nonassociation',
            constraint=models.CheckConstraint(condition=models.Q(('to_on', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='non_association_ends_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nonassociation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_nonassociationevent" ("by_id", "ended_because", "from_on", "id", "information_id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on", "why") VALUES (OLD."by_id", OLD."ended_because", OLD."from_on", OLD."id", OLD."information_id", OLD."one_id", OLD."other_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."to_on", OLD."why"); RETURN NULL;', hash='403438902611b9bb74d58b454f70bb3dc2cac8d3', operation='UPDATE', pgid='pgtrigger_update_update_9fcdf', table='cases_nonassociation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nonassociation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_nonassociationevent" ("by_id", "ended_because", "from_on", "id", "information_id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on", "why") VALUES (OLD."by_id", OLD."ended_because", OLD."from_on", OLD."id", OLD."information_id", OLD."one_id", OLD."other_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_on", OLD."why"); RETURN NULL;', hash='eb3d21a69ecf09db205b3f6ad6657101c76d12aa', operation='DELETE', pgid='pgtrigger_delete_delete_90c8e', table='cases_nonassociation', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='raise',
            index=models.Index(condition=models.Q(('assessed_on', None)), fields=['case'], name='raise_standing'),
        ),
        migrations.AddConstraint(
            model_name='raise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), _negated=True), models.Q(models.Q(('kind', cases.reference.information.RaiseKind['CONTACT']), ('registration', None), models.Q(('contact_level', ''), _negated=True)), models.Q(models.Q(('kind', cases.reference.information.RaiseKind['CONTACT']), _negated=True), ('contact_level', ''), ('registration__isnull', False)), _connector='OR')), name='raise_says_what_and_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='raise',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_raiseevent" ("assessed_on", "assessment_id", "at", "because", "by_id", "case_id", "contact_level", "enquiry_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id") VALUES (OLD."assessed_on", OLD."assessment_id", OLD."at", OLD."because", OLD."by_id", OLD."case_id", OLD."contact_level", OLD."enquiry_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."registration_id"); RETURN NULL;', hash='4a6a73629b303aed6cc5833e8615648fc6d54f72', operation='UPDATE', pgid='pgtrigger_update_update_107a2', table='cases_raise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='raise',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_raiseevent" ("assessed_on", "assessment_id", "at", "because", "by_id", "case_id", "contact_level", "enquiry_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id") VALUES (OLD."assessed_on", OLD."assessment_id", OLD."at", OLD."because", OLD."by_id", OLD."case_id", OLD."contact_level", OLD."enquiry_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."registration_id"); RETURN NULL;', hash='a8170faf4125f8ac326c6b3ade4638d88c394218', operation='DELETE', pgid='pgtrigger_delete_delete_b605c', table='cases_raise', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('state', cases.reference.information.ReadingState['UNREAD'])), fields=['case'], name='reading_unread'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('information', 'case'), name='reading_once'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_as', ''), ('read_on', None), ('state', cases.reference.information.ReadingState['UNREAD'])), models.Q(('read_on__isnull', False), ('state', cases.reference.information.ReadingState['READ']), models.Q(('read_as', ''), _negated=True), models.Q(models.Q(('read_as', cases.reference.information.ReadAs['NOTHING']), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR')), _connector='OR'), name='reading_says_what_it_came_to'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_readingevent" ("because", "case_id", "id", "information_id", "main", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_id", "read_as", "read_by_id", "read_on", "relation", "state") VALUES (OLD."because", OLD."case_id", OLD."id", OLD."information_id", OLD."main", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."raised_id", OLD."read_as", OLD."read_by_id", OLD."read_on", OLD."relation", OLD."state"); RETURN NULL;', hash='728b611d89c8ea1b7e221481d0f45e8466ec97d7', operation='UPDATE', pgid='pgtrigger_update_update_2c716', table='cases_reading', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_readingevent" ("because", "case_id", "id", "information_id", "main", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_id", "read_as", "read_by_id", "read_on", "relation", "state") VALUES (OLD."because", OLD."case_id", OLD."id", OLD."information_id", OLD."main", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_id", OLD."read_as", OLD."read_by_id", OLD."read_on", OLD."relation", OLD."state"); RETURN NULL;', hash='209c2441d2fc5466299cbaf39331fe61d608df6e', operation='DELETE', pgid='pgtrigger_delete_delete_255d2', table='cases_reading', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_planactionevent" ("by_on", "by_whom", "case_id", "done_note", "done_on", "enquiry_id", "id", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "what") VALUES (OLD."by_on", OLD."by_whom", OLD."case_id", OLD."done_note", OLD."done_on", OLD."enquiry_id", OLD."id", OLD."made_by_id", OLD."made_on", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reading_id", OLD."what"); RETURN NULL;', hash='762a066e1e9a05d8848a2e4faea52bb19aee9401', operation='UPDATE', pgid='pgtrigger_update_update_a59a9', table='cases_planaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_planactionevent" ("by_on", "by_whom", "case_id", "done_note", "done_on", "enquiry_id", "id", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "what") VALUES (OLD."by_on", OLD."by_whom", OLD."case_id", OLD."done_note", OLD."done_on", OLD."enquiry_id", OLD."id", OLD."made_by_id", OLD."made_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reading_id", OLD."what"); RETURN NULL;', hash='0bad4c98757a7ef8371396e03b8acdeda8209867', operation='DELETE', pgid='pgtrigger_delete_delete_ac390', table='cases_planaction', when='AFTER')),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

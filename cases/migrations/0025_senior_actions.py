"""What a senior asks to be done on a case, and that a deadline may be about it: a column that is null, so that nothing
is rewritten; and the kind of deadline."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.reference.senior_actions
from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0024_letters_that_ask_indexes'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('staff', '__first__'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        AtOnce([
            migrations.CreateModel(
                name='SeniorAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.TextField()),
                    ('why', models.TextField()),
                    ('due_on', models.DateField()),
                    ('asked_on', models.DateField()),
                    ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('withdrawn', 'No longer asked for')], default=cases.reference.senior_actions.SeniorActionState['OPEN'], max_length=9)),
                    ('settled_because', models.TextField(blank=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='senior_actions', to='cases.case')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_to_do', to=settings.AUTH_USER_MODEL)),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('asked_on'))), name='senior_action_due_after_asked'), models.CheckConstraint(condition=models.Q(models.Q(('settled_because', ''), ('settled_by', None), ('settled_on', None), ('state', cases.reference.senior_actions.SeniorActionState['OPEN'])), models.Q(('settled_by__isnull', False), ('settled_on__isnull', False), ('state__in', [cases.reference.senior_actions.SeniorActionState['DONE'], cases.reference.senior_actions.SeniorActionState['WITHDRAWN']]), models.Q(('settled_because', ''), _negated=True)), _connector='OR'), name='senior_action_settled_whole')],
                },
            ),
            migrations.CreateModel(
                name='SeniorActionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('what', models.TextField()),
                    ('why', models.TextField()),
                    ('due_on', models.DateField()),
                    ('asked_on', models.DateField()),
                    ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('withdrawn', 'No longer asked for')], default=cases.reference.senior_actions.SeniorActionState['OPEN'], max_length=9)),
                    ('settled_because', models.TextField(blank=True)),
                    ('settled_on', models.DateField(null=True)),
                    ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.senioraction')),
                    ('settled_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        AtOnce([
            pgtrigger.migrations.AddTrigger(
                model_name='senioraction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_senioractionevent" ("asked_by_id", "asked_on", "case_id", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_because", "settled_by_id", "settled_on", "state", "what", "why") VALUES (OLD."asked_by_id", OLD."asked_on", OLD."case_id", OLD."due_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."settled_because", OLD."settled_by_id", OLD."settled_on", OLD."state", OLD."what", OLD."why"); RETURN NULL;', hash='f22d0f46b74ce8f60ebaf1efeb946db007d4aaa0', operation='UPDATE', pgid='pgtrigger_update_update_55c1a', table='cases_senioraction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='senioraction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_senioractionevent" ("asked_by_id", "asked_on", "case_id", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_because", "settled_by_id", "settled_on", "state", "what", "why") VALUES (OLD."asked_by_id", OLD."asked_on", OLD."case_id", OLD."due_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_because", OLD."settled_by_id", OLD."settled_on", OLD."state", OLD."what", OLD."why"); RETURN NULL;', hash='66172ae41f03decece06ff5c3a406411e56f6038', operation='DELETE', pgid='pgtrigger_delete_delete_020a7', table='cases_senioraction', when='AFTER')),
            ),
        ]),
        AtOnce([
            migrations.AlterField(
                model_name='deadline',
                name='kind',
                field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('hold_induction', 'Hold the induction'), ('answer_transfer', 'Have the hand-over answered'), ('discuss_escalation', 'Discuss the risk with a senior'), ('answer_escalation', 'Get the NPS’s answer'), ('send_what_was_asked', 'Send the NPS what it asked for'), ('answer_rejection', 'Challenge the NPS’s answer, or change the plan'), ('hand_over_to_nps', 'Hand the case over to a named NPS officer'), ('ask_whereabouts', 'Ask the police where they are'), ('see_again', 'See them now that they are back'), ('see_walk_in', 'See whoever has walked in'), ('answer_court', 'Answer the court'), ('send_meeting_report', 'Send our report to the meeting'), ('say_of_meeting', 'Say what the meeting decided, and what we are to do'), ('get_minutes', 'Get the minutes of the meeting'), ('tell_victim_liaison', 'Tell the victim liaison officer'), ('ask_welfare', 'Ask whether they think of harming themselves'), ('ask_home_office', 'Ask the Home Office how they stand'), ('decide_travel', 'Decide a request to travel'), ('see_back', 'See that they are back from abroad'), ('notify_further_offence', 'Notify the serious further offence'), ('review_further_offence', 'Hand in the review of the serious further offence'), ('acknowledge_complaint', 'Acknowledge the complaint'), ('answer_complaint', 'Answer the complaint'), ('end_case', 'Bring the case to its end'), ('propose_early_end', 'Decide whether to propose an early end for good progress'), ('tell_of_death', 'Tell whoever must hear of a death'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('monthly_contact', 'Offer a face-to-face appointment this month'), ('log_outcome', 'Say what came of the appointment'), ('call_same_day', 'Ring them today and ask if they are safe'), ('offer_again', 'Offer another appointment after a missed one'), ('decide_absence', 'Decide what a missed appointment comes to'), ('book_interpreter', 'Book the interpreter'), ('book_rar_day', 'Book a rehabilitation activity day'), ('answer_failure', 'Answer the failure: warn them, or refer it'), ('send_letter', 'Send the letter'), ('mend_letter', 'See to a letter that came back'), ('answer_hub', 'Answer what the hub asks'), ('submit_breach', 'Send the breach pack to the NPS'), ('answer_nps', 'Send the NPS what it asks for of the breach'), ('get_breach_answer', 'Get the NPS’s answer to the breach pack'), ('amend_breach', 'Send the amended breach report'), ('see_amendment', 'Read what was changed in the breach report'), ('lay_breach', 'Have the breach laid before the order ends'), ('say_hearing', 'Say what the court decided'), ('read_withdrawn_breach', 'Read why a breach was withdrawn'), ('win_back', 'Agree the next contact now that a breach or a recall has begun'), ('decide_again', 'Decide again where what it rested on was withdrawn'), ('write_part_a', 'Complete Part A of the recall'), ('countersign_recall', 'Countersign the recall'), ('send_recall', 'Send the recall to the NPS'), ('get_recall_answer', 'Get the answer to the recall'), ('home_visit', 'Visit them at home'), ('decide_visit_safety', 'Decide how staff may visit'), ('review_case', 'Review the case'), ('review_event', 'Review what has happened'), ('countersign_review', 'Read and countersign the review'), ('put_review_right', 'Put the review right and sign it again'), ('read_hollow_review', 'Read a review that recorded no change'), ('answer_recommendation', 'Accept or contest what an audit recommends'), ('do_recommendation', 'Do what an audit recommends, and show the change'), ('decide_contest', 'Decide a contested recommendation'), ('do_senior_action', 'Do what your senior asks for'), ('see_order_terms', "See the terms of the court's order"), ('assess_work_risk', 'Assess the risk of unpaid work'), ('renew_work_risk', 'Bring the risk assessment for unpaid work up to date'), ('write_instruction', 'Say what a flag means on a work site'), ('arrange_work', 'Arrange unpaid work'), ('allocate_again', 'Find other unpaid work'), ('close_register', 'Close the register'), ('decide_course', 'Decide whether a course counts'), ('review_work', 'Look back on unpaid work with them'), ('propose_extension', 'Propose an application to extend'), ('screen_in_custody', 'Get the basic custody screening'), ('resettlement_plan', 'Make the resettlement plan'), ('plan_for_release', 'Make the plan before release'), ('answer_risk_items', 'Accept or change what the resettlement plan says of risk'), ('contact_before_release', 'Speak to them before release'), ('refer_for_home', 'Refer them to the housing authority they choose'), ('find_home', 'Find somewhere for the first night'), ('refer_substances', 'Refer the drug or alcohol need to a community service'), ('get_accepted', 'Get an answer from the services asked'), ('hand_over_release', 'Hand over to the officer'), ('accept_release', 'Accept the hand-over, or ask what is missing'), ('answer_hand_over_query', 'Answer what the officer asked'), ('say_if_met', 'Say whether they were met at the gate'), ('say_first_night', 'Say where they are on the first night'), ('say_later_night', 'Say where they are now'), ('say_first_service', 'Say whether they went to the service'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
            ),
            migrations.AddField(
                model_name='deadline',
                name='senior_action',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.senioraction'),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

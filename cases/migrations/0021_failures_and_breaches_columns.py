"""What of enforcement a deadline may be about: columns that are null, so that nothing is rewritten; and the kinds of deadline."""

import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models

from staff.management.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0020_failures_and_breaches'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('name_officer', 'Name a responsible officer'), ('first_appointment', 'Arrange the first appointment'), ('first_appointment_licence', 'Arrange the first appointment after release'), ('first_ten_days', 'Read the record and write the initial risk note'), ('hold_induction', 'Hold the induction'), ('answer_transfer', 'Have the hand-over answered'), ('discuss_escalation', 'Discuss the risk with a senior'), ('answer_escalation', 'Get the NPS’s answer'), ('send_what_was_asked', 'Send the NPS what it asked for'), ('answer_rejection', 'Challenge the NPS’s answer, or change the plan'), ('hand_over_to_nps', 'Hand the case over to a named NPS officer'), ('ask_whereabouts', 'Ask the police where they are'), ('see_again', 'See them now that they are back'), ('see_walk_in', 'See whoever has walked in'), ('answer_court', 'Answer the court'), ('send_meeting_report', 'Send our report to the meeting'), ('say_of_meeting', 'Say what the meeting decided, and what we are to do'), ('get_minutes', 'Get the minutes of the meeting'), ('tell_victim_liaison', 'Tell the victim liaison officer'), ('ask_welfare', 'Ask whether they think of harming themselves'), ('ask_home_office', 'Ask the Home Office how they stand'), ('decide_travel', 'Decide a request to travel'), ('see_back', 'See that they are back from abroad'), ('notify_further_offence', 'Notify the serious further offence'), ('review_further_offence', 'Hand in the review of the serious further offence'), ('acknowledge_complaint', 'Acknowledge the complaint'), ('answer_complaint', 'Answer the complaint'), ('end_case', 'Bring the case to its end'), ('propose_early_end', 'Decide whether to propose an early end for good progress'), ('tell_of_death', 'Tell whoever must hear of a death'), ('send_check', 'Send the enquiry'), ('chase_check', 'Chase the reply'), ('analyse_check', 'Read and analyse the reply'), ('interim_plan', 'Write the interim plan'), ('renew_interim_plan', 'Renew the interim plan'), ('agree_interim_plan', 'Agree the interim plan'), ('read_information_today', 'Read today what has come in'), ('read_information', 'Read what has come in'), ('assess_after_raise', 'Assess in full what was raised'), ('plan_action', 'Do what the plan says'), ('countersign_assessment', 'Read and countersign the assessment'), ('put_assessment_right', 'Put the assessment right and sign it again'), ('make_plan', 'Make the plan with the person, and sign it'), ('book_replacement', 'Book what takes the place of a route taken away'), ('decide_override', 'Decide a request to go ahead'), ('close_override', 'Close or renew what was approved'), ('read_override', 'Read an override that was approved'), ('monthly_contact', 'Offer a face-to-face appointment this month'), ('log_outcome', 'Say what came of the appointment'), ('call_same_day', 'Ring them today and ask if they are safe'), ('offer_again', 'Offer another appointment after a missed one'), ('decide_absence', 'Decide what a missed appointment comes to'), ('book_interpreter', 'Book the interpreter'), ('book_rar_day', 'Book a rehabilitation activity day'), ('answer_failure', 'Answer the failure: warn them, or refer it'), ('send_letter', 'Send the letter'), ('mend_letter', 'See to a letter that came back'), ('answer_hub', 'Answer what the hub asks'), ('submit_breach', 'Send the breach pack to the NPS'), ('answer_nps', 'Send the NPS what it asks for of the breach'), ('get_breach_answer', 'Get the NPS’s answer to the breach pack'), ('amend_breach', 'Send the amended breach report'), ('see_amendment', 'Read what was changed in the breach report'), ('lay_breach', 'Have the breach laid before the order ends'), ('say_hearing', 'Say what the court decided'), ('read_withdrawn_breach', 'Read why a breach was withdrawn'), ('win_back', 'Agree the next contact now that a breach has begun'), ('decide_again', 'Decide again on what rested on a failure that was withdrawn'), ('write_part_a', 'Complete Part A of the recall'), ('countersign_recall', 'Countersign the recall'), ('send_recall', 'Send the recall to the NPS'), ('get_recall_answer', 'Get the answer to the recall'), ('home_visit', 'Visit them at home'), ('decide_visit_safety', 'Decide how staff may visit'), ('review_case', 'Review the case'), ('review_event', 'Review what has happened'), ('countersign_review', 'Read and countersign the review'), ('put_review_right', 'Put the review right and sign it again'), ('read_hollow_review', 'Read a review that recorded no change'), ('answer_recommendation', 'Accept or contest what an audit recommends'), ('do_recommendation', 'Do what an audit recommends, and show the change'), ('decide_contest', 'Decide a contested recommendation'), ('see_order_terms', "See the terms of the court's order"), ('assess_work_risk', 'Assess the risk of unpaid work'), ('renew_work_risk', 'Bring the risk assessment for unpaid work up to date'), ('write_instruction', 'Say what a flag means on a work site'), ('arrange_work', 'Arrange unpaid work'), ('allocate_again', 'Find other unpaid work'), ('close_register', 'Close the register'), ('decide_course', 'Decide whether a course counts'), ('review_work', 'Look back on unpaid work with them'), ('propose_extension', 'Propose an application to extend'), ('screen_in_custody', 'Get the basic custody screening'), ('resettlement_plan', 'Make the resettlement plan'), ('plan_for_release', 'Make the plan before release'), ('answer_risk_items', 'Accept or change what the resettlement plan says of risk'), ('contact_before_release', 'Speak to them before release'), ('refer_for_home', 'Refer them to the housing authority they choose'), ('find_home', 'Find somewhere for the first night'), ('refer_substances', 'Refer the drug or alcohol need to a community service'), ('get_accepted', 'Get an answer from the services asked'), ('hand_over_release', 'Hand over to the officer'), ('accept_release', 'Accept the hand-over, or ask what is missing'), ('answer_hand_over_query', 'Answer what the officer asked'), ('say_if_met', 'Say whether they were met at the gate'), ('say_first_night', 'Say where they are on the first night'), ('say_later_night', 'Say where they are now'), ('say_first_service', 'Say whether they went to the service'), ('place_person', 'Place in the GRID'), ('escalate_risk', 'Refer the risk to the NPS'), ('decide_lowering', 'Decide a request to lower a placement')], max_length=30),
        ),
        AtOnce([
            migrations.AddField(
                model_name='deadline',
                name='breach',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.breach'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='failure',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.failure'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='letter',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.letter'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='recall',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.recall'),
            ),
        ]),
        AtOnce([
            migrations.AlterField(
                model_name='document',
                name='kind',
                field=models.CharField(choices=[('request', 'Enquiry as it was sent'), ('reply', 'Reply from an agency'), ('information', 'Came with information'), ('plan_copy', "The person's copy of the plan"), ('letter', 'Letter of enforcement as it went'), ('breach_pack', 'Breach pack as it was submitted'), ('part_a', 'Recall, Part A as it was sent')], max_length=12),
            ),
            # A letter by e-mail goes to the person whose case its document is of
            migrations.AlterField(
                model_name='message',
                name='kind',
                field=models.CharField(choices=[('request', 'Enquiry'), ('chase', 'Weekly chase'), ('alert', 'Alert'), ('digest', 'Digest'), ('reminder', 'Reminder of an appointment'), ('referral', 'Referral to a service'), ('letter', 'Letter to a person on probation')], max_length=10),
            ),
        ]),
        AtOnce([
            migrations.RemoveConstraint(
                model_name='message',
                name='message_to_one',
            ),
            django.contrib.postgres.operations.AddConstraintNotValid(
                model_name='message',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('appointment', None), ('case', None), ('user', None)), models.Q(('agency', None), ('appointment', None), ('case', None), ('user__isnull', False)), models.Q(('agency', None), ('appointment__isnull', False), ('case', None), ('user', None)), models.Q(('agency', None), ('appointment', None), ('body', ''), ('case__isnull', False), ('user', None)), models.Q(('agency', None), ('appointment', None), ('case', None), ('document__isnull', False), ('user', None), ('kind', 'letter')), _connector='OR'), name='message_to_one'),
            ),
        ]),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]

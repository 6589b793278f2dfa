"""Writes assessments, sentence plans, overrides and routes taken away, each with its clocks."""

from datetime import timedelta

from cases.management.demo.enquiry_rows import at_mid_morning, deadline

SIX = ("unknown", "read_and_asked", "why_safer", "who_is_protected", "who_was_told", "what_closes_it")  # fmt: skip
LATER_THAT_DAY = timedelta(hours=4)  # when somebody else reads what was written in the morning


def write_assessments(book, plan):
    for one in plan.victims:
        _write_victim(book, plan, one)
    for one in plan.assessments:
        _write_assessment(book, plan, one)


def write_planning(book, plan, head_id):
    """`head_id`: the head of service, who reads a sample of overrides."""
    _write_clocks(book, plan, plan.owed)
    for one in plan.sentence_plans:
        _write_plan(book, plan, one)
    for one in plan.overrides:
        _write_override(book, plan, one, head_id)
    for one in plan.routes:
        _write_route(book, plan, one)


def _write_victim(book, plan, one):
    one.id = book.PotentialVictim.add(
        case_id=plan.case_id,
        person_id=one.person.id,
        group=one.group,
        how=one.how,
        since_on=one.since_on,
        by_id=plan.officer.user_id,
    )


def _write_assessment(book, plan, one):
    senior_id = plan.team.spo.user_id
    one.id = book.Assessment.add(
        case_id=plan.case_id,
        sentence_id=plan.sentence_id,
        state=one.state,
        answers=one.answers,
        carried=[],
        begun_on=one.begun_on,
        begun_by_id=plan.officer.user_id,
        harm=one.harm,
        signed_at=_at(one.signed_on),
        signed_by_id=plan.officer.user_id if one.signed_on else None,
        countersign_because=one.countersign_because,
        countersigned_at=_at(one.countersigned_on, LATER_THAT_DAY),
        countersigned_by_id=senior_id if one.countersigned_on else None,
        completed_on=one.completed_on,
        evidence=one.evidence,
    )
    for each in one.returns:
        book.AssessmentReturn.add(
            assessment_id=one.id,
            question=each.question,
            note=each.note,
            at=at_mid_morning(each.on),
            by_id=senior_id,
            answered_at=_at(each.answered_on),
        )
    _write_clocks(book, plan, one.owed)


def _write_plan(book, plan, one):
    based_on = [each for each in plan.assessments if each.state == "signed"]
    one.id = book.Plan.add(
        case_id=plan.case_id,
        assessment_id=based_on[0].id if based_on else None,
        state=one.state,
        answers=one.answers,
        carried=[],
        begun_on=one.begun_on,
        begun_by_id=plan.officer.user_id,
        agreed=one.agreed,
        agreed_because=one.agreed_because,
        agreed_on=one.agreed_on,
        signed_at=_at(one.signed_on),
        signed_by_id=plan.officer.user_id if one.signed_on else None,
        evidence=one.evidence,
    )
    for place, each in enumerate(one.objectives):
        _write_objective(book, plan, one, each, place)
    for each in one.contingencies:
        book.Contingency.add(
            plan_id=one.id,
            what_if=each.what_if,
            then=each.then,
            by_whom=each.by_whom,
            by_when=each.by_when,
        )
    for each in one.deliveries:
        book.Delivery.add(
            plan_id=one.id,
            requirement_id=each.requirement_id,
            condition_id=each.condition_id,
            route=each.route,
            how=each.how,
            arranged_on=each.arranged_on,
        )


def _write_objective(book, plan, one, objective, place):
    objective_id = book.Objective.add(
        plan_id=one.id,
        area=objective.area,
        what=objective.what,
        about=objective.about,
        place=place,
        sharing=objective.sharing,
    )
    for step in objective.steps:
        action_id = book.PlanAction.add(
            case_id=plan.case_id,
            what=step.what,
            by_whom=step.by_whom,
            by_on=step.by_on,
            made_on=one.begun_on,
            made_by_id=plan.officer.user_id,
            done_on=step.done_on,
            done_note=step.done_note,
            objective_id=objective_id,
            in_draft=one.state == "draft",
            actor=step.actor,
            nature=step.nature,
            protects_id=step.protects.id if step.protects else None,
            sharing=step.sharing,
        )
        _write_clocks(book, plan, step.owed, action_id=action_id)


def _write_override(book, plan, one, head_id):
    one.id = book.Override.add(
        case_id=plan.case_id,
        act=one.act,
        assessment_id=one.of.id if one.act == "assessment" else None,
        plan_id=one.of.id if one.act == "plan" else None,
        state=one.state,
        gaps=one.gaps,
        sentences=one.sentences,
        **{name: one.words[name] for name in SIX},
        expires_on=one.expires_on,
        asked_at=at_mid_morning(one.asked_on),
        asked_by_id=plan.officer.user_id,
        decided_at=_at(one.decided_on, LATER_THAT_DAY),
        decided_by_id=one.decided_by.user_id if one.decided_by else None,
        decision_note=one.decision_note,
        opened_case=one.opened_case,
        sampled=one.sampled,
        read_at=_at(one.read_on),
        read_by_id=head_id if one.read_on else None,
        read_note=one.read_note,
        closed_on=one.closed_on,
        closed_how=one.closed_how,
    )
    _write_clocks(book, plan, one.owed, override_id=one.id)


def _write_route(book, plan, one):
    one.id = book.RouteDecision.add(
        case_id=plan.case_id,
        requirement_id=plan.requirements.get(one.requirement),
        removed=one.removed,
        because=one.because,
        route=one.route,
        replacement=one.replacement,
        owner_id=plan.officer.user_id,
        by_on=one.by_on,
        decided_on=one.decided_on,
        decided_by_id=plan.team.spo.user_id,
        booked_for=_at(one.booked_for),
        booked_with=one.booked_with,
        booked_at=_at(one.booked_on),
        booked_by_id=plan.team.spo.user_id if one.booked_on else None,
    )
    _write_clocks(book, plan, one.owed, route_id=one.id)


def _write_clocks(book, plan, clocks, **about):
    for one in clocks:
        deadline(
            book, plan, one.kind, one.triggered_on, one.due_on, one.why, met_on=one.met_on, **about
        )


def _at(on, later=timedelta()):
    return at_mid_morning(on) + later if on else None

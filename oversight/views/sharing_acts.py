"""Pages on which something is done about a proposal: one case moved, asked anew, published, dropped."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view, staff_view
from cases.rules.gaps import gates, warnings
from cases.rules.words import counted
from oversight.forms.sharing import MoveForm, PublishForm
from oversight.queries import sharing as queries
from oversight.queries.sharing_list import what_of
from oversight.queries.sharing_standing import changed_since, is_held, standing_of
from oversight.rules.sharing_stands import choices_for
from oversight.services import sharing as services
from oversight.services import sharing_publish
from oversight.services.sharing import check_proposed
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of


@case_view(Action.SHARE_OUT_CASES)
def move_in_sharing(request, case, sharing):
    """Whom one case is proposed for: each officer who may have it, with what is warned of, all else as it is proposed."""
    one = _found(request, sharing)
    if closed := _closed(request, one):
        return closed
    standing = standing_of(one)
    facts = next((each for each in standing.asked.cases if each.key == case.pk), None)
    if facts is None:
        messages.info(
            request, f"{case.crn} takes no part in this proposal. Take it in again first."
        )
        return redirect("sharing", sharing=one.pk)
    others = {pk: to for pk, to in standing.chosen.items() if pk != case.pk}
    choices = choices_for(facts, standing.asked, standing.policy, others)
    people = User.objects.in_bulk([each.officer.key for each in choices])
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        choices=[(people[each.officer.key].username, people[each.officer.key], _in_words(each, facts)) for each in choices if not each.refused],
        initial=_begun(standing, case, people),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        service = services.leave_out_of_sharing if form.leaves_out else services.move_in_sharing
        if form.carry_out(service, sharing=one, case=case, by=request.user, now=now()):
            messages.success(
                request, f"{case.crn} is settled, and all figures are worked out with it."
            )
            return redirect("sharing", sharing=one.pk)
    context = {
        "form": form,
        "heading": f"Whom is {case.crn} proposed for?",
        "name": case.list_name,
        "choices": choices,
        "warned": [(each.officer.name, [found.sentence for found in warnings(each.found)]) for each in choices if not each.refused and warnings(each.found)],
        "refused": [(each.officer.name, [found.sentence for found in gates(each.found)]) for each in choices if each.refused],
        "back": reverse("sharing", args=[one.pk]),
    }  # fmt: skip
    return render(request, "oversight/sharing/move.html", context)


def _in_words(choice, facts):
    stays = ", who holds it now" if facts.holder == choice.officer.key else ""
    warned = counted(len(warnings(choice.found)), "warning")
    beside = f"; {warned}" if warnings(choice.found) and not stays else ""
    return f"{choice.officer.name}{stays}: {choice.after.percent}% with it{beside}"


def _begun(standing, case, people):
    move = standing.moves.get(case.pk)
    return {"to": people[move.to_officer_id].username, "because": move.because} if move else {}


@staff_view(Action.SHARE_OUT_CASES)
def publish_sharing(request, sharing):
    one = _found(request, sharing)
    if closed := _closed(request, one):
        return closed
    standing, user = standing_of(one), request.user
    moves = list(services.moves_of(one))
    if not standing.whole or not moves:
        messages.info(request, sharing_publish.NOT_WHOLE if not standing.whole else sharing_publish.NOTHING)  # fmt: skip
        return redirect("sharing", sharing=one.pk)
    changed, sees = changed_since(one, standing, localdate(), user), sharing_publish.sees_all(moves, user)  # fmt: skip
    if not (changed or sees):
        messages.info(request, sharing_publish.NOT_ALL_SEEN)
        return redirect("sharing", sharing=one.pk)
    offered = [each for each in moves if is_held(each)]
    words = words_of(request)
    kinds = sharing_publish.warned_of(one, standing) if sees else ()
    form = words.form(PublishForm, kinds=kinds, offers=bool(offered))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(sharing_publish.publish_sharing, sharing=one, by=user, now=now())
        if done:
            words.forget()
            messages.success(request, _published(done))
            return redirect("sharing", sharing=one.pk)
    context = {
        "form": form,
        "words": words,
        "what": what_of(one),
        "named": len(moves) - len(offered),
        "offered": len(offered),
        "stays": len(standing.chosen) - len(moves),
        "changed": list(dict.fromkeys(changed[pk] for pk in sorted(changed))),
        "one": one,
        "back": reverse("sharing", args=[one.pk]),
    }
    return render(request, "oversight/sharing/publish.html", context)


def _published(done):
    parts = []
    if done.named:
        parts.append(f"{counted(done.named, 'case')} given an officer")
    if done.offered:
        parts.append(f"{counted(done.offered, 'case')} offered, each of which waits for an answer")
    return f"Published, to be carried out within minutes: {' and '.join(parts)}. You are told when it is done."


@staff_view(Action.SHARE_OUT_CASES)
@require_POST
def leave_out_changed(request, sharing):
    one = _found(request, sharing)
    try:
        number = sharing_publish.leave_out_changed(sharing=one, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{counted(number, 'case')} left out. The rest is as it was.")
    return redirect("sharing", sharing=one.pk)


@staff_view(Action.SHARE_OUT_CASES)
@require_POST
def ask_again(request, sharing):
    return _do(
        request, sharing, services.ask_again,
        "It is worked out again, around what you settled and left out by hand.",
    )  # fmt: skip


@case_view(Action.SHARE_OUT_CASES)
@require_POST
def take_in_again(request, case, sharing):
    return _do(
        request, sharing, services.take_in_again,
        f"{case.crn} takes part again, and all is worked out again.",
        case=case,
    )  # fmt: skip


@staff_view(Action.SHARE_OUT_CASES)
@require_POST
def drop_sharing(request, sharing):
    return _do(request, sharing, services.drop_sharing, "It is dropped. Each case stays where it is.")  # fmt: skip


def _do(request, key, service, said, **about):
    one = _found(request, key)
    try:
        service(sharing=one, by=request.user, now=now(), **about)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("sharing", sharing=one.pk)


def _found(request, key):
    return get_object_or_404(queries.sharings_within(request.user), pk=key)


def _closed(request, one):
    """Where nothing can be changed any more: back, with why. What was typed is kept."""
    try:
        check_proposed(one)
    except RuleBroken as refusal:
        say_closed(request, str(refusal))
        return redirect("sharing", sharing=one.pk)
    return None

"""The outbox: what waits to go by e-mail, and what a person must decide about."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.models import Message
from cases.queries.messages import outbox_rows, outbox_state, page_to_decide
from cases.rules.addresses import address, number
from cases.services import messages as services
from staff.errors import RuleBroken
from staff.permissions import Action

SIZE = 50


@staff_view(Action.SET_AGENCIES)
def outbox(request):
    after = number(request.GET.get("after", ""))
    found = page_to_decide(after, SIZE)
    here = reverse("outbox")
    context = {
        "outbox": outbox_state(request.user),
        "rows": outbox_rows(found.rows, request.user),
        "first": here if after else "",
        "next": address(here, after=found.next_after) if found.next_after else "",
    }
    return render(request, "cases/outbox.html", context)


def _deciding(service, said):
    """The address of one decision about a message: it is made, and the outbox says what follows."""

    @staff_view(Action.SET_AGENCIES)
    @require_POST
    def decide(request, message):
        found = get_object_or_404(Message, pk=message)
        try:
            service(message=found, by=request.user, now=now())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return redirect("outbox")

    return decide


send_again = _deciding(
    services.send_again, "It waits to go again. The system sends it within a minute."
)
say_it_went = _deciding(
    services.say_it_went, "Recorded as sent. If no answer comes, it is chased like any other."
)
cancel = _deciding(services.cancel_message, "It will not be sent. Nothing more is owed on it.")

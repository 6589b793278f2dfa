"""When the responsible officer and somebody in prison have spoken in this stay, as the log has it.

Source: report 4.2 and 2.3 (contact with the officer before release in just over half of cases).
"""

from django.db.models import F, Min, Q

from cases.models import Contact

# A visit there, by video or by telephone: anything in which they came to speak to each other
SPEAKING = ("CPVS", "COVC", "COPT", "COAP", "COOO", "C084", "C444")


def spoken_on(custodies):
    """{key of the custody: the first day on which they spoke}; absent where they have not."""
    found = (
        Contact.objects.filter(
            Q(case__custodies__released_on=None)
            | Q(started_at__date__lte=F("case__custodies__released_on")),
            case__custodies__in=custodies,
            type_code__in=SPEAKING,
            attended=True,
            started_at__date__gte=F("case__custodies__received_on"),
        )
        .order_by("case__custodies")
        .values_list("case__custodies")
        .annotate(first=Min("started_at__date"))
    )
    return dict(found)

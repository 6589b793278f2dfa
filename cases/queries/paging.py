"""Pages of a long list by key, never by offset: the next page starts after the last row shown."""

from dataclasses import dataclass

from django.db.models import Q

NUL = "\0"


@dataclass(frozen=True)
class Page:
    rows: list
    next_after: str  # what the next page starts after; blank on the last page

    @classmethod
    def begun(cls, rows, size, known_by="crn"):
        """Of rows read in order, one more of them than `size` where there are as many."""
        more = len(rows) > size
        return cls(rows[:size], str(getattr(rows[size - 1], known_by)) if more else "")


def page_of(queryset, *, keys, after, size, known_by="crn"):
    """The `size` rows after the one whose `known_by` is `after`, in the order of `keys`.

    `keys` are names of columns or annotations that are never null, "-" first for descending, the
    last of them unique. The address carries a CRN or a number, and nothing else of anybody. One
    that is not (or no longer) in the list starts the list again.
    """
    names = [key.removeprefix("-") for key in keys]
    ordered = queryset.order_by(*keys)
    if after and NUL not in str(after):  # which no column holds
        last = queryset.filter(**{known_by: after}).values_list(*names).first()
        if last:
            ordered = ordered.filter(_beyond(keys, last))
    return Page.begun(list(ordered[: size + 1]), size, known_by)


def _beyond(keys, values):
    """Strictly later in the order: equal on the first keys, beyond on the next."""
    beyond, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.removeprefix("-")
        test = "lt" if key.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{name}__{test}": value})
        equal &= Q(**{name: value})
    return beyond

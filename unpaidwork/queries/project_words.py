"""What stands of a project and its parts, as a form begins with it and as two writers are told apart by it."""

BENEFICIARY = (
    "name",
    "contact",
    "telephone",
    "email",
    "address",
    "may_be_told",
    "agreed_on",
    "agreement_until",
    "insured_until",
)
PROJECT = (
    "code",
    "name",
    "kind",
    "team",
    "beneficiary",
    "address",
    "postcode",
    "point",
    "from_on",
    "to_on",
    "takes",
    "most",
    "ratio",
    "hi_vis",
    "step_free",
    "toilets",
    "signal",
    "fallback",
    "what_is_done",
    "tasks",
    "benefit",
    "accredits",
)
DAYS = ("weekday", "every", "from_on", "to_on", "from_at", "to_at")
NEIGHBOUR = ("near", "what", "point", "when")
PICK_UP = ("code", "where", "postcode", "point", "closed_on")
ROUTE = ("name", "line", "seats", "stops")


def held(row, names):
    """{name: what the row holds}. A place is `point`; the stops of a route are [(pick-up, time)] in order."""
    return {name: _held(row, name) for name in names}


def plain(said):
    """The same in plain values: days and times as they are written in data, rows by their keys."""
    return {name: _plain(value) for name, value in said.items()}


def _held(row, name):
    if name == "point":
        return None if row.easting is None else (row.easting, row.northing)
    if name == "stops":
        return list(row.stops.order_by("at").values_list("pick_up", "at"))
    return getattr(row, name)


def _plain(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return getattr(value, "pk", value)

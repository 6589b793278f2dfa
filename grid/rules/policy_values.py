"""Reads the single values of a policy as it is kept. Each refuses with a ValueError that says what the value must be."""

MOST_WORDS = 300  # letters of what is written in words


def plain(name):
    """As staff read the name of a field: "harm up to"."""
    return name.replace("_", " ")


def whole(name, value, least, most):
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return value


def wholes(name, values, least, most):
    """Each once, the smallest first."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list, not {values!r}")
    return tuple(sorted({whole(name, value, least, most) for value in values}))


def yes_or_no(name, value):
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be yes or no, not {value!r}")
    return value


def yes_no_or_either(name, value):
    return None if value is None else yes_or_no(name, value)


def one_of(name, kind, value):
    try:
        return kind(value)
    except ValueError as problem:
        raise ValueError(f"{name} cannot be {value!r}") from problem


def several(name, kind, values):
    """Each once, in the order in which the codes stand."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list, not {values!r}")
    said = {one_of(name, kind, value) for value in values}
    return tuple(member for member in kind if member in said)


def names(name, values):
    """Names of places, each once, in the order given."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list, not {values!r}")
    said = [words(name, value) for value in values]
    if "" in said:
        raise ValueError(f"{name} must have a name each")
    return tuple(dict.fromkeys(said))


def words(name, value):
    """Without blanks around it."""
    if not isinstance(value, str) or len(value.strip()) > MOST_WORDS:
        raise ValueError(f"{name} must be words, of {MOST_WORDS} letters at most")
    return value.strip()

"""Headings for the notes of a meeting. Nobody must use them, and there is no length to reach.

Source: the skills of a structured one-to-one (check-in, review, intervention, summarise, set tasks), as probation
services record it under the name CRISS; features row 60.
"""

HEADINGS = ("Check-in", "Review", "Intervention", "Summarise", "Set tasks")
NEXT = "Set tasks"  # under which stands what was agreed for next time
ALSO_NEXT = (
    "What was agreed",
    "Agreed",
    "Next",
    "Actions",
)  # as others head it, up to a blank line


def with_headings(notes):
    """The notes with every heading in place: those that are missing come after what is written."""
    have = {_read(line)[0] for line in notes.split("\n")}
    missing = [f"{one}:\n" for one in HEADINGS if one not in have]
    return "\n".join([*([notes.rstrip()] if notes.strip() else []), *missing])


def without_empty_headings(notes):
    """The notes without the headings under which nobody wrote anything."""
    kept: list[str] = []
    pending: list[str] = []  # a heading with nothing beside it, and blank lines after it
    for line in notes.split("\n"):
        heading, beside = _read(line)
        if heading and not beside:
            pending = [line]
        elif pending and not line.strip():
            pending.append(line)
        else:
            kept += [*([] if heading else pending), line]
            pending = []
    return "\n".join(kept).strip()


def agreed_for_next_time(notes):
    """What stands under the heading of tasks, or one that says the same; blank where nobody used one."""
    found: list[str] = []
    under = ends_at_blank = False
    for line in notes.split("\n"):
        heading, beside = _read(line)
        if heading:
            under, ends_at_blank = heading == NEXT, False
            found += [beside] if under and beside else []
        elif line.strip().rstrip(":") in ALSO_NEXT:
            under = ends_at_blank = True
        elif under and ends_at_blank and not line.strip():
            under = False
        elif under:
            found.append(line)
    return "\n".join(found).strip()


def _read(line):
    """(heading, what is written beside it) of a line; a heading only where it begins the line."""
    words = line.strip()
    for one in HEADINGS:
        if words == one:
            return one, ""
        if words.startswith(f"{one}:"):
            return one, words[len(one) + 1 :].strip()
    return "", words

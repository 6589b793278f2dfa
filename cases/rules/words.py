"""Small turns of phrase that pages about a case share. Source: GOV.UK style."""


def age_on(born_on, today):
    """Age in whole years; None when the date of birth is not known."""
    if born_on is None:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def shortened(text, longest):
    """The text in one line of at most so many letters, cut between words and marked where cut."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text.rstrip(".")
    whole = text[: longest - 3].rsplit(" ", 1)[0][: longest - 4]  # leaves room for the mark
    return f"{whole.rstrip(' ,;:.')} ..."


def listed(words, comma=", "):
    """Each once, in order: "children, a partner and the public"."""
    words = list(dict.fromkeys(words))
    if len(words) < 2:
        return "".join(words)
    return f"{comma.join(words[:-1])} and {words[-1]}"


def counted(number, noun, nouns=""):
    """ "1 day", "2 days"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def times(count):
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def days_ago(days):
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def sentence(text):
    """With a capital to begin with."""
    return text[:1].upper() + text[1:]


def ended(text):
    """With a stop at its end, so that another sentence may follow."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def unquoted(text):
    """Without the marks around the whole of it, where whoever places it sets marks of their own."""
    text = text.strip()
    if len(text) > 2 and (text[0], text[-1]) in {("'", "'"), ('"', '"'), ("‘", "’"), ("“", "”")}:
        return text[1:-1].strip()
    return text


def within_a_sentence(text):
    """Without one, unless it is a name: it begins with MAPPA, or reads Building Better Relationships."""
    first, *others = text.split() or [""]
    letters = len(first) > 1 and first[:2].isupper()
    named = letters or any(word[:1].isupper() for word in others)
    return text if named else text[:1].lower() + text[1:]

"""An assessment document: the level of harm it states, the scores in it, and the whole of it kept.

Source: published shapes of OASys (ORDS) and ARNS documents. Only a completed assessment counts.
"""

from cases.rules.importing.document import given
from cases.rules.importing.harm import is_complete, level_of, overall_harm
from cases.rules.importing.keys import LineRejected
from cases.rules.importing.values import NotThat, as_number

SCORES = {  # kind: (where in the document, one year, two years, level)
    "ogrs3": (
        ("groupReconvictionScore", "oneYear", "twoYears", "scoreLevel"),
        ("OGRS", "ogrs31Year", "ogrs32Year", "ogrs3RiskRecon"),
    ),
    "ovp": (
        ("violencePredictorScore", "oneYear", "twoYears", "ovpRisk"),
        ("OVP", "ovp1Year", "ovp2Year", "ovpRisk"),
    ),
    "ogp": (
        ("generalPredictorScore", "ogp1Year", "ogp2Year", "ogpRisk"),
        ("OGP", "ogp1Year", "ogp2Year", "ogpRisk"),
    ),
    "rsr": (
        ("riskOfSeriousRecidivismScore", "", "percentageScore", "scoreLevel"),
        ("RSR", "", "rsrPercentageScore", "scoreLevel"),
    ),
}


def map_assessment(doc):
    """{part: row or rows}. Raises LineRejected."""
    doc.drop("kind", "crn", "assessmentId", "lastUpdatedDateTime")
    source, completed_on = doc.text("source"), doc.day("completedOn")
    if not completed_on:
        raise LineRejected("no date: completedOn is missing or not a date")
    document = doc.take("document", dict) or {}
    if not is_complete(document):
        raise LineRejected("not complete: only completed assessments count")
    ext = doc.take("ext", dict) or {}
    rosh = _object(ext.get("rosh"))
    row = {
        "source": source,
        "completed_on": completed_on,
        "harm": level_of(rosh.get("overall")) or overall_harm(document),
        "document": document | ({"ext": ext} if ext else {}),
    }
    return {
        "assessment": given(row),
        "predictors": _scores(doc, document, ext, source, completed_on),
    }


def _object(value):
    return value if isinstance(value, dict) else {}


def _scores(doc, document, ext, source, completed_on):
    outputs = [document, document.get("output")]
    supplied = _object(ext.get("predictors"))
    rows = []
    for kind, shapes in SCORES.items():
        places = [(supplied, shape) for shape in _ours(kind)]
        places += [(output, shape) for output in outputs for shape in shapes]
        found = next(filter(None, (_read(doc, *place) for place in places)), None)
        if found:
            rows.append({"kind": kind, "assessed_on": completed_on, "source": source} | found)
    return rows


def _ours(kind):
    """The shapes in which our own extract may send a score of this kind."""
    return [(kind, "oneYear", two_years, "level") for two_years in ("twoYears", "percent")]


def _read(doc, document, shape):
    """The score of one shape in a document; None when it is not there."""
    where, one_year, two_years, level = shape
    scores = document.get(where) if isinstance(document, dict) else None
    if not isinstance(scores, dict):
        return None
    one = _percent(doc, f"{where}.{one_year}", scores.get(one_year))
    two = _percent(doc, f"{where}.{two_years}", scores.get(two_years))
    if one is None and two is None:
        return None
    word = scores.get(level)
    word = word[:20] if isinstance(word, str) else ""
    return {"one_year": one, "two_year": two, "level": word}


def _percent(doc, path, given_value):
    try:
        return as_number(given_value, 100)
    except NotThat as wrong:
        doc.reject(path, str(wrong))
        return None

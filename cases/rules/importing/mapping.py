"""One line of an extract as rows of ours, with what was wrong with it and what no column holds.

Source: the import contract in docs/import.md.
"""

from dataclasses import dataclass, field

from cases.rules.importing import offenders
from cases.rules.importing.assessments import map_assessment
from cases.rules.importing.contacts import map_circumstance, map_contact, map_intervention
from cases.rules.importing.convictions import map_conviction, map_requirement
from cases.rules.importing.document import Document, Notes
from cases.rules.importing.keys import Kind
from cases.rules.importing.registrations import map_registration

MAPS = {
    Kind.OFFENDER: offenders.map_offender,
    Kind.CONVICTION: map_conviction,
    Kind.REQUIREMENT: map_requirement,
    Kind.REGISTRATION: map_registration,
    Kind.CONTACT: map_contact,
    Kind.NSI: map_intervention,
    Kind.PERSONAL_CIRCUMSTANCE: map_circumstance,
    Kind.ASSESSMENT: map_assessment,
}


@dataclass
class Mapped:
    """`parts` is {part: row or list of rows}; what is left has the document's own keys."""

    parts: dict
    notes: Notes = field(default_factory=Notes)
    left: dict = field(default_factory=dict)


def map_line(kind, line):
    """The rows of one line. Raises LineRejected."""
    notes = Notes()
    doc = Document(line, notes)
    parts = MAPS[kind](doc)
    left = offenders.left(doc, parts) if kind is Kind.OFFENDER else doc.left()
    return Mapped(parts, notes, left)

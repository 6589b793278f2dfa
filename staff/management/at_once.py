"""Operations of a migration that are done one after another and for which the models are drawn once.

Django draws every model that is related to the one an operation changes, which here are nearly all of them, for each
operation. A fresh database took most of its time to migrate for that alone.
"""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import IndexOperation


class AtOnce(Operation):
    """Several operations of one kind, none of which asks for what another has made: new tables, new columns, or
    what is added to tables that are there. The models are those of before and after the whole, and for indexes,
    constraints and triggers, were it one alone, they are not drawn again."""

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label, state):
        drawn = state.__dict__.pop(
            "apps", None
        )  # again when they are asked for, with all of it done
        for one in self.operations:
            one.state_forwards(app_label, state)
        if drawn and all(isinstance(one, IndexOperation) for one in self.operations):
            # An index, a constraint or a trigger changes no column, and is made of what the operation itself holds
            state.__dict__["apps"] = drawn

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations at once"

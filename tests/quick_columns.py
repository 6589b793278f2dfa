"""What tells one column of a query from another, and how each is written, as Django has it and sooner.

Django binds the arguments of each column to the signature of its class, for every column of every query that is ordered.
That took a twentieth of a test of a page. It asks anew by what name each is written, which the query knows of those that it
has written before: another twentieth. What comes of it is the same: `tests/test_quick_columns.py`.
"""

from django.db.models.expressions import Col, Expression
from django.utils.functional import cached_property

AS_DJANGO_DOES = Expression.__dict__["identity"].func
AS_DJANGO_WRITES = Col.as_sql


def identity(self):
    args, named = self._constructor_args
    if named or len(args) != 3:
        return AS_DJANGO_DOES(self)
    alias, target, output_field = map(self._identity, args)
    return self.__class__, ("alias", alias), ("target", target), ("output_field", output_field)


def as_sql(self, compiler, connection):
    written = compiler.quote_cache
    try:
        return f"{written[self.alias]}.{written[self.target.column]}", []
    except KeyError:  # the first of its table or of its name, or of no table
        return AS_DJANGO_WRITES(self, compiler, connection)


def use(patch):
    quick = cached_property(identity)
    quick.__set_name__(Col, "identity")
    patch.setattr(Col, "identity", quick, raising=False)
    patch.setattr(Col, "as_sql", as_sql)

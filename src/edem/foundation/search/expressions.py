"""Text search in Django's words: `tsv__matches`, the vector to store and the rank to order by.

Django's own SearchVector and SearchQuery would cut the words a second time, with PostgreSQL's parser.
"""

from django.contrib.postgres.search import SearchVectorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, FloatField, Func, Lookup, Value
from django.db.models.sql.compiler import SQLCompiler

from edem.foundation.search.lexemes import Weight, vector


@SearchVectorField.register_lookup
class Matches(Lookup):
    """`Document.objects.filter(tsv__matches=lemma_query("ремонт дороги"))`."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}::tsquery", (*left_params, *right_params)


class StoredVector(Func):
    """The words of weighted texts, to be stored: `row.words = StoredVector((title, "A"), (text, "C"))`."""

    template = "%(expressions)s::tsvector"
    output_field = SearchVectorField()

    def __init__(self, *texts: tuple[str, Weight]) -> None:
        super().__init__(Value(vector(*texts)))


class Rank(Func):
    """How well a document answers: a title's word outweighs any number of them further down."""

    template = "ts_rank('{0.01, 0.05, 0.15, 1.0}', %(expressions)s::tsquery)"
    output_field = FloatField()

    def __init__(self, query: str, *, column: str = "tsv") -> None:
        super().__init__(F(column), Value(query))

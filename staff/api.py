"""How the API is described: each operation by what its own method says of itself."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc


class Described(AutoSchema):
    def get_description(self) -> str:  # type: ignore[override]  # as in the class that it stands on
        """`action` of our endpoints is a permission, and not the name of a method as of a view set."""
        return get_doc(getattr(self.view, self.method.lower(), None)) or super().get_description()

"""An address that takes nothing but the press of a button, opened otherwise: what to do is said, rather than an empty page shown.

Whoever was signed out when they pressed it is led there once they have signed in.
"""

from django.shortcuts import render
from django.urls import Resolver404, resolve

NOT_ALLOWED, OPENED = 405, ("GET", "HEAD")


def say_where_the_button_is(get_response):
    """Middleware: of a page that only takes a button, that nothing was done, and the page above it. The API says so itself."""

    def answer(request):
        response = get_response(request)
        empty = response.status_code == NOT_ALLOWED and not response.content
        if not empty or request.method not in OPENED or not request.user.is_authenticated:
            return response
        said = render(request, "405.html", {"above": page_above(request.path)}, status=NOT_ALLOWED)
        said["Allow"] = response["Allow"]
        return said

    return answer


def page_above(path: str) -> str:
    """The nearest address above this one at which there is anything, as far as the first page of the day."""
    while path != "/":
        path = path[: path.rstrip("/").rindex("/") + 1]
        try:
            resolve(path)
        except Resolver404:
            continue
        break
    return path

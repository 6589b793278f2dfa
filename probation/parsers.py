"""How what is sent to the API is read."""

import json

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

TOO_DEEP = "What was sent has lists within lists deeper than anything that is asked for here."
NO_TEXT = (
    "What was sent has half of a letter, or a number beyond all numbers, which nothing can hold."
)


class Json(JSONParser):
    """JSON, in which what nobody could mean is refused like anything else that cannot be read."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            found = super().parse(stream, media_type, parser_context)
            json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        except ValueError as error:
            raise ParseError(NO_TEXT) from error
        return found

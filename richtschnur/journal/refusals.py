"""What an operation raises when an act may not be: always a translated sentence for a person."""

from __future__ import annotations


class Refused(Exception):
    """The act may not be now; `str()` says why and what to do. `code` is for machines."""

    def __init__(self, message: object, *, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code

    def __str__(self) -> str:
        return str(self.args[0])


class Forbidden(Refused):
    """This person may not do this, whenever it is."""

    def __init__(self, message: object) -> None:
        super().__init__(message, code="forbidden")

"""What can go wrong with handing a message over, as clients see it."""

from app.errors import AppError


class LetterTooLong(
    AppError,
    code="letter_too_long",
    status=409,
    title="The letter does not fit one page",
    explanation="A letter after an interview has one page. This one is too long for it, even in the smallest type that "
    "is well read on paper.",
    remedy="Shorten the message, or hand it over as plain text.",
):
    """A message that needs more paper than a letter has."""

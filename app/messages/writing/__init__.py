"""Writes drafts: facts in, a text in the reader's language out. Knows no database, no web framework and no clock.

A language is a folder in `languages`; its README says how one is written.
"""

from app.messages.writing.choosing import Choice, choose
from app.messages.writing.drafts import written
from app.messages.writing.language import LANGUAGES, Language
from app.messages.writing.occasion import Draft, Missing, Occasion, Person

__all__ = ["LANGUAGES", "Choice", "Draft", "Language", "Missing", "Occasion", "Person", "choose", "written"]

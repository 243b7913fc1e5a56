"""Companies: employers the user has to do with, and what is reported of their practice."""

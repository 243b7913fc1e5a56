"""Contacts: people of the user's interviews, and how they wish to be written to."""

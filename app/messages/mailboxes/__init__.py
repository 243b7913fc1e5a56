"""Mailboxes: where the user's own mail leaves from, over SMTP submission and with their password."""

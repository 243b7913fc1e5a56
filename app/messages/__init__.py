"""Messages to the people of an interview: drafts, what may be sent, and the ways out."""

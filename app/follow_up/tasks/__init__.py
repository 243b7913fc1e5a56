"""Tasks for clients: lists of them, what is to be done today, and saying that something is done."""

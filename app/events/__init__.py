"""Events: what has happened to a user's things, in order."""

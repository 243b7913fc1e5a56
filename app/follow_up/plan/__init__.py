"""The plan: what to do after each interview and in the whole search, derived from facts and decisions."""

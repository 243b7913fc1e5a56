"""The rules: whether and how to follow up after an interview, decided from facts and evidence. Pure."""

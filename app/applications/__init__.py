"""Applications: for which position, at which company, and how far it has come."""

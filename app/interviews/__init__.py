"""Interviews: when and how they are held, who takes part, and what the user makes of them."""

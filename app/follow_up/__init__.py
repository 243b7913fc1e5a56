"""Following up after an interview: decisions, and the rules they rest on. The only feature that calls the rules."""

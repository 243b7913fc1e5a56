"""Measures what the rules and the server cost, as ratios against something else in the same run."""

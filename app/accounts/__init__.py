"""Accounts: who somebody is, and what the programs they trust may do."""

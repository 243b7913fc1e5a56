"""Mail: written as RFC 5322 has it, and handed to a server by SMTP submission (RFC 6409). Knows no user and no row."""

"""References: people who speak for the user, asked first, told in time, thanked at the end."""

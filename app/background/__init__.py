"""Work that nobody asked for: what is to happen when time has passed."""

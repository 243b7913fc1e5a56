"""Ways out of here that leave the sending to the user: a link, a file, plain text, a letter."""

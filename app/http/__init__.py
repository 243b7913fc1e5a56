"""What every feature's HTTP face stands on: errors, conditional requests, health, documents, log and metrics."""

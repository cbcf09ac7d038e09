"""What a run changed that somebody waits for: alerts, and the file that each of them reaches exactly once."""

"""evaluate: measures what every stage found against a truth, of a made-up world or of a user's own labels."""

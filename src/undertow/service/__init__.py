"""The match service: a platform asks whether a hash or a picture is on a list that is in force. It asks `answering`."""

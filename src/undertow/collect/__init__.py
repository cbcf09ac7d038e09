"""collect: keeps every original under its hash and reads it into records of six kinds."""

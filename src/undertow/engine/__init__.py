"""The engine: five verbs on which every stage runs, on one machine or on many."""

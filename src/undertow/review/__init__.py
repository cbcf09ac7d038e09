"""review: what people decided, and the answers that a person asks for."""

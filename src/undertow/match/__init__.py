"""match: brings together texts that were cut from one template."""

"""What the readers know of the world: limits, headers, months, signatures of formats. Each file names its source."""

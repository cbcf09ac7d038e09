"""Word lists, registries and the gazetteer of the finders, each with its source in README.md or in its first lines."""

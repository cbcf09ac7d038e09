"""link: joins what shares a selector or a template, without letting a hub join the world."""

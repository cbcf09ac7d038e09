"""assess: says which published signs a network shows, with evidence for and against, and ranks the leads."""

"""The workbench in a browser, on this machine alone: pages of one person over one workspace."""

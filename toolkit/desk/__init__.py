"""The small window for people who do not type commands: choose a workspace, consolidate, look at what came of it."""

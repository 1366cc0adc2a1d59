"""What is asked of a workspace: how things stand, what is wrong, where a value came from. Reads, changes nothing."""

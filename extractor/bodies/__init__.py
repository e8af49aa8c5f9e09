"""The registry of bodies: mention + jurisdiction + date → body."""

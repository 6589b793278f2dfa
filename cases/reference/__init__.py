"""nDelius codes that our rules turn on, and the deadlines we keep. Lists nothing branches on are rows."""

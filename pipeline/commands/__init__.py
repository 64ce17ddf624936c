"""The commands, one module each with `run`; they know paths, and join what the other rooms do."""

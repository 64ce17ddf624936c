"""The rooms that touch the network. Nothing imports them but the command line."""

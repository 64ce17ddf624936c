// Network.

"""Proofs of reliability besides the simulation: real processes, databases and networks, and hostile input."""

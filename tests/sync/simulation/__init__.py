"""A whole firm in one process: the shipped clients, the shipped server, and a network and a clock that lie.

The oracle (oracle*.py) is written from I1–I10 of the protocol and not from the code that it judges.
"""

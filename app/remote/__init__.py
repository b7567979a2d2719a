"""The only place that speaks HTTP to the server: transport, the calls of the contract, sign-in."""

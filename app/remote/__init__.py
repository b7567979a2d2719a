"""Calls over HTTP: the contract's routes, sign-in, proxies and certificates."""

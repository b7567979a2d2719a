"""Numbered cases of the domain document through the real server over HTTP, with the real client."""

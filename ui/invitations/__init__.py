"""Sent invitations."""

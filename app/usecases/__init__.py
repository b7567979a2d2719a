"""What the screens may call: commands and queries, one module per screen.

Everything here runs on the ``db`` thread (``Background.run``) and returns frozen values. ``Workspace`` is
what all of it stands on; ``Events`` tells what a write has changed.
"""

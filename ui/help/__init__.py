"""The help for bookkeepers, a page per screen."""

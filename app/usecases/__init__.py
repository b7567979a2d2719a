"""What the screens may call: commands and queries, one module per screen."""

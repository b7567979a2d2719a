"""Numbers each change and hands the changes out in order."""

"""Files in and out: csv, xlsx, SIE, and what they hold."""

"""Papers: lists and customer sheets as pages, to print or to save as PDF."""

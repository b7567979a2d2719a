"""Evidence, candidates, scores and explanations for unlinked collaborations."""

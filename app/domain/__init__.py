"""Values and rules of collaborations: no input, no output, no clock of its own."""

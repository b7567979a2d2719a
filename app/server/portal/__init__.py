"""The pages that a customer opens from an invitation."""

"""What has not been sent yet, and what stopped."""

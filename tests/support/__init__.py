"""What tests share: clocks, builders, guards."""

"""Who is calling: staff, devices, codes and tokens."""

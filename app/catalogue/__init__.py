"""The services, engagement types and product names of resources/catalogue."""

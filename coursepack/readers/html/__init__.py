"""HTML of others → blocks of the model."""

"""Pictures as they may be published: told by their content, and rid of all that a camera wrote into them."""

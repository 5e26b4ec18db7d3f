"""A plan.json becomes the decisions of a plan and the claims of its proof."""

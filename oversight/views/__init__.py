"""Pages that read across cases and the apps that stand on them."""

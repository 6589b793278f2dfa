"""What is asked on the pages that read across."""

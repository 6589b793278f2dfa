"""What is passed between us and other agencies: files in, letters and e-mail out."""

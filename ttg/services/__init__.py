"""What is done in Through the Gate: receiving, planning, referring, handing over."""

"""What is done in unpaid work: assessing its risk, allocating, running sessions, crediting hours."""

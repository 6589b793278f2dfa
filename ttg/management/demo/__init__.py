"""Stays in prison and releases of the demonstration, with what is planted in them."""

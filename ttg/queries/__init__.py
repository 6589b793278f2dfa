"""What pages, endpoints and services read of Through the Gate."""

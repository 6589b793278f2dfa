"""What leaves us: papers."""

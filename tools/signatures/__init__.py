"""./edem verify-signature."""

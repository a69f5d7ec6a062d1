"""Pages of the ways that stay on the platform: a signed file, the signing widget, MobileID. They end in `entering`."""

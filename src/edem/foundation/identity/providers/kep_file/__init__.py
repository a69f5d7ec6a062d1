"""КЕП from a person's own program: they sign the platform's text outside and bring the file."""

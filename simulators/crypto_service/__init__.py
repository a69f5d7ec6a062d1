"""A crypto service of the sandbox: holds the installation's decryption key and opens what providers encrypt for it."""

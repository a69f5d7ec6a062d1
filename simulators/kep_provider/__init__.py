"""Certificates of fictional people for the stands that sign: under the sandbox's one root, good and bad on demand."""

"""The sample community: fictional, generated from a seed, its days counted back from today."""

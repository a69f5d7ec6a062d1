"""Sign-in of staff through a city's own OpenID Connect provider; an account here comes first, nobody signs up."""

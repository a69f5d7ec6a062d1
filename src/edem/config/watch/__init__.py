"""How the platform is watched: is it alive, is it ready, what does it count. Answers also when the database is gone."""

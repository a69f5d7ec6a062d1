"""Emergency access («розбите скло»): a role for hours, with a reason, in full view, reviewed afterwards by another."""

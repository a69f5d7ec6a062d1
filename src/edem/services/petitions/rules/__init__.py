"""Petition rules: Art. 23-1 of the Law on Citizens' Appeals (393/96-ВР) and the community's charter. Pure."""

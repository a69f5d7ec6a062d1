"""The words of Open311 GeoReport v2: what a program may ask, and how it is answered in XML and in JSON. Pure."""

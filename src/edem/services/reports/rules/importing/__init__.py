"""Reports that come from elsewhere as a file: read, mapped onto our fields, and checked row by row. Pure."""

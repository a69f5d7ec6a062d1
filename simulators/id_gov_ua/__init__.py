"""A test stand of id.gov.ua: the documented wire format over HTTP, with fictional residents to choose from."""

"""КЕП in the browser through the signing widget of id.gov.ua («EndUser»): the key never reaches the platform."""

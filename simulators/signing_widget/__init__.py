"""The signing widget of id.gov.ua («EndUser») with fixture keys, and a program that signs a file and gives a .p7s."""

"""A test stand of BankID of the National Bank: its wire format over HTTP, answers signed by a bank and encrypted."""

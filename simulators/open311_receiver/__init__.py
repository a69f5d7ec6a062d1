"""An organisation's own Open311 server for the demo and tests: takes requests, and misbehaves on wish."""

"""Running the service: what administrators order for the moment, copies of the data, what is kept how long."""

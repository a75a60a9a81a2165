"""Reading the national portal's own interface, politely: raw answers into a folder that the importer then reads."""

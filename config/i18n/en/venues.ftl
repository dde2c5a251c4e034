# The registry of venues.
venues = Venues

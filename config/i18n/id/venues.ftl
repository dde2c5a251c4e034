# The registry of venues.
venues = Lokasi

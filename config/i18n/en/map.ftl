# The map of venues.
map-title = Map of venues
map-lead = { $never } of { $count } venues on the map have never had an outreach visit.
map-lead-all = All { $count } venues on the map have had an outreach visit.
map-lead-none = No venue has coordinates yet.
map-measure = The larger a mark, the more a day there yields: { $service }, { $period }.
map-filters = Filter the map
map-colour = Marks by
map-colour-recency = Last visit
map-colour-kind = Kind of venue
map-zoom = Zoom of the map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-zoom-all = All
map-how = Move with a finger, the mouse or the arrow keys; zoom with the wheel, two fingers, + or −. Choose a mark to see what it is.
map-grid = Grid lines are { $km } apart, north is up. Venues without a result are drawn small.
map-fresh = 0–30 days ago
map-aging = more than 30 days
map-never = never an outreach visit
map-hollow = no result yet
map-group-learning = school, campus, pesantren
map-group-trade = market, mall, bank
map-group-work = company
map-group-government = office, village hall, RW
map-group-health = hospital, health centre
map-group-gathering = crowd event, worship, other
map-yield = { $mean } per day on average (n = { $days })
map-yield-short = { $mean } per day on average
map-last-visit = last outreach visit: { $when }
map-never-visited = never
map-today = today
map-yesterday = yesterday
map-days-ago = { $days ->
    [one] { $days } day
   *[other] { $days } days
} ago
map-book = Book an event here
map-open = Open the venue
map-list = Never visited, then longest ago
map-more = Show { $count ->
    [one] { $count } more venue
   *[other] { $count } more venues
}
map-cut = { $shown } of { $count ->
    [one] { $count } venue
   *[other] { $count } venues
}. Choose a kind or district to see others.
map-far-title = Venues far from the others
map-far = { $regions }. Drawn apart so that the other map need not shrink; grid lines { $km } apart.
map-without-place = Without coordinates: { $count ->
    [one] { $count } venue
   *[other] { $count } venues
}
map-without-place-do = These venues are not on the map. Fill in latitude and longitude on the venue's page, or import the file of venues with the columns latitude and longitude.
map-without-place-ask = These venues are not on the map. Ask a coordinator to fill in latitude and longitude.
map-empty = There are no venues yet. The map shows the venues that have coordinates, what they yield, and when they were last visited.
map-unreported = { $when }, results not reported yet

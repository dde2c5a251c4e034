# The page of the day.
live-on = Connected
live-off = Disconnected, trying again
read-at = read at { $time }
event-add = Create an event
today-first = Start here
today-first-hint = Three steps to the first event. You can stop at any time; what has been saved is kept.
step-venues = One by one, or imported from CSV or Excel. Wrong rows are shown before anything is saved.
step-done = Done
step-team = Add a team
step-team-hint = Officers, operators, vehicles and recording kits.
step-event = Choose venue, day and team; clashes are shown before anything is saved.
to-do = For you to follow up
held-waiting = { $count ->
    [one] { $count } entry waits
   *[other] { $count } entries wait
} for a decision
held-hint = Sent from the field and stored, but not counted yet.
held-open = Decide
overdue = has not been reported
overdue-since = Held on { $date }. { $teams }
not-confirmed = is still { $state ->
    [draft] a draft
   *[other] { $state }
}
remind-by-whatsapp = Remind by WhatsApp
remind-text = Hello. The results of { $event } ({ $date }) have not reached the office yet. Please send them from the phone, or confirm that there were none. Thank you.
open-event = Open the event
all-unreported = See all { $count ->
    [one] { $count } event
   *[other] { $count } events
} not reported yet
in-the-field = In the field today
in-the-field-caption = Today's events, teams, and the results that have come in
open-board = Open this week's board
nobody-out = There is no event today.
venue-and-team = Venue and team
hours = Hours
last-sent = Last sent
officers = { $count ->
    [one] { $count } officer
   *[other] { $count } officers
}
of-expected = of { $count } expected
of-reached = of { $count ->
    [one] { $count } person
   *[other] { $count } people
} reached
expected = { $count } expected
silent = more than 30 minutes ago
nothing-sent = Nothing yet
week-title = This week, { $period }
week-activations = Outreach activations
week-of = of a capacity of { $capacity } ({ $teamdays } team-days)
week-of-missing = of a capacity of { $capacity } ({ $teamdays } team-days), without { $missing ->
    [one] { $missing } event
   *[other] { $missing } events
} not reported yet
week-label = Outreach activations by day: { $days }
warnings-this-week = Warnings this week
phones = Still on officers' phones
phone-keeps = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
} not sent yet
phone-said = last heard { $time }
to-do-reader = Needs attention
over-and-silent = is past its hours, nothing received
week-nothing = No activations recorded this week yet.

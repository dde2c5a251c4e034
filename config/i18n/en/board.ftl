# The board: texts of its pages. Notices after an action begin with done-.
board-title = Board { $period }
board-caption = Events by team and day, { $period }
board-caption-month = Events by day, { $period }
board-summary = { $count ->
    [one] { $count } event
   *[other] { $count } events
}, using { $used } of { $all } working team-days.
board-summary-narrow = { $count ->
    [one] { $count } event matches
   *[other] { $count } events match
} the filter.
board-summary-month = { $count ->
    [one] { $count } event
   *[other] { $count } events
}.
board-warned = { $count ->
    [one] { $count } needs attention
   *[other] { $count } need attention
}.
board-go = Go to another time
board-before = Previous
board-after = Next
board-this-week = This week
board-this-month = This month
board-view = View
board-week = Week
board-month = Month
board-list = List
board-week-of = Week of { $day }
board-state = State
board-all-states = All states
board-all-teams = All teams
board-team-one = Team
board-print = Print
board-today = today
board-add = Add
board-add-to = Add an event for { $team }, { $day }
board-add-on = Add an event, { $day }
board-add-event = Create an event
board-day-empty = No events.
board-team = { $operators ->
    [one] { $operators } operator
   *[other] { $operators } operators
} · { $capacity } people a day
board-used = { $used } of { $working } working days
board-used-off = { $count } on weekends or holidays
board-no-team = No team yet
board-no-team-about = Choose a team on the event’s page
board-unplanned = Unplanned events
board-unplanned-about = Made by officers on the spot
board-holiday = Holiday: { $name }
board-joint-leave = Joint leave: { $name }
board-absent = Absent: { $names }
board-from-hour = from { $time }
board-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
board-day-of = day { $day } of { $count }
board-together = with { $teams }
board-move = Move…
board-copy = Copy…
board-how = Drag a card to another day or team, or choose “Move…”. Choose an empty cell to add an event.
board-attention = Attention
board-cancelled = { $count ->
    [one] { $count } cancelled event is not shown
   *[other] { $count } cancelled events are not shown
}.
board-show-them = Show them
board-more = There are too many events for one board, so some are not shown. Filter by team or district.
board-no-teams = No team yet
board-no-teams-hint = The board shows who goes where. Add a team first, then create its first event.
board-add-team = Add a team
board-none = No event in this week yet
board-none-hint = Create an event, or open the week before and copy it to this one.
board-none-reader = The coordinator has not scheduled anything yet.
board-see-before = Open the week before
board-none-found = No event matches the filter
board-warning-holiday = Falls on a holiday
board-warning-joint-leave = Falls on joint leave
board-warning-venue-closed = Venue is closed that day
board-warning-friday-prayer = Friday 11:30–13:00: Friday prayer
board-warning-over-capacity = { $expected } people expected, capacity { $capacity }
board-lifted = Card lifted. Drop it on another day or team; Esc cancels.
board-sending = Moving…
board-put-back = The card is back in its place.
board-failed = The event was not moved: the server does not answer. Check the connection and try again.
board-choose-other = Choose another
board-not-moved = { $place } was not moved.
board-not-copied = { $place } was not copied.
board-stale = Somebody else has just changed this event. It is now { $now }. Look at it, then move it again if you still need to.
board-clash-team = { $subject } is already at { $holder }, { $when }.
board-clash-officer = { $subject } already serves with { $holder }, { $when }.
board-clash-unit = { $subject } is already used by { $holder }, { $when }.
board-clash-venue = { $subject } is already visited by { $holder }, { $when }.
board-holder = { $teams } at { $venue }
board-holder-for = { $teams } for { $title }
board-more-days = and { $count ->
    [one] { $count } more day
   *[other] { $count } more days
}
board-free-instead = Free instead: { $names }.
board-no-free-team = No other team is free then.
board-no-free-unit = Nothing that could replace it is free then.
board-choice-free = { $name }, free
board-choice-taken = { $name }, used by { $title } ({ $when })
board-none-free = none
board-back = Back to the board
board-move-title = Move { $place }
board-now = Now { $when }.
board-date = Date
board-starts = Starts
board-ends = Ends
board-slots = Parts of the day to reserve
board-slots-hint = Hours are only information; the parts of the day are what cannot clash.
board-day-was = Day { $day }, was { $was }
board-teams = Teams
board-teams-hint = Officers and vehicles come with their team.
board-units = Vehicles and kits
board-units-hint = Change them only if you need to; left alone, they follow the team.
board-vehicles = Vehicles
board-kits = Kits
board-free-then = Free at that time
board-move-do = Move
board-look-free = Check what is free
board-copy-title = Copy { $place }
board-copy-of = From { $when }.
board-copy-what = A copy is a draft with the same venue, teams, kits, services and notes. The letter of request, results and state are not copied.
board-copy-first = First day of the copy
board-copy-first-hint = Its other days keep their distance.
board-copy-do = Copy as a draft
board-copy-week = Copy to next week
board-copy-week-lead = The events of { $from } are copied to { $to }.
board-copy-all = What clashes is left out; the rest is copied all at once, or not at all if something changes meanwhile.
board-copy-none = There is no event to copy
board-copy-none-hint = Cancelled, postponed and not held events are not copied, nor are unplanned ones.
board-copied = Copied: { $count ->
    [one] { $count } event
   *[other] { $count } events
}
board-copied-none = Nothing can be copied. The reasons are below.
board-left = Not copied: { $count ->
    [one] { $count } event
   *[other] { $count } events
}
board-copy-week-do = Copy { $count ->
    [one] { $count } event
   *[other] { $count } events
}
board-days-off-in = Include { $count ->
    [one] { $count } event that falls
   *[other] { $count } events that fall
} on a day off
board-days-off-out = Leave out { $count ->
    [one] { $count } event that falls
   *[other] { $count } events that fall
} on a day off
board-copy-archived = Its venue or team is archived.
board-copy-absent = { $name } is absent on { $day }.
board-copy-taken = Clashes with { $holder }.
board-week-not-copied = The week was not copied; nothing is stored.
board-week-changed = Its events have changed since you opened this page. Look at the new list, then copy again.
board-place = Venue
board-when = When
board-whatsapp = WhatsApp text
board-text = Schedule as a WhatsApp text
board-text-lead = { $period }. Copy this text to a group, or open it in WhatsApp. Postponed and cancelled events are left out.
board-text-language = Language of the text
board-text-open-app = Open in WhatsApp
board-text-copy = Copy the text
board-text-copied = Text copied.
board-text-title = *Outreach schedule { $period }*
board-text-none = No events yet.
board-text-count = Total: { $count ->
    [one] { $count } event
   *[other] { $count } events
}.
board-text-open = (not confirmed)
done-event-moved = { $place } moved to { $day }.
done-event-moved-team = { $place } moved to another team, { $day }.
done-event-copied = { $place } copied as a draft on { $day }.
done-week-copied = { $count ->
    [one] { $count } event
   *[other] { $count } events
} copied as drafts. Check them, then propose or confirm each.
board-summary-month-hint = Choose a date to open its week.
board-to-today = Go to today

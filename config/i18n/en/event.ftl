# Events: list, form, page, results and steps.
events = Events
events-back = All events
events-search = Search events or venues
events-state = State
events-any-state = Any state
events-from = From
events-to = To
events-reporting = Reporting
events-any-reporting = Any
events-unreported = Over and not reported
events-filter = Filter
events-clear = Clear the filter
events-none = No events since last week. Create the first: choose a venue, a day and a team.
events-none-found = No event fits this filter.
event-new = Create event
event-change = Change event
event-edit = Change details
event-copy = Copy to another date
event-back = Back to the event
event-form-mend = Correct the form
event-help = Help with choosing
event-help-hint = Once venue and date are filled in, the open days of the venue and what past visits brought appear here.
event-open-days = Open days still free
event-no-open-days = No free open day within these four weeks.
event-field = Field
event-yours = Yours
event-theirs = Stored now
event-stale = Somebody else has just changed this event
event-stale-hint = Your changes are not stored yet. Compare, adjust the form below, then save again.
event-field-kind = Kind of event
event-field-title = Title
event-field-venue = Venue
event-field-place = Place
event-field-days = Days and hours
event-field-teams = Teams
event-field-units = Vehicles and kits
event-field-officers = Officers
event-field-services = Services
event-field-host-programme = Host programme
event-field-request-by = Requested by
event-field-request-received-on = Received on
event-field-request-letter-number = Letter number
event-field-request-expected = People expected
event-field-notes = Notes
event-venue-hint = Type the name or code of a venue, then choose.
event-venue-several = { $count ->
    [one] { $count } venue fits
   *[other] { $count } venues fit
}. Choose one:
event-venue-held = This venue is booked at that time: { $event }
event-place-hint = An event made on the spot may lack a registered venue.
event-title-hint = May stay empty: named after kind and venue.
event-title-outreach = Outreach at { $venue }
event-title-counter = Counter at { $venue }
event-title-briefing = Briefing at { $venue }
event-host-hint = Such as a regent's village tour, if the event rides on another programme.
event-notes-hint = Do not write NIKs or names of residents.
event-date = Date
event-until = To (optional)
event-starts = Starts ({ $zone })
event-ends = Ends ({ $zone })
event-slots = Time reserved: by the hours
event-slots-hint = Leave empty to reserve by the hours above.
event-check = Check what is free
event-add-day = Add another day
event-days-note = { $count ->
    [one] { $count } day
   *[other] { $count } days
}: { $first } to { $last }
event-holiday-note = { $date }: { $holiday }
event-closed-note = { $date }: the venue is closed by its opening rule
event-free = free
event-held-by = taken by { $event }
event-absent-on = absent on { $date }
event-free-instead = Free instead: { $names }.
event-none-free = Nothing is free at that time; choose another day or hour.
event-team-label = { $team }, { $operators ->
    [one] { $operators } operator
   *[other] { $operators } operators
}
event-no-teams = There is no team yet, so no event can be created.
event-units-of-teams = What the teams bring
event-units-own = Choose here
event-units-list = { $count ->
    [one] { $count } vehicle or kit
   *[other] { $count } vehicles and kits
}
event-officers-of-teams = The members of the teams
event-officers-own = Choose here
event-officers-list = { $count ->
    [one] { $count } officer
   *[other] { $count } officers
}
event-request = Request and host programme
event-save = Save changes
event-save-draft = Save as draft
event-save-proposed = Save and propose
event-save-confirmed = Save and confirm
event-save-done = Save as done
event-cancel-form = Cancel
done-event-booked = { $title } saved, state { $state }.
done-event-revised = Changes to { $title } saved.
done-event-step = The event is now { $state }.
done-event-nihil = The event was reported as nil.
done-event-verified = The result was verified.
done-event-removed = The draft was removed.
done-event-tallied = Result saved. Check the sums, then verify.
done-event-tallied-implausible = Result saved, but it exceeds what the team can serve. Check the numbers again.
done-event-corrected = Correction saved. The old entry stays and no longer counts.
event-unplanned = made on the spot
event-reason = Reason:
event-tally-hint = Fill in only what was counted. Empty means not counted; 0 means counted and none.
event-tally-note = Note (optional)
event-tally-do = Save the result
event-correct-title = Correct an entry
event-correct-what = What is corrected
event-correct-hint = The old entry is kept and no longer counts; what you enter below takes its place.
event-correct-reason-hint = For example: one sheet was left out. The reason is shown in the history.
event-correct-only-void = Only take it away, without a replacement
event-correct-do = Save the correction
tally-group-service = Services
tally-group-waived = Waived
tally-group-refused = Refused
tally-group-not-yet = Not yet
tally-group-failed = Failed
event-reason-label = Reason
event-warnings = To be aware of
event-lead-draft = Still a draft: team and venue are reserved, the host has not been asked.
event-lead-proposed = Proposed; the host has not answered yet.
event-lead-ahead = Confirmed; the day has not come yet.
event-lead-today = The office has received no result yet.
event-lead-unreported = The day has passed and no result was reported. Enter the paper tally, or report nil.
event-lead-counted = { $activated } in-area activations of { $reached } people reached ({ $rate }).
event-lead-nobody = Reported: nobody was reached.
event-lead-cancelled = This event was cancelled; team, vehicles and venue are free again.
event-lead-postponed = This event was postponed. Propose new days, or cancel it.
event-lead-not-held = This event did not take place.
event-results = Results
event-no-results = No results yet.
event-activated = In-area activations
event-counts-to-target = count to the target
event-reached = People reached
event-reached-hint = everyone offered the digital ID
event-rate = Activations per person reached
event-rate-of = { $activated } of { $reached }
event-expected = Expected by the host
event-expected-hint = people
event-by-group = Results by group
event-by-day = By day
event-group = Group
event-outcome = Outcome
event-count = Count
event-bar = Bar
event-group-service = Digital ID
event-group-waived = Waived
event-group-refused = Refused
event-group-not-yet = Not yet
event-group-failed = Failed
event-group-others = Other services
event-held = { $count ->
    [one] { $count } entry waits
   *[other] { $count } entries wait
} for a decision
event-held-hint = They do not count yet.
event-held-decide = Decide now
event-told-by = Entries received, by sender: { $people }.
event-somebody = unknown sender
event-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}: who and when
event-more-entries = Only the first 500 entries are shown; the export of results has them all.
event-received = Received
event-for-day = for { $date }
event-by = By
event-what = Entry
event-note = Note:
event-voided = no longer counts
event-source-field = phone { $device }
event-source-desk = office desk
event-source-file = imported file
event-entry-nihil = nil
event-entry-void = takes another entry away
event-entry-start = event started
event-entry-finish = event finished
event-entry-event-new = event made on the spot
event-correct = Correct
event-nihil = Report nil
event-nihil-hint = Zero is counted for each service and day so far. Use this only if nobody came.
event-nihil-do = Report that there was no result
event-verify = Verify the result
event-tally = Enter a paper tally
event-timeline = History
event-facts = Details
event-vehicles = Vehicles
event-kits = Kits
event-contact = Contact
event-letter-number = Letter no. { $number }
event-received-on = received on { $date }
event-expects = { $count ->
    [one] { $count } person
   *[other] { $count } people
} expected
event-papers = Papers
event-ics = Download for a calendar (.ics)
event-share = Share by WhatsApp
event-day = Day
event-do-propose = Propose
event-do-propose-hint = Enter the new days; team, vehicles and venue are reserved again.
event-do-confirm = Confirm
event-do-start = Start
event-do-finish = Mark as done
event-do-cancel = Cancel the event
event-do-cancel-hint = Team, vehicles and venue become free on the days not yet past.
event-do-postpone = Postpone the event
event-do-postpone-hint = The days not yet past are given back. New days can be proposed later.
event-do-not-held = Mark as not held
event-do-not-held-hint = For an event whose day came without it taking place.
event-do-reopen = Reopen
event-do-reopen-hint = The event is ongoing again; a verified result must be verified again.
event-remove = Remove the draft
event-remove-hint = The draft disappears from the schedule. The trail keeps it.
share-place = Place: { $place }
share-teams = Teams: { $teams }
share-officers = Officers: { $officers }
share-units = Vehicles and kits: { $units }
share-state = State: { $state }
share-contact = Hello, this is { $office } about { $title }, { $days }.
event-projection = Projection before the event
event-projection-first = Projection before the first day
event-projection-counts = activations; nine such days in ten bring { $counts }
event-projection-inside = { $count } came: as projected.
event-projection-above = { $count } came: above the projection.
event-projection-below = { $count } came: below the projection. Ask the team why.
event-projection-day = Day of the week and of the market week: { $factor } times a usual day.
event-stale-by = { $name } has just changed this event
event-venue-choose = Several venues match. Choose one of those below.
event-venue-unknown = There is no venue of this name or code.
event-venue-add = Add this venue (on a new page)
event-blackout-note = { $date }: the venue is closed on this date

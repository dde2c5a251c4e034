# The ranking of venues.
ranking-title = Ranking of venues
ranking-measure = { $service } { $per }, { $period }.
ranking-best-kind = { $kind } yields most: { $mean } per event-day on average ({ $days } event-days, { $venues } venues).
ranking-best-venue = { $venue } yields most: { $mean } { $per } on average ({ $days ->
    [one] { $days } event-day
   *[other] { $days } event-days
}).
ranking-filters = Filter the ranking
ranking-service = Service
ranking-kind = Kind of venue
ranking-all-kinds = All kinds
ranking-region = District
ranking-all-regions = All districts
ranking-per = Mean counted
ranking-from = From
ranking-to = To
ranking-show = Show
ranking-clear = Clear the filter
ranking-csv = Download CSV
ranking-xlsx = Download Excel
ranking-count = { $count ->
    [one] { $count } venue
   *[other] { $count } venues
}, highest yield first
ranking-places = Ranks { $places }
ranking-rank = Rank
ranking-venue = Venue
ranking-days = Event-days (n)
ranking-per-day = Per event-day
ranking-per-team-day = Per team-day
ranking-per-hour = Per officer-hour
ranking-last-visit = Last visit
ranking-axis = Scale of the yield from zero
ranking-pages = Pages of the ranking
ranking-first-page = Back to rank 1
ranking-next-page = Next venues
ranking-nothing = No venue can be ranked yet.
ranking-nothing-why = In this period there is no exact result of an outreach event. Choose another period, or report the results that are missing.
ranking-unranked = Without a rank: { $count ->
    [one] { $count } venue
   *[other] { $count } venues
}
ranking-unranked-why = Not visited in this period, or with results that cannot be ranked yet.
ranking-unranked-hours = Not visited in this period, or without recorded officer-hours.
ranking-visited = event-days: { $days }
ranking-how = How to read this
ranking-how-mean = These are plain means: the sum divided by the number of days. One extraordinary visit can lift a venue to the top.
ranking-how-few = Look at n: the fewer event-days, the more the rank is chance. A venue with n = 1 cannot be compared yet.
ranking-how-ties = The order uses numbers before rounding. Where means are equal, the venue with more event-days comes first, then the code decides.
ranking-left-out = Left out: { $days ->
    [one] { $days } day
   *[other] { $days } days
}
ranking-left-out-what = What was left out
ranking-left-out-days = Days
ranking-left-out-count = Count
ranking-left-out-venues = Venues
ranking-left-out-why = Reason
ranking-at-least = at least { $count }
ranking-see-today = See Today
ranking-why-counter = Counter days are no outreach; they still count to the office's total.
ranking-why-briefing = Briefings yield no activations.
ranking-why-approximate = The figure is approximate and not yet split by venue; it is ranked once it is.
ranking-why-range = The figure is a range, so no mean can be calculated.
ranking-why-unreported = Held, but the result has not been reported.
ranking-why-not-held = Not held, cancelled or postponed.
ranking-why-archived = The venue has been archived.
ranking-why-no-venue = This unplanned event has not been given a venue yet; it is ranked once it has one.
ranking-empty = There are no venues yet. The ranking appears once there are venues and results of outreach events at them.
ranking-empty-do = Open the list of venues
ranking-empty-filter = No venue matches this filter. Choose another kind or district, or clear the filter.
rank-by-estimate = estimate of the next visit
rank-by-mean = plain mean
ranking-sort = Sort by
ranking-count-expected = { $count ->
    [one] { $count } venue
   *[other] { $count } venues
}, sorted by estimate
ranking-expected-caption = Ranking of venues with estimate and 90 per cent interval
ranking-expected-most = The next visit promises most at { $venue }: an estimate of { $estimate } in a full day ({ $service }; interval { $interval }).
ranking-expected-without = There is no result from there yet: the figure comes from venues of the same kind, so the interval is wide.
ranking-key-estimate = estimate and 90 % interval
ranking-key-mean = plain mean
ranking-days-short = Days (n)
ranking-plain-mean = Plain mean
ranking-estimate = Estimate
ranking-may-be = may be { $places }
ranking-cold-start = Never visited. The estimate comes from venues of the same kind: { $kind }.
ranking-how-estimate = The estimate answers: how many activations can be expected of one full day on the next visit. A venue's mean is drawn towards venues of its kind; the fewer its days, the stronger, so that one lucky day does not mislead.
ranking-how-interval = The interval holds the true value with a chance of 90 %. Two venues whose intervals overlap cannot be told apart yet; “may be 3–9” shows the places that remain possible.
ranking-how-left = A venue that is nearly exhausted falls: the next visit only reaches those not yet activated. Enter the eligible people of each venue, for what is left is computed from them. The estimate uses all results up to the last day, whatever the first day is.
ranking-cold-start-unreported = Visited on { $date }, but its results are not reported. The estimate comes from venues of the same kind: { $kind }.
ranking-cold-start-other = Visited on { $date }, but without a result of this service. The estimate comes from venues of the same kind: { $kind }.

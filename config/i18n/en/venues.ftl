# The registry of venues.
venues = Venues
venue = Venue
venue-add = Add a venue
venue-change = Change venue
venue-back = Back to the venue
venues-back = All venues
venues-import = Import venues
venues-search = Name or code
venue-kind = Kind
all-kinds = All kinds
district = District
district-of = { $name } district
all-districts = All districts
venues-archived-too = Archived ones too
filter = Filter
clear-filter = Clear filter
venues-none-found = No venue matches this filter
venues-none = No venue yet
venues-none-hint = Venues are the places that teams visit: schools, markets, companies, village halls. Import them from CSV or Excel, or add them one by one.
list-ends = The list ends here.
venues-caption = Venues with the results of the past year
venue-mean = Mean per day
visits = Event days
last-visit = Last visit
never-visited = never
archived = Archived
venues-note = Plain mean of in-area activations per event day over the last 365 days. Days without an exact result are not counted.
first-page = First page
venue-code = Code
venue-code-hint = Capital letters, digits and hyphens, such as SMKN-1. It cannot be changed later.
venue-name = Name of the venue
venue-region = District or village
choose = Choose
venue-opening = Opening days
venue-opening-hint = Leave all of it empty if the venue can be visited every day. Weekdays, market days and dates add up.
venue-weekdays = Weekdays
venue-pasaran = Market days (pasaran)
venue-opens = Opens at
venue-closes = Closes at
venue-dates = Single dates
venue-dates-hint = Separated by spaces, such as 07/06/2024 21/06/2024.
venue-blackout = Closed on
venue-blackout-hint = Dates or ranges, such as 2026-12-21..2027-01-02.
venue-people-heading = People and position
venue-people = People on site
venue-eligible = Estimated people who could activate
venue-phone-share = With a capable phone (%)
venue-latitude = Latitude
venue-longitude = Longitude
venue-contact = Contact
venue-contact-name = Name
venue-contact-phone = WhatsApp number
venue-notes = Notes
venue-notes-hint = Signal, power, parking, busy hours. Never write the NIK or name of a resident.
venue-as-reported = As the source calls it
venue-as-reported-hint = The original words of a letter or report, if they differ from the name above.
save = Save
cancel = Cancel
done-venue-added = { $venue } has been added.
done-venue-changed = { $venue } has been changed.
done-venue-archived = Venue { $code } has been archived. Its history is kept.
done-venue-restored = The venue is back in the registry.
done-contact-erased = The contact has been erased.
venue-book = Book here
venue-lead = A mean of { $mean } activations a day over { $days ->
    [one] { $days } event day
   *[other] { $days } event days
} of the past year; last on { $last }.
venue-never = No exact result here in the past year.
venue-history = Activations per visit
venue-history-key = Bar: the result of one day. Dashed line: plain mean of the past year. Dashed box: not reported yet. Cross: not held.
venue-history-label = Activations per visit: { $visits }
venue-history-table = See { $count ->
    [one] { $count } visit
   *[other] { $count } visits
} as a table
venue-mean-label = mean { $mean }
visit-not-held = not held
venue-no-history = There has been no event here yet.
venue-open-days = Opening days of these four weeks
venue-closed-on = Closed:
day = Day
event = Event
activations = Activations
open-every-day = every day
open-from = from { $time }
open-until = until { $time }
open-day = Open
weekday-short-mon = Mon
weekday-short-tue = Tue
weekday-short-wed = Wed
weekday-short-thu = Thu
weekday-short-fri = Fri
weekday-short-sat = Sat
weekday-short-sun = Sun
saturation = Saturation
saturation-label = Activated of the estimated people who could
saturation-of = { $activated } of { $eligible } people (estimate)
saturation-left = { $count ->
    [one] { $count } person is
   *[other] { $count } people are
} left.
saturation-unknown = { $count ->
    [one] { $count } activation
   *[other] { $count } activations
} here so far. Enter the estimate of people who could activate to see the saturation.
venue-facts = Facts
send-whatsapp = Send a WhatsApp message
venue-no-contact = None yet
venue-keep = Keep the registry
contact-erase = Erase the contact
contact-erase-hint = Name and number are erased for good, from the history too. Results of events stay.
venue-archive = Archive the venue
venue-archive-hint = The venue leaves lists and forms; its history and results stay. You can bring it back.
venue-restore = Bring back to the registry
venue-greeting = Hello. This is { $office } about a visit for digital-ID (IKD) activation at { $venue }.
venue-next = The next visit
venue-next-label = Estimated activations of a full day
venue-next-interval = 90 % interval: { $interval }
venue-next-counts = Nine days in ten here bring { $counts }.
venue-next-places = Places that remain possible: { $places }.
venue-next-by = From { $visits ->
    [one] { $visits } visit day
   *[other] { $visits } visit days
} and venues of its kind.
venue-next-all = See the ranking

# Messages of Jemput Bola in English. Message ids: <list>-<code with hyphens>.
# Numbers, dates and hours arrive as ready texts.

## Rules of input (errors[].code): what happened, then what to do

rule-required = This must be filled in.
rule-unknown-field = This field or column is not known. Check its spelling or remove it.
rule-duplicate-field = This column is there twice. Keep one.
rule-wrong-type = The value is of another type. Expected: { $expected }
json-type-object = a JSON object
json-type-list = a list
json-type-text = text
json-type-integer = a whole number
json-type-number = a number
json-type-boolean = true or false
rule-too-long = Too long. Shorten it to at most { $max } characters.
rule-too-many = Too many. Keep at most { $max }.
rule-out-of-range = Out of range. Enter a value from { $min } to { $max }.
rule-format = Not in the right form. Write it like this: { $example }
rule-unknown-code = This choice is not known. Choose one of: { $allowed }
rule-not-found = Not found in this office. Check the code, or add it first.
rule-unknown-region = No region of Indonesia has this code. Example: 33.03
rule-taken = Already used by another. Choose a different value.
rule-not-dead = This letter was not given up, or its content is no longer kept. Only letters that failed can be sent again.
rule-repeated = Stands more than once in the list. Keep one.
rule-control-character = Holds a line break or invisible characters. Type it again without them.
rule-nik-like = Holds 16 digits that look like a NIK. Personal data of citizens must not be stored here; remove them.
rule-not-utf8 = This file is not UTF-8 text. Save it again as "CSV UTF-8", or upload an XLSX file.
rule-days-not-taken = This step changes no dates. Change them in the event's form, or propose a postponed event again.
rule-not-of-this-office = Only users whose scope is this very office can be officers here; somebody of a province or the nation could be booked by two offices at once.
rule-ends-before-start = Ends before it starts. Correct one of the two.
rule-outside-office = Outside the area of this office. Choose a district or village inside it.
rule-future = This has not come yet. Enter today or earlier.
rule-not-past = Only for events whose days have passed. Choose a day in the past, or another state.
rule-not-begun = This event begins on { $date }. Wait for the day; if it will not happen, cancel or postpone it.
rule-reason-required = A reason is required. A few words are enough; it is kept in the audit trail.
rule-figure = This number cannot be read. Write for example 40, 29.890, ±500, 6000-7000 or 3,83%. In a count, a point or comma only separates groups of three digits.
rule-officer-absent = { $officer } is absent on { $date }. Choose another officer or another day.
rule-period-locked = The period that holds { $date } is locked. Ask the coordinator or the head to reopen it.
rule-password-too-short = The password is too short. Use at least { $min } characters.
rule-wrong-password = The current password does not match. Type it again.
rule-wrong-set-up-code = This is not the code that the service printed. Copy the latest code from the server's screen.
rule-differs-from-stored = This result differs from the stored one. If it is a correction, try again with its reason.
rule-foreign-cursor = This page marker belongs to another list. Start again from the first page.
rule-fixed = This cannot be changed here. Leave it as it is.
rule-not-reported = The event has no result yet. Enter its result or confirm that there is none.
rule-no-email = This person has no e-mail address yet. Enter one on the page Users and try again.
rule-reads-no-digests = Field officers do not receive digests. Choose a head, a coordinator, a viewer or an admin.
rule-day-has-results = { $date } has results already. Keep that day in the event.
rule-team-has-results = Team { $team } has counted results at this event. Keep the team, or void its entries first.
rule-state-takes-no-results = An event that is { $state } takes no results. Change its state first.
rule-outside-days = { $date } is not a day of this event. Choose one of its days, or add that day to it.
rule-beyond-own-rights = Wider than your own rights. Choose a role or region within them.
rule-column-count = This row has { $found } cells, while the header has { $expected }. Check separators and quotes.
rule-more-errors = There are { $count ->
    [one] { $count } more error that is
   *[other] { $count } more errors that are
} not shown.

## HTTP problems: title and explanation

problem-bad-request = The request cannot be read
problem-bad-request-detail = The body or the address cannot be read. Correct it and send it again.
problem-unauthorized = Not signed in
problem-unauthorized-detail = Sign in first, or send a token that is still valid.
problem-forbidden = Not allowed
problem-forbidden-detail = Your role does not include this action. Ask the admin if it is part of your work.
problem-not-found = Not found
problem-not-found-detail = It does not exist, or lies outside your region. Check the address or the code.
problem-method-not-allowed = Method not supported
problem-method-not-allowed-detail = This address does not take that HTTP method. The API documentation lists those it takes.
problem-conflict = Conflict
problem-conflict-detail = Something is already used by another event, or the current state does not allow this. Nothing was saved; change your choice and try again.
problem-clash = Already booked
problem-clash-detail = Somebody or something is booked for the same day and slot already. Nothing was saved; choose another day, slot or team.
problem-wrong-state = Not possible in this state
problem-wrong-state-detail = It is { $from }, so this step is not possible: { $step }. Load it again and choose another step.
problem-in-use = Still in use
problem-in-use-detail = Something else still needs it, or it has a history. Nothing was removed; cancel it or archive it instead.
problem-period-locked = The period is locked
problem-period-locked-detail = Its figures were reported already. Ask the coordinator or the head to reopen the period.
problem-stale-version = Changed by someone else
problem-stale-version-detail = This has changed since you opened it. Load it again and repeat your change.
problem-if-match-missing = Version not named
problem-if-match-missing-detail = Send the header If-Match with the ETag that you last read, so that nobody's change is overwritten.
problem-too-large = Too large
problem-too-large-detail = What you sent is over the limit. Split it and send the parts one by one.
problem-wrong-media-type = Type of content not supported
problem-wrong-media-type-detail = Name a Content-Type that fits; the API documentation lists those that are taken.
problem-invalid = Some input needs correction
problem-invalid-detail = Nothing was saved. Correct what is named and send it again.
problem-too-many-requests = Too many requests
problem-too-many-requests-detail = Wait a moment and try again.
problem-unavailable = Storage is not available
problem-unavailable-detail = Whatever you sent just now was not saved. Try again shortly; if this goes on, tell the admin.
problem-internal = Sorry, something went wrong on our side
problem-internal-detail = The error was recorded. Try again; if this goes on, give the request code to the admin.

## Warnings of an event: they inform and never block

warning-holiday = { $date } is a holiday: { $name }. Make sure that the venue is open and officers are available.
warning-joint-leave = { $date } is joint leave: { $name }. Make sure that the venue is open and officers are available.
warning-venue-closed = { $venue } is closed on { $date } by its opening rule. Check with the contact person.
warning-friday-prayer = { $date } is a Friday: prayers are from 11:30 to 13:00. Plan a break.
warning-over-capacity = { $expected } people are expected, the teams can serve { $capacity }. Add a team, a day or operators.
warning-officer-absent = { $officer } is absent on { $date }. Find a replacement.
warning-booked = { $officer } is booked on { $date }: { $event }. Find a replacement.
warning-entered-late = This event was entered after a day of it had passed.
warning-negative-count = A count on { $date } is below zero and shown as 0 until the other entries arrive.
warning-day-above-capacity = The result { $counted } on { $date } is above the capacity of the teams ({ $capacity }). Check the number.

## Clashes of bookings

clash = { $subject } is already used by { $event } on { $date }, { $slot }.

subject-kind-team = team
subject-kind-officer = officer
subject-kind-unit = vehicle or kit
subject-kind-venue = venue

slot-dawn = early morning
slot-morning = morning
slot-afternoon = afternoon
slot-evening = evening
slot-dawn-hours = until 09:00
slot-morning-hours = 09:00–12:00
slot-afternoon-hours = 12:00–17:00
slot-evening-hours = from 17:00

## Events

event-kind-outreach = outreach
event-kind-counter = counter
event-kind-briefing = briefing

event-state-draft = draft
event-state-proposed = proposed
event-state-confirmed = confirmed
event-state-ongoing = ongoing
event-state-done = done
event-state-not-held = not held
event-state-cancelled = cancelled
event-state-postponed = postponed
event-state-waiting = waiting
event-state-accepted = accepted
event-state-dismissed = dismissed
event-state-reopened = reopened

event-step-propose = propose
event-step-confirm = confirm
event-step-start = start
event-step-finish = finish
event-step-cancel = cancel
event-step-postpone = postpone
event-step-not-held = mark as not held
event-step-reopen = reopen
event-step-nihil = report none
event-step-verify = verify
event-step-dismiss = dismiss

reporting-unreported = not reported yet
reporting-reported = reported
reporting-verified = verified

## Kinds of venues

venue-kind-school = school
venue-kind-campus = campus
venue-kind-pesantren = Islamic boarding school
venue-kind-market = market
venue-kind-company = company
venue-kind-government-office = government office
venue-kind-village-hall = village hall
venue-kind-neighbourhood = neighbourhood
venue-kind-mall = mall
venue-kind-crowd-event = crowd event
venue-kind-hospital = hospital
venue-kind-health-centre = health centre
venue-kind-worship = place of worship
venue-kind-public-service-mall = public service mall
venue-kind-subdistrict-office = subdistrict office
venue-kind-bank = bank
venue-kind-community = community organisation
venue-kind-institution = prison or care home
venue-kind-home-visit = home visit
venue-kind-other = other

## Outcomes

outcome-activated = activated (in the area)
outcome-activated-out-of-area = activated, from another area
outcome-reactivated = activated again
outcome-ktp-recorded = KTP-el recorded
outcome-ktp-printed = KTP-el printed
outcome-kk-renewed = family card with barcode
outcome-no-smartphone = no Android phone or iPhone
outcome-device-unsupported = phone not supported
outcome-refused-no-need = sees no need yet
outcome-refused-trust = worried about data safety
outcome-underage = not yet 17 years old
outcome-not-recorded = KTP-el not recorded yet
outcome-face-sync = face data not in sync yet
outcome-already-active = already active
outcome-no-email = no working e-mail
outcome-no-quota-signal = no data quota or signal
outcome-left-queue = left the queue
outcome-face-mismatch = face check failed
outcome-siak-down = SIAK out of order
outcome-network-down = network out of order
outcome-power-down = power cut
outcome-data-issue = problem in the data
outcome-other = other

## Roles

role-admin = admin
role-coordinator = coordinator
role-officer = officer
role-head = head
role-viewer = viewer

## Targets and figures

denominator-residents = residents
denominator-obliged = residents obliged to hold a KTP
denominator-recorded = residents with a recorded KTP-el
denominator-holders = holders of a KTP-el

channel-all = all
channel-outreach = outreach
channel-counter = counter
channel-other = other

purpose-year = year
purpose-campaign = campaign

pace-per-calendar-day = per calendar day
pace-per-weekday = per weekday (Monday to Friday)
pace-per-working-day = per working day (without holidays and joint leave)

figure-kind-exact = exact
figure-kind-approximate = approximate
figure-kind-range = range
figure-kind-share = share only

## Calendar

holiday-kind-public-holiday = public holiday
holiday-kind-joint-leave = joint leave

weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

pasaran-legi = Legi
pasaran-pahing = Pahing
pasaran-pon = Pon
pasaran-wage = Wage
pasaran-kliwon = Kliwon

## Regions and languages

region-level-province = province
region-level-regency = regency or city
region-level-district = district
region-level-village = village

language-id = Bahasa Indonesia
language-en = English

## Ranking of venues

rank-title = Ranking of venues: { $service }, { $from } to { $to }, { $per }
rank-rank = no.
rank-code = code
rank-name = venue
rank-kind = kind
rank-days = event-days
rank-count = count
rank-yield = yield
rank-last-visit = last visit
rank-excluded = Left out of the ranking:
rank-reason = reason
rank-venues = venues

per-day = per event-day
per-team-day = per team-day
per-officer-hour = per officer-hour

exclusion-reason-counter = counter
exclusion-reason-briefing = briefing
exclusion-reason-approximate = approximate figure, not yet split
exclusion-reason-range = range
exclusion-reason-unreported = not reported
exclusion-reason-not-held = not held
exclusion-reason-archived = venue archived
exclusion-reason-no-venue = no venue

## Files

import-running = Reading and checking the file …
import-saving = Saving the file: { $saved } of { $rows } rows …
export-running = Writing the file …
import-done = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $added } new, { $changed } changed, { $unchanged } as before.
import-unchanged = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: all stored already, nothing has changed.
import-dry-run = Dry run, nothing is stored. { $rows } rows: { $added } new, { $changed } changed, { $unchanged } as before.
file-error = line { $line }, column { $column }: { $message }
file-error-row = line { $line }: { $message }
file-warning-implausible = the count is above the capacity of the teams. It is stored; check it again.

## Backups

backup-done = Backup written: { $file }
backup-postgres = A PostgreSQL database is backed up with pg_dump and restored with pg_restore; see docs/OPERATIONS.md.
restore-done = Database restored from { $file }.
restore-kept = The database before it is kept as { $file }.
restore-held = A server or another command is using the database. Stop it first, then try again.
restore-no-database = { $file } is not an intact backup of this program.

## Command line

cli-set-up = There is no user yet. Open { $address }/siapkan in a browser and enter this code: { $code }

## The demonstration (command demo)

demo-loading = Loading the five districts …
demo-loaded = Loaded in { $seconds } seconds. Synthetic events are labelled "Data sintetis"; the passwords are public.
demo-kept = The database stays in { $folder }
demo-stopped = Stopped before everything was loaded.
demo-not-empty = This database already has an office and is not overwritten. Use --keep to open it as it is, or --data for another folder.
demo-loopback = The demo is served on this machine only: { $address } is no loopback address. Use for instance --bind 127.0.0.1:8080.
demo-two-places = --data and --database both name the place of the database. Use one of them.
rank-estimate = estimate
rank-interval = 90 % interval
rank-places = may be
backtest-title = Backtest of the forecast: { $service }, { $months } months, { $first } to the month of { $last }
backtest-nothing = Not enough results to test the forecast: it takes at least 10 visits before the start of a month, and a visit after it.
backtest-explained = At the start of each month all later results are hidden and the first visit to each venue in that month is forecast. Errors in activations; bias = forecast less count.
backtest-venues = venues
backtest-visits = visits
backtest-mean = mean count
backtest-method = method
backtest-absolute = absolute error
backtest-square = root mean square
backtest-bias = bias
backtest-inside = inside 90 % interval
backtest-all = all
backtest-visited = visited before
backtest-never-visited = never visited
backtest-forecast = forecast
backtest-last-three = mean of the last three

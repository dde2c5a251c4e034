# What stands around every page, forms, and errors.
brand = Jemput Bola
skip-to-content = Skip to content
switch-office = Change office
menu = Menu
menu-main = Main
menu-today = Today
menu-board = Board
menu-plans = Plan
menu-venues = Venues
menu-ranking = Ranking
menu-map = Map
menu-manage = Manage
other-language = Bahasa Indonesia
sign-out = Sign out
footer-zone = time zone { $zone }
next-page = Next page
form-refused = Not saved yet. Please mend { $count ->
    [one] { $count } field
   *[other] { $count } fields
}:
form-stale = Somebody else has just changed this, so your change was not saved. Reload the page to see how it stands now, then repeat your change.
error-kicker = Error { $status }
error-safe = Your data has not changed. Entries on the officers' phones are safe and will be sent by themselves.
error-home = Open the front page
error-again = Try again
error-repeats = If it happens again
error-code-hint = Send this code to your office's admin. It points to the error in the log and contains no data of residents.
error-code = Code
error-time = Time
menu-field = Field

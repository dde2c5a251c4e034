# Digests for heads: the letter.
digest-kicker-daily = Daily digest · { $date }
digest-kicker-weekly = Weekly digest { $days } · { $date }
digest-kicker-monthly = Monthly digest { $days } · { $date }
digest-subject-gap = { $gap } activations to go
digest-subject-over = { $gap } activations short of the target until { $last }
digest-subject-reached = target reached
digest-subject-achieved = achieved { $achieved }
digest-subject-no-target = no target recorded yet
digest-subject-silent = nothing { $days }
digest-subject-unreported = result of { $place } on { $day } missing
digest-subject-unreported-many = { $n } events not reported
digest-subject-not-held = { $place } on { $day } not held
digest-subject-not-held-many = { $n } events not held
digest-subject-late = result of { $place } on { $day } came late
digest-subject-late-many = { $n } late reports
digest-headline = { $gap } activations to go. Needed { $needed } per calendar day, latest pace { $pace }.
digest-headline-needed = { $gap } activations to go. Needed { $needed } per calendar day.
digest-headline-gap = { $gap } activations to go.
digest-headline-over = { $gap } activations short of the target until { $last }.
digest-headline-reached = The target is reached.
digest-headline-no-target = { $achieved } so far. No target is recorded.
digest-headline-nothing = Neither a target nor an official figure is recorded yet.
digest-headline-no-gap = Achieved { $achieved }. The gap cannot be computed: { $why }.
digest-headline-no-figure = What was achieved cannot be computed: { $why }.
digest-alert = Needs action
digest-calm = Nothing is pending: every past event is reported.
digest-others = and { $n } more
digest-not-held = Not held
digest-not-held-row = { $place }, { $days }.
digest-not-held-row-reason = { $place }, { $days }. Reason: { $reason }.
digest-unreported = Not reported
digest-unreported-row = { $place }, { $days }. Held, result missing.
digest-unheard-row = { $place }, { $days }. Nobody has said whether it was held.
digest-late = Reported late
digest-late-row = { $place }, { $days }. The result came { $number } days later.
digest-behind = Behind pace
digest-behind-row = { $pace } per day, needed { $needed } per calendar day.
digest-implausible = Implausible figures
digest-implausible-row = { $place }, { $days }. { $number } entries wait for a decision.
digest-waiting = To be decided
digest-waiting-row = { $n } other field entries are not counted yet.
digest-ask-team = Ask { $team } to report
digest-enter-result = Enter the result
digest-open-event = Show the event
digest-decide = Decide on entries
digest-position = Position as of { $date }
digest-achieved = Activated so far
digest-achieved-official = official, { $date }
digest-achieved-field = field count to { $date }
digest-achieved-since = official figure as of { $date }, less the figure as of { $baseline }
digest-achieved-whole = official figure as of { $date }, counted whole as there is no official figure from before { $baseline }
digest-achieved-none = no official figure yet
digest-gap = Gap to the target
digest-gap-of = of the target { $target }
digest-of-denominator = Share of the denominator
digest-share-of = of { $denominator } { $kind }
digest-of-target = Share of the target
digest-target-share = target { $share } of { $kind }
digest-target-until = until { $date }
digest-target-is-number = the target is a number, without a denominator
digest-not-computable = cannot be computed
digest-field-sum = Field count since { $since }: { $field } activations.
digest-gap-points = { $points } percentage points to go.
digest-add-target = Record a target
digest-pace = Pace
digest-need-calendar = Needed per calendar day
digest-need-weekday = Needed per weekday (Monday–Friday)
digest-need-working = Needed per working day (without holidays and joint leave)
digest-own-day = Pace of { $date }, 1 day of data
digest-own-days = Pace of { $days }, { $n } days of data
digest-per-calendar = calendar day
digest-per-weekday = weekday
digest-per-working = working day
digest-projected = At { $pace } per { $per }: { $end } on { $last }, target on { $reached }.
digest-projected-interval = At { $pace } per { $per }: { $end } on { $last } (80{ "\u00a0" }% interval { $interval }), target on { $reached }.
digest-projected-end = At { $pace } per { $per }: { $end } on { $last }.
digest-projected-end-interval = At { $pace } per { $per }: { $end } on { $last } (80{ "\u00a0" }% interval { $interval }).
digest-one-day = 1 day of data, no interval.
digest-told-day = Figure of the whole office for { $date }: { $count } (1 day of data, no interval).
digest-projected-standstill = If nothing more comes in: { $end } on { $last }, target not reached.
digest-no-need = What each day needs cannot be computed: { $why }.
digest-see-pace = How this is computed
digest-chart-target = Target { $target }
digest-chart-achieved = { $day }: { $achieved }
digest-chart-end = { $pace } per day: { $projected }
digest-chart-needed = needed { $needed } per day
digest-chart-alt = Pace chart: { $achieved } on { $day }; at { $pace } per day { $projected } on { $end }; target { $target }.
digest-chart-alt-plain = Chart: { $achieved } on { $day }; target { $target } on { $end }.
digest-field = Field work { $days }
digest-activity = { $activated-count ->
    [one] { $activated } activation
   *[other] { $activated } activations
} on { $days-count ->
    [one] { $days } event-day
   *[other] { $days } event-days
}; { $reached-count ->
    [one] { $reached } person reached
   *[other] { $reached } people reached
}.
digest-activity-daily = { $activated-count ->
    [one] { $activated } activation
   *[other] { $activated } activations
} on { $days-count ->
    [one] { $days } event-day
   *[other] { $days } event-days
}; { $reached-count ->
    [one] { $reached } person reached
   *[other] { $reached } people reached
}.
digest-activity-weekly = { $activated-count ->
    [one] { $activated } activation
   *[other] { $activated } activations
} on { $days-count ->
    [one] { $days } event-day
   *[other] { $days } event-days
}; { $reached-count ->
    [one] { $reached } person reached
   *[other] { $reached } people reached
}. The week before: { $before }.
digest-activity-monthly = { $activated-count ->
    [one] { $activated } activation
   *[other] { $activated } activations
} on { $days-count ->
    [one] { $days } event-day
   *[other] { $days } event-days
}; { $reached-count ->
    [one] { $reached } person reached
   *[other] { $reached } people reached
}. Same days last month: { $before }.
digest-activity-none = No result of field work on these days yet.
digest-ahead-events = events
digest-silent = Nothing to report: no event held, no result on { $days }.
digest-silent-since = Nothing to report: no event held, no result on { $days }. Latest result: { $last }.
digest-best = Best of the last year
digest-best-row = { $name }: mean { $mean } per event-day (n = { $n })
digest-fading = Fading
digest-fading-row = { $name }: { $before } down to { $now } per event-day
digest-obstacles = Obstacles
digest-obstacle-row = { $name }: { $n }
digest-ahead = Next week, { $days }
digest-ahead-none = No { $events } yet.
digest-ahead-sum = { $events-count ->
    [one] { $events } event
   *[other] { $events } events
}, { $teams-count ->
    [one] { $teams } team
   *[other] { $teams } teams
}, capacity { $capacity-count ->
    [one] { $capacity } person
   *[other] { $capacity } people
}.
digest-ahead-unconfirmed = { $n } not confirmed yet.
digest-booked-row = { $day }: { $place }, { $teams }
digest-booked-row-open = { $day }: { $place }, { $teams } ({ $state })
digest-booked-row-no-team = { $day }: { $place }
digest-booked-row-no-team-open = { $day }: { $place } ({ $state })
digest-see-board = Open the board
digest-source = Source of the official figure: { $source }.
digest-compiled-later = Written on { $date }: results that came in after { $on } are counted, too. Targets and official figures are as they were known that day.
digest-no-target-yet = no target yet
digest-zone = Times in { $zone }.
digest-next = Next letter { $next }.
digest-reader = Sent to { $reader }. { $settings }
digest-settings = Change digests
digest-stop = Stop receiving digests
digest-missing-no-denominator = the denominator has no figure
digest-missing-no-figure = there is neither an official figure nor a field count
digest-missing-no-channel-figure = official figures are not told by channel
digest-missing-share-only = only a share is known, not the number of people
digest-missing-no-earlier-figure = there is no earlier figure
digest-missing-no-day = no day has a figure yet
digest-missing-one-day = only 1 day of data
digest-missing-window-over = the time of the target is over
digest-missing-no-days-left = no such day is left
digest-missing-reached = the target is reached
digest-missing-standstill = the pace is nil
digest-missing-too-far = too far ahead
digest-cli-others = Written for { $names } as well; choose one with --to.
digest-cli-no-email = The reader has no e-mail address yet, so no message can be made. Use --format text or html.
digest-cli-without-email = No e-mail address yet: { $logins }
digest-cli-sent = { $queued } letters queued, { $known } sent before. Readers: { $logins }
digest-cli-no-reader = There is no head who can receive the digest of { $date }. Choose a reader with --to.

# The digest of a province or the nation.
digest-region-nation = Indonesia
digest-region-subject = { $region }: { $point }
digest-region-subject-none = no target is running
digest-region-headline = { $gap } activations are missing in { $offices ->
    [one] { $offices } office
   *[other] { $offices } offices
} whose target is running.
digest-region-headline-none = No target is running that can be computed.
digest-region-calm = Every office has reported.
digest-region-open = See all offices
digest-region-unreported-row = { $office }: { $n-count ->
    [one] { $n } event
   *[other] { $n } events
}
digest-region-silent = Without a result in these days
digest-region-silent-row = { $office }, last result on { $last }
digest-region-never-row = { $office }, no result so far
digest-region-gap-of = in { $offices ->
    [one] { $offices } office
   *[other] { $offices } offices
} whose target is running
digest-region-no-target = no target is running
digest-region-activated = Activations in the field
digest-region-offices = Offices
digest-region-events = { $n ->
    [one] event
   *[other] events
}
digest-region-list = Each office, the least achieved first
digest-region-no-office = There is no office in this region yet.
digest-region-row = { $office }: { $share } of the target, { $gap } missing. { $n-count ->
    [one] { $n } activation in the field.
   *[other] { $n } activations in the field.
}
digest-region-row-unreported = { $n-count ->
    [one] { $n } event unreported.
   *[other] { $n } events unreported.
}
digest-region-row-reached = { $office }: target reached, { $share }. { $n-count ->
    [one] { $n } activation in the field.
   *[other] { $n } activations in the field.
}
digest-region-row-over = { $office }: the target is over at { $share }, { $gap } missing. { $n-count ->
    [one] { $n } activation in the field.
   *[other] { $n } activations in the field.
}
digest-region-row-unknown = { $office }: { $why }. { $n-count ->
    [one] { $n } activation in the field.
   *[other] { $n } activations in the field.
}
digest-region-row-no-target = { $office }: no target yet. { $n-count ->
    [one] { $n } activation in the field.
   *[other] { $n } activations in the field.
}

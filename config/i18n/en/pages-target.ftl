# The pages of targets, official figures, denominators and the reading check.
menu-target = Target
target-of-ikd = IKD activation
target-scope-office = The whole office
target-whole-office = The whole office, all channels
target-name-year = Target { $when }
target-name-campaign = Campaign { $when }
target-goal-value = { $count ->
    [one] { $count } activation
   *[other] { $count } activations
}
target-goal-share = { $share } of { $of }
target-gap = { $gap } activations short, until { $date }
target-over = The target ended on { $date }, { $gap } activations short
target-reached = The target of { $date } is reached
target-gap-points = { $points } percentage points short, until { $date }
target-gap-unknown = What is missing until { $date } cannot be computed
target-lead-need = { $rate } per calendar day are needed.
target-lead-pace = The pace { $span }: { $rate } per day.
target-lead-both = If it stays so, { $end } on { $last }, and the target is reached on { $date }.
target-lead-end = If it stays so, { $end } on { $last }.
target-lead-date = If it stays so, the target is reached on { $date }.
target-span-last-day = of { $date } (1 day of data)
target-span-days-7 = of the last 7 days
target-span-days-28 = of the last 28 days
target-span-window = since the target began
target-position = Position as of { $date }
target-see-sources = Official figures, see sources
target-achieved = Activated
target-achieved-official = official figure as of { $date }
target-achieved-field = field record since { $date }
target-since = less the figure as of { $date }
target-counts-whole = counted whole, as there is no official figure from before { $date }
target-share-of-denominator = Share of the denominator
target-of-people = of { $people } { $of } as of { $date }
target-of-people-implied = of { $people } { $of }, implied by the figures of { $date }
target-share-of-target = Share of the target
target-of-target = of the target of { $people } ({ $goal })
target-left = Left to the target
target-days-left = { $calendar } calendar days, { $weekday } weekdays, { $working } working days left
target-field = Field record since { $date }: { $count }.
target-difference = Difference to the official figure: { $count }, from counters, service malls, and activations before recording began.
target-difference-more = That is { $count } more than the official figure. Check whether the official figure is old or counts something else.
target-parts-region = { $count ->
    [one] { $count } target of a district adds up
   *[other] { $count } targets of districts add up
} to { $sum } (a difference of { $difference } to this target).
target-parts-region-fit = { $count ->
    [one] { $count } target of a district adds up
   *[other] { $count } targets of districts add up
} to { $sum } (the same as this target).
target-parts-channel = { $count ->
    [one] { $count } target of a channel adds up
   *[other] { $count } targets of channels add up
} to { $sum } (a difference of { $difference } to this target).
target-parts-channel-fit = { $count ->
    [one] { $count } target of a channel adds up
   *[other] { $count } targets of channels add up
} to { $sum } (the same as this target).
target-planned = Counted from the beginning: { $rate } per calendar day for { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
target-day = Position on
target-show-day = Show
target-way = The way to the target
target-paces = The pace that is needed, and the present one
target-pace = Pace
target-per-calendar = Per calendar day
target-per-weekday = Per weekday
target-per-working = Per working day (no holidays or joint leave)
target-per-working-short = Per working day
target-carried-calendar = per calendar day
target-carried-weekday = per weekday
target-at-end = On the last day
target-when = Target reached
target-needed = Needed
target-row-last-day = A single day on record
target-row-days-7 = Last 7 days
target-row-days-28 = Last 28 days
target-row-window = Since the target began
target-days-of-data = days of data: { $count }
target-interval = 80 % interval { $range }
target-nobody-knows = nobody can tell
target-chart-target = Target: { $count }
target-chart-need = { $rate } per day needed
target-chart-need-weekday = or { $rate } per weekday
target-chart-need-short = { $rate }/day needed
target-chart-carried = At { $rate } per day: { $end }
target-chart-carried-short = { $rate }/day: { $end }
target-chart-share = { $share } of the denominator
target-chart-label = The way to the target: { $achieved }; target { $target } on { $date }.
target-chart-caption = Dots: official figures. Dotted line: no official figures in between. Dashed line: the pace that is needed. Area: the 80 % interval from how days differ; none is drawn from a single day.
target-none = There is no target yet
target-none-hint = Set a target as a number or as a share of a denominator, with its dates and source.
target-add = Set a target
target-add-hint = Give a share with its denominator, or a number of people. The days of targets of one region, channel and purpose may not overlap.
target-change = Change the target
target-change-hint = The change holds from today. Reports of earlier days keep the old target.
target-change-of-share = Change of the share
target-share-change = { $from } ({ $from_date }) became { $to } ({ $to_date }): { $points } percentage points. Number of people: { $people }.
target-others = Other targets of that day
target-goal = Goal
target-sources = Official figures
target-as-of = As of
target-history = History of targets
target-history-hint = Every version of every target. None is ever deleted.
target-held = Held
target-held-from = recorded { $at }
target-held-until = replaced or withdrawn { $at }
target-holds = still holds
target-version = version { $number }
target-share = Share in per cent
target-share-hint = such as 30, of the denominator below
target-value = or a number of people
target-value-hint = such as 15,000
target-denominator-hint = A share is always of something named.
target-no-denominator = none (the target is a number)
target-its-denominator = its denominator
target-starts = First day
target-ends = Last day
target-purpose = Purpose
target-purpose-hint = A target of a year counts every activation up to its last day; one of a campaign only those of its days.
target-purpose-year = year: where to stand at the end
target-purpose-campaign = campaign: what these days bring
target-scope = Region
target-scope-hint = The whole kabupaten or kota, or one district.
target-source-hint = The decree, its number and date.
target-withdraw = Withdraw this target
target-withdraw-hint = Reports of earlier days keep it.
denominator-title = Denominator
denominator-add = Add a denominator
denominator-correct = Correct the denominator
denominator-hint = The number of people in the kabupaten or kota, with date and source. It may fall.
denominator-kind = Who is counted
denominator-people = Number of people
denominator-source-hint = such as DKB of the first half of 2024
denominator-none = There is no denominator yet.
denominator-withdraw = Withdraw this denominator
observation-add = Add an official figure
observation-correct = Correct the official figure
observation-hint = Exactly as it was published: exact, approximate, a range, or a share only.
observation-kind = What it counts
observation-of-cumulative = cumulative, up to that day
observation-of-day = one day: activations of that day
observation-of-share = a share only: its count is not given
observation-figure-hint = 29,890, ±19,500, 6,000-7,000, or 3.83%
observation-scope-hint = A figure of one subdistrict is used for a target of that subdistrict only.
observation-base = A share of what
observation-base-hint = For a share only. Left empty, its readings are shown to choose from.
observation-base-ask = show the readings
observation-source-hint = Who published it, where and when.
observation-none = There is no official figure yet.
observation-withdraw = Withdraw this figure
reading-title = Check a statement
reading-hint = A bare share can be read in two ways. For example: “about 19,500, only 1.6 per cent of the target of 15 per cent”.
reading-share = Share as written
reading-count = Activations, if told
reading-check = Check
reading-none = There is no target or denominator on that day, so this share cannot be checked. Keep it as “not stated”.
reading-question = { $share } of what?
reading-not-stated = The source does not say; only the change in percentage points can be computed.
reading-means = It means { $parts }.
reading-denominator = { $of }: { $people ->
    [one] { $people } person
   *[other] { $people } people
}
reading-target = target { $people }
reading-people = { $people ->
    [one] { $people } activation
   *[other] { $people } activations
}
reading-of-target = { $share } of the target
reading-of-denominator = { $share } of the denominator
done-target-added = { $name } set.
done-target-revised = { $name } changed.
done-target-withdrawn = Target withdrawn.
done-denominator-added = Denominator recorded.
done-denominator-corrected = Denominator corrected.
done-denominator-withdrawn = Denominator withdrawn.
done-observation-added = Official figure recorded.
done-observation-corrected = Official figure corrected.
done-observation-withdrawn = Official figure withdrawn.
split-title = Split
split-into = split into { $events ->
    [one] { $events } event
   *[other] { $events } events
}: { $count }
split-of = Split { $figure } of { $date }
split-hint = Choose the events that this figure consists of. Their exact sum takes its place in totals, and they stand in the ranking.
split-none = There is no event on that day yet
split-none-hint = Enter the events and their results first; events that are over may be entered.
split-add-event = Enter an event
split-events = Events of the same day, channel and kind of venue
split-save = Save the split
split-undo = Undo the split
split-undo-hint = The figure itself counts again. The events stay.
done-total-split = The figure is split into events.
done-total-joined = The split is undone.
office-target-share = Share of the target
office-target-gap = Left to the target
office-target-over = the target has ended
office-target-none = no target yet

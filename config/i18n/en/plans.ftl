# Schedule proposals: the planning pages and what is booked from them.
plan-event-title = Outreach at { $venue }
rule-supposed-team = This team is only supposed, so its visit cannot be booked.
plan-list = Plan
plan-one = Schedule proposal
plan-what = The planner draws up a schedule that keeps every rule: who goes where on which day, for as many activations as possible. You decide what of it is used.
plan-no-teams = No team yet
plan-no-teams-hint = The planner hands out the working days of teams. Add teams and their members first.
plan-from = From
plan-to = To
plan-more = More settings
plan-floor = Fewest visits per district
plan-floor-hint = In each district that has a venue; what cannot be reached is reported.
plan-overtime = Saturdays and Sundays per team
plan-overtime-hint = Days off that each team may work; 0 means no overtime.
plan-travel = Longest travel in minutes
plan-travel-hint = One way, from the team's base.
plan-teams = Teams
plan-teams-hint = Leave all open to use every team.
plan-kinds = Kinds of venues
plan-kinds-hint = Leave all open for every kind.
plan-pins = Pin
plan-pins-hint = One venue a line: its code, then a date and the code of a team if you like. Example: V-007 2026-12-10 T-1
plan-excluded = Leave out
plan-excluded-hint = Codes of venues that get no visit, between spaces.
plan-ask = Draw up a proposal
plan-earlier = Earlier proposals
plan-none = No proposal yet.
plan-period = Period
plan-contents = Contents
plan-made = Made
plan-is-kept = planned again, kept where possible
plan-is-what-if = what if
plan-listed = { $visits ->
    [one] { $visits } visit
   *[other] { $visits } visits
}, { $expected } activations expected
plan-listed-accepted = { $visits ->
    [one] { $visits } visit
   *[other] { $visits } visits
}, { $expected } activations expected; { $accepted } accepted
plan-older = Older proposals
plan-state-queued = waiting
plan-state-computing = being computed
plan-state-ready = ready
plan-state-failed = failed
plan-state-cancelled = stopped
plan-back = All proposals
plan-back-to = Back to the proposal
plan-kicker = Planner's proposal · { $period }
plan-kicker-made = Planner's proposal · { $period } · made { $made }
plan-computing = The proposal is being drawn up
plan-computing-hint = It usually takes a few seconds. This page renews itself; you may leave it.
plan-starts = Waiting for its turn…
plan-so-far = { $incumbent } activations so far; it can get { $gap } better at most.
plan-cancel = Stop
plan-ended = Proposal { $state }
plan-ended-hint = Nothing was booked. You can ask for it again with the same settings.
plan-ask-again = Draw up again
plan-title = { $visits ->
    [one] { $visits } visit
   *[other] { $visits } visits
}, { $expected } activations expected
plan-best = This is proven best: no schedule that keeps the rules brings more.
plan-best-kept = This is proven best among the schedules that keep the earlier visits.
plan-bound = No schedule that keeps the rules can bring more than { $bound }. This one is at most { $slack } activations ({ $gap }) below the best.
plan-bound-kept = No schedule that keeps the earlier visits can bring more than { $bound }. This one is at most { $slack } activations ({ $gap }) below that.
plan-below = less than { $share }
plan-on-board = See it on the board
plan-accept = Accept what is ticked
plan-how-good = How good this proposal is
plan-chart = Highest yield first { $rival }, this proposal { $own }, proven upper bound { $bound } activations
plan-chart-rival = choosing the highest yield first
plan-chart-own = this proposal: { $own }
plan-chart-bound = cannot be more than { $bound }
plan-chart-more = { $count } more
plan-expected = Expected, in the area
plan-interval = 90 % interval: { $low }–{ $high }
plan-team-days = Team-days used
plan-of = { $part } of { $all }
plan-nothing-booked = nothing else is booked in this period
plan-with-booked = with { $count ->
    [one] { $count } visit that is
   *[other] { $count } visits that are
} booked already
plan-districts = Districts served
plan-districts-note = fewest visits reached
plan-against = Against highest yield first
plan-difference = a difference of { $count ->
    [one] { $count } activation
   *[other] { $count } activations
}
plan-floor-missed = District { $district }: { $reached } of { $wanted } visits; at most { $attainable } are possible.
plan-floor-hopeless = District { $district }: { $reached } of { $wanted } visits; more is not possible in this period.
plan-pins-missed = { $count ->
    [one] { $count } pin
   *[other] { $count } pins
} could not be met.
plan-idle = { $count } more team-days on working days cannot be used. What is short on those days: { $reasons }.
plan-idle-reason = { $name } ({ $count } team-days)
plan-idle-officers = officers
plan-supposed = This proposal supposes { $count ->
    [one] { $count } more team
   *[other] { $count } more teams
}. Visits of supposed teams cannot be accepted.
plan-supposed-team = supposed team
plan-team-gone = a team that is gone
plan-changed = What differs from the proposal before
plan-changes = { $before } activations before; now { $difference }.
plan-changes-none = Still { $before } activations; no visit has changed.
plan-changes-kept = { $before } activations before; now { $difference }. { $moved } visits changed or gone, { $new } new; the others stay.
plan-changed-list = Visits that changed
plan-gone = No more: { $visit }
plan-new = New: { $visit }
plan-visits = Proposed visits
plan-visits-hint = Untick to refuse. The rest stays valid.
plan-no-visits = No visit is possible in this period. The reasons stand below.
plan-take = Accept
plan-venue = Venue
plan-expects = Expected
plan-because = Reason
plan-draft = Draft
plan-not-open = cannot be accepted
plan-accept-one = Accept { $venue }, { $date }, { $teams }
plan-why-pinned = pinned
plan-why-kept = kept from the proposal before
plan-why-floor = needed by its district
plan-why-never-visited = never visited
plan-why-joint = two teams, because one is not enough
plan-why-overtime = on a weekend
plan-why-yield = the most that this day can bring
plan-what-if = What if…
plan-what-if-hint = This proposal stays; the result is compared with it.
plan-again = Plan again, keep what can stay
plan-one-team-more = One more team
plan-no-overtime = No overtime
plan-dismiss = Dismiss this proposal
plan-left-out = { $count ->
    [one] { $count } venue
   *[other] { $count } venues
} left out, and why
plan-left-more = { $count ->
    [one] { $count } more venue
   *[other] { $count } more venues
}
plan-cause = Reason
plan-action = Action
plan-include = How to include it
plan-left-closed = Closed on every working day of the teams in this period.
plan-left-too-soon = Too close to the last visit ({ $last }); its gap of { $gap } days ends { $earliest }.
plan-left-out-of-reach = Out of reach: { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} from the nearest team, the limit is { $limit }.
plan-left-nobody-free = No team is free on a day on which it is open.
plan-left-beaten = Beaten by { $venues }, a difference of { $difference ->
    [one] { $difference } activation
   *[other] { $difference } activations
}.
plan-left-no-gain = Including it would cost the whole { $difference } activations.
plan-less-than-one = less than 1
plan-left-excluded = Left out by the request.
plan-cheapest = The cheapest change that includes it
plan-change = A visit on { $day } by { $teams }; the whole loses { $difference } activations.
plan-gives-way = What would have to give way:
plan-pin = Pin it and plan again
plan-pin-hint = Other visits stay where they can.
plan-see-venue = See the venue
plan-how-title = How it is computed
plan-how = { $passes } rounds of prices, { $moves } steps of improvement. The same input always gives the same proposal. The upper bound is computed apart from the proposal. Distances are straight lines from the team's base, made longer for the bends of roads.
done-plan-accepted = { $count ->
    [one] { $count } visit is a draft
   *[other] { $count } visits are drafts
} now. See them on the board, then confirm.
done-plan-dismissed = The proposal is dismissed. What was accepted stays.
board-proposal-shown = A proposal is shown beside what is booked.
board-proposal-back = Back to the proposal
board-proposal-hide = Hide it
board-proposed = Proposed
board-proposed-expects = { $expected } activations expected
event-state-ready = ready
event-state-computing = being computed
event-step-accept = accept
plan-what-reader = The planner makes a valid schedule: who goes where on which day, for as many activations as possible. The coordinator decides what of it is used.

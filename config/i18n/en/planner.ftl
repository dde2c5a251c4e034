# The planner: files, certificates and what is wrong with them.
plan-file-unreadable = { $file }: cannot be read: { $told }
plan-file-packed = the gzip file is damaged or cut off ({ $told })
plan-invalid = { $plan }: this plan is not valid:
plan-progress = pricing passes { $passes } · moves { $moves } · plan { $incumbent } · bound { $bound } · gap { $gap }%
plan-solved = { $visits } visits, { $gain } activations expected; { $left } venues without a visit. No plan is better than this one by more than { $gap }%.

plan-fault-out-of-range = must lie between { $min } and { $max }, is { $found }.
plan-fault-no-such = there are only { $count } (counted from 0), not { $found }.
plan-fault-length = has { $found } entries, must have { $wanted }.
plan-fault-calendar-digit = must be written with the digits 0, 1 and 2.
plan-fault-no-crew = must name one team, or two different ones.
plan-fault-same-team-twice = a joint visit needs two different teams.
plan-fault-not-ascending = must ascend without repetition.
plan-fault-repeated = something stands twice.
plan-fault-not-in-format = is not part of the format { $format }.
plan-fault-closed = the venue is closed on day { $day }.
plan-fault-team-off = team { $team } is off on day { $day }.
plan-fault-out-of-reach = the venue is out of reach of this team.
plan-fault-team-taken = team { $team } is already taken on day { $day }.
plan-fault-too-close = days { $earlier } and { $later } are closer than the gap of { $gap } days.
plan-fault-too-many-visits = { $found } visits, at most { $max } are allowed.
plan-fault-too-much-overtime = { $found } days of overtime, at most { $max } are allowed.
plan-fault-fixed-lost = this fixed booking is not in the plan.
plan-fault-claim = claims { $claimed }, is { $actual }.
plan-fault-bound-too-low = claims { $claimed }, the certificate proves only { $proven }.
plan-fault-price-out-of-range = a price is negative or above the penalty.

# Schedule proposals: the planning pages and what is booked from them.
plan-event-title = Outreach at { $venue }
rule-supposed-team = This team is only supposed, so its visit cannot be booked.

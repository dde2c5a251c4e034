# Targets, denominators, official figures and the pace: rules of input and why a figure is missing.
rule-value-or-share = Give a number or a share, not both.
rule-figure-of-other-kind = This figure is of another kind: a share stands for the kind share only, a count for cumulative or day.
rule-share-only = Only a share has a denominator. Leave it empty, or choose the kind share.
rule-overlaps = Another target of the same region, channel and purpose runs from { $starts } to { $ends }. Change the dates, or change that target.
rule-reading-required = A share of what? Choose one of the readings, or “not stated”.
rule-impossible-reading = This reading is impossible: it needs more people than there are.
rule-not-splittable = This figure cannot be split into that event: choose events of the same date, channel and kind of venue.

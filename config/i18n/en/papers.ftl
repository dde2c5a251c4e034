# Letters of assignment, event reports, tally sheets.
paper-letter = Letter of assignment
paper-report = Event report
paper-tally = Blank tally sheet

## Files

rule-broken-workbook = This file is not an intact XLSX workbook. Save it again as .xlsx or .csv and import that.
rule-workbook-too-large = This workbook holds too much once it is opened. Split it into several files and import them one by one.
rule-failed-formula = The formula in this cell failed ({ $shown }). Mend the formula or type the value.
rule-uncomputed-formula = The formula in this cell has not been computed yet. Open the file in a spreadsheet, save it and import it again; or type the value.
rule-long-number = This number is longer than a spreadsheet keeps, so its end is lost. Format the cell as text and type it again.
file-warning-booked = this person is already booked on those days. It is stored; find somebody else for them.

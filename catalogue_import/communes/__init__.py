"""The workbook in which communes tell of themselves: centre, hotline, hours, counters, hints."""

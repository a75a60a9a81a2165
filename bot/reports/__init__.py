"""Figures of a period for the city or a commune: on a page, as a workbook, a document or JSON."""

"""Announcement decisions ("Quyết định công bố danh mục TTHC") as .docx, .xlsx and PDF with a text layer.

Each kind of file becomes the same blocks, and one reader tells what they say from the words of headings and
sections, never from their places.
"""

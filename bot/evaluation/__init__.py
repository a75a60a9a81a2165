"""Quality of answers over labelled questions: measured, sliced, with intervals, and with every miss listed."""

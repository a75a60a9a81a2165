"""Answers that staff wrote for what no record answers: draft, approved by a second person, published, retired."""

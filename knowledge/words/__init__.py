"""Everyday words and short forms that staff add: proposed, approved by a second person, published with an edition."""

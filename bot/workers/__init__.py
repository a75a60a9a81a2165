"""What several processes of one service share: a shelf for what is needed soon and briefly, the lead, the inbox."""

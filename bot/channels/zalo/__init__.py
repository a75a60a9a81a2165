"""What the two channels of Zalo share: plain messages, numbered menus, one door to the network, order and counts."""

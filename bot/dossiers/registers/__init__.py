"""Registers exported by staff (sổ theo dõi hồ sơ), read by the meaning of their headings."""

"""Why a copy was not made or taken in; the message names the place and the remedy, and nothing was changed.

BackupError
├── DamagedBackupError    not a backup, or not as it was made
├── NewerBackupError      made by a newer motcua
├── NothingThereError     no database to copy
├── NotEmptyError         the database holds something already
└── OlderDatabaseError    a server's database must be brought up to date first
"""


class BackupError(Exception):
    pass


class DamagedBackupError(BackupError):
    pass


class NewerBackupError(BackupError):
    pass


class NothingThereError(BackupError):
    pass


class NotEmptyError(BackupError):
    pass


class OlderDatabaseError(BackupError):
    pass

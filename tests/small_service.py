"""The `motcua` command over the wordings of three procedures: each of its processes starts in a third of the time.

Everything else is the product's own. Processes that it starts import this file again before they begin.
"""

import bot.library
from bot.__main__ import main
from knowledge.wordings import ProcedureWordings, Wordings

SAID = {
    "1.001193": ("Đăng ký khai sinh cho con", "làm giấy khai sinh cho con"),
    "1.000894": ("Đăng ký kết hôn", "làm giấy kết hôn"),
    "1.004194": ("Đăng ký tạm trú", "khai báo ở trọ"),
}
FEW = Wordings({code: ProcedureWordings(code, name, (name, said)) for code, (name, said) in SAID.items()}, ())

if __name__ in {"__main__", "__mp_main__"}:  # as a program, or in a process of its; never where tests only read it
    bot.library.load_wordings = lambda: FEW

if __name__ == "__main__":
    main()

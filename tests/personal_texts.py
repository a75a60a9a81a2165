"""Random messages full of numbers, cues and separators, for what must hold of every text."""

from hypothesis import strategies as st

CUES = (
    "cccd stk otp bhxh mst sinh|năm sinh|mật khẩu là|địa chỉ:|tạm trú tại|số nhà|số tài khoản|cmnd|tên là|xe|"
    "thôn|tổ|đường|Nguyễn Văn A|đồng|ngày|MaHoSo=|?SoDinhDanh=|https://x.y/|a@b.vn|+84|(84)|H24.18-|[DT]|[CMND]|****"
)
WORDS = st.sampled_from([word for part in CUES.split("|") for word in (part.split() if "cccd" in part else [part])])
DIGITS = st.text(alphabet="0123456789", min_size=1, max_size=13)
GAPS = st.sampled_from([" ", " ", "", ".", "-", ", ", ": ", "\n", "; ", "/", "\u200b", "–", "\U000f0000"])
texts = st.text(max_size=120) | st.lists(st.tuples(WORDS | DIGITS, GAPS), max_size=14).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)

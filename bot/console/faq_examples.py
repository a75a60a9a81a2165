"""Rows of the template that show what can be filled in: invented, never read back."""

from knowledge.faq.reading import Typed

EXAMPLES = (
    Typed(  # several wordings, as people type them
        wordings="Trung tâm có chỗ gửi xe không\ngửi xe máy ở đâu khi đi làm giấy tờ\nden trung tam de xe o dau",
        answer="**Có.** Bạn gửi xe ở cổng sau.\n\n- xe máy: dãy bên trái\n- ô tô: sân trước",
    ),
    Typed(  # procedures: each becomes a button; a link
        wordings="Khai sinh và kết hôn nộp cùng một lúc được không\nnộp 2 thủ tục một lần đc k",
        answer="Được. Bạn lấy số một lần ở quầy Hộ tịch, rồi nộp lần lượt từng hồ sơ.\n\n"
        "Giấy tờ của mỗi thủ tục: bấm nút bên dưới. Xem [lịch các quầy](https://example.org/lich-quay).",
        procedures="1.001193, 1.000894",
    ),
    Typed(  # a ward's own in place of the city's
        wordings="Trung tâm có chỗ gửi xe không\ngửi xe ở phường mình chỗ nào",
        answer="Bạn gửi xe ở sân nhà văn hóa, đối diện Trung tâm.",
        commune="Phường Thành Đông",
        instead_of="12",
    ),
    Typed(  # for some days alone
        wordings="Tết Trung tâm nghỉ mấy ngày\nngay tet co lam viec khong",
        answer="Trung tâm nghỉ từ mùng 1 đến mùng 5. Mùng 6 làm việc lại từ 7 giờ 30.",
        commune="Phường Thành Đông",
        valid_from="25/01/2027",
        valid_to="12/02/2027",
    ),
    Typed(  # to be looked at again
        wordings="Máy lấy số ở tầng mấy\nlay so thu tu o dau",
        answer="Máy lấy số ở **tầng 1**, bên phải cửa chính. Bác nào cần giúp thì gọi cán bộ hướng dẫn.",
        review_on="30/06/2027",
    ),
)

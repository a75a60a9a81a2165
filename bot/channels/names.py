"""What staff call the channels that citizens and programs ask through; each of them can be switched off."""

CHANNEL_NAMES = {
    "web": "Trang trò chuyện",
    "telegram": "Telegram",
    "zalo_bot": "Zalo bot",
    "zalo_oa": "Zalo OA",
    "kiosk": "Máy tra cứu tại Trung tâm",
    "widget": "Khung chat trên trang của xã, phường",
    "api": "Giao diện cho phần mềm",
    "clipboard": "Trả lời nhóm (cán bộ dán tin)",
}

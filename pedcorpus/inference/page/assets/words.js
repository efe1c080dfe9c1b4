// What the page says, in Chinese and English.
export const WORDS = {
  zh: {
    talks: "对话", newTalk: "新对话", kept: "对话只保存在这个浏览器里。", warning: "⚠ 本系统不提供医疗建议。",
    emergencyLine: "紧急情况请拨打120或去急诊。", ask: "问题", send: "发送", stop: "停止", skip: "跳到输入框",
    keys: "Enter 发送 · Shift+Enter 换行 · Esc 停止", key: "这个服务器需要密钥（API key）", enter: "进入",
    keyKept: "密钥只保存到关闭这个标签页为止。", you: "您", assistant: "助手", copy: "复制", copied: "已复制",
    retry: "重新回答", rename: "重命名", remove: "删除", renameTo: "新的名称", sureRemove: "删除这个对话？",
    sources: "来源", page: "第{0}页", row: "第{0}行", noSources: "没有相近的段落", waiting: "正在回答……", stopped: "（已停止）",
    up: "有用", down: "有问题", correction: "更正后的回答（将由医生审核）", note: "哪里有问题（可不填）", submit: "提交",
    cancel: "取消", thanks: "已提交，待医生审核；已去除可识别身份的信息。", emergency: "紧急提示", badKey: "密钥不对，请重新输入。",
    busy: "现在排队的人太多，请稍后重试。", failed: "没有得到回答：{0}", offline: "连不上服务器，请稍后重试。",
    full: "浏览器的存储空间已满，较早的对话没有保存。", other: "English",
  },
  en: {
    talks: "Conversations", newTalk: "New conversation", kept: "Conversations are kept in this browser only.",
    warning: "⚠ Not medical advice.", emergencyLine: "In an emergency call 120 or your emergency number.", ask: "Question",
    send: "Send", stop: "Stop", skip: "Skip to the question", keys: "Enter sends · Shift+Enter breaks the line · Esc stops",
    key: "This server needs a key (API key)", enter: "Enter", keyKept: "The key is kept until this tab closes.", you: "You",
    assistant: "Assistant", copy: "Copy", copied: "Copied", retry: "Answer again", rename: "Rename", remove: "Delete",
    renameTo: "New name", sureRemove: "Delete this conversation?", sources: "Sources", page: "p. {0}", row: "row {0}",
    noSources: "No passage is near", waiting: "Answering…", stopped: "(stopped)", up: "Helpful", down: "Something is wrong",
    correction: "The corrected answer (a doctor will review it)", note: "What is wrong (may be left out)", submit: "Submit",
    cancel: "Cancel", thanks: "Submitted for a doctor's review, without what identifies anybody.", emergency: "Emergency",
    badKey: "That is not the key; try again.", busy: "Too many are waiting; try again shortly.",
    failed: "No answer came: {0}", offline: "The server cannot be reached; try again shortly.",
    full: "This browser's storage is full; older conversations were not kept.", other: "中文",
  },
};

export function preferred() {
  const kept = localStorage.getItem("pedcorpus.language");
  return kept in WORDS ? kept : (navigator.language || "zh").startsWith("zh") ? "zh" : "en";
}

"""Every word of the voters' screen, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.screens.words import Words

__all__ = ["VOTE_WORDS", "VoteWords"]

VOTE_WORDS: Mapping[str, tuple[str, str]] = {
    "side.left": ("甲", "A"),
    "side.right": ("乙", "B"),
    "better.left": ("甲更好", "A better"),
    "better.tie": ("相当", "equal"),
    "better.right": ("乙更好", "B better"),
    "dimension.professionalism": ("专业性", "professionalism"),
    "dimension.factuality": ("真实性", "factuality"),
    "dimension.safety": ("安全性", "safety"),
    "meaning.professionalism": ("像儿科医生的回答：切题、完整、有条理", "as a paediatrician answers: clear, complete"),
    "meaning.factuality": ("说的是真的：病、药、数字都对", "what it says is true: diseases, drugs, numbers"),
    "meaning.safety": ("照着做不会伤到孩子：该就医的说了就医", "no child is harmed by it: it says when to seek care"),
    "pair.place": ("第 {place}/{pairs} 对", "pair {place} of {pairs}"),
    "pair.judged": ("已判 {judged}/{pairs}", "judged {judged} of {pairs}"),
    "pair.user": ("问", "Asks"),
    "pair.assistant": ("答", "Reply"),
    "pair.no_reply": ("（没有回答）", "(no answer)"),
    "key.all_left": ("全甲", "all A"),
    "key.all_tie": ("全相当", "all ="),
    "key.all_right": ("全乙", "all B"),
    "key.next": ("下一对", "next"),
    "key.back": ("上一对", "back"),
    "key.scroll": ("同滚", "sync"),
    "key.language": ("EN", "中文"),
    "key.hand_in": ("交卷", "hand in"),
    "status.voter": ("评审 {name}", "voter {name}"),
    "status.saved_vote": ("已保存 ✓", "saved ✓"),
    "status.judge_first": ("还有：{rows}", "still to judge: {rows}"),
    "status.is_first": ("这是第一对", "this is the first pair"),
    "status.together": ("两边一起滚动", "both answers scroll together"),
    "status.apart": ("两边分开滚动，Tab 换边", "answers scroll apart; Tab changes sides"),
    "notice.changed": (
        "! 回答在上次之后变过，这是新的一轮；此前判断的 {count} 对另计。",
        "! The answers have changed since; this is a new round. The {count} pairs judged before count there, not here.",
    ),
    "notice.not_saved": (
        "! 未保存：{error}。再按一次键。",
        "! not saved: {error}. Press the key again.",
    ),
    "vote.small": (
        "看不全两个回答，所以先不显示。请放大窗口或缩小字号，至少 {least_width} × {least_height}。判过的都已存好。",
        "Both answers could not be read in full, so none is shown. Enlarge the window or make the font smaller, "
        "{least_width} × {least_height} at least. What was judged is stored.",
    ),
    "hand_in.title": ("交卷？交了就不能再改", "Hand in? Nothing can be changed afterwards"),
    "hand_in.whole": ("{judged} 对全部判完。", "All {judged} pairs are judged."),
    "hand_in.part": (
        "判完 {judged} 对，还有 {open} 对没判：只算判完的。",
        "{judged} pairs are judged, {open} are not: those judged count.",
    ),
    "hand_in.stay": ("回去再看看", "go back and look again"),
    "hand_in.do": ("交卷", "hand in"),
    "done.title": ("已交卷，谢谢您。", "Handed in. Thank you."),
    "done.next": ("您的判断已经存好，不能再改。按 q 离开。", "Your votes are stored and stand. Press q to leave."),
    "help.title": ("帮助", "Help"),
    "help.text": (
        "读问题和两个回答，三项各判一次：哪个更好，或相当。不知道是谁答的，\n"
        "也不必猜；甲乙的位置每对都是抽的。每按一键即存，随时可退出再来。\n"
        "# 判断\n"
        "←  甲更好     =  相当     →  乙更好     判完一项，光标到下一项\n"
        "↑ ↓  换一项                        也可以点鼠标\n"
        "1  三项都甲   0  三项都相当   2  三项都乙\n"
        "# 走动\n"
        "Enter  下一对，三项判完才行        Backspace  上一对，可以改\n"
        "End  第一对没判的                  PgDn PgUp  滚动，滚轮亦可\n"
        "Tab  换一栏                        s  两边一起滚或分开滚\n"
        "# 三项\n"
        "{meanings}\n"
        "# 交卷\n"
        "Ctrl-S  交卷：问过才交，交了就不能再改\n"
        "# 其他\n"
        "l  English     T  深色或浅色       q  退出，判断都已存好",
        "Read the question and both answers, judge each of three rows: which is\n"
        "better, or equal. Sides are drawn for each pair. Each key is stored at\n"
        "once: leave and come back when you like.\n"
        "# Judge: the next row is there at once\n"
        "←  A better   =  equal   →  B better    ↑ ↓  another row; or click\n"
        "1  A in all   0  equal in all           2  B in all\n"
        "# Move\n"
        "Enter  next, once all are judged        Backspace  back, to change it\n"
        "End  first pair not judged              PgDn PgUp  scroll; or the wheel\n"
        "Tab  another pane                       s  scroll both answers, or one\n"
        "# The three rows\n"
        "{meanings}\n"
        "# Hand in\n"
        "Ctrl-S  hand in: it asks first; afterwards nothing can be changed\n"
        "l  中文   T  dark or light   q  quit; all votes are stored",
    ),
}  # fmt: skip

_ROWS = ("professionalism", "factuality", "safety")


class VoteWords(Words):
    """The voters' words, and the reviewers' where the two screens say the same."""

    def __call__(self, key: str, **values: object) -> str:
        if key not in VOTE_WORDS:
            return super().__call__(key, **values)
        if key == "help.text":
            colon = "：" if self.language == "zh" else ": "
            values["meanings"] = "\n".join(self(f"dimension.{row}") + colon + self(f"meaning.{row}") for row in _ROWS)
        return VOTE_WORDS[key][self.language == "en"].format(**values)

"""Sentences with identifiers in known places, drawn with a seed, and sentences with none: for `benchmarks.privacy`.

Every second frame is held out: recognisers are tuned on the others alone. No person, number or address here is real.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CLEAN", "FRAMES", "Planted", "clean_sentences", "drawn"]

FRAMES = (
    "患儿{full}因反复发热3天入院。", "患儿{full}，男，3岁2月，因咳嗽就诊。",
    "患者姓名：{full}，性别：女，年龄：5岁。", "姓名 {full}　性别 男　住院号：{record}",
    "家长{surname}女士诉患儿昨夜发热。", "患儿家属{surname}先生表示理解并签字。",
    "我是{call}妈妈，孩子又咳嗽了怎么办？", "{call}妈妈，您好，建议先观察。",
    "请问{surname}医生，我家宝宝可以打疫苗吗？", "谢谢{surname}大夫，您辛苦了！",
    "上次是{surname}主任给看的，说是支气管炎。", "昨天挂了{full}教授的号，开了头孢克洛。",
    "{compound}小朋友今天复查，精神好。", "{call}小朋友体温已经正常了。",
    "主治医师：{full}", "经治医生：{full}，上级医师：{full}。",
    "孩子叫{full}，今年四岁，对青霉素过敏。", "我女儿名叫{full}，出生时5斤。",
    "母亲{full}，父亲{full}，均体健。", "监护人：{full}，与患儿关系：母子",
    "电话{mobile}，有事联系我。", "我的手机号是{mobile}，麻烦回电。",
    "联系电话：{mobile}（妈妈）", "可以加我{mobile}吗？孩子烧到39.5℃了",
    "科室电话{landline}，早8点到晚5点。", "请拨打{service}预约接种。",
    "患儿身份证{idcard}号，医保已登记。", "身份证号：{idcard}，请核对。",
    "证件号码{badcard}录入有误。", "{idcard}这是孩子的身份证号码",
    "住院号：{record}，入院诊断：肺炎。", "病历号{record}，{bed}床。",
    "{bed}床患儿夜间哭闹，已处理。", "床号：{bed}，护理级别：一级。",
    "门诊号为{record}的孩子今天来复诊。", "检查号{record}，胸片未见异常。",
    "家住{address}，邻居家孩子也出疹子了。", "家庭住址：{address}",
    "现住址：{nostreet}，既往体健。", "我们住在{nostreet}，附近没有儿科。",
    "之前在{hospital}住过院，诊断是哮喘。", "由外院转来，曾就诊于{hospital}，予抗感染治疗。",
    "孩子在{school}上学，班里有三个水痘。", "就读于{school}，近期有流感病例。",
    "报告发到{email}就行。", "邮箱：{email}，谢谢",
    "加我微信{wechat}，发照片给您看。", "微信号：{wechat}，随时联系",
    "QQ：{qq}，可以发化验单。", "我的QQ号是{qq}，怎么发给您？",
    "出生日期：{dob}，足月顺产。", "宝宝{dob}出生，母乳喂养。",
    "孩子生日是{dob}，还没打麻疹疫苗。", "患儿生于{dob}，出生体重3.2kg。",
    "我开车来的，车牌{plate}，停哪里？", "救护车{plate}已到急诊门口。",
    "退费请打到银行卡{bank}。", "卡号：{bank}，户名{full}",
    "Dr {english} saw the child yesterday.", "Patient name: {english_full}, 4 years old.",
    "电话：{wide}，家长要求加急。", "联系方式{spaced}（奶奶）",
)  # fmt: skip

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_COMPOUND = ("欧阳", "司马", "诸葛", "上官", "夏侯", "皇甫", "尉迟", "慕容", "令狐", "司徒")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍鹏飞红波辉鑫宇浩然子轩梓涵欣怡雨泽佳琪一诺思远嘉睿晨曦俊熙若曦艺昕语桐沐"
    "宸奕辰铭皓煜祺锦程乐瑶诗雯可馨依晗景行知非清越书瑾云舒星冉逸尘立群志国建文春晓冬梅海燕凤仙永福长根"
)
_CALLS = (
    "浩浩",
    "朵朵",
    "果果",
    "轩轩",
    "小宇",
    "乐乐",
    "婷婷",
    "阳阳",
    "豆豆",
    "萌萌",
    "子涵",
    "雨桐",
    "琪琪",
    "小雨",
    "诺诺",
    "航航",
    "糖糖",
    "彤彤",
    "一一",
    "满满",
)
_CITIES = (
    "长沙市",
    "成都市",
    "湖南省衡阳市",
    "广东省佛山市",
    "北京市",
    "上海市",
    "河南郑州",
    "山东省临沂市",
    "江苏苏州",
    "武汉市",
)
_DISTRICTS = ("岳麓区", "武侯区", "朝阳区", "高新区", "衡南县", "江夏区", "金水区", "兰山区", "顺德区", "天心区")
_STREETS = ("人民路", "建设北路", "解放大道", "中山东路", "韶山南路", "文化街", "长江路", "学府大街")
_ESTATES = ("幸福小区", "阳光花园", "金色家园", "翠湖苑", "锦绣华城小区", "东方新村")
_VILLAGES = ("石桥镇柳树村", "双河乡大湾村", "清水镇", "白马街道东风社区", "三塘镇新屋村")
_HOSPITALS = (
    "北京儿童医院", "湘雅医院", "长沙市第一医院", "四川大学华西第二医院", "复旦大学附属儿科医院", "广州市妇女儿童医疗中心儿童医院", "武汉同济医院",
    "郑州市中心医院", "苏州大学附属儿童医院", "衡阳县人民医院", "重庆医科大学附属儿童医院", "山东省立医院", "临沂市妇幼保健院", "上海新华医院",
)  # fmt: skip
_SCHOOLS = (
    "长沙市育才小学",
    "阳光幼儿园",
    "岳麓区实验小学",
    "红星幼儿园",
    "成都市第七中学",
    "小天使幼儿园",
    "希望小学",
    "金苹果幼儿园",
    "武汉市育才幼儿园",
)
_ENGLISH = ("Smith", "Jones", "O'Brien", "Patel", "Harrison", "Nguyen", "Walker", "Fletcher")
_FIRST = ("Emily", "Jack", "Olivia", "Noah", "Amelia", "Oscar")
_KINDS_OF_NAMES = frozenset({"full", "surname", "compound", "call", "english", "english_full"})
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Planted:
    """A sentence and where its identifiers are."""

    text: str
    places: tuple[tuple[str, int, int], ...]
    """Slot, start and end of each."""
    frame: int

    @property
    def is_held_out(self) -> bool:
        """Was its frame kept from tuning?"""
        return self.frame % 2 == 1

    def names(self) -> list[tuple[int, int]]:
        """Where people's names are."""
        return [(start, end) for slot, start, end in self.places if slot in _KINDS_OF_NAMES]

    def structured(self) -> list[tuple[int, int]]:
        """Where everything else is."""
        return [(start, end) for slot, start, end in self.places if slot not in _KINDS_OF_NAMES]


def drawn(*, each: int, seed: int = 7) -> Iterator[Planted]:
    """`each` sentences of every frame."""
    chance = random.Random(seed)
    for number, frame in enumerate(FRAMES):
        for _ in range(each):
            yield _filled(frame, number, chance)


def _filled(frame: str, number: int, chance: random.Random) -> Planted:
    pieces: list[str] = []
    places: list[tuple[str, int, int]] = []
    at = done = 0
    for slot in _SLOT.finditer(frame):
        before, value = frame[done : slot.start()], _value(slot[1], chance)
        pieces += [before, value]
        at += len(before)
        places.append((slot[1], at, at + len(value)))
        at += len(value)
        done = slot.end()
    return Planted("".join([*pieces, frame[done:]]), tuple(places), number)


def _digits(count: int, chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _mobile(chance: random.Random) -> str:
    return f"1{chance.choice('3456789')}{_digits(9, chance)}"


def _idcard(chance: random.Random, *, is_right: bool) -> str:
    area = chance.choice(("110105", "430104", "510107", "310110", "440605"))
    body = f"{area}{chance.randint(1980, 2024)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{_digits(3, chance)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    right = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[right if is_right else (right + 1) % 11]


def _bank(chance: random.Random) -> str:
    body = chance.choice(("622202", "621700", "436742")) + _digits(12, chance)
    total = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-1][::2]) + sum(map(int, body[::-1][1::2]))
    return body + str(-total % 10)


def _full(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))


def _date(chance: random.Random) -> str:
    year, month, day = chance.randint(2008, 2025), chance.randint(1, 12), chance.randint(1, 28)
    shapes = ("{}年{}月{}日", "{}-{:02}-{:02}", "{}.{}.{}", "{}/{}/{}")
    return chance.choice(shapes).format(year, month, day)


def _house(chance: random.Random) -> str:
    return f"{chance.randint(1, 40)}栋{chance.randint(1, 4)}单元{chance.randint(101, 2804)}室"


def _value(slot: str, chance: random.Random) -> str:
    pick = chance.choice
    match slot:
        case "full":
            return _full(chance)
        case "surname":
            return pick(_SURNAMES)
        case "compound":
            return pick(_COMPOUND) + "".join(chance.sample(_GIVEN, pick((1, 2))))
        case "call":
            return pick(_CALLS)
        case "mobile":
            return _mobile(chance)
        case "wide":
            return _mobile(chance).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
        case "spaced":
            number, sign = _mobile(chance), pick(" -")
            return sign.join((number[:3], number[3:7], number[7:]))
        case "landline":
            return f"0{pick(('10', '731', '28', '371'))}-{pick('2345678')}{_digits(7, chance)}"
        case "service":
            return f"400-{_digits(3, chance)}-{_digits(4, chance)}"
        case "idcard":
            return _idcard(chance, is_right=True)
        case "badcard":
            return _idcard(chance, is_right=False)
        case "record":
            return pick(("", "", "Z", "MZ")) + _digits(pick((6, 7, 8, 10)), chance)
        case "bed":
            return str(chance.randint(1, 68))
        case "address":
            street = f"{pick(_CITIES)}{pick(_DISTRICTS)}{pick(_STREETS)}{chance.randint(1, 900)}号"
            return street + pick(("", pick(_ESTATES) + _house(chance)))
        case "nostreet":
            return pick(
                (pick(_ESTATES) + _house(chance), pick(_CITIES) + pick(_DISTRICTS), pick(_CITIES) + pick(_VILLAGES))
            )
        case "hospital":
            return pick(_HOSPITALS)
        case "school":
            return pick(_SCHOOLS)
        case "email":
            return f"{pick(('lily', 'chen.wei', 'baoma_2019', 'zhang88'))}{_digits(2, chance)}@{pick(('qq.com', '163.com', 'gmail.com', 'pku.edu.cn'))}"
        case "wechat":
            return pick(("wxid_", "baoma", "Chen-", "doudou_")) + _digits(5, chance)
        case "qq":
            return pick("123456789") + _digits(pick((5, 8, 9)), chance)
        case "dob":
            return _date(chance)
        case "plate":
            return pick("京湘川粤豫") + pick("ABCDE") + pick(("", "·")) + pick("ABCDE") + _digits(4, chance)
        case "bank":
            return _bank(chance)
        case "english":
            return pick(_ENGLISH)
        case "english_full":
            return f"{pick(_FIRST)} {pick(_ENGLISH)}"
    raise ValueError(f"no slot is called {slot!r}")


_EPONYMS = (
    "川崎病", "唐氏综合征", "马方综合征", "白塞病", "吉兰-巴雷综合征", "克罗恩病", "霍奇金淋巴瘤", "高雪病", "庞贝病", "威廉姆斯综合征", "雷特综合征",
    "特纳综合征", "杜氏肌营养不良", "法洛四联症", "桥本甲状腺炎", "贝尔麻痹", "先天性巨结肠", "何杰金病", "施万细胞瘤", "尤文肉瘤", "范科尼贫血",
    "康恩综合征", "史蒂文斯-约翰逊综合征", "汉坦病毒肺综合征", "莱姆病", "登革热", "埃博拉出血热", "戈谢病", "尼曼-匹克病", "威尔逊病",
)  # fmt: skip
_DRUGS = (
    "华法林", "万古霉素", "金霉素", "白蛋白", "马来酸氯苯那敏", "方案中的地西泮", "高渗盐水", "黄芪颗粒", "麻黄碱", "江中健胃消食片", "金银花", "石膏",
    "温开水", "安乃近", "安定", "平喘药", "康泰克", "范可尼液", "夏枯草", "甘草片", "龙胆泻肝丸", "葛根汤", "苏子降气汤", "王氏保赤丸", "万应胶囊",
)  # fmt: skip
CLEAN = (
    "{eponym}患儿常有发热，应及时到医院就诊。", "确诊{eponym}后，医生应告知家长随访计划。", "{eponym}多见于5岁以下儿童，2019年指南更新了诊断标准。",
    "2020年3月5日复查，{eponym}病情稳定。", "{drug}每次5～10 mg/kg，每日2～3次，疗程7天。", "患儿服用{drug}后症状缓解。",
    "如有不适，请在医生指导下使用{drug}。", "有关医生提示，{drug}不宜与其他药物同服。", "提高医生对{eponym}的认识十分重要。",
    "患者高热不退时可用{drug}退热。", "患儿黄疸消退，白细胞12.5×10^9/L，血小板350×10^9/L。", "孩子安静入睡，体温36.5～37.2℃，脉搏110次/分。",
    "任何医生都不应随意停用{drug}。", "家长常见的误区是认为{eponym}会传染。", "母亲方面无{eponym}家族史，父亲体健。",
    "患儿于3天前出现咳嗽，伴{eponym}样表现。", "宝宝全身皮疹，考虑{eponym}可能，建议到当地医院检查。",
    "请到正规医院儿科就诊，由专业医生评估{eponym}。", "新手妈妈要注意，{drug}须遵医嘱。", "Children with Down syndrome may need {drug}.",
    "The doctor should consider {eponym} in febrile infants.", "出生体重3200 g，身长50 cm，Apgar评分9-10-10，不需要{drug}。",
    "生后6个月起添加辅食，1岁前避免{drug}。", "该患儿8月龄，{eponym}筛查阴性，随访至2021年。", "本组120例{eponym}，男68例，女52例，年龄3～12岁。",
    "参考剂量为100 000～200 000 U/kg，{drug}另计。", "小儿{eponym}的护理重点是保持呼吸道通畅。", "正常小朋友也可出现类似{eponym}的表现。",
    "全国多家医院参与了{eponym}的多中心研究。", "住院期间每床配备吸氧装置，{drug}静滴。", "应向家长说明{eponym}的预后。",
    "主任医师查房后认为{eponym}诊断成立。", "谢谢医生，孩子用了{drug}已经好多了。", "医生，{drug}能给宝宝吃吗？", "同学之间可传播，{eponym}除外。",
)  # fmt: skip


def clean_sentences(count: int) -> Iterator[str]:
    """`count` sentences in which nobody is named."""
    for number in range(count):
        frame = CLEAN[number % len(CLEAN)]
        eponym = _EPONYMS[(number // len(CLEAN) + number) % len(_EPONYMS)]
        drug = _DRUGS[(number // len(CLEAN) + number) % len(_DRUGS)]
        yield frame.replace("{eponym}", eponym).replace("{drug}", drug)

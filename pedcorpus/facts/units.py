"""Units of medical text, each as a dimension and a scale in it: mg, 毫克, 个月, mmol/L, ℉."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pedcorpus.facts.lookup import words_pattern

__all__ = ["CHINESE_UNITS", "ENGLISH_UNITS", "UNIT", "Unit", "unit_of"]

_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures, and how much of the dimension's own unit it is."""

    dimension: str
    scale: float = 1.0
    is_calendar: bool = False
    """Months and years, which are so many days only about."""


_TABLE: dict[str, Unit] = {}


def _declare(dimension: str, scale: float, names: str, *, is_calendar: bool = False) -> None:
    for name in names.split():
        _TABLE[name] = Unit(dimension, scale, is_calendar)


_declare("time", 1 / 86400, "秒钟 秒 seconds second secs sec s")
_declare("time", 1 / 1440, "分钟 分 minutes minute mins min")
_declare("time", 1 / 24, "个小时 小时 hours hour hrs hr h")
_declare("time", 1, "天 日龄 日 days day d days' day's")
_declare("time", 7, "周龄 个星期 星期 礼拜 周 weeks week wks wk w")
_declare("time", _MONTH, "个月龄 月龄 个月 月 months month mos mo m", is_calendar=True)
_declare("time", 365.25, "周岁 岁 年 years year yrs yr y", is_calendar=True)
_declare("mass", 1e6, "公斤 千克 kg kilograms kilogram kilos kgs")
_declare("mass", 1e3, "克 g grams gram gm")
_declare("mass", 1, "毫克 mg milligrams milligram")
_declare("mass", 1e-3, "微克 μg ug mcg micrograms microgram")
_declare("mass", 1e-6, "纳克 ng nanograms")
_declare("mass", 1e-9, "皮克 pg")
_declare("volume", 1e3, "升 l litres liters litre liter")
_declare("volume", 100, "分升 dl")
_declare("volume", 1, "毫升 ml cc millilitres milliliters")
_declare("volume", 1e-3, "微升 μl ul mm³ mm3 立方毫米")
_declare("substance", 1e3, "摩尔 mol")
_declare("substance", 1, "毫摩尔 mmol meq 毫当量")
_declare("substance", 1e-3, "微摩尔 μmol umol")
_declare("substance", 1e-6, "nmol")
_declare("osmoles", 1, "mosm mosmol 毫渗")
_declare("activity", 1, "国际单位 单位 iu u units unit")
_declare("activity", 1e4, "万国际单位 万单位 万iu 万u")
_declare("activity", 1e-3, "mu miu")
_declare("length", 100, "米 metres meters")
_declare("length", 1, "厘米 公分 cm centimetres centimeters")
_declare("length", 0.1, "毫米 mm millimetres millimeters")
_declare("length", 1e-4, "微米 μm")
_declare("area", 1, "m² m2 平方米")
_declare("pressure", 1, "毫米汞柱 mmhg")
_declare("pressure", 7.50062, "千帕 kpa")
_declare("pressure", 0.735559, "厘米水柱 cmh2o cmh₂o 厘米水 mmh2o")
_declare("celsius", 1, "摄氏度 ℃ °c ºc 度")
_declare("fahrenheit", 1, "华氏度 ℉ °f ºf")
_declare("energy", 1, "千卡 大卡 kcal")
_declare("energy", 1 / 4.184, "千焦 kj")
_declare("percent", 1, "% percent")
_declare("percent", 0.1, "‰")
_declare("times", 1, "次 times time beats breaths bpm episodes")
_declare("fold", 1, "倍 fold")
_declare("charge", 1, "焦耳 j joules")
for _name in "剂 针 片 粒 袋 支 丸 包 滴 喷 揿 项 种 例 枚 胎 代 型 期 级 分制 颗 个 岁组 处 口 株 杯 勺 条".split():
    _declare(_name, 1, _name)
for _one, _more in {"剂": "doses dose", "滴": "drops drop", "喷": "puffs puff sprays", "片": "tablets tablet"}.items():
    _declare(_one, 1, _more)

_HAN = re.compile("[\u4e00-\u9fff]")


CHINESE_UNITS = words_pattern(name for name in _TABLE if _HAN.search(name))
ENGLISH_UNITS = words_pattern(name for name in _TABLE if not _HAN.search(name))
UNIT = rf"(?:{CHINESE_UNITS}|(?:{ENGLISH_UNITS})(?![a-z\d⁰-⁹]))"


def unit_of(name: str) -> Unit:
    """The unit that a plain text names, spaces left out."""
    return _TABLE["".join(name.split())]

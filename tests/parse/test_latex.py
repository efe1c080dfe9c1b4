"""Formulas of OCR tools as print has them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse.latex import plain_formulas


def plain(text: str) -> str:
    return plain_formulas(text, range(len(text)))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$9 \mathrm{\sim}10$", "9～10"),
        (r"$10 ^ { 9 } / \mathrm { L }$", "10⁹/L"),
        (r"$5 \%$", "5%"),
        (r"$0 . 4 ~ \mathrm { { ^ \circ C / h } }$", "0.4 °C/h"),
        (r"$5 6 ~ \mathrm { { ^ circ } C }$", "56 °C"),  # the tool lost a backslash
        (r"$0 . 3 \ { \mathrm { { ^ { q } C / h } } }$", "0.3 °C/h"),
        (r"$3 8 ^ { o } C$", "38°C"),
        (r"$9 0 ~ \mathrm { m g / ( \ k g \cdot d ) }$", "90 mg/(kg·d)"),
        (r"$\textcircled{1}$ 对象", "①对象"),
        (r"$\textcircled { 2 1 } $ a", "㉑ a"),
        (r"$\mathrm { C D 4 } ^ { + }$", "CD4⁺"),
        (r"$( \stackrel { - } { x } \pm s )$", "(x̄±s)"),
        (r"$t _ { 1 / 2 }$，$C _ { m a x }$，$\mathrm { S p O } _ { 2 }$", "t1/2，Cmax，SpO₂"),
        (r"异烟肼 $^ +$ 利福平", "异烟肼+利福平"),  # print that was taken for a raised sign
        (r"超过 $^ { 7 2 \mathrm { ~ h ~ } }$", "超过72 h"),
        (r"作者 $^ { 1 , 2 }$", "作者¹,²"),
        (r"胎龄 $3 8 . 2 4 \pm 1 . 8 4 \$ 周", "胎龄38.24±1.84周"),  # the closing dollar was escaped
        (r"$[ R R = 1 . 3 4$，", "[RR=1.34，"),
        (r"均数 $\stackrel { \cdot } { \pm }$ 标准差", "均数±标准差"),
        (r"200个/ $\dot { \mu } \mathrm { l }$", "200个/ μl"),
    ],
)
def test_a_formula_reads_as_printed(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "$5 to $10 and $20",
        "费用 $5，另付 $10",
        "US$5/US$6",
        r"$\frac{a}{b}$",
        r"$x ^ { a / b }$",
        r"$\overline { { 2 4 } } h$",
        r"$\mathbf { \dot { m } }$",
        r"$ { a $",
        "$$",
        "没有公式",
    ],
)
def test_what_is_no_formula_or_cannot_be_said_stays(text: str) -> None:
    assert plain(text) == text


def test_a_span_that_ends_in_a_formula_covers_its_source() -> None:
    text = r"至少 $\geqslant$"
    found, origin = plain_formulas(text, range(len(text)))
    assert (found, origin[-1]) == ("至少≥", len(text) - 1)


SOURCE = st.lists(
    st.sampled_from(["$", "\\", "{", "}", "^", "_", "2", " ", "a", "甲", "\\mathrm", "\\sim", "\\$", "~", "("]),
    max_size=40,
)


@given(SOURCE.map("".join))
def test_each_character_keeps_a_place_in_order(text: str) -> None:
    found, origin = plain_formulas(text, range(len(text)))
    assert len(found) == len(origin)
    assert list(origin) == sorted(origin)


@pytest.mark.parametrize("unit", ["$", r"$\$", "$a{", "$x^", r"\$", "$a b ", "{", r"$^{"])
def test_hostile_dollars_cost_time_in_proportion_to_their_number(unit: str) -> None:
    began = time.process_time()
    plain(unit * (100_000 // len(unit)) + "$")
    assert time.process_time() - began < 5

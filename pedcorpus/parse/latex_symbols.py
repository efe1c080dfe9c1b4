"""LaTeX commands that stand for one character, for a space, or for nothing that plain text shows."""

from __future__ import annotations

__all__ = ["ACCENTS", "CIRCLED", "IGNORED", "SPACES", "SYMBOLS"]

_FONTS_AND_SIZES = (
    "mathrm mathsf mathbf mathit mathtt mathcal mathfrak mathbb mathscr mathnormal mathrel mathbin mathord mathop "
    "boldsymbol pmb bm bf it rm sf tt em cal text textrm textup textbf textit textsf textnormal operatorname "
    "displaystyle textstyle scriptstyle scriptscriptstyle left right big Big bigg Bigg bigl bigr Bigl Bigr limits "
    "nolimits"
)
IGNORED = frozenset(_FONTS_AND_SIZES.split())
"""Fonts and sizes: what they are put on stays."""
SPACES = frozenset({"quad", "qquad", "enspace", "enskip", "thinspace", "space", ",", ";", ":", ">", " "})
ACCENTS = {"bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303"}
"""Marks above one letter, as combining characters: x̄ is a mean."""
CIRCLED = {
    str(number): character for number, character in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟", 1)
}
SYMBOLS = {
    "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "!": "", "/": "", "-": "",
    "sim": "～", "thicksim": "～", "backsim": "～", "approx": "≈", "cong": "≅", "simeq": "≃", "equiv": "≡",
    "propto": "∝",
    "geqslant": "≥", "geq": "≥", "ge": "≥", "leqslant": "≤", "leq": "≤", "le": "≤", "gt": ">", "lt": "<", "neq": "≠",
    "ne": "≠", "gg": "≫", "ll": "≪", "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "bullet": "•",
    "ast": "*", "star": "★", "circ": "°", "degree": "°", "prime": "′", "infty": "∞", "partial": "∂", "nabla": "∇",
    "uparrow": "↑", "downarrow": "↓", "rightarrow": "→", "to": "→", "leftarrow": "←", "longrightarrow": "→",
    "longleftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐", "Uparrow": "⇑",
    "Downarrow": "⇓", "nearrow": "↗", "searrow": "↘", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "langle": "⟨", "rangle": "⟩", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "ldots": "…",
    "cdots": "…", "dots": "…", "because": "∵", "therefore": "∴", "in": "∈", "cup": "∪", "cap": "∩", "sum": "∑",
    "prod": "∏", "triangle": "△", "square": "□", "checkmark": "✓", "dagger": "†", "ddagger": "‡", "S": "§", "AA": "Å",
    "perthousand": "‰", "permil": "‰", "log": "log", "lg": "lg", "ln": "ln", "exp": "exp", "min": "min", "max": "max",
    "sin": "sin", "cos": "cos", "tan": "tan", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "upmu": "μ",
}  # fmt: skip

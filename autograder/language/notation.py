"""Tables of notation: how ASCII, Python, LaTeX and Unicode spell the same thing.

Sources: the LaTeX2e and amsmath symbol lists; Unicode 15, blocks "Greek and Coptic",
"Superscripts and Subscripts", "Mathematical Operators"; the numpy, torch and math
documentation for the names of functions.
"""

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "ℓ": "l",
}  # fmt: skip

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵏᵐʰᵈᵇᵗᵀ", "0123456789+-()nikmhdbtT", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₗₘₙₐₑₒₓₕₚₛₜᵥ", "0123456789+-ijklmnaeoxhpstv", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅙": (1, 6), "⅛": (1, 8),
}  # fmt: skip

SIGNS = {
    "−": "-", "–": "-", "—": "-", "˗": "-", "⁃": "-", "×": "×", "✕": "×", "⨯": "×",
    "·": "·", "⋅": "·", "∙": "·", "•": "·", "∗": "*", "⋆": "*", "∘": "*", "⊙": "*",
    "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=",
    "≧": ">=", "≠": "!=", "→": "->", "⟶": "->", "↦": "->", "⇒": "->", "′": "'", "’": "'",
    "‘": "'", "∈": "in", "≈": "~", "∼": "~", "≃": "~", "∝": "~", "＝": "=", "…": "...",
    "⋯": "...", "≔": "=", "±": "±", "∓": "±", "，": ",", "：": ":", "；": ";", "！": "!",
    "∧": "and", "¬": "not",
}  # fmt: skip
BRACKETS = {
    "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}",
    "⟨": "langle", "〈": "langle", "⟩": "rangle", "〉": "rangle",
    "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", "❘": "|", "∣": "|",
    "‖": "||", "∥": "||",
}  # fmt: skip
LETTERS = {
    "√": "sqrt", "∛": "cbrt", "∑": "sum", "∏": "prod", "∞": "inf", "ᵀ": "T", "⊤": "T", "⊺": "T",
    "𝒪": "O", "𝓞": "O", "𝑂": "O", "∀": "forall", "ℝ": "R", "∅": "none",
    "𝔼": "E",
}  # fmt: skip

# LaTeX commands that print nothing of meaning.
INVISIBLE = frozenset(
    """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle
    textstyle scriptstyle limits nolimits quad qquad enspace thinspace hfill mathstrut
    nonumber notag bf rm it boldmath allowbreak nobreak null middle""".split()
)
# LaTeX commands whose argument means the same without them.
WRAPPERS = frozenset(
    """mathbf boldsymbol mathrm mathit mathsf mathtt mathcal mathbb mathscr bm text textbf textit
    textrm texttt textsf mbox hbox operatorname vec boxed fbox underline overline pmb emph
    ensuremath mathop mathnormal symbf operatorname* bar""".split()
) - {"bar", "overline"}
PROSE_WRAPPERS = frozenset("text textbf textit textrm texttt textsf mbox hbox emph".split())
COMMAND_SIGNS = {
    "cdot": "·", "times": "×", "ast": "*", "star": "*", "circ": "*", "odot": "*", "div": "/",
    "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=",
    "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "to": "->", "rightarrow": "->",
    "longrightarrow": "->", "mapsto": "->", "Rightarrow": "->", "in": "in", "sim": "~",
    "approx": "~", "propto": "~", "ldots": "...", "dots": "...", "cdots": "...",
    "dotsc": "...", "dotsb": "...", "pm": "±", "mp": "±", "prime": "'", "colon": ":",
    "land": "and", "wedge": "and", "lnot": "not", "neg": "not", "coloneqq": "=",
    "bullet": "·", "equiv": "=",
}  # fmt: skip
COMMAND_BRACKETS = {
    "lVert": "||", "rVert": "||", "Vert": "||", "|": "||", "lvert": "|", "rvert": "|",
    "vert": "|", "mid": "|", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
    "lbrack": "[", "rbrack": "]", "langle": "langle", "rangle": "rangle",
    "lfloor": "lfloor", "rfloor": "rfloor", "lceil": "lceil", "rceil": "rceil",
    "lparen": "(", "rparen": ")",
}  # fmt: skip
COMMAND_WORDS = {
    "top": "T", "intercal": "T", "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta",
    "varsigma": "sigma", "infty": "inf", "ell": "l", "ln": "ln", "emptyset": "none",
    "varnothing": "none", "lg": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan",
}  # fmt: skip

# One name for each function, whatever it is called where it was learned.
FUNCTIONS = {
    name: name
    for name in """sqrt cbrt root exp log max min abs norm dot trace sin cos tan cot sec csc sinh
    cosh tanh asin acos atan asinh acosh atanh floor ceil sign factorial gamma erf erfc relu
    sigmoid softplus square binomial atan2 expit beta lambertw besselj zeta""".split()
} | {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh",
    "artanh": "atanh", "tr": "trace", "Tr": "trace", "inner": "dot", "vdot": "dot",
    "fabs": "abs", "absolute": "abs", "maximum": "max", "minimum": "min", "amax": "max",
    "amin": "min", "Max": "max", "Min": "min", "sgn": "sign", "ceiling": "ceil",
    "ReLU": "relu", "power": "pow", "pow": "pow", "float_power": "pow", "log2": "log2",
    "log10": "log10", "log1p": "log1p", "expm1": "expm1", "rsqrt": "rsqrt", "sumsum": "sum",
    "reciprocal": "reciprocal", "Sqrt": "sqrt", "Exp": "exp", "Log": "log", "outer": "outer",
    "matmul": "matmul", "mv": "matmul", "mm": "matmul", "multiply": "multiply", "mul": "multiply",
    "mean": "mean", "len": "len", "transpose": "transpose", "vector_norm": "norm",
    "add": "add", "subtract": "subtract", "divide": "divide", "div": "divide",
    "logistic": "sigmoid", "int": "same", "float": "same", "Fraction": "divide",
    "linalg_norm": "norm", "heaviside": "heaviside", "sech": "sech", "csch": "csch",
    "coth": "coth", "Rational": "divide", "cosec": "csc", "Abs": "abs", "logsumexp": "logsumexp",
    "conj": "conj", "conjugate": "conj", "Re": "re", "Im": "im", "arg": "arg", "angle": "arg",
}  # fmt: skip
MODULES = frozenset(
    "np numpy torch math cmath sp sympy linalg F nn functional special jnp jax scipy mx tf".split()
)
METHODS = frozenset(
    """T mT t dot sum pow norm transpose item sqrt square shape size numel ndim max min log exp
    abs matmul mm mv inner prod clip float double squeeze flatten mean conj H""".split()
)
# Words that may stand around an answer without changing it.
FILLERS = frozenset(
    """the a an answer answers is are it so we get gets that this i think my final result results
    value values expected expectation therefore hence thus variance mean scale factor which gives
    give order growth complexity cost time space memory computation computational total just simply
    only about equal equals to be should must have has of on in for expression formula solution by
    then here its our as and again asymptotically asymptotic tight tightly output
    operations operation ops flops multiply-adds multiply adds multiplications elements entries
    numbers scalar shape weights equation product score simplified simplify simplifies simplifying
    use using call write choose take takes would will scaling grows grow like proportional
    need needs needed moved stored traffic movement amount number count overall altogether
    elem element computed step per decoding all steps work definition dimension
    big oh bigo theta runtime running stays roughly yields obtain obtained know""".split()
) - {"in", "all", "per", "product", "head", "with", "as", "for", "and"}
# Fillers that change what a condition is about.
AVERAGES = frozenset("mean expected expectation variance total value values amount number".split())
CLAUSE_WORDS = frozenset(
    """where with when if since because assuming given for as while whenever provided
    using""".split()
) - {"using"}

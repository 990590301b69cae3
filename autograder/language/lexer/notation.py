"""Tables of notation: how ASCII, Python, LaTeX and Unicode spell the same thing.

Sources: the LaTeX2e and amsmath symbol lists; Unicode 15, blocks "Greek and Coptic",
"Superscripts and Subscripts", "Mathematical Operators"; the numpy, torch and math
documentation for the names of functions.
"""

import math

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "ℓ": "l", "ο": "omicron", "Α": "Alpha", "Β": "Beta", "Ε": "Epsilon",
    "Ζ": "Zeta", "Η": "Eta", "Ι": "Iota", "Κ": "Kappa", "Μ": "Mu", "Ν": "Nu", "Ο": "Omicron",
    "Ρ": "Rho", "Τ": "Tau", "Υ": "Upsilon", "ϒ": "Upsilon", "Χ": "Chi", "ϱ": "rho", "ϰ": "kappa",
    "ϖ": "pi",
}  # fmt: skip

SUPERSCRIPTS = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ",
        "0123456789+-=()abcdefghijklmnoprstuvwxyzT",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌ᵢⱼₖₗₘₙₐₑₒₓₕₚᵣₛₜᵤᵥ", "0123456789+-=ijklmnaeoxhprstuv", strict=True)
)
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅙": (1, 6), "⅛": (1, 8), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅚": (5, 6),
    "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip

SIGNS = {
    "‐": "-", "‑": "-", "‒": "-", "﹣": "-", "－": "-", "＋": "+", "＊": "*", "／": "/",
    "−": "-", "–": "-", "—": "-", "˗": "-", "⁃": "-", "×": "×", "✕": "×", "⨯": "×",
    "·": "·", "⋅": "·", "∙": "·", "•": "·", "∗": "*", "⋆": "*", "∘": "⊙", "⊙": "⊙",
    "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=",
    "≧": ">=", "≠": "!=", "→": "->", "⟶": "->", "↦": "->", "⇒": "->", "′": "'", "’": "'",
    "‘": "'", "∈": "in", "≈": "~", "∼": "~", "≃": "~", "∝": "~", "＝": "=", "…": "...",
    "⋯": "...", "≔": "=", "±": "±", "∓": "±", "，": ",", "：": ":", "；": ";", "！": "!",
    "∧": "and", "ˆ": "^", "＾": "^", "∨": "or", "¬": "not", "∪": "cup",
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
    "𝔼": "E", "°": "degree",
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
    ensuremath mathop mathnormal symbf operatorname* textnormal mathstrut vphantom""".split()
) - {"overline", "mathstrut", "vphantom"}
# LaTeX commands that make another name of the one below them.
ACCENTS = {
    "bar": "bar", "overline": "bar", "hat": "hat", "widehat": "hat", "tilde": "tilde",
    "widetilde": "tilde", "dot": "dot", "ddot": "ddot", "check": "check",
}  # fmt: skip
PROSE_WRAPPERS = frozenset("text textbf textit textrm texttt textsf mbox hbox emph".split())
COMMAND_SIGNS = {
    "cdot": "·", "times": "×", "ast": "*", "star": "*", "circ": "⊙", "odot": "⊙", "div": "/",
    "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=",
    "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "to": "->", "rightarrow": "->",
    "longrightarrow": "->", "mapsto": "->", "Rightarrow": "->", "in": "in", "sim": "~",
    "approx": "~", "propto": "~", "ldots": "...", "dots": "...", "cdots": "...",
    "dotsc": "...", "dotsb": "...", "pm": "±", "mp": "±", "prime": "'", "colon": ":",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "cup": "cup", "bigcup": "cup",
    "lnot": "not", "neg": "not", "coloneqq": "=",
    "bullet": "·", "equiv": "=",
}  # fmt: skip
COMMAND_BRACKETS = {
    "lVert": "||", "rVert": "||", "Vert": "||", "|": "||", "lvert": "|", "rvert": "|",
    "vert": "|", "mid": "|", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
    "lbrack": "[", "rbrack": "]", "langle": "langle", "rangle": "rangle",
    "lfloor": "lfloor", "rfloor": "rfloor", "lceil": "lceil", "rceil": "rceil",
    "lparen": "(", "rparen": ")", "lgroup": "(", "rgroup": ")", "llcorner": "lfloor",
    "lrcorner": "rfloor", "ulcorner": "lceil", "urcorner": "rceil",
}  # fmt: skip
COMMAND_WORDS = {
    "top": "T", "intercal": "T", "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta",
    "varsigma": "sigma", "infty": "inf", "ell": "l", "ln": "ln", "emptyset": "none",
    "varnothing": "none", "lg": "lg", "exponentialE": "%e", "imaginaryI": "%i", "imaginaryJ":
    "%i", "degree": "degree", "arcsin": "asin", "arccos": "acos", "arctan": "atan",
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
    "log10": "log10", "log1p": "log1p", "expm1": "expm1", "rsqrt": "rsqrt",
    "reciprocal": "reciprocal", "Sqrt": "sqrt", "Exp": "exp", "Log": "log", "outer": "outer",
    "matmul": "matmul", "mv": "matmul", "mm": "matmul", "multiply": "multiply", "mul": "multiply",
    "mean": "mean", "len": "len", "transpose": "transpose", "vector_norm": "norm",
    "add": "add", "subtract": "subtract", "divide": "divide", "div": "divide",
    "logistic": "sigmoid", "int": "same", "float": "same", "Fraction": "divide",
    "linalg_norm": "norm", "heaviside": "heaviside", "sech": "sech", "csch": "csch",
    "coth": "coth", "Rational": "divide", "cosec": "csc", "Abs": "abs", "logsumexp": "logsumexp",
    "conj": "conj", "conjugate": "conj", "Re": "re", "Im": "im", "arg": "arg", "angle": "arg",
    "re": "re", "im": "im", "sinc": "sinc", "acsc": "acsc", "asec": "asec", "acot": "acot",
    "acsch": "acsch", "asech": "asech", "acoth": "acoth", "arccsc": "acsc", "arcsec": "asec",
    "arccot": "acot", "arccsch": "acsch", "arcsech": "asech", "arccoth": "acoth",
    "arcsch": "acsch", "arsech": "asech", "arcoth": "acoth", "signum": "sign", "cosech": "csch",
    "binom": "binomial", "nCr": "binomial", "comb": "binomial", "choose": "binomial",
    "Gamma": "gamma", "GammaFunction": "gamma", "hypot": "hypot", "erfi": "erfi",
    "erfinv": "erfinv", "digamma": "digamma", "Ei": "ei",
    "besseli": "besseli", "besselk": "besselk", "bessely": "bessely", "LambertW": "lambertw",
    "airyai": "airyai", "airybi": "airybi", "nthroot": "root", "surd": "root",
    "logaddexp": "logaddexp", "cis": "cis", "cotan": "cot", "arccotan": "acot",
    "acotan": "acot", "arccosec": "acsc", "acosec": "acsc", "arctan2": "atan2", "fact": "factorial",
    "real": "re", "imag": "im", "det": "det", "determinant": "det", "inv": "inv",
    "inverse": "inv", "cross": "cross", "diag": "diag", "trans": "transpose", "identity":
    "identity",
}  # fmt: skip
FUNCTIONS |= {
    "diff": "diff",
    "lg": "log10", "lb": "log2", "exp2": "exp2", "factorial2": "factorial2", "cosecant": "csc",
    "fac": "factorial", "doublefactorial": "factorial2", "float_power": "pow",
    "neg": "negative", "negative": "negative", "sub": "subtract", "true_divide": "divide",
    "mod": "mod", "Mod": "mod", "fmod": "mod", "remainder": "mod",
    "clip": "clip", "clamp": "clip", "zeros_like": "zero", "ones_like": "one", "round": "round",
    "gcd": "gcd", "lcm": "lcm", "igcd": "gcd", "ilcm": "lcm", "trunc": "trunc", "fix": "trunc",
    "nPr": "permutations", "perm": "permutations", "psi": "digamma", "erfcinv": "erfcinv",
    "cbrt": "cbrt", "Sinh": "sinh", "Cosh": "cosh", "tg": "tan", "ctg": "cot", "arctg": "atan",
    "arcctg": "acot", "sh": "sinh", "ch": "cosh", "th": "tanh", "argsinh": "asinh",
    "argcosh": "acosh", "argtanh": "atanh", "atan2": "atan2", "Arcsin": "asin", "Arccos": "acos",
    "Arctan": "atan", "Li": "li", "Si": "si", "Ci": "ci", "Shi": "shi", "Chi": "chi",
    "EllipticK": "ellipk", "EllipticE": "ellipe", "ellipk": "ellipk", "ellipe": "ellipe",
    "polylog": "polylog", "BesselJ": "besselj", "BesselY": "bessely", "BesselI": "besseli",
    "BesselK": "besselk", "bessel_j": "besselj", "bessel_y": "bessely", "bessel_i": "besseli",
    "bessel_k": "besselk", "bessel_J": "besselj", "bessel_Y": "bessely", "gammaln": "loggamma",
    "lgamma": "loggamma", "loggamma": "loggamma", "Beta": "beta", "Zeta": "zeta",
    "airy_ai": "airyai", "airy_bi": "airybi", "lambert_w": "lambertw",
    "vector_norm": "norm", "matrix_norm": "norm", "linalg_norm": "norm", "real_part": "re",
    "imag_part": "im", "realpart": "re", "imagpart": "im", "carg": "arg", "log_gamma": "loggamma",
    "Heaviside": "heaviside", "UnitStep": "heaviside", "unit_step": "heaviside",
    "hstep": "heaviside", "positive_part": "relu", "magnitude": "abs", "modulus": "abs",
    "gamma_function": "gamma", "expi": "ei", "mag": "abs",
}  # fmt: skip
# Letters and words that are functions only with a bracket behind them.
NEEDS_BRACKETS = frozenset(
    """dot beta gamma Gamma zeta re im Re Im angle choose comb binom cis mod Mod gcd lcm real
    imag diff fact inv cross trunc fix perm identity diag sh ch th tg psi Li Si Ci Shi Chi Ei fac
    Beta Zeta neg negative sub div add mul remainder power mean outer len int float inner magnitude
    modulus mag trans transpose inverse fmod same square round clip clamp""".split()
)
# How many arguments a function takes, at least and at most, where it isn't one.
ARGUMENTS: dict[str, tuple[int, float]] = {
    **dict.fromkeys(
        """binomial beta atan2 besselj bessely besseli besselk mod gcd lcm hypot logaddexp polylog
        pow permutations diff dot cross outer matmul multiply add subtract divide""".split(),
        (2, 2),
    ),
    **dict.fromkeys("root log norm zeta lambertw ellipe".split(), (1, 2)),
    **dict.fromkeys("max min logsumexp diag".split(), (1, math.inf)),
    **dict.fromkeys("gcd lcm".split(), (2, math.inf)),
    **dict.fromkeys("clip transpose".split(), (1, 3)),
}
# Functions whose power -1 is the inverse: `sin^-1 x`.
CIRCULAR = frozenset("sin cos tan sec csc cot sinh cosh tanh sech csch coth".split())
MODULES = frozenset(
    "np numpy torch math cmath sp sympy linalg F nn functional special jnp jax scipy mx tf".split()
)
METHODS = frozenset(
    """T mT t dot sum pow norm transpose item sqrt square shape size numel ndim max min log exp
    abs matmul mm mv inner prod clip float double squeeze flatten mean conj H mul multiply add sub
    subtract div divide sin cos tan sinh cosh tanh sigmoid relu rsqrt reciprocal log2 log10 log1p
    expm1 exp2 floor ceil sign neg negative trace outer asin acos atan true_divide detach cpu numpy
    evalf simplify expand doit clamp""".split()
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

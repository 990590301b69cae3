"""A proof from text, and what is pinned, by class: symbols, then pairs."""

from autograder.compare.proof import proves_equal
from autograder.language.parser.grammar import parse
from compare.deciding import vocabulary

Table = dict[str, list[tuple[str, str]]]


def proves(left: str, right: str, symbols: str, where: str = "") -> bool:
    known = vocabulary(symbols, where)
    return proves_equal(parse(left, known), parse(right, known), known)


def rows(table: Table) -> list[tuple[str, str, str]]:
    """A table as parameters: symbols, left, right."""
    return [(symbols, *pair) for symbols, pairs in table.items() for pair in pairs]


RATIONAL: Table = {
    "x: real": [
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("x/x", "1"),
        ("0.1 + 0.2", "0.3"),
        ("(x - 1)^6000", "(1 - x)^6000"),
        ("(x - 1)^6001", "-(1 - x)^6001"),
        ("x^(10^9) x", "x^(10^9 + 1)"),
        (" + ".join(["x"] * 200), "200 x"),
        ("1/(1 + 1/(1 + 1/x))", "(x + 1)/(2x + 1)"),
        ("sum_{k=0}^3 x^k", "(x^4 - 1)/(x - 1)"),
        ("prod_{k=1}^3 (x + k)", "x^3 + 6x^2 + 11x + 6"),
    ],
    "x, y: real": [
        ("(x + y)^3", "x^3 + 3x^2 y + 3x y^2 + y^3"),
        ("1/x + 1/y", "(x + y)/(x y)"),
        ("(x + y + 1)^12 (x - y)^12", "(y - x)^12 (1 + x + y)^12"),
    ],
}
POWERS: Table = {
    "x: positive": [
        ("sqrt(x)^2", "x"),
        ("(x^2)^(1/2)", "x"),
        ("sqrt(x^3)", "x sqrt(x)"),
        ("x^(1/3) x^(2/3)", "x"),
        ("(x^3)^(1/6)", "sqrt(x)"),
        ("sqrt(4x^2 + 4x + 1)", "2x + 1"),
        ("x^x x", "x^(x + 1)"),
    ],
    "x: real": [
        ("sqrt(8) x", "2 sqrt(2) x"),
        ("1/sqrt(x)", "sqrt(1/x)"),
        ("x/(sqrt(2) + 1)", "x (sqrt(2) - 1)"),
        ("cbrt(-x^3)", "-x"),
        ("sqrt(x)^2", "x"),
        ("1/sqrt(x^2 + 1)", "sqrt(1 + x^2)/(x^2 + 1)"),
        ("cbrt(2 + sqrt(5)) x", "(1 + sqrt(5))/2 x"),
    ],
    "x, y: positive": [("sqrt(x/y)", "sqrt(x)/sqrt(y)"), ("(x y)^0.5", "x^0.5 y^0.5")],
    "x: positive, y: real": [("x^y x", "x^(y + 1)"), ("(x^2)^y", "x^(2y)")],
    "x: real, k: integer": [("6((x - 2)^2)^k", "6(x - 2)^(2k)"), ("(-x)^k", "(-1)^k x^k")],
    "n: integer": [("(-1)^(2n)", "1"), ("(-1)^(n + 1)", "-(-1)^n"), ("4^n", "2^(2n)")],
}
EXPONENTIALS: Table = {
    "x: real": [
        ("2^(x + 1)", "2 2^x"),
        ("4^x", "2^(2x)"),
        ("2^x", "exp(x log(2))"),
        ("exp(2x) - 1", "(exp(x) - 1)(exp(x) + 1)"),
        ("(e^x)^(1/2)", "e^(x/2)"),
        ("log(x^2)", "2 log(|x|)"),
        ("log(x^2)", "2 log(x)"),
        ("ln((x + 1)/(1 - x))", "-ln((1 - x)/(x + 1))"),
        ("log(x^2 - 1)", "log(x - 1) + log(x + 1)"),
        ("softplus(x) - softplus(-x)", "x"),
        ("log(sigmoid(x))", "-softplus(-x)"),
        ("sigmoid(-x)", "1 - sigmoid(x)"),
    ],
    "x, y: real": [
        ("exp(x + y)", "e^x e^y"),
        ("log(exp(x) + exp(y))", "x + log(1 + exp(y - x))"),
        ("log(exp(x) + exp(y))", "max(x, y) + log(1 + exp(-|x - y|))"),
    ],
    "x, y: positive": [
        ("log(x^3 y)", "3 log(x) + log(y)"),
        ("x^ln(y)", "y^ln(x)"),
        ("log(2x + 2)", "log(2) + log(x + 1)"),
        ("log(x)/log(y)", "log(x, y)"),
    ],
    "a, b, m: real": [("m + log(exp(a - m) + exp(b - m))", "log(exp(a) + exp(b))")],
    "x, m: real, s: positive": [
        ("exp(-(x - m)^2/(2 s^2))/(s sqrt(2 pi))", "exp(-((x - m)/s)^2/2)/sqrt(2 pi s^2)")
    ],
}
CIRCULAR: Table = {
    "x: real": [
        ("sin(x)^2 + cos(x)^2", "1"),
        ("cos(2x)", "1 - 2 sin(x)^2"),
        ("sin(3x)", "3 sin(x) - 4 sin(x)^3"),
        ("tan(x/2)", "sin(x)/(1 + cos(x))"),
        ("1 + tan(x)^2", "sec(x)^2"),
        ("sin(x + pi/2)", "cos(x)"),
        ("cos(x + pi/3)", "cos(x)/2 - sqrt(3)/2 sin(x)"),
        ("sin(x - pi/4)", "(sin(x) - cos(x))/sqrt(2)"),
        ("cos(pi/12) x", "(sqrt(6) + sqrt(2))/4 x"),
        ("atan(-x)", "-atan(x)"),
    ],
    "x, y: real": [("sin(x + y)", "sin(x) cos(y) + cos(x) sin(y)")],
    "x: real, n: integer": [("sin(x + 2 pi n)", "sin(x)"), ("cos(n pi)", "(-1)^n")],
}
HYPERBOLIC: Table = {
    "x: real": [
        ("cosh(x)^2 - sinh(x)^2", "1"),
        ("sinh(2x)", "2 sinh(x) cosh(x)"),
        ("1/(1 + exp(-2x))", "tanh(x)/2 + 1/2"),
        ("sigmoid(x)", "(tanh(x/2) + 1)/2"),
        ("asinh(x)", "log(x + sqrt(x^2 + 1))"),
        ("asinh(-x)", "-asinh(x)"),
        ("atanh(x)", "log((1 + x)/(1 - x))/2"),
        ("1 - tanh(x)^2", "sech(x)^2"),
    ]
}
SIGNS: Table = {
    "x: real": [
        ("relu(x)", "(x + |x|)/2"),
        ("relu(x)", "max(0, x)"),
        ("|x|^2", "x^2"),
        ("|relu(x)|", "relu(x)"),
        ("sqrt(x^2)", "|x|"),
        ("sqrt(x^2 + 2x + 1)", "|x + 1|"),
        ("|x^2 + 1|", "x^2 + 1"),
    ],
    "x, y: real": [
        ("|x y|", "|x| |y|"),
        ("max(x, y) + min(x, y)", "x + y"),
        ("max(x, y) - min(x, y)", "|x - y|"),
        ("max(x, y)", "-min(-x, -y)"),
        ("min(x, max(x, y))", "x"),
    ],
    "x, y, z: real": [("max(x, y, z)", "max(x, max(y, z))")],
}
KERNELS: Table = {
    "x: real": [
        ("erf(2x - 2)", "erf(2(x - 1))"),
        ("erf(x) + erfc(x)", "1"),
        ("floor(x + 1)", "floor(x) + 1"),
        ("ceil(x)", "-floor(-x)"),
    ],
    "n: size": [
        ("(n + 1)!", "(n + 1) n!"),
        ("gamma(n + 1)", "n!"),
        ("binomial(n, 2)", "n (n - 1)/2"),
    ],
    "f: real -> real, x: real": [("f(x + x) - f(x)", "f(2x) - f(x)")],
}
VECTORS: Table = {
    "mu, nu: vector(d)": [
        ("mu^T nu", "nu^T mu"),
        ("dot(mu, nu)", "sum_i mu_i nu_i"),
        ("trace(mu nu^T)", "mu @ nu"),
        ("||mu - nu||^2", "mu^T mu - 2 mu^T nu + nu^T nu"),
        ("exp(-||mu - nu||^2/2)", "exp(-||mu||^2/2) exp(mu^T nu) exp(-||nu||^2/2)"),
        ("(mu^T nu + 1)^2", "(mu^T nu)^2 + 2 mu^T nu + 1"),
    ],
    "mu: vector(d)": [
        ("||mu||^2", "mu_1^2 + ... + mu_d^2"),
        ("sum_i (mu_i + 1)^2", "mu^T mu + 2 sum(mu) + d"),
        ("sum(mu^2)", "mu^T mu"),
        ("sum_i 1", "d"),
        ("mu_1 + mu_1", "2 mu_1"),
    ],
    "mu: vector(d), c: real": [("sum_i c mu_i^2", "c mu^T mu"), ("(c mu)^T mu", "c ||mu||^2")],
}
PROVED = {
    "rational": RATIONAL,
    "powers": POWERS,
    "exponentials": EXPONENTIALS,
    "circular": CIRCULAR,
    "hyperbolic": HYPERBOLIC,
    "signs": SIGNS,
    "kernels": KERNELS,
    "vectors": VECTORS,
}

# True, and out of reach: an order, a sum with a symbol as limit, an arc, a nested root.
OUT_OF_REACH: Table = {
    "x: real": [
        ("min(max(x, -1), 1)", "max(min(x, 1), -1)"),
        ("|x - 1| + |x + 1|", "max(2|x|, 2)"),
        ("sqrt(2x sqrt(x^2 + 1) + 2x^2 + 1)", "x + sqrt(x^2 + 1)"),
    ],
    "x: positive": [("atan(x) + atan(1/x)", "pi/2")],
    "n: size": [("sum_{k=1}^n k", "n (n + 1)/2"), ("|n - 1|", "n - 1")],
    "A: matrix(n, n)": [("trace(A^T)", "trace(A)")],
}

DIFFERENT: Table = {
    "x: real": [
        ("sqrt(x^2)", "x"),
        ("(x^2)^(1/2)", "x"),
        ("|x|", "x"),
        ("max(x, 0)", "x"),
        ("relu(x)", "(x - |x|)/2"),
        ("|relu(x)|", "|x|"),
        ("sqrt(relu(x))", "sqrt(|x|)"),
        ("relu(x)^(1/3)", "|x|^(1/3)"),
        ("|x + |x||", "2 |x|"),
        ("sqrt(x^2 + 2x + 1)", "x + 1"),
        ("sqrt((x - 1)^2 (x - 2)^2)", "(x - 1)(x - 2)"),
        ("sqrt(x^4 - 2x^2 + 1)", "x^2 - 1"),
        ("sqrt(exp(2x) - 2exp(x) + 1)", "exp(x) - 1"),
        ("sqrt(sin(x)^2)", "sin(x)"),
        ("|10008x - x|", "-10007|x|"),
        ("sqrt(10007^2 x^2 + 10007^2)", "-10007 sqrt(x^2 + 1)"),
        ("|x + 1| + |x - 1|", "|2x|"),
        ("|x| + |x + 1| + |x - 3|", "|x| + |x + 1| + x - 3"),
        ("sqrt(x) sqrt(x)", "|x|"),
        ("|sqrt(x)^2|", "x"),
        ("|cosh(sqrt(x))|", "cosh(sqrt(x))"),
        ("x^(1/3) x^(1/3) x^(1/3)", "|x|"),
        ("cbrt(x^2)^(3/2)", "x"),
        ("sqrt(x + 1)", "sqrt(x) + 1"),
        ("sqrt(x^2 + 1)", "x + 1"),
        ("log(x^2)", "2 log(x) + 10^-30"),
        ("log(x)", "log(2x)"),
        ("log(x + 1)", "log(x) + 1"),
        ("log(-1) x", "0"),
        ("exp(x)", "exp(-x)"),
        ("2^(x/2)", "2^(-x/2)"),
        ("e x", "4 x"),
        ("pi x", "3.14159265358979323846264338327950288 x"),
        ("cos(1) x", "cos(2) x"),
        ("sin(x)", "cos(x)"),
        ("sin(-x)", "sin(x)"),
        ("cos(x + pi/3)", "cos(x)/2 + sqrt(3)/2 sin(x)"),
        ("sin(x)", "x - x^3/6"),
        ("asin(sin(x))", "x"),
        ("sinh(x)", "cosh(x)"),
        ("erf(x)", "erf(-x)"),
        ("sign(x)^2", "1"),
        ("heaviside(x)", "(1 + sign(x))/2"),
        ("floor(x + 1)", "ceil(x)"),
        ("x^3 + x + 1", "x^3 + x + 1.0000001"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("(x - 1)^6001", "(1 - x)^6001"),
        ("x^(10^9)", "x^(10^9 + 1)"),
    ],
    "x, y: real": [
        ("x", "y"),
        ("max(x, y)", "x"),
        ("max(x, y)", "(x + y - |x - y|)/2"),
        ("min(x, max(x, y))", "min(x, y)"),
        ("max(x, min(x, y))", "max(x, y)"),
        ("|x + y|", "|x| + |y|"),
        ("(x y)^0.5", "x^0.5 y^0.5"),
        ("sqrt(x^2 + y^2)", "x + y"),
        ("log(exp(x) + exp(y))", "x + log(1 + exp(x - y))"),
        ("sin(x + y)", "sin(x) cos(y) - cos(x) sin(y)"),
    ],
    "x: positive, y: real": [("x^y x", "x^(y + 2)"), ("x^y", "y^x"), ("(x + 1)^y", "x^y + 1")],
    "x, k: real": [("((x - 2)^2)^k", "(x - 2)^(2k)"), ("(x - 2)^k", "|x - 2|^k")],
    "x: real, n: integer": [
        ("relu(x)^n", "|x|^n"),
        ("relu(x)^n", "x^n"),
        ("(x - 2)^n", "|x - 2|^n"),
        ("(-1)^n", "1"),
        ("(-1)^(n^2)", "1"),
        ("2^n", "(-2)^n"),
        ("cos(n pi)", "1"),
        ("sin(x + n pi)", "sin(x)"),
        ("exp(n (log(x) + 1))", "exp(n (log(-x) + 1))"),
    ],
    "x, y, z: real": [("max(x, y, z)", "max(x, y)")],
    "n: size": [("(n + 1)!", "n n!"), ("binomial(n, 2)", "n^2/2")],
    "f: real -> real, x, y: real": [("f(x)", "f(y)"), ("f(-x)", "-f(x)"), ("f(x + y)", "f(x)")],
    "mu, nu: vector(d)": [
        ("mu^T nu", "mu^T mu"),
        ("sum_i mu_i^2", "(sum_i mu_i)^2"),
        ("sum_i mu_i nu_i", "sum(mu) sum(nu)"),
        ("||mu + nu||", "||mu|| + ||nu||"),
        ("sum_{i=2}^d mu_i", "sum_i mu_i"),
        ("sum_i i mu_i", "d sum_i mu_i"),
        ("prod_i mu_i", "sum_i mu_i"),
        ("mu_1", "mu_2"),
        ("mu_1", "sum_i mu_i"),
    ],
}

"""Changes: the small mistakes that are made on purpose, as replacements of a node of the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator

#: An order comparison at its boundary, and every comparison turned round.
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
#: Of these, what stands on the right takes something away, and may have been forgotten.
_LESS = (ast.Sub, ast.BitAnd)
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
#: What is empty of the type that a function says it returns.
_EMPTY = {
    "bool": ("False", "True"),
    "int": ("0",),
    "str": ("''",),
    "tuple": ("()",),
    "list": ("[]",),
    "Sequence": ("()",),
    "dict": ("{}",),
    "Mapping": ("{}",),
    "set": ("set()",),
    "frozenset": ("frozenset()",),
}


def of_expression(node: ast.expr) -> Iterator[ast.expr]:
    """What may stand in the place of an expression."""
    match node:
        case ast.Compare(left, [op], right):
            for other in _COMPARED[type(op)]:
                yield ast.Compare(left, [other()], right)
        case ast.Compare(left, ops, right):
            for i, op in enumerate(ops):
                for other in _COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:i], other(), *ops[i + 1 :]], right)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(ast.Not() | ast.Invert() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if not _is_text(left) and not _is_text(right):
            if type(op) in _COMPUTED:
                yield ast.BinOp(left, _COMPUTED[type(op)](), right)
            if isinstance(op, _LESS):
                yield left
            elif isinstance(op, ast.BitOr):
                yield from (left, right)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield ast.Constant("" if value else "mutant")
        case ast.JoinedStr():
            yield ast.Constant("")
        case ast.Call(ast.Name(name), arguments, keywords) if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name], ast.Load()), arguments, keywords)


def of_condition(test: ast.expr) -> Iterator[ast.expr]:
    """What may stand in the place of a condition, beside what may for any expression."""
    if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant):
        yield ast.UnaryOp(ast.Not(), test)


def of_statement(node: ast.stmt, returns: str) -> Iterator[ast.stmt]:
    """What may stand in the place of a statement of a function that says what it returns."""
    match node:
        case ast.Return(value) if value:
            for empty in _EMPTY.get(returns, ()):
                if ast.unparse(value) != empty:
                    yield ast.Return(ast.parse(empty, mode="eval").body)
            if returns.endswith("| None") and ast.unparse(value) != "None":
                yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Yield() | ast.YieldFrom() | ast.Call()) | ast.Raise():
            yield ast.Pass()
        case ast.If(orelse=[]):
            yield ast.Pass()
        case ast.Assign([ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.AugAssign(target, op, value):
            yield ast.Pass()
            if type(op) in _COMPUTED and not _is_text(value):
                yield ast.AugAssign(target, _COMPUTED[type(op)](), value)
        case ast.Continue():
            yield from (ast.Pass(), ast.Break())
        case ast.Break():
            yield from (ast.Pass(), ast.Continue())


def returned(annotation: ast.expr | None) -> str:
    """The type that a function says it returns, without what is in it; with `| None` where it may be none."""
    match annotation:
        case ast.BinOp(left, ast.BitOr(), ast.Constant(None)):
            return f"{returned(left)} | None"
        case ast.Subscript(ast.Name(name)):
            return name
        case None:
            return ""
    return ast.unparse(annotation)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )

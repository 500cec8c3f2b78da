"""Which texts can reach a call, told from the source alone: ``tools/messages.py`` asks for the messages of findings.

An expression is followed back to the literals it is made of: through local names, parameters (to the calls of the
function), what functions return and yield, tables of a module, fields of classes. What cannot be followed is a field
of the message, named after its expression.
"""

from __future__ import annotations

import ast
import gc
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

MOST = 4
"""So many wordings of one piece of a message are written out; more are messages of their own, said in a field."""
_BUILT_IN = frozenset(name for kind in (str, dict, list, set, tuple) for name in dir(kind))
"""Methods of Python's own types: who calls one means that."""
Found = TypeVar("Found")


@dataclass(frozen=True)
class Field:
    """A gap in a message; ``said`` where what fills it is itself a message."""

    name: str
    said: bool = False


Template = tuple[str | Field, ...]
"""A message: literal text and fields."""

SAID = frozenset({
    "message", "advice", "reason", "why", "problem", "says", "summary", "what", "change", "told", "reported", "wrong",
})  # fmt: skip
"""Names of fields and variables that hold messages wherever they stand."""


@dataclass(eq=False)
class Scope:
    """A module or a function in it."""

    module: Module
    node: ast.AST
    parent: Scope | None = None
    inside: str = ""
    """The class whose method this is."""
    assigned: dict[str, list[Origin]] = field(default_factory=lambda: defaultdict(list))
    returned: list[ast.expr] = field(default_factory=list)
    yielded: list[ast.expr] = field(default_factory=list)
    passed_on: list[ast.expr] = field(default_factory=list)
    """What it yields from."""
    appended: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))

    @property
    def parameters(self) -> list[str]:
        if not isinstance(self.node, ast.FunctionDef):
            return []
        names = [arg.arg for arg in (*self.node.args.posonlyargs, *self.node.args.args)]
        return names[1:] if self.inside and names[:1] in (["self"], ["cls"]) else names

    def has_parameter(self, name: str) -> bool:
        only = self.node.args.kwonlyargs if isinstance(self.node, ast.FunctionDef) else []
        return name in self.parameters or name in {arg.arg for arg in only}

    def default(self, name: str) -> ast.expr | None:
        if not isinstance(self.node, ast.FunctionDef):
            return None
        args = self.node.args
        given = [arg.arg for arg in (*args.posonlyargs, *args.args)]
        pairs = [*zip(reversed(given), reversed(args.defaults), strict=False)]
        pairs += [(arg.arg, value) for arg, value in zip(args.kwonlyargs, args.kw_defaults, strict=True) if value]
        return dict(pairs).get(name)


@dataclass(eq=False)
class Origin:
    """What a name is bound to: an expression, an item of it (``path``), or items of what it runs over (``each``)."""

    value: ast.expr
    path: tuple[int, ...] = ()
    each: bool = False


@dataclass(eq=False)
class Module:
    """A parsed module: its functions by name, and what its names are elsewhere."""

    name: str
    tree: ast.Module
    scope: Scope = field(init=False)
    functions: dict[str, list[Scope]] = field(default_factory=lambda: defaultdict(list))
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Local name → (module, name in it); of a module («from a import b») it is (a, b) as well."""
    calls: list[tuple[ast.Call, Scope]] = field(default_factory=list)
    keys: dict[str, list[tuple[ast.expr, Scope]]] = field(default_factory=lambda: defaultdict(list))
    """Table or counter → what it is asked by: ``self.told[what] += 1``."""
    classes: dict[str, list[tuple[str, ast.expr | None]]] = field(default_factory=dict)
    """Class → its fields with their defaults, in order."""


def called(call: ast.Call) -> str:
    """The bare name of what is called."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


class Source:
    """All modules of a package."""

    def __init__(self, folder: Path) -> None:
        collecting = gc.isenabled()
        gc.disable()  # of a growing tree nothing is garbage, and looking for it takes as long as reading it
        try:
            self.modules = dict(_modules(folder))
        finally:
            if collecting:
                gc.enable()
        self.calls: dict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        self.keys: dict[str, list[tuple[ast.expr, Scope]]] = defaultdict(list)
        self.having: dict[str, set[str]] = defaultdict(set)  # field → classes
        self.of_classes: dict[str, list[Scope]] = defaultdict(list)
        self._callers: dict[Scope, list[tuple[ast.Call, Scope]]] = {}
        for module in self.modules.values():
            for name, scopes in module.functions.items():
                self.of_classes[name] += [one for one in scopes if one.inside]
            for call, scope in module.calls:
                self.calls[called(call)].append((call, scope))
            for name, keys in module.keys.items():
                self.keys[name] += keys
            for name, fields in module.classes.items():
                for each, _ in fields:
                    self.having[each].add(name)

    def resolve_import(self, module: Module, name: str) -> tuple[Module, str] | None:
        """The module and name there that a name of this module is."""
        seen = set()
        while name in module.imported and (module.name, name) not in seen:
            seen.add((module.name, name))
            where, other = module.imported[name]
            if where not in self.modules:
                return None
            module, name = self.modules[where], other
        return module, name

    def function(self, node: ast.expr, scope: Scope) -> list[Scope]:
        """The functions that a called expression may be."""
        if isinstance(node, ast.Name):
            found = self.resolve_import(scope.module, node.id)
            return found[0].functions.get(found[1], []) if found else []
        if not isinstance(node, ast.Attribute):
            return []
        if isinstance(node.value, ast.Name):
            where = scope.module.imported.get(node.value.id)
            if where and ".".join(where) in self.modules:
                return self.modules[".".join(where)].functions.get(node.attr, [])
            if node.value.id in {"self", "cls"}:
                return scope.module.functions.get(node.attr, [])
        return self.methods(node.attr)

    def methods(self, name: str) -> list[Scope]:
        """Methods of that name anywhere, where few classes have one."""
        found = [] if name in _BUILT_IN else self.of_classes.get(name, [])
        return found if len(found) <= MOST else []

    def callers(self, scope: Scope) -> list[tuple[ast.Call, Scope]]:
        """The calls of a function."""
        if scope not in self._callers:
            self._callers[scope] = self._calls_of(scope)
        return self._callers[scope]

    def _calls_of(self, scope: Scope) -> list[tuple[ast.Call, Scope]]:
        name = getattr(scope.node, "name", "")
        if name == "__init__":
            name = scope.inside
        return [
            (call, where)
            for call, where in self.calls[name]
            if scope in self.function(call.func, where) or (name == scope.inside) or _is_method(call, scope)
        ]


def _is_method(call: ast.Call, scope: Scope) -> bool:
    return bool(scope.inside) and isinstance(call.func, ast.Attribute)


def _modules(folder: Path) -> Iterator[tuple[str, Module]]:
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, _module(name, path)


def _module(name: str, path: Path) -> Module:
    module = Module(name, ast.parse(path.read_text("utf-8")))
    module.scope = Scope(module, module.tree)
    _Reader(module, name if path.name == "__init__.py" else name.rpartition(".")[0]).read(module.tree, module.scope, "")
    return module


class _Reader:
    """Fills the tables of a module."""

    def __init__(self, module: Module, package: str) -> None:
        self.module = module
        self.package = package

    def read(self, node: ast.AST, scope: Scope, inside: str) -> None:
        for child in ast.iter_child_nodes(node):
            self._one(child, scope, inside)

    def _one(self, node: ast.AST, scope: Scope, inside: str) -> None:
        here = scope
        match node:
            case ast.FunctionDef(name=name):
                here = Scope(self.module, node, scope, inside)
                self.module.functions[name].append(here)
                for decorator in node.decorator_list:
                    self._one(decorator, scope, inside)
                for statement in node.body:
                    self._one(statement, here, "")
                return
            case ast.Lambda():
                here = Scope(self.module, node, scope)
            case ast.ClassDef(name=name):
                self.module.classes[name] = [
                    (each.target.id, each.value)
                    for each in node.body
                    if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
                ]
                for statement in node.body:
                    self._one(statement, scope, name)
                return
            case ast.ImportFrom(module=where, names=names, level=level):
                base = self.package if level else ""
                full = ".".join(filter(None, (base, where)))
                self.module.imported |= {alias.asname or alias.name: (full, alias.name) for alias in names}
            case _:
                _note(node, scope, self.module)
        self.read(node, here, inside)


def _note(node: ast.AST, scope: Scope, module: Module) -> None:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _bind(target, Origin(value), scope)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            _bind(target, Origin(value), scope)
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            scope.appended[name].append(value)
            scope.assigned[name].append(Origin(ast.BinOp(node.target, ast.Add(), value)))
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            _bind(target, Origin(value, each=True), scope)
        case ast.Return(value=ast.expr() as value):
            scope.returned.append(value)
        case ast.Yield(value=ast.expr() as value):
            scope.yielded.append(value)
        case ast.YieldFrom(value=value):
            scope.passed_on.append(value)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=key):
            module.keys[name].append((key, scope))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr="setdefault"), args=[key, _]
        ):
            module.keys[name].append((key, scope))
            module.calls.append((node, scope))
        case ast.Call():
            module.calls.append((node, scope))
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]):
                    scope.appended[name].append(value)


def _bind(target: ast.expr, origin: Origin, scope: Scope) -> None:
    if isinstance(target, ast.Name):
        scope.assigned[target.id].append(origin)
    elif isinstance(target, ast.Tuple | ast.List):
        for at, each in enumerate(target.elts):
            _bind(each, Origin(origin.value, (*origin.path, at), origin.each), scope)


# --- following ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    """An expression where it stands."""

    node: ast.expr
    scope: Scope


class Flow:
    """Follows expressions of a package back to the texts they are made of."""

    def __init__(self, source: Source, words: Collection[str] = (), raw: Collection[str] = ()) -> None:
        self.source = source
        self.words = words
        """Single words that are said in fields; others are names of elements, options and the like."""
        self.raw = raw
        """Names of fields that hold no messages, whatever they are given."""
        self.within: dict[Template, None] = {}
        """Messages that stand in fields of others."""
        self._running: set[tuple[str, Value]] = set()
        self._before: dict[tuple[str, Value], list[Any]] = {}
        self._pairs: dict[tuple[ast.expr | None, ast.expr | None], ast.Tuple] = {}
        self._known: dict[tuple[str, Value], list[Any]] = {}

    def texts(self, value: Value) -> list[Template]:
        """The messages that an expression may be; a message of one field alone was made elsewhere."""
        return self._once("texts", value, self._texts)

    def _texts(self, value: Value) -> list[Template]:
        return list(dict.fromkeys(_joined(parts) for leaf in self.leaves(value) for parts in self._parts(leaf)))

    # the expressions that an expression may be

    def leaves(self, value: Value) -> list[Value]:
        """Follow names, choices and calls to expressions that are made on the spot."""
        return self._once("leaves", value, self._leaves)

    def _leaves(self, value: Value) -> list[Value]:
        steps = self._steps(value)
        found = [leaf for step in steps for leaf in ([step] if step is value else self.leaves(step))]
        return list(dict.fromkeys(found))

    def _once(self, what: str, value: Value, find: Callable[[Value], list[Found]]) -> list[Found]:
        """What is found, once; nothing where the same is being followed: a name bound to itself leads nowhere."""
        key = (what, value)
        if key in self._known:
            return self._known[key]
        if key in self._running:
            return self._before.get(key, [])
        self._running.add(key)
        self._known[key] = find(value)
        self._running.discard(key)
        return self._known[key]

    def again(self) -> None:
        """Begin a round: what a name that is bound to itself may be is known from the round before."""
        self._before, self._known = self._known, {}

    def _steps(self, value: Value) -> list[Value]:
        scope = value.scope
        match value.node:
            case ast.IfExp(body=one, orelse=other):
                return [Value(one, scope), Value(other, scope)]
            case ast.BoolOp(values=values):
                return [Value(each, scope) for each in values]
            case ast.Name(id=name):
                return self._named(name, scope) or [value]
            case ast.Attribute(value=held, attr=attr):
                return self._attribute(held, attr, scope) or [value]
            case ast.Subscript(value=held, slice=ast.Slice()):
                return [Value(held, scope)]
            case ast.Subscript(value=held, slice=ast.Constant(value=int(at))):
                return self.item(Value(held, scope), (at,)) or [value]
            case ast.Subscript(value=held):
                return self.each(Value(held, scope), values=True) or [value]
            case ast.Call():
                return self._called(value, value.node) or [value]
            case ast.NamedExpr(value=held):
                return [Value(held, scope)]
            case ast.Starred(value=held):
                return [Value(held, scope)]
            case ast.Constant(value=None):
                return []
        return [value]

    def _named(self, name: str, scope: Scope) -> list[Value]:
        at: Scope | None = scope
        while at is not None:
            if name in at.assigned:
                return [found for origin in at.assigned[name] for found in self._origin(origin, at)]
            if at.has_parameter(name):
                return self._arguments(name, at)
            at = at.parent
        found = self.source.resolve_import(scope.module, name)
        if found is None or (found[0] is scope.module and found[1] == name):
            return []
        return self._named(found[1], found[0].scope)

    def _origin(self, origin: Origin, scope: Scope) -> list[Value]:
        held = Value(origin.value, scope)
        if origin.each:
            return [
                one for each in self.each(held) for one in (self.item(each, origin.path) if origin.path else [each])
            ]
        return self.item(held, origin.path) if origin.path else [held]

    def _arguments(self, name: str, scope: Scope) -> list[Value]:
        given: list[Value] = []
        names = scope.parameters
        for call, where in self.source.callers(scope):
            at = names.index(name) if name in names else len(call.args)
            if at < len(call.args) and not any(isinstance(arg, ast.Starred) for arg in call.args[:at]):
                given.append(Value(call.args[at], where))
            given += [Value(keyword.value, where) for keyword in call.keywords if keyword.arg == name]
        default = scope.default(name)
        return given + ([Value(default, scope)] if default is not None and given else [])

    def _attribute(self, held: ast.expr, attr: str, scope: Scope) -> list[Value]:
        if attr in self.raw:
            return []
        if isinstance(held, ast.Name):
            where = scope.module.imported.get(held.id)
            if where and ".".join(where) in self.source.modules:
                return self._named(attr, self.source.modules[".".join(where)].scope)
        if attr in self.source.keys:
            return []  # a table or counter: what it is asked by is known
        if attr in {"message", "advice", "args", "name", "file", "text", "code", "kind"}:
            return []  # those of findings and errors are seen where they are made; the others are of documents
        return self._fields(attr)

    def _fields(self, attr: str) -> list[Value]:
        """What a field of a class is given wherever one of that class is made."""
        classes = self.source.having.get(attr, set())
        if not 0 < len(classes) <= 2:
            return []
        found: list[Value] = []
        for module in self.source.modules.values():
            for name in classes & module.classes.keys():
                order = [each for each, _ in module.classes[name]]
                if attr not in order:  # a class of that name elsewhere has it
                    continue
                found += [
                    Value(default, module.scope) for each, default in module.classes[name] if each == attr and default
                ]
                at = order.index(attr)
                for call, where in self.source.calls[name]:
                    found += [Value(call.args[at], where)] if at < len(call.args) else []
                    found += [Value(keyword.value, where) for keyword in call.keywords if keyword.arg == attr]
        return found

    def _called(self, value: Value, call: ast.Call) -> list[Value]:
        match call:
            case (
                ast.Call(func=ast.Name(id="str" | "short" | "shortened" | "cut" | "_short" | "cast"), args=[*_, held])
                | ast.Call(func=ast.Name(id="str" | "short" | "shortened" | "cut" | "_short"), args=[held, *_])
            ):
                return [Value(held, value.scope)]
            case ast.Call(func=ast.Attribute(value=held, attr="get"), args=[_, *default]):
                return [
                    *self.each(Value(held, value.scope), values=True),
                    *(Value(one, value.scope) for one in default),
                ]
            case ast.Call(
                func=ast.Attribute(value=held, attr="lstrip" | "rstrip" | "strip" | "removesuffix" | "capitalize")
            ):
                return [Value(held, value.scope)]
            case ast.Call(func=ast.Name(id="next"), args=[held, *default]):
                return [*self.each(Value(held, value.scope)), *(Value(one, value.scope) for one in default)]
            case ast.Call(func=ast.Attribute(value=ast.Constant())):
                return []
        return [
            Value(returned, scope)
            for scope in self.source.function(call.func, value.scope)
            for returned in scope.returned
        ]

    def item(self, value: Value, path: tuple[int, ...]) -> list[Value]:
        """Item ``path`` of what an expression may be."""
        if not path:
            return [value]
        return self._once(
            f"item {path}", value, lambda held: [one for leaf in self.leaves(held) for one in self._item(leaf, path)]
        )

    def _item(self, leaf: Value, path: tuple[int, ...]) -> list[Value]:
        match leaf.node:
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                if -len(elts) <= path[0] < len(elts) and not any(isinstance(each, ast.Starred) for each in elts):
                    return self.item(Value(elts[path[0]], leaf.scope), path[1:])
            case ast.Call(func=ast.Name(id=made), args=args) if len(path) == 1 and path[0] < len(args):
                if any(made in module.classes for module in self.source.modules.values()):  # a named tuple
                    return [Value(args[path[0]], leaf.scope)]
        return []

    def each(self, value: Value, *, values: bool = False) -> list[Value]:
        """The items of what an expression may be; of a table its keys, or its values."""
        return self._once(f"each {values}", value, lambda held: self._each(held, values=values))

    def _each(self, value: Value, *, values: bool) -> list[Value]:
        found = [item for leaf in self.leaves(value) for item in self._items(leaf, values=values)]
        if isinstance(value.node, ast.Name):
            at: Scope | None = value.scope
            while at is not None:
                found += [Value(one, at) for one in at.appended.get(value.node.id, [])]
                at = at.parent
        return found

    def _items(self, leaf: Value, *, values: bool) -> list[Value]:
        scope = leaf.scope
        match leaf.node:
            case ast.Tuple(elts=elts) | ast.List(elts=elts) | ast.Set(elts=elts):
                plain = [Value(one, scope) for one in elts if not isinstance(one, ast.Starred)]
                starred = [one.value for one in elts if isinstance(one, ast.Starred)]
                return plain + [item for one in starred for item in self.each(Value(one, scope))]
            case ast.Dict(keys=keys, values=held):
                plain = [Value(one, scope) for one in (held if values else keys) if one is not None]
                merged = [one for key, one in zip(keys, held, strict=True) if key is None]
                return plain + [item for one in merged for item in self.each(Value(one, scope), values=values)]
            case ast.ListComp(elt=elt) | ast.GeneratorExp(elt=elt) | ast.SetComp(elt=elt):
                return [Value(elt, scope)]
            case ast.DictComp(key=key, value=held):
                return [Value(held if values else key, scope)]
            case ast.BinOp(left=left, right=right):
                return [item for one in (left, right) for item in self.each(Value(one, scope), values=values)]
            case ast.Call(func=ast.Attribute(value=held, attr="items")):
                return [pair for one in self.leaves(Value(held, scope)) for pair in self._pairs_of(one)]
            case ast.Call(func=ast.Attribute(value=held, attr="values")):
                return self.each(Value(held, scope), values=True)
            case ast.Call(func=ast.Name(id="enumerate"), args=[held, *_]):
                return [Value(self._pair(None, one.node), one.scope) for one in self.each(Value(held, scope))]
            case ast.Call(
                func=ast.Name(id="sorted" | "list" | "tuple" | "set" | "frozenset" | "reversed"), args=[held, *_]
            ):
                return self.each(Value(held, scope))
            case ast.Call(func=ast.Name(id="filter"), args=[_, held]):
                return self.each(Value(held, scope))
            case ast.Call(func=ast.Attribute(attr="chain" | "fromkeys"), args=args):
                return [item for one in args for item in self.each(Value(one, scope))]
            case ast.Call(func=func):
                return [item for one in self.source.function(func, scope) for item in self._yields(one)]
        return []

    def _pairs_of(self, leaf: Value) -> list[Value]:
        if not isinstance(leaf.node, ast.Dict):
            asked = self.source.keys.get(getattr(leaf.node, "attr", getattr(leaf.node, "id", "")), [])
            return [Value(self._pair(key, None), where) for key, where in asked]
        entries = zip(leaf.node.keys, leaf.node.values, strict=True)
        return [Value(self._pair(key, value), leaf.scope) for key, value in entries if key is not None]

    def _pair(self, key: ast.expr | None, value: ast.expr | None) -> ast.Tuple:
        """The same tuple for the same pair: what is known is known of expressions."""
        if (key, value) not in self._pairs:
            nothing: ast.expr = ast.Constant(None)
            self._pairs[key, value] = ast.Tuple([key or nothing, value or nothing], ast.Load())
        return self._pairs[key, value]

    def _yields(self, scope: Scope) -> Iterator[Value]:
        yield from (Value(one, scope) for one in scope.yielded)
        for one in (*scope.passed_on, *scope.returned):
            yield from self.each(Value(one, scope))

    # what such an expression says

    def _parts(self, value: Value) -> Iterable[Template]:
        scope = value.scope
        match value.node:
            case ast.Constant(value=str(text)):
                return [(text,)]
            case ast.JoinedStr(values=values):
                return _product([list(self._gap(Value(one, scope))) for one in values])
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _product([self._inside(Value(left, scope)), self._inside(Value(right, scope))])
            case ast.Call(func=ast.Attribute(value=held, attr="format"), args=args, keywords=keywords):
                return [
                    filled
                    for template in self.texts(Value(held, scope))
                    for filled in self._filled(template, args, keywords, scope)
                ]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="join"), args=[held]):
                return [(self._list(Value(held, scope)),)]
        return [(Field(name_of(value.node), said=name_of(value.node) in SAID),)]

    def _gap(self, value: Value) -> Iterable[Template]:
        node = value.node
        if isinstance(node, ast.Constant):
            return [(str(node.value),)]
        if not isinstance(node, ast.FormattedValue):
            return []
        if node.conversion != -1 or node.format_spec is not None:
            constant = self._constant(Value(node.value, value.scope))
            if constant is not None and node.conversion == ord("r"):
                return [(repr(constant),)]
            return [(Field(name_of(node.value)),)]
        return self._inside(Value(node.value, value.scope))

    def _constant(self, value: Value) -> str | None:
        """The text of a name that stands for one in a module."""
        if isinstance(value.node, ast.Name | ast.Attribute) and _shouted(name_of(value.node, lower=False)):
            found = self.texts(value)
            if len(found) == 1 and len(found[0]) == 1 and isinstance(found[0][0], str):
                return found[0][0]
        return None

    def _inside(self, value: Value) -> list[Template]:
        """What a piece of a message may be: written out where it is a piece of the sentence, a field otherwise."""
        constant = self._constant(value)
        if constant is not None:
            return [(constant,)]
        name = name_of(value.node)
        if isinstance(value.node, ast.Call) and called(value.node) in {"len", "sum", "min", "max", "sorted", "repr"}:
            return [(Field(name),)]
        if isinstance(value.node, ast.Constant):
            return [(str(value.node.value),)]
        found = self.texts(value)
        own = [one for one in found if lettered(one)]
        gaps = [part for one in found if one not in own for part in one if isinstance(part, Field)]
        if gaps:  # among others, what nothing is known of
            field = self._said(name, own)
            return [(Field(name, field.said or (name not in self.raw and any(gap.said for gap in gaps))),)]
        if own and len(found) <= MOST and (len(found) == 1 or any(map(_fragment, found))):
            return found
        return [(self._said(name, own),)]

    def _said(self, name: str, own: Iterable[Template]) -> Field:
        """A field, and its messages among all others."""
        if name in self.raw:
            return Field(name)
        words = [one for one in own if worded(one) and (len(one) > 1 or " " in str(one[0]) or one[0] in self.words)]
        self.within |= dict.fromkeys(words)
        return Field(name, said=bool(words) or name in SAID)

    def _list(self, value: Value) -> Field:
        name = name_of(value.node)
        return self._said(name, [one for item in self.each(value) for one in self.texts(item) if lettered(one)])

    def _filled(
        self, template: Template, args: Sequence[ast.expr], keywords: Sequence[ast.keyword], scope: Scope
    ) -> Iterable[Template]:
        named = {keyword.arg: keyword.value for keyword in keywords}
        counted = itertools.count()
        parts: list[list[Template]] = []
        for text in template:
            if isinstance(text, Field):
                parts.append([(text,)])
                continue
            for literal, gap in pieces(text):
                parts.append([(literal,)])
                if gap is not None:
                    bare = re.split(r"[.\[!:]", gap)[0]
                    at = int(bare) if bare.isdigit() else (next(counted) if not bare else None)
                    given = args[at] if at is not None and at < len(args) else named.get(bare)
                    parts.append(
                        self._inside(Value(given, scope)) if given is not None else [(Field(bare or "value"),)]
                    )
        return _product(parts)


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """A format string as literals, each with the field behind it."""
    literal, at = "", 0
    while at < len(text):
        if text[at : at + 2] in {"{{", "}}"}:
            literal, at = literal + text[at], at + 2
        elif text[at] == "{" and "}" in text[at:]:
            end = text.index("}", at)
            yield literal, text[at + 1 : end]
            literal, at = "", end + 1
        else:
            literal, at = literal + text[at], at + 1
    yield literal, None


def _product(parts: Sequence[Sequence[Template]]) -> list[Template]:
    return [_joined(tuple(itertools.chain(*one))) for one in itertools.islice(itertools.product(*parts), 64)]


def _joined(parts: Template) -> Template:
    """Neighbouring literals as one, neighbouring fields as one; no empty literals."""
    found: list[str | Field] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, str) and isinstance(before, str):
            found[-1] = before + part
        elif isinstance(part, Field) and isinstance(before, Field):
            found[-1] = Field(before.name, before.said or part.said)
        elif part != "":
            found.append(part)
    return tuple(found)


def _fragment(template: Template) -> bool:
    """Whether this is a piece of a sentence: nothing, an ending, or something hung on by a sign."""
    first = template[0] if template else ""
    return isinstance(first, str) and (
        template in ((), ("s",)) or (not first[0].isalnum() and first[0] not in "«\"'<[(")
    )


def lettered(template: Template) -> bool:
    """Whether it says anything but what its fields say."""
    return any(isinstance(part, str) and re.search("[A-Za-z]", part) for part in template)


def worded(template: Template) -> bool:
    """Whether there are words to be translated in it: no name of a file, an element or an option alone."""
    text = "".join(part if isinstance(part, str) else "\0" for part in template)
    words = re.findall(r"[A-Za-z]{2,}", text)
    return bool(words) and (re.fullmatch(r"[A-Za-z]+", text) is not None or " " in text.strip())


def _shouted(name: str) -> bool:
    return name.strip("_").isupper()


def name_of(node: ast.AST, *, lower: bool = True) -> str:
    """What a field is called: the last name in its expression."""
    name = _name(node)
    name = re.sub(r"\W|^_+|_+$", "", name)
    return (name.lower() if lower else name) or "value"


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="len"), args=[held]):
            return "count" if not isinstance(held, ast.Name) else f"count_{held.id.strip('_')}"
        case ast.Call(func=ast.Name(id="sum")):
            return "sum"
        case ast.Call(func=ast.Attribute(attr="join"), args=[held, *_]):
            return _name(held)
        case ast.Call(func=ast.Name(id="map"), args=[_, held]):
            return _name(held)
        case ast.Call(func=ast.Name(id="str" | "sorted" | "cut" | "short" | "repr"), args=[held, *_]):
            return _name(held)
        case ast.Call(func=func):
            return _name(func)
        case ast.ListComp(elt=held) | ast.GeneratorExp(elt=held) | ast.SetComp(elt=held):
            return _name(held)
        case ast.Subscript(value=held) | ast.FormattedValue(value=held) | ast.NamedExpr(target=held):
            return _name(held)
        case ast.BinOp(left=ast.Call(func=ast.Name(id="len"))) | ast.BinOp(op=ast.Sub()):
            return "count"
        case ast.BinOp(left=held) | ast.BoolOp(values=[held, *_]) | ast.IfExp(body=held):
            return _name(held)
        case ast.JoinedStr(values=values):
            return next((_name(one) for one in values if isinstance(one, ast.FormattedValue)), "value")
    return "value"

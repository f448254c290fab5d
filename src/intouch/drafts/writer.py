"""The drafts of a whole notebook; a template that fails is told once, and the built-in one steps in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from intouch.checkins import Agenda, CheckIn
from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.drafts.compose import Draft, compose, remember_templates
from intouch.drafts.facts import Facts, gather
from intouch.drafts.messages import MessageKind, builtin_templates, kind_for, read_template
from intouch.history import History
from intouch.memo import Memo
from intouch.places import Place
from intouch.theme_folder import FOLDER, UnusableError, read_file

_REGULAR = frozenset({MessageKind.KEEP_IN_TOUCH, MessageKind.RECONNECT, MessageKind.PROMISED})
"""The messages in whose place a call is as good."""


Occasion = tuple[str, str, str, str]
"""What a check-in hangs on; no two have the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """A draft that need not be written yet: all that it is made of."""

    kind: MessageKind
    facts: Facts
    source: str


class Drafts(Mapping[Occasion, tuple[Draft, ...]]):
    """The message for each check-in, and talking points where a call is as good; each written when asked for.

    Attributes:
        orders: what each is made of.
    """

    def __init__(self, orders: Mapping[Occasion, tuple[Order, ...]], write: Callable[[Order], Draft]) -> None:
        self.orders = orders
        self._write = write
        self._written: dict[Occasion, tuple[Draft, ...]] = {}

    def only(self, occasions: Iterable[Occasion]) -> Drafts:
        """Those for some check-ins."""
        return Drafts({occasion: self.orders[occasion] for occasion in occasions}, self._write)

    def __getitem__(self, occasion: Occasion) -> tuple[Draft, ...]:
        written = self._written.get(occasion)
        if written is None:
            written = self._written[occasion] = tuple(map(self._write, self.orders[occasion]))
        return written

    def __iter__(self) -> Iterator[Occasion]:
        return iter(self.orders)

    def __len__(self) -> int:
        return len(self.orders)


def occasion_of(item: CheckIn) -> Occasion:
    """What a check-in hangs on."""
    application = item.proposal.application
    return item.contact, item.action, application.key if application else "", item.proposal.fact


def write_drafts(
    agenda: Agenda, history: History, overrides: Path | None, memo: Memo | None = None
) -> tuple[Drafts, tuple[Diagnostic, ...]]:
    """Fill in the messages for every open check-in.

    Args:
        agenda: what is open.
        history: the notebook, seen on one day.
        overrides: the notebook's own `site_templates` folder, or None.
        memo: templates that were compiled before.

    Returns:
        The drafts, and the problems of the notebook's own templates.
    """
    memo = memo or Memo()
    remember_templates(memo)
    writer = Writer(overrides)
    orders = memo.once(
        "orders",
        (history, writer.templates),
        lambda: {occasion_of(item): writer.orders_for(item, history) for item in agenda.check_ins},
    )
    drafts = Drafts(orders, writer.write)
    if writer.has_own:
        for _ in drafts.values():  # what is wrong with a template of the user's is to be told
            pass
    return drafts, tuple(writer.problems)


class Writer:
    """Fills in messages, keeping every problem of the notebook's own templates."""

    def __init__(self, overrides: Path | None) -> None:
        self._builtin = builtin_templates()
        self._own = dict(self._builtin)
        self._failed: set[str] = set()
        self.problems: list[Diagnostic] = []
        for kind in MessageKind:
            name = f"{FOLDER}/messages/{kind}.txt"
            try:
                self._own[str(kind)] = read_template(kind, overrides)
            except UnicodeDecodeError as bad:
                place = Place(name, bad.object[: bad.start].count(b"\n") + 1)
                self.problems.append(
                    error(place, Code.NOT_UTF8, "the file is not UTF-8", "Save the file as UTF-8.")
                )
            except UnusableError as refused:
                self.problems.append(refused.diagnostic)
        if overrides is not None:
            self.problems += _unread(overrides)

    @property
    def templates(self) -> Mapping[str, str]:
        """The templates by kind."""
        return self._own

    @property
    def has_own(self) -> bool:
        """Whether a message of the notebook's own stands in for a built-in one."""
        return self._own != self._builtin

    def drafts_for(self, item: CheckIn, history: History) -> tuple[Draft, ...]:
        """The message that a check-in asks for, and talking points where the person has a telephone."""
        return tuple(map(self.write, self.orders_for(item, history)))

    def orders_for(self, item: CheckIn, history: History) -> tuple[Order, ...]:
        """What these are made of."""
        contact = history.contacts[item.contact]
        facts = gather(contact, item, history)
        kinds = [kind_for(item, history)]
        if kinds[0] in _REGULAR and contact.phones:
            kinds.append(MessageKind.KEEP_IN_TOUCH_PHONE)
        return tuple(Order(kind, facts, self._own[str(kind)]) for kind in kinds)

    def write(self, order: Order) -> Draft:
        """Write a draft; where the notebook's own template fails, the built-in one steps in."""
        name = str(order.kind)
        builtin = self._builtin[name]
        if order.source != builtin:
            try:
                return compose(order.kind, order.facts, order.source)
            except Exception as bad:  # noqa: BLE001 - a template of the user's may fail in any way
                self._tell(name, bad)
        return compose(order.kind, order.facts, builtin, trusted=True)

    def _tell(self, name: str, bad: Exception) -> None:
        """Tell what is wrong with a template, once."""
        if name not in self._failed:
            self._failed.add(name)
            line = getattr(bad, "lineno", None) or 1
            remedy = "Compare it with the built-in template of that name, which is used meanwhile."
            place = Place(f"{FOLDER}/messages/{name}.txt", line)
            self.problems.append(error(place, Code.BAD_TEMPLATE, f"the message fails: {bad}", remedy))


def _unread(overrides: Path) -> Iterator[Diagnostic]:
    """Files that look like messages and are named like none, so that no word of them is ever sent."""
    folder, known = overrides / "messages", [str(kind) for kind in MessageKind]
    with suppress(UnusableError, OSError):  # what keeps one from looking is told of the folder itself
        read_file(overrides, folder.name)
        for name in sorted(path.name for path in folder.iterdir()):
            stem, dot, ending = name.rpartition(".")
            if dot and ending == "txt" and stem not in known and not name.startswith("."):
                close = get_close_matches(stem, known, n=1)
                remedy = f"Did you mean '{close[0]}.txt'?" if close else "See: intouch draft --help"
                place = Place(f"{FOLDER}/{folder.name}/{name}")
                yield warning(place, Code.STRAY_FILE, f"no message is called '{stem}'", remedy)

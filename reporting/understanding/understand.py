"""Understanding a reply: text and context in, exactly one outcome out; pure and deterministic."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import zip_longest

from reporting.understanding.choice.assign import Block, apart, blocks, with_codes
from reporting.understanding.choice.heading import with_headings
from reporting.understanding.choice.match import match
from reporting.understanding.choice.reading import Reading, read
from reporting.understanding.choice.scene import Course, Scene
from reporting.understanding.choice.small_talk import talk_chance
from reporting.understanding.choice.standing import Standing, meanings, stand
from reporting.understanding.choice.verdict import Verdict
from reporting.understanding.context import Context
from reporting.understanding.course.compose import PLAIN_WORDS, Composer, Draft
from reporting.understanding.course.courtesies import report_within
from reporting.understanding.course.disowned import (
    REPORTS,
    is_disowned,
    is_left_to_others,
    says_no_name,
)
from reporting.understanding.course.frames import unframed
from reporting.understanding.course.idle import without_idle
from reporting.understanding.course.layouts import fields_as_lines
from reporting.understanding.course.retraction import without_retracted
from reporting.understanding.course.run_on import statements
from reporting.understanding.course.tables import rows_as_lines
from reporting.understanding.course.tell import tell
from reporting.understanding.course.together import Together, leaves_out, speaks_of_many
from reporting.understanding.course.whole import keep_together, read_exception
from reporting.understanding.naming.codes import (
    CodeMention,
    aliases,
    bare_codes,
    code_key,
    joined,
    only_code,
)
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.marked_codes import marked_codes
from reporting.understanding.naming.short_codes import that_report
from reporting.understanding.naming.special_codes import special_codes, without
from reporting.understanding.naming.titles import ANY_THING, tokens
from reporting.understanding.outcome import Nothing, Outcome
from reporting.understanding.talk.chatter import is_promise
from reporting.understanding.talk.commands import read_command
from reporting.understanding.talk.interrogative import is_question, tells_of_work
from reporting.understanding.values.stated import only_states
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.spellings import spelled_alike
from reporting.understanding.words.split import Clause, Cut

_WORD = re.compile(r"[a-z0-9\u4e00-\u9fff]")
_DAY = re.compile(r"(?P<day>\d{1,3})号")
_NUMBERED_NAME = re.compile(r"(?!第)[\u4e00-\u9fff](?:\d{1,3}|[一二三四五六七八九十]{1,3})[号#]")
_GOES_BEFORE = re.compile(
    r"(?:[\])〕】]|[\u4e00-\u9fff])(?<![我报是了把对于将的和与及跟给写填成做说管干除])$"
)
_AFRESH = Course()
LAST_DAY = 31
PLAINLY_NAMED = 0.9
STOPS = "。!~ "
ANSWERED = 0.9  # chance of talk from which even a reply to a card or a reminder is no report
LONGEST = 6_700  # characters that a platform carries in one message (20,000 bytes)
READ_OF_LONGER = 1_000  # what is longer is no reply: its beginning is enough to ask about


def understand(text: str, index: PlanIndex, context: Context) -> Outcome:
    """What a liaison's message says, for the tasks his units may report on."""
    text = text if len(text) <= LONGEST else text[:READ_OF_LONGER]
    text, standing = spelled_alike(unframed(text)), stand(index, context)
    folded = plain(text)
    start, end = report_within(folded, index, standing)
    report = text[start:end]
    text = rows_as_lines(fields_as_lines(report))
    folded = folded[start:end] if text == report else plain(text)
    if not _WORD.search(folded) or is_promise(folded):
        return Nothing()
    answers = context.quoted is not None
    states = only_states(folded.strip(STOPS), asked=answers)
    command = None if states else read_command(folded.rstrip(STOPS))
    idle = isinstance(command, Nothing)
    if idle and answers:
        asks = is_question(folded)
        if asks and not tells_of_work(folded):
            return Nothing()
        idle = not asks  # 去外省看看咋弄的,回来再定 is no talk in an answer
    elif command is not None:
        return command
    folded = keep_together(without_retracted(folded))
    most = float("inf") if states else ANSWERED if answers else index.model.talk_above
    return _Message(text, folded, index, standing).outcome(most_talk=most, idle=idle)


class _Message:
    """One message on its way to an outcome."""

    def __init__(self, text: str, folded: str, index: PlanIndex, standing: Standing) -> None:
        self._text, self._folded = text, folded
        self._index, self._standing = index, standing
        self._own = frozenset(standing.own)
        self._composer = Composer(text=text, index=index, standing=standing)

    def outcome(self, *, most_talk: float, idle: bool) -> Outcome:
        """Read, split, assign, judge, compose.

        An idle message would be mere talk unasked; from `most_talk` on it is so all the same.
        """
        reading = read(self._folded, self._index)
        told = list(statements(self._folded, reading, self._index, self._standing.asker))
        talk = talk_chance(reading, self._index, self._standing.asker)
        says_which = talk > PLAIN_WORDS and self._says_which(told)
        if talk >= most_talk and (idle or not says_which):
            return Nothing()
        draft = Draft(talk=0.0 if says_which else talk, exempt=set(self._excepted(told, reading)))
        judged = partial(self._judged, reading=reading)
        together = Together(text=self._folded, composer=self._composer, judged=judged)
        held, was_his = list[Clause](), True
        clauses = [*together.in_lists([*without_idle(told, self._folded)])]
        for clause, following in zip_longest(clauses, clauses[1:]):
            if self._is_not_his(clause, reading):
                goes_on = was_his and held and clause.cut <= Cut.COMMA
                was_his = False
                unnamed = goes_on and says_no_name(clause.words, held[-1].words)
                for part in [held.pop(), clause] if unnamed else [clause]:
                    draft.disowned.update(self._named_in(part, reading))
                draft.exempt.update(draft.disowned)
                continue
            was_his = True
            many = speaks_of_many(clause) or (
                together.listed(clause) and not (following and self._is_not_his(following, reading))
            )
            if many and not self._is_coded(clause, held):
                self._take(held, reading, draft)
                held = []
                if together.take(clause, draft):
                    continue
            held.append(clause)
        self._take(held, reading, draft)
        self._composer.leave_out_disowned(draft)
        return self._composer.outcome(draft, self._text.strip())

    def _says_which(self, told: Sequence[Clause]) -> bool:
        """Whether a card or a code says which task it is about, or it answers for all owed."""
        of_all = self._standing.asked_for_all and any(map(speaks_of_many, told))
        return self._standing.quoted is not None or of_all or bool(told and self._mentions(told))

    def _is_not_his(self, clause: Clause, reading: Reading) -> bool:
        """Whether a clause says that something is for others to report."""
        return is_disowned(clause.words) or self._is_left_to_others(clause, reading)

    def _is_coded(self, clause: Clause, held: Sequence[Clause]) -> bool:
        """Whether a clause names tasks by their codes, and counts none: 24项全部完成, 3-2都好了."""
        if leaves_out(clause):
            return False
        mentions = self._mentions([*held[-1:], clause])
        near = [m for m in mentions if clause.start < m.end and m.start < clause.end]
        counts = {str(n + 1) for n in range(len(self._standing.expected))}
        return any(
            m.start < clause.start or not (m.counting and m.codes[0] in counts) for m in near
        )

    def _is_left_to_others(self, clause: Clause, reading: Reading) -> bool:
        """Whether a clause ends in another unit that reports: 游客数文旅报."""
        own = self._standing.asker.units
        if is_left_to_others(clause.words):
            return True
        return any(
            clause.start <= named.start < clause.end
            and not named.units & own
            and REPORTS.match(self._folded, named.end, clause.end)
            for named in reading.units
        )

    def _take(self, held: Sequence[Clause], reading: Reading, draft: Draft) -> None:
        told, named = frozenset(draft.last), frozenset(draft.entries)
        exempt = frozenset(draft.exempt - draft.disowned)
        course = Course(last=draft.last, told=told, named=named, exempt=exempt)
        for block, verdict in self._judged(held, reading, course):
            self._composer.add(draft, block, verdict)

    def _judged(
        self, held: Sequence[Clause], reading: Reading, course: Course = _AFRESH
    ) -> Sequence[tuple[Block, Verdict]]:
        """What each block of these clauses is about, once the message has come so far."""
        if not held:
            return ()
        mentions = self._mentions(held)
        whole = with_codes(apart(held, mentions, self._folded), mentions, self._folded)
        whole = with_headings(whole, reading)
        found = blocks(whole, mentions, reading, self._index, self._standing.asker)
        scene = Scene(reading, self._index, self._standing)
        return tell(found, scene, course)

    def _excepted(self, told: Sequence[Clause], reading: Reading) -> Iterator[int]:
        """The tasks that a clause takes out of what was said of all: 其余正常,管网除外."""
        for clause in told:
            if place := read_exception(clause.words):
                start, end = (clause.start + letters for letters in place)
                words = self._folded[start:end]
                part = Clause(start, end, words, Cut.LINE, start, detail=False)
                yield from self._named_in(part, reading)

    def _named_in(self, clause: Clause, reading: Reading) -> tuple[int, ...]:
        """The tasks that somebody else will report on: 病区楼另报; 5-7在修,我们没数."""
        standing = self._standing
        given = (code for mention in self._mentions([clause]) for code in mention.codes)
        meant = (meanings(code, self._index, standing) for code in given)
        if coded := tuple(tasks[0] for tasks in meant if len(tasks) == 1):
            return coded
        spans = [(clause.head, clause.end)]
        found = match(reading, self._index, spans, standing.asker, standing.spoken)
        if found.best is None or found.probability < PLAINLY_NAMED:
            return ()
        return (found.best,)

    def _mentions(self, held: Sequence[Clause]) -> list[CodeMention]:
        start, end = held[0].start, held[-1].end
        found = [*self._marked, *bare_codes(self._folded, held, self._is_own)]
        short = [m for m in found if start <= m.start < end and not self._is_whole(m)]
        if short:
            stated = {*that_report(short, self._folded, held)}
            found = [m for m in found if m not in short or m in stated]
        kept: list[CodeMention] = []
        for mention in found:
            if start <= mention.start < end and not any(mention.overlaps(m) for m in kept):
                kept.append(mention)
        kept = [mention for mention in kept if not _is_outranked(mention, kept, held)]
        return joined(sorted(kept, key=lambda mention: mention.start), self._folded)

    @cached_property
    def _marked(self) -> Sequence[CodeMention]:
        """The short names in the text, and the codes that say they are codes."""
        named = (at_key for at_key in tokens(self._folded) if at_key[1] in self._index.grams)
        names = {at for at, key in named if not key.endswith(ANY_THING)}
        special = special_codes(self._folded, self._index.special, self._is_own)
        kept = [m for m in special if self._means(m)]
        marked = marked_codes(without(self._folded, kept))
        found = (
            *(m for m in aliases(self._folded, self._standing.aliases) if self._is_own(m.codes[0])),
            *kept,
            *(
                m
                for m in marked
                if self._means(m)
                and m.start not in names
                and not self._goes_on_a_name(m)
                and not self._may_be_a_day(m)
            ),
        )
        alone = None if found or self._standing.quoted is not None else only_code(self._folded)
        return (alone,) if alone and code_key(alone.codes[0]) in self._index.codes else found

    def _may_be_a_day(self, mention: CodeMention) -> bool:
        """Whether 8号 is no code of his: 夜市8号重新开街, 〔2026〕214号, or none is numbered so."""
        day = _DAY.fullmatch(self._folded, mention.start, mention.end)
        if not day or self._is_own(day["day"]):
            return False
        inside = _GOES_BEFORE.search(self._folded, 0, mention.start)
        unknown = day["day"] not in self._index.codes
        return bool(inside) or (unknown and int(day["day"]) <= LAST_DAY)

    def _goes_on_a_name(self, mention: CodeMention) -> bool:
        """Whether a title has it right behind the letter before it: 平台“澎海一号”, 石门沟2号."""
        start = max(mention.start - 1, 0)
        if self._folded[start : mention.start + 1] in self._index.grams:
            return True
        name = self._folded[start : mention.end]
        numbered = _NUMBERED_NAME.fullmatch(name) is not None and len(mention.codes) == 1
        return numbered and any(name in self._index.entries[n].title for n in self._own)

    def _means(self, mention: CodeMention) -> bool:
        return not mention.counting or all(map(self._is_own, mention.codes))

    def _is_whole(self, mention: CodeMention) -> bool:
        """Whether the codes of his own tasks are given with their letters, if they have any."""
        own = [code for code in mention.codes if self._is_own(code)]
        exact = (self._index.codes.get(code_key(code)) for code in own)
        return not own or any(task in self._own for task in exact)

    def _is_own(self, code: str) -> bool:
        return not self._own.isdisjoint(meanings(code, self._index, self._standing))


def _is_outranked(
    mention: CodeMention, kept: Sequence[CodeMention], held: Sequence[Clause]
) -> bool:
    """Whether a short name shares its clause with a code: what is written outright wins."""
    return bool(mention.alias) and any(
        clause.start <= mention.start < clause.end and clause.start <= other.start < clause.end
        for clause in held
        for other in kept
        if not other.alias
    )

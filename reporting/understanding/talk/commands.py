"""What is no report: commands to the bot, told by what their words do; and mere talk."""

import re
from collections.abc import Collection

from reporting.understanding.outcome import Command, CommandName, Nothing
from reporting.understanding.talk.chatter import is_soothing, is_talk
from reporting.understanding.talk.interrogative import drop_reported
from reporting.understanding.talk.recipes import recipes
from reporting.understanding.talk.wish import PLAINLY, REPORT, SURE, TALK, chances, likeliest
from reporting.understanding.words.numerals import read_number
from reporting.understanding.words.speech import speech

LONGEST_COMMAND = 60
LONGEST_TALK = 200
FEW = 6  # letters: 撤诉了 and 不能使用 are hardly told from a command
UNLIKE, UNKNOWN = 20.0, 5.0  # times likelier than a command another thing is; by strange letters

_CORRECTED = re.compile(
    r"(?:应|改|更正|实际|其实|正确)(?:该|当|为|成|是|的是)|(?<!是)不是\S{1,12}(?:是|应)|更正(?!一?下?\W*$)|改成|改为"
    r"|是[^,。;]{0,3}[\d一二两三四五六七八九十][^,。;]{0,8}不是[^,。;]{0,3}[\d一二两三四五六七八九十]"
)
# Who takes back or blames and gives the right value at once reports it: 记成8了,应该是12.
_MAY_CORRECT = frozenset({CommandName.WITHDRAW, CommandName.COMPLAIN})
_NAMED = re.compile(
    r"(?P<prefix>[^\W\d_])?(?P<number>\d{1,3}(?:-\d{1,2})?)(?![\d.%月日年点万亿元个])"
    r"|第(?P<ordinal>[一二三四五六七八九十]{1,3})[项条个]"
)


def read_command(text: str) -> Command | Nothing | None:
    """A command, or Nothing for talk that cannot be a report, or None: it may be a report.

    `text` is normalised. A correction that gives the right value is a report, not a withdrawal.
    """
    words = text.strip()
    if not words:
        return Nothing()
    if len(words) > LONGEST_TALK:
        return None
    own = drop_reported(words)
    if is_soothing(own):
        return None
    command = _command(own) or _wished(own)
    if command == Command(name=CommandName.HELP, words=own) and own != words:
        return Nothing()  # 村民问水费涨不涨,我该咋回: he asks what to answer them
    return command or (Nothing() if is_talk(own) else None)


def codes_named(words: str, known: Collection[str]) -> list[str]:
    """Which of the known codes the words of a command name: 撤回12号, 删掉第三项."""
    found = (_code_of(named, known) for named in _NAMED.finditer(words))
    return list(dict.fromkeys(code for code in found if code in known))


def _code_of(named: re.Match[str], known: Collection[str]) -> str:
    if named["ordinal"]:
        return str(int(read_number(named["ordinal"]) or 0))
    # “回12” is no code of a section, but “民3” may be: the plan decides.
    prefixed = f"{named['prefix']}{named['number']}"
    return prefixed if prefixed in known else named["number"]


def _command(words: str) -> Command | None:
    if len(words) > LONGEST_COMMAND:
        return None
    said = speech(words)
    for recipe in recipes():
        if said.strange <= recipe.spare and recipe.fits(said):
            by_chance = _is_hardly(recipe.name, words, UNKNOWN if said.strange else UNLIKE)
            return None if by_chance else _unless_corrected(recipe.name, words)
    return None


def _is_hardly(name: CommandName, words: str, times: float) -> bool:
    """Whether the letters of a text, if not too few, speak so much more for something else."""
    return len(words) >= FEW and chances(words)[name] * times < likeliest(words)[1]


def _wished(words: str) -> Command | None:
    """The command whose letters these are, where its words tell none."""
    if len(words) > LONGEST_COMMAND:
        return None
    meant, chance = likeliest(words)
    unclear = len(words) < FEW or "fact" in speech(words).does
    if meant in {REPORT, TALK} or chance < (PLAINLY if unclear else SURE):
        return None
    return _unless_corrected(CommandName(meant), words)


def _unless_corrected(name: CommandName, words: str) -> Command | None:
    corrects = name in _MAY_CORRECT and _CORRECTED.search(words)
    return None if corrects else Command(name=name, words=words)

"""Deputies' suggestions and committee members' proposals (建议提案): what is said of them.

Whoever reports on one says how it is answered: 面复了,代表满意, 委员还没签字.
"""

import re

from reporting.task import Task, TaskKind

_TITLED = re.compile(
    r"(?:建议|提案|议案)\W*(?:[(（\[].{0,20}[)）\]])?\W*$|(?:人大|政协|代表|委员).{0,12}(?:建议|提案|议案)"
)
_WHO = r"(?:代表(?!团|性|队|处|作|企业|品牌|项目)|委员(?!会))"
_HANDLED = re.compile(
    r"提案|议案|(?:\d|人大|代表|这[件条份]|那[件条份])号?的?建议|建议(?:办理|件|人|答复|办结|办复)|面复|面商|办复|复文|答复[件函稿]|书面答复"
    rf"|{_WHO}.{{0,8}}?(?:满意|签[了字满收]|反馈|答复|面[商谈对]|见了?面|看过|现场看|沟通|提[的了出]|认可|认账|回访|走访|座谈|体验|通[过电]|联系|认同)"
    rf"|(?:走访|回访|答复|联系|征求|面见|见了?|请|邀请?|跟|和|与|向|给)(?:了|过|领衔|提案|人大|政协|几位|[两三四五]位|\d位)*{_WHO}"
)


def is_petition(task: Task) -> bool:
    """Whether a task is to answer one, by its kind or its title."""
    return task.kind is TaskKind.PROPOSAL or bool(_TITLED.search(task.title))


def speaks_of_handling(words: str) -> bool:
    """Whether words say how one is handled or answered."""
    return bool(_HANDLED.search(words))

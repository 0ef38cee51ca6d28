"""Over 1,000 random assignments nobody is told of a task that is not his to see."""

import random
import re
from datetime import datetime

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.inquiry import Inquiry, Topic
from reporting.inquiry_answer import answer_inquiry
from reporting.ledger import TaskState
from reporting.overseer import Overseer, Post
from reporting.portfolio import compose_portfolio, portfolio_text
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.status import Assessment, Standing
from reporting.task import Task

CALENDAR = WorkCalendar()
MONTH = open_round(2026, 6, RoundRules(cutoff_day=25), CALENDAR)
ASSESSMENT = Assessment(as_of=datetime(2026, 6, 25, 18, tzinfo=OFFICE_ZONE), calendar=CALENDAR)
LEADERS = ("林海", "赵大川", "孙倩", None)
UNITS = ("市财政局", "市教育局", "市交通运输局")
SECRET = re.compile(r"密\d{3}")


def assigned(chance: random.Random) -> list[TaskState]:
    """A plan at random; each title carries a mark of its own."""
    states = []
    for number in range(100, 100 + chance.randint(1, 30)):
        task = Task(
            code=str(number),
            title=f"密{number}工程",
            leads=(chance.choice(UNITS),),
            leader=chance.choice(LEADERS),
        )
        facts = Facts(status=Status.BEHIND, problem=f"密{number}资金不足", suggestion="请协调")
        states.append(TaskState(task=task, reported=chance.random() < 0.5, facts=facts))
    return states


def told(leader: str, states: list[TaskState]) -> str:
    """Everything that reaches one leader: his digest and the answers to all he may ask."""
    overseer = Overseer(
        office_id=1, post=Post.LEADER, name=leader, channel="wx", user_id="leader01"
    )
    seen = [state for state in states if overseer.may_see(state.task)]
    texts = [portfolio_text(compose_portfolio(leader, MONTH, states, ASSESSMENT))]
    asked = [Inquiry(topic=Topic.MISSING, unit=unit) for unit in (*UNITS, None)]
    asked += [Inquiry(topic=Topic.STANDING, standing=standing) for standing in Standing]
    asked += [Inquiry(topic=Topic.TASK, task=state.task.code) for state in states]
    texts += [answer_inquiry(inquiry, seen, ASSESSMENT) for inquiry in asked]
    return "\n".join(texts)


def test_a_leader_is_told_of_his_own_portfolio_only() -> None:
    leaked = []
    for number in range(1000):
        chance = random.Random(number)
        states = assigned(chance)
        leader = chance.choice(LEADERS[:3]) or ""
        own = {f"密{s.task.code}" for s in states if s.task.leader == leader}
        leaked += [mark for mark in SECRET.findall(told(leader, states)) if mark not in own]
    assert leaked == []

"""Settings that the rules since 2024 forbid are refused, each naming its article."""

import pytest

from reporting.errors import UserMistake
from reporting.guards import Article, Audience, Policy, ScoreSource
from reporting.liaison import Rung
from reporting.policy import change_policy, policy_as_json, policy_from_json

FORBIDDEN = [
    ("reminder_budget=不限", Article.REPEATED),
    ("reminder_budget=30", Article.REPEATED),
    ("rounds_a_month=8", Article.REPEATED),
    ("asks_forms_as_well=是", Article.REPEATED),
    ("asks_known_data=是", Article.ONCE),
    ("check_in=是", Article.COMPULSION),
    ("counts_online_time=是", Article.COMPULSION),
    ("ranking_to=联络员手机", Article.COMPULSION),
    ("ranking_to=社会公开", Article.COMPULSION),
    ("must_install=是", Article.PROMOTION),
    ("reports_install_rate=是", Article.PROMOTION),
    ("login_every_days=7", Article.PROMOTION),
    ("requires_photos=是", Article.ALIENATION),
    ("requires_videos=是", Article.ALIENATION),
    ("requires_tracks=是", Article.ALIENATION),
    ("replaces_site_checks=是", Article.ALIENATION),
    ("publishes_names=是", Article.APPROVAL),
    ("complaints_open=否", Article.COMPLAINTS),
    ("advertises=是", Article.COMMERCE),
    ("escalates_to=单位主要负责人", Article.LADDER),
    ("escalates_to=分管领导", Article.LADDER),
    ("escalation_waits=0", Article.HASTE),
    ("escalation_waits=1、1、0、1", Article.HASTE),
    ("escalation_grace=0", Article.HASTE),
    ("score_sources=任务完成情况、登录次数", Article.COMPULSION),
    ("score_sources=回复快慢", Article.ALIENATION),
    ("score_sources=照片视频数量", Article.TRACES),
    ("score_sources=督查室退回次数", Article.RETURNS),
]


@pytest.mark.parametrize(("setting", "article"), FORBIDDEN, ids=[s for s, _ in FORBIDDEN])
def test_a_forbidden_setting_is_refused_with_its_article(setting: str, article: Article) -> None:
    name, _, value = setting.partition("=")
    with pytest.raises(UserMistake) as refused:
        change_policy(Policy(), {name: value})
    assert article.value in str(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"reminder_budget": "6"},
        {"requires_photos": "是", "evidence_need": "隐蔽工程验收须留影像（县府办〔2026〕3号）"},
        {"ranking_to": "领导", "approved_by": "李建国"},
        {"score_sources": "任务完成情况、经送达后的迟报"},
        {"ranking_to": "督查室"},
        {"escalates_to": "分管领导", "escalation_approved_by": "李建国"},
        {"escalation_waits": "2"},
    ],
)
def test_what_is_lawful_passes(settings: dict[str, str]) -> None:
    assert change_policy(Policy(), settings) != Policy()


def test_a_policy_survives_its_row() -> None:
    policy = Policy(
        reminder_budget=3,
        ranking_to=Audience.OFFICE,
        score_sources=frozenset({ScoreSource.RESULT, ScoreSource.LATENESS}),
        escalates_to=Rung.DEPUTY,
        escalation_waits=(1, 2, 3, 4),
    )
    assert policy_from_json(policy_as_json(policy)) == policy
    assert policy_from_json({}) == Policy()


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("nothing", "1", "没有设置项"),
        ("check_in", "也许", "是”或“否"),
        ("reminder_budget", "很多", "整数"),
        ("ranking_to", "所有人", "应为"),
        ("score_sources", "颜值", "没有“颜值”"),
        ("escalates_to", "县长", "应为"),
        ("escalation_waits", "1、2", "4个整数"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, value: str, why: str) -> None:
    with pytest.raises(UserMistake, match=why):
        change_policy(Policy(), {name: value})


def test_nothing_is_forgotten_within_a_year() -> None:
    with pytest.raises(UserMistake, match="不能少于13"):
        change_policy(Policy(), {"keep_months": "12"})
    assert change_policy(Policy(), {"keep_months": "24"}).keep_months == 24
    assert change_policy(Policy(), {"keep_months": "不限"}).keep_months is None

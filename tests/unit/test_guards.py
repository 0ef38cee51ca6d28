"""Guards as code: what the rules forbid is refused with its article, what they allow passes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.errors import UserMistake
from reporting.guards import (
    Article,
    Audience,
    Policy,
    ScoreSource,
    check_guards,
    find_violations,
    is_within_budget,
    require_lawful,
)
from reporting.liaison import Rung

FORBIDDEN = [
    (Policy(reminder_budget=None), Article.REPEATED),
    (Policy(reminder_budget=11), Article.REPEATED),
    (Policy(rounds_a_month=30), Article.REPEATED),
    (Policy(asks_forms_as_well=True), Article.REPEATED),
    (Policy(asks_known_data=True), Article.ONCE),
    (Policy(check_in=True), Article.COMPULSION),
    (Policy(counts_online_time=True), Article.COMPULSION),
    (Policy(ranking_to=Audience.PHONES), Article.COMPULSION),
    (Policy(ranking_to=Audience.PHONES, approved_by="某主任"), Article.COMPULSION),
    (Policy(ranking_to=Audience.LEADERS), Article.COMPULSION),
    (Policy(ranking_to=Audience.PUBLIC), Article.COMPULSION),
    (Policy(must_install=True), Article.PROMOTION),
    (Policy(reports_install_rate=True), Article.PROMOTION),
    (Policy(login_every_days=7), Article.PROMOTION),
    (Policy(requires_photos=True), Article.ALIENATION),
    (Policy(requires_videos=True), Article.ALIENATION),
    (Policy(requires_tracks=True), Article.ALIENATION),
    (Policy(replaces_site_checks=True), Article.ALIENATION),
    (Policy(publishes_names=True), Article.APPROVAL),
    (Policy(complaints_open=False), Article.COMPLAINTS),
    (Policy(advertises=True), Article.COMMERCE),
    *[
        (Policy(score_sources=frozenset({ScoreSource.RESULT, source})), article)
        for source, article in (
            (ScoreSource.LOGIN, Article.COMPULSION),
            (ScoreSource.ONLINE_TIME, Article.COMPULSION),
            (ScoreSource.CHECK_IN, Article.COMPULSION),
            (ScoreSource.REPLY_SPEED, Article.ALIENATION),
            (ScoreSource.MESSAGE_COUNT, Article.ALIENATION),
            (ScoreSource.READ_RECEIPT, Article.ALIENATION),
            (ScoreSource.LIKES, Article.ALIENATION),
            (ScoreSource.FORWARDS, Article.ALIENATION),
            (ScoreSource.VOTES, Article.ALIENATION),
            (ScoreSource.STUDY_TIME, Article.ALIENATION),
            (ScoreSource.PHOTOS, Article.TRACES),
            (ScoreSource.RETURNS, Article.RETURNS),
        )
    ],
]
ALLOWED = [
    Policy(),
    Policy(reminder_budget=10, rounds_a_month=4),
    Policy(reminder_budget=0),
    Policy(requires_photos=True, evidence_need="水毁工程验收须留存影像（县水利局2026年3号文）"),
    Policy(ranking_to=Audience.OFFICE),
    Policy(ranking_to=Audience.LEADERS, approved_by="某副县长"),
    Policy(publishes_names=True, approved_by="某副县长"),
    Policy(
        score_sources=frozenset({ScoreSource.RESULT, ScoreSource.EVIDENCE, ScoreSource.LATENESS})
    ),
]


@pytest.mark.parametrize(("policy", "article"), FORBIDDEN)
def test_each_forbidden_setting_is_refused_with_its_article(
    policy: Policy, article: Article
) -> None:
    assert [violation.article for violation in find_violations(policy)] == [article]
    with pytest.raises(UserMistake, match=re.escape(article.value)):
        require_lawful(policy)


def test_every_guard_has_been_shown_to_refuse() -> None:
    named = [policy for policy, _ in FORBIDDEN]
    named += [Policy(escalates_to=Rung.LEADER), Policy(escalation_grace=0)]
    shown = {violation.setting for policy in named for violation in find_violations(policy)}
    assert shown == {one.setting for one in check_guards(Policy())}
    assert {one.article for one in check_guards(Policy())} == set(Article)


def test_a_self_check_says_which_guards_hold() -> None:
    assert all(one.holds for one in check_guards(Policy()))
    broken = [one.setting for one in check_guards(Policy(check_in=True)) if not one.holds]
    assert broken == ["打卡签到"]


@pytest.mark.parametrize("policy", ALLOWED)
def test_what_the_rules_allow_passes(policy: Policy) -> None:
    require_lawful(policy)


def test_a_refusal_names_every_forbidden_setting() -> None:
    with pytest.raises(UserMistake) as refused:
        require_lawful(Policy(check_in=True, advertises=True))
    lines = str(refused.value).splitlines()
    assert lines[0].startswith("不能设置“打卡签到”：国办函〔2026〕12号禁止情形（二）")
    assert lines[1].startswith("不能设置“发布经营性内容”")


def test_the_sixth_message_over_a_budget_of_five_is_held_back() -> None:
    policy = Policy(reminder_budget=5)
    assert is_within_budget(4, policy)
    assert not is_within_budget(5, policy)
    assert not is_within_budget(0, Policy(reminder_budget=None))


@settings(deadline=None)
@given(sources=st.sets(st.sampled_from(ScoreSource)))
def test_only_results_of_work_may_be_scored(sources: set[ScoreSource]) -> None:
    results = {ScoreSource.RESULT, ScoreSource.EVIDENCE, ScoreSource.LATENESS}
    refused = find_violations(Policy(score_sources=frozenset(sources)))
    assert len(refused) == len(sources - results)

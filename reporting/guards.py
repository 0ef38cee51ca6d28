"""Guards (减负护栏): settings that the rules since 2024 forbid are refused, naming the article.

《政务移动互联网应用程序规范化管理办法》(国办函〔2026〕12号) lists five things an app may not do;
《整治形式主义为基层减负若干规定》(中办、国办, 2024-08-06) limits checks, forms and traces.
Two more are ours; each article says where it comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from reporting.errors import UserMistake
from reporting.liaison import Rung

_ROUNDS_A_MONTH = 4
_REMINDERS_A_MONTH = 10


class Article(StrEnum):
    """What a forbidden setting offends against, in the words of the rule."""

    REPEATED = "国办函〔2026〕12号禁止情形（一）：随意或重复要求基层填表报数交材料"
    COMPULSION = (
        "国办函〔2026〕12号禁止情形（二）：设置打卡签到、积分排名、统计在线时长等强制性功能"
    )
    PROMOTION = (
        "国办函〔2026〕12号禁止情形（三）：强制推广下载使用，"
        "考核通报用户安装使用率，强制要求定期登录"
    )
    ALIENATION = (
        "国办函〔2026〕12号禁止情形（四）：异化为工作考核日常化、督查检查线上化的主要载体，"
        "将点赞量、学习时长等作为考评依据，非必要强制上传工作照片、视频和轨迹"
    )
    COMMERCE = "国办函〔2026〕12号禁止情形（五）：从事经营性活动"
    COMPLAINTS = "国办函〔2026〕12号：主办（使用）单位应提供投诉建议功能"
    ONCE = "《整治形式主义为基层减负若干规定》：同类材料最多报一次"
    TRACES = "《整治形式主义为基层减负若干规定》：不得以拍照留痕评价工作"
    APPROVAL = "本系统规则：点名公布须有具名负责人批准"
    LADDER = "本系统规则：向单位主要负责人、分管领导反映未报情况须有具名负责人批准"
    HASTE = "本系统规则：向上反映前须给每一层至少一个工作日答复"
    RETURNS = "本系统规则：退回补充属工作流转，不作扣分依据"


class ScoreSource(StrEnum):
    """What an appraisal may be asked to count; only the first three are results of work."""

    RESULT = "任务完成情况"
    EVIDENCE = "经核实的佐证"
    LATENESS = "经送达后的迟报"
    LOGIN = "登录次数"
    ONLINE_TIME = "在线时长"
    CHECK_IN = "签到打卡"
    REPLY_SPEED = "回复快慢"
    MESSAGE_COUNT = "发言条数"
    READ_RECEIPT = "消息已读"
    LIKES = "点赞量"
    FORWARDS = "转发量"
    VOTES = "网络投票数"
    STUDY_TIME = "学习时长"
    PHOTOS = "照片视频数量"
    RETURNS = "督查室退回次数"


class Audience(StrEnum):
    """Who a ranking is shown to."""

    NOBODY = "不公布"
    OFFICE = "督查室"
    LEADERS = "领导"
    PHONES = "联络员手机"
    PUBLIC = "社会公开"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What an office asks of its liaisons beyond the rounds; every default is lawful.

    `reminder_budget` counts messages of our own accord to one liaison in a month (None: no end).
    `evidence_need` states in writing why photos, videos or tracks are needed.
    `approved_by` names the person who approved a ranking or a publication. After the cutoff a
    unit's own people are asked, up to `escalates_to`: `escalation_grace` working days after it,
    then after each of `escalation_waits`; `escalation_approved_by` names who approved going higher.
    `notice_at_opening` sends a round's notice to be signed for, `signing_days` whole working days
    before the one reminder to who has not.
    `preview_digests`: digests go out when the office has approved what it was shown;
    `quarter_digest`: the leadership groups get one for the quarter as well; `digest_by_source`:
    digests count each source of tasks too. After `keep_months` (None: never) what belongs to no
    task is forgotten.
    """

    reminder_budget: int | None = 8
    rounds_a_month: int = 1
    asks_known_data: bool = False
    asks_forms_as_well: bool = False
    check_in: bool = False
    counts_online_time: bool = False
    must_install: bool = False
    reports_install_rate: bool = False
    login_every_days: int | None = None
    requires_photos: bool = False
    requires_videos: bool = False
    requires_tracks: bool = False
    evidence_need: str = ""
    replaces_site_checks: bool = False
    score_sources: frozenset[ScoreSource] = frozenset({ScoreSource.RESULT})
    ranking_to: Audience = Audience.NOBODY
    publishes_names: bool = False
    approved_by: str = ""
    complaints_open: bool = True
    advertises: bool = False
    escalation_grace: int = 1
    escalation_waits: tuple[int, ...] = (1, 1, 1, 1)
    escalates_to: Rung = Rung.SECTION_HEAD
    escalation_approved_by: str = ""
    notice_at_opening: bool = False
    signing_days: int = 2
    preview_digests: bool = False
    quarter_digest: bool = False
    digest_by_source: bool = False
    keep_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One forbidden setting: what it does, what it offends against."""

    setting: str
    article: Article

    @property
    def words(self) -> str:
        """The refusal as the office reads it."""
        return f"不能设置“{self.setting}”：{self.article.value}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """One guard as the office declares it (备案自查): what it forbids and whether that holds."""

    setting: str
    article: Article
    holds: bool


def check_guards(policy: Policy) -> tuple[Guarded, ...]:
    """Every guard in the order of the rules, and whether the policy keeps to it."""
    broken = {violation.setting for violation in find_violations(policy)}
    every = [(setting, article) for setting, article, _ in _GUARDS]
    every += [(_scored(source), article) for source, article in _SCORING.items()]
    return tuple(
        Guarded(setting=setting, article=article, holds=setting not in broken)
        for setting, article in every
    )


def find_violations(policy: Policy) -> tuple[Violation, ...]:
    """Everything in a policy that is forbidden, in the order of the rules."""
    found = [
        Violation(setting=setting, article=article)
        for setting, article, forbids in _GUARDS
        if forbids(policy)
    ]
    found += [
        Violation(setting=_scored(source), article=_SCORING[source])
        for source in ScoreSource
        if source in policy.score_sources and source in _SCORING
    ]
    return tuple(found)


def _scored(source: ScoreSource) -> str:
    return f"按{source.value}计分"


def require_lawful(policy: Policy) -> None:
    """Refuse a policy with a forbidden setting; the text names each and its article."""
    found = find_violations(policy)
    if found:
        raise UserMistake("\n".join(violation.words for violation in found))


def is_within_budget(sent: int, policy: Policy) -> bool:
    """Whether one more message of our own accord may go to a liaison who got `sent` this month."""
    return policy.reminder_budget is not None and sent < policy.reminder_budget


_SCORING = {
    ScoreSource.LOGIN: Article.COMPULSION,
    ScoreSource.ONLINE_TIME: Article.COMPULSION,
    ScoreSource.CHECK_IN: Article.COMPULSION,
    ScoreSource.REPLY_SPEED: Article.ALIENATION,
    ScoreSource.MESSAGE_COUNT: Article.ALIENATION,
    ScoreSource.READ_RECEIPT: Article.ALIENATION,
    ScoreSource.LIKES: Article.ALIENATION,
    ScoreSource.FORWARDS: Article.ALIENATION,
    ScoreSource.VOTES: Article.ALIENATION,
    ScoreSource.STUDY_TIME: Article.ALIENATION,
    ScoreSource.PHOTOS: Article.TRACES,
    ScoreSource.RETURNS: Article.RETURNS,
}

_GUARDS: tuple[tuple[str, Article, Callable[[Policy], bool]], ...] = (
    ("不限次数提醒", Article.REPEATED, lambda policy: policy.reminder_budget is None),
    (
        f"每人每月提醒超过{_REMINDERS_A_MONTH}次",
        Article.REPEATED,
        lambda policy: (policy.reminder_budget or 0) > _REMINDERS_A_MONTH,
    ),
    (
        f"每月报送超过{_ROUNDS_A_MONTH}轮",
        Article.REPEATED,
        lambda policy: policy.rounds_a_month > _ROUNDS_A_MONTH,
    ),
    ("聊天报送之外另填表格", Article.REPEATED, lambda policy: policy.asks_forms_as_well),
    ("再次索要台账已有数据", Article.ONCE, lambda policy: policy.asks_known_data),
    ("打卡签到", Article.COMPULSION, lambda policy: policy.check_in),
    ("统计在线时长", Article.COMPULSION, lambda policy: policy.counts_online_time),
    (
        "积分排名发到联络员手机",
        Article.COMPULSION,
        lambda policy: policy.ranking_to is Audience.PHONES,
    ),
    (
        "未经负责人批准公布排名",
        Article.COMPULSION,
        lambda policy: (
            policy.ranking_to in {Audience.LEADERS, Audience.PUBLIC} and not policy.approved_by
        ),
    ),
    ("强制安装使用", Article.PROMOTION, lambda policy: policy.must_install),
    ("通报安装使用率", Article.PROMOTION, lambda policy: policy.reports_install_rate),
    ("强制定期登录", Article.PROMOTION, lambda policy: policy.login_every_days is not None),
    (
        "无书面理由强制上传照片",
        Article.ALIENATION,
        lambda policy: policy.requires_photos and not policy.evidence_need,
    ),
    (
        "无书面理由强制上传视频",
        Article.ALIENATION,
        lambda policy: policy.requires_videos and not policy.evidence_need,
    ),
    (
        "无书面理由强制上传轨迹",
        Article.ALIENATION,
        lambda policy: policy.requires_tracks and not policy.evidence_need,
    ),
    ("以线上报送代替实地督查", Article.ALIENATION, lambda policy: policy.replaces_site_checks),
    (
        "未经负责人批准点名曝光",
        Article.APPROVAL,
        lambda policy: policy.publishes_names and not policy.approved_by,
    ),
    (
        "未经负责人批准升级到单位主要负责人或分管领导",
        Article.LADDER,
        lambda policy: (
            policy.escalates_to in {Rung.UNIT_HEAD, Rung.LEADER}
            and not policy.escalation_approved_by
        ),
    ),
    (
        "不留答复时间即向上反映",
        Article.HASTE,
        lambda policy: policy.escalation_grace < 1 or min(policy.escalation_waits) < 1,
    ),
    ("关闭投诉建议", Article.COMPLAINTS, lambda policy: not policy.complaints_open),
    ("发布经营性内容", Article.COMMERCE, lambda policy: policy.advertises),
)

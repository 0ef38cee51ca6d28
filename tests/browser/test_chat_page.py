"""The demonstration's page in a real browser: what a visitor does, and what he then sees."""

import re

import pytest
from playwright.async_api import expect

from reporting.messages import Platform
from tests.browser.visitor import Visitor

WECOM, DINGTALK = Platform.WECOM, Platform.DINGTALK


@pytest.mark.parametrize(
    ("platform", "who", "vague", "meant"),
    [(WECOM, "l11", "水库除险加固60%", "71"), (DINGTALK, "l26", "完成60%", "107")],
)
async def test_a_liaison_gets_a_receipt_and_where_unclear_a_question(
    visitor: Visitor, platform: Platform, who: str, vague: str, meant: str
) -> None:
    await visitor.become(platform, who)
    question = await visitor.say(vague)
    assert "哪一项" in question
    offered = re.search(rf"^(\d+)\. 第{meant}项", question, re.MULTILINE)
    assert offered is not None
    receipt = await visitor.say(offered[1])
    assert re.search(rf"第{meant}项.*60%", receipt)
    receipt = await visitor.say(f"更正 {meant}号 完成65%，正常推进")
    assert "（已更正）" in receipt
    assert re.search(rf"第{meant}项.*65%", receipt)


async def test_days_pass_and_each_is_reminded_once_of_what_he_still_owes(visitor: Visitor) -> None:
    await visitor.become(WECOM, "l31")
    assert "未报" not in await visitor.say("第73项完成64%，正常推进")
    await visitor.become(DINGTALK, "l10")
    assert "还有5项未报" in await visitor.say("第64项完成60%，正常推进")
    await visitor.wait_days(16)
    await expect(visitor.received).to_have_count(2)
    reminder = await visitor.last()
    assert "还有5项未报" in reminder
    assert "第64项" not in reminder
    assert "6月17日" in await visitor.received.last.locator(".meta").inner_text()
    await visitor.wait_days(1)
    await expect(visitor.received).to_have_count(2)
    await visitor.become(WECOM, "l31")
    await expect(visitor.received).to_have_count(1)


async def test_at_the_cutoff_the_digest_appears_in_both_leadership_groups(
    visitor: Visitor,
) -> None:
    await visitor.become(WECOM, "l13")
    await visitor.say("第89项中医院迁建，钢筋工班组停工8天，工期滞后一周")
    await visitor.wait_for_cutoff()
    for platform in (WECOM, DINGTALK):
        digest = visitor.group(platform).locator(".bubble").first
        await expect(digest).to_contain_text("应报110项，已报1项，未报109项")
        await expect(digest).to_contain_text("滞后1项")
        await expect(digest).to_contain_text(re.compile(r"第89项.*停工8天", re.DOTALL))
    await expect(visitor.page.locator("#clock")).to_contain_text("6月25日 星期四 18:00")

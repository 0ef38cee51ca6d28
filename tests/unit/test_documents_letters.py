"""Word letters, pasted prose and text files are read like workbooks."""

from pathlib import Path

import pytest

from tests.support.city import ROAD, SCHOOL, lines, read
from tests.support.tables import write_word


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return tmp_path / "云水市2026年重点任务.docx"


def test_a_letter_with_its_own_points_is_told_from_sections(word: Path) -> None:
    table = [["序号", "目标任务", "市级领导", "牵头部门", "参与部门", "完成期限"]]
    path = write_word(
        word,
        "云政办〔2026〕12号",
        "云水市人民政府办公室关于印发《云水市2026年重点任务分工方案》的通知",
        "现将任务分解为2个部分、2项，其中第一部分1项、第二部分1项，并提出如下要求：",
        "一、提高思想认识",
        "各单位要高度重视，认真组织实施，确保各项工作落实到位，取得实效，让全市人民满意放心。",
        "二、按时报送进展",
        "各牵头单位于每月25日前将进展情况报送云水市人民政府督查室，逾期未报的将在全市予以通报。",
        "2026年2月20日",
        "一、交通",
        [*table, ["1", "修路20公里", "林海", "交通局", "财政局", "11月底"]],
        "二、教育",
        [*table, ["2", "新建学校3所", "孙倩", "教育局", "城投", "8月底"]],
        "注：以上任务由市政府督查室负责解释。",
    )
    plan = read(path).plan
    assert lines(read(path)) == [ROAD, SCHOOL]
    assert [task.section for task in plan.tasks] == ["一、交通", "二、教育"]
    assert (plan.title, plan.document_number) == (
        "云水市2026年重点任务分工方案",
        "云政办〔2026〕12号",
    )
    assert (plan.cutoff_day, str(plan.issued_on)) == (25, "2026-02-20")
    assert read(path).problems == ()


def test_a_table_broken_over_pages_goes_on_without_its_header(word: Path) -> None:
    path = write_word(
        word,
        "# 一、交通（责任领导：林海）",
        [["编号", "任务", "牵头", "配合", "时限"], ["1", "修路20公里", "交通局", "财政局", "11月"]],
        [["2", "新建学校3所", "教育局", "城投", "8月"]],
    )
    assert lines(read(path)) == [ROAD, SCHOOL]
    assert {task.leader for task in read(path).plan.tasks} == {"林海"}


def test_prose_with_labels_on_lines_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "云水市2026年民生实事.txt"
    path.write_text(
        "分享到：微信 微博\n一、民生\n1．修路20公里。\n牵头单位：市交通局\n配合单位：市财政局\n"
        "完成时限：11月底\n2．新建学校3所（责任单位：市教育局、城投；完成时限：8月底前）\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


def test_web_copied_traditional_text_with_pinyin_and_tags(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text(
        "雲水市2026年重點任務(wù)分解表<br />\n1.修路20公里；11月底。(市交通運輸局(jú)牽頭,"
        "市財政局配合)\n"
        "&nbsp;2.新建學(xué)校3所；8月底。(市教育局牽頭,城投集團(tuán)配合)\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_either_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    path.write_text(
        '编号,任务,主办,协办,期限\n1,修路20公里,市交通局,"财政局",11月\n'
        "2,新建学校3所,教育局,城投,8月\n",
        encoding=encoding,
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


def test_rows_pasted_with_tabs_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text(
        "2026年任务分解\n序号\t工作任务\t责任单位\t完成时限\n1\t修路20公里\t交通局、财政局\t11月\n"
        "2\t新建学校3所\t教育局、城投\t8月\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]

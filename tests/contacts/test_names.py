import pytest

from app.contacts.names import NameWrite, displayed, name_keys, sort_key


def name(**parts: str) -> NameWrite:
    return NameWrite.model_validate(parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"given": "愛子", "family": "田中", "language": "ja"}, "田中 愛子"),
        ({"given": "愛子", "family": "田中"}, "田中 愛子"),
        ({"given": "Aiko", "family": "Tanaka"}, "Aiko Tanaka"),
        ({"given": "Aiko", "family": "Tanaka", "order": "family_first"}, "Tanaka Aiko"),
        ({"given": "Min-jun", "family": "Kim", "order": "family_first"}, "Kim Min-jun"),
        ({"given": "민준", "family": "김"}, "김민준"),
        ({"given": "小明", "family": "王", "language": "zh-Hans"}, "王小明"),
        ({"given": "迈克尔", "family": "史密斯", "language": "zh", "order": "given_first"}, "迈克尔·史密斯"),
        ({"given": "マイケル", "family": "スミス", "language": "ja"}, "マイケル・スミス"),
        ({"given": "마이클", "family": "스미스", "order": "given_first"}, "마이클 스미스"),
        ({"given": "János", "family": "Nagy", "additional": "Péter", "language": "hu"}, "Nagy János Péter"),
        ({"given": "An", "family": "Nguyễn", "additional": "Văn", "language": "vi"}, "Nguyễn Văn An"),
        ({"given": "John", "family": "Doe", "additional": "Q."}, "John Q. Doe"),
        ({"given": "Suryani"}, "Suryani"),
        ({"family": "Prince"}, "Prince"),
        ({"given": "Aiko", "family": "Tanaka", "honorific_prefix": "Dr.", "honorific_suffix": "PhD"}, "Aiko Tanaka"),
    ],
)
def test_a_name_is_shown_in_the_order_and_spacing_of_its_script(parts: dict[str, str], expected: str) -> None:
    assert displayed(name(**parts)) == expected


def test_a_name_is_sorted_by_its_reading_or_else_by_the_family_name() -> None:
    assert (
        sort_key(name(given="愛子", family="田中", phonetic_family="タナカ", phonetic_given="アイコ"))
        == "たなか あいこ"
    )
    assert sort_key(name(given="Åsa", family="Öberg", additional="M")) == "oberg asa m"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given": "Aiko", "family": "Tanaka"}, {"given": "TANAKA", "family": "AIKO"}),
        ({"given": "José", "family": "Peña"}, {"given": "Jose Pena"}),
        ({"given": "Min-jun", "family": "Kim"}, {"given": "Minjun", "family": "Kim"}),
        ({"given": "愛子", "family": "田中"}, {"given": "田中愛子"}),
        ({"given": "愛子", "family": "田中"}, {"family": "田中 愛子"}),
        (
            {"given": "愛子", "family": "田中", "phonetic_given": "あいこ", "phonetic_family": "たなか"},
            {"given": "タナカ アイコ"},
        ),
        ({"given": "John", "family": "Doe", "additional": "Q."}, {"given": "John", "family": "Doe"}),
    ],
)
def test_names_that_may_be_one_persons_have_a_key_in_common(one: dict[str, str], other: dict[str, str]) -> None:
    assert set(name_keys(name(**one))) & set(name_keys(name(**other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given": "Aiko", "family": "Tanaka"}, {"given": "Aiko", "family": "Tanabe"}),
        ({"given": "Aiko", "family": "Tanaka"}, {"given": "Aiko"}),
        ({"given": "か", "family": "田"}, {"given": "が", "family": "田"}),
        ({"given": "राम"}, {"given": "रीमा"}),
    ],
)
def test_other_names_have_none_in_common(one: dict[str, str], other: dict[str, str]) -> None:
    assert not set(name_keys(name(**one))) & set(name_keys(name(**other)))


def test_keys_stay_short_whatever_folding_makes_of_a_name() -> None:
    long = name(given="ﷺ" * 100)
    assert len(sort_key(long)) == 200
    assert {len(key) for key in name_keys(long)} == {320}

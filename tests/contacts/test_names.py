import pytest

from app.contacts.names import NameWrite, displayed, name_keys, sort_key


def name(**parts: str) -> NameWrite:
    return NameWrite.model_validate(parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"given_name": "愛子", "family_name": "田中", "language": "ja"}, "田中 愛子"),
        ({"given_name": "愛子", "family_name": "田中"}, "田中 愛子"),
        ({"given_name": "Aiko", "family_name": "Tanaka"}, "Aiko Tanaka"),
        ({"given_name": "Aiko", "family_name": "Tanaka", "order": "family_first"}, "Tanaka Aiko"),
        ({"given_name": "Min-jun", "family_name": "Kim", "order": "family_first"}, "Kim Min-jun"),
        ({"given_name": "민준", "family_name": "김"}, "김민준"),
        ({"given_name": "小明", "family_name": "王", "language": "zh-Hans"}, "王小明"),
        ({"given_name": "迈克尔", "family_name": "史密斯", "language": "zh", "order": "given_first"}, "迈克尔·史密斯"),
        ({"given_name": "マイケル", "family_name": "スミス", "language": "ja"}, "マイケル・スミス"),
        ({"given_name": "마이클", "family_name": "스미스", "order": "given_first"}, "마이클 스미스"),
        (
            {"given_name": "János", "family_name": "Nagy", "additional_names": "Péter", "language": "hu"},
            "Nagy János Péter",
        ),
        ({"given_name": "An", "family_name": "Nguyễn", "additional_names": "Văn", "language": "vi"}, "Nguyễn Văn An"),
        ({"given_name": "John", "family_name": "Doe", "additional_names": "Q."}, "John Q. Doe"),
        ({"given_name": "Suryani"}, "Suryani"),
        ({"family_name": "Prince"}, "Prince"),
        (
            {"given_name": "Aiko", "family_name": "Tanaka", "honorific_prefix": "Dr.", "honorific_suffix": "PhD"},
            "Aiko Tanaka",
        ),
    ],
)
def test_a_name_is_shown_in_the_order_and_spacing_of_its_script(parts: dict[str, str], expected: str) -> None:
    assert displayed(name(**parts)) == expected


def test_a_name_is_sorted_by_its_reading_or_else_by_the_family_name() -> None:
    assert (
        sort_key(
            name(given_name="愛子", family_name="田中", phonetic_family_name="タナカ", phonetic_given_name="アイコ")
        )
        == "たなか あいこ"
    )
    assert sort_key(name(given_name="Åsa", family_name="Öberg", additional_names="M")) == "oberg asa m"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Aiko", "family_name": "Tanaka"}, {"given_name": "TANAKA", "family_name": "AIKO"}),
        ({"given_name": "José", "family_name": "Peña"}, {"given_name": "Jose Pena"}),
        ({"given_name": "Min-jun", "family_name": "Kim"}, {"given_name": "Minjun", "family_name": "Kim"}),
        ({"given_name": "愛子", "family_name": "田中"}, {"given_name": "田中愛子"}),
        ({"given_name": "愛子", "family_name": "田中"}, {"family_name": "田中 愛子"}),
        (
            {
                "given_name": "愛子",
                "family_name": "田中",
                "phonetic_given_name": "あいこ",
                "phonetic_family_name": "たなか",
            },
            {"given_name": "タナカ アイコ"},
        ),
        (
            {"given_name": "John", "family_name": "Doe", "additional_names": "Q."},
            {"given_name": "John", "family_name": "Doe"},
        ),
    ],
)
def test_names_that_may_be_one_persons_have_a_key_in_common(one: dict[str, str], other: dict[str, str]) -> None:
    assert set(name_keys(name(**one))) & set(name_keys(name(**other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Aiko", "family_name": "Tanaka"}, {"given_name": "Aiko", "family_name": "Tanabe"}),
        ({"given_name": "Aiko", "family_name": "Tanaka"}, {"given_name": "Aiko"}),
        ({"given_name": "か", "family_name": "田"}, {"given_name": "が", "family_name": "田"}),
        ({"given_name": "राम"}, {"given_name": "रीमा"}),
    ],
)
def test_other_names_have_none_in_common(one: dict[str, str], other: dict[str, str]) -> None:
    assert not set(name_keys(name(**one))) & set(name_keys(name(**other)))


def test_keys_stay_short_whatever_folding_makes_of_a_name() -> None:
    long = name(given_name="ﷺ" * 100)
    assert len(sort_key(long)) == 200
    assert {len(key) for key in name_keys(long)} == {320}

"""Which passwords are guessed first."""

import re
import unicodedata

_FEW_CHARACTERS = 4
_LOOK_ALIKE = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_SEQUENCES = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6z7u8i9o0p")
_SEQUENCES_OF_QWERTY = ("1q2w3e4r5t6y7u8i9o0p", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")
_OFTEN_USED = frozenset(
    """
abc123abc admin adminadmin administrator afterword asdfghjkl asdfghjklöä azertyuiop baseball basketball changeme
changemenow charlie chocolate computer correcthorsebatterystaple default dragon facebook football forever
helloworld iloveyou iloveyouso internet jennifer jobinterview letmein letmeinplease liverpool login loveyou
manchester master michelle microsoft minecraft monkey motdepasse mypassword ohmygod passw password
passwordpassword passwort pokemon princess qazwsxedc qazwsxedcrfv qwerty qwertyui qwertyuiop qwertyuiopasdf
qwertz qwertzuiop rockyou samsung secret somepassword starwars sunshine superman test testpassword testtest
thisisapassword trustno undefined university unknown user username welcome whatever wordpass yourpassword
zxcvbnm
""".split()  # noqa: SIM905 - words read better without quotes
)
"""Words that, with digits and signs around them or in the place of letters, make up most of what is guessed first.

Of the published lists of leaked passwords, nearly all that have ten characters or more come down to these, to digits
only, to few different characters, or to a row of keys.
"""


def is_address(password: str, email: str) -> bool:
    """Whether a password is the e-mail address, or what stands before or behind its @, but for digits and signs."""
    local, _, domain = email.partition("@")
    said = password.casefold()
    return said == email or _letters(said) in {_letters(part) for part in (email, local, domain, domain.split(".")[0])}


def is_often_used(password: str) -> bool:
    """Whether a password is among those that are guessed first."""
    said = unicodedata.normalize("NFKC", password).casefold()
    if len(set(said)) <= _FEW_CHARACTERS or any(said in one for one in (*_SEQUENCES, *_SEQUENCES_OF_QWERTY)):
        return True
    stripped = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", said)
    words = {_letters(said), _letters(said.translate(_LOOK_ALIKE)), _letters(stripped.translate(_LOOK_ALIKE))}
    return said.isdecimal() or not words.isdisjoint(_OFTEN_USED)


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalpha())

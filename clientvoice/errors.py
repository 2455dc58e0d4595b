"""The exception tree. Each message says what was got, where, what was expected and the remedy.

ClientVoiceError
├── InputError      a file, text or table that cannot be read
├── ModelError      a model that is missing, damaged or of another schema
├── RuleError       a rule file that breaks the rules for rules
└── ConfigError     a wrong option or setting
"""

from __future__ import annotations

ENDING = (KeyboardInterrupt, SystemExit, GeneratorExit)
"""What ends a batch. A panic in a compiled parser is a BaseException too, yet must not."""


class ClientVoiceError(Exception):
    """Base of every error that clientvoice raises on purpose."""


class InputError(ClientVoiceError):
    """Input that cannot be read; ``code`` is a stable identifier such as ``too_large``."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class ModelError(ClientVoiceError):
    """A model that is missing, damaged, unsafe or of another schema version."""


class RuleError(ClientVoiceError):
    """A rule file with an unknown key, a duplicate, or no examples."""


class ConfigError(ClientVoiceError):
    """A wrong option, setting or column."""

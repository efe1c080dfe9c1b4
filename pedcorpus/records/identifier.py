"""The kinds of things that tell who somebody is."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["IdentifierKind"]


class IdentifierKind(StrEnum):
    """What sort of identifier a stretch of text is; settings switch each kind off by this name."""

    PERSON = "person"
    """Name of a patient, parent or doctor; the title beside it is not part of it."""
    PHONE = "phone"
    ID_CARD = "id_card"
    RECORD_NUMBER = "record_number"
    """Number of a hospital stay, visit, case record, specimen or bed."""
    BANK_CARD = "bank_card"
    PLATE = "plate"
    EMAIL = "email"
    ACCOUNT = "account"
    """WeChat or QQ."""
    BIRTH_DATE = "birth_date"
    """An exact one: ages and other dates are none."""
    ADDRESS = "address"
    INSTITUTION = "institution"
    """A hospital, school or kindergarten by its own name."""

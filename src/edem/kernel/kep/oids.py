"""Object identifiers of КЕП: the Ukrainian arc, X.509, CMS, CAdES, OCSP, TSP, and the algorithms that sign."""

from typing import Final

UA: Final = "1.2.804.2.1.1.1"

# Symmetric ciphers and hashes
GOST28147: Final = f"{UA}.1.1.1"
GOST28147_ECB: Final = f"{UA}.1.1.1.1"
GOST28147_CTR: Final = f"{UA}.1.1.1.2"
GOST28147_CFB: Final = f"{UA}.1.1.1.3"
GOST28147_WRAP: Final = f"{UA}.1.1.1.5"
GOST34311: Final = f"{UA}.1.2.1"
GOST34311_HMAC: Final = f"{UA}.1.1.2"
KALYNA: Final = f"{UA}.1.1.3"
KUPYNA: Final = f"{UA}.1.2.2"
KUPYNA256: Final = f"{UA}.1.2.2.1"
KUPYNA384: Final = f"{UA}.1.2.2.2"
KUPYNA512: Final = f"{UA}.1.2.2.3"

# DSTU 4145-2002: the signature and the key's algorithm have the same names
DSTU4145_GOST: Final = f"{UA}.1.3.1"
DSTU4145_GOST_PB_LE: Final = f"{UA}.1.3.1.1"
DSTU4145_GOST_PB_BE: Final = f"{UA}.1.3.1.1.1.1"
DSTU4145_GOST_ONB_LE: Final = f"{UA}.1.3.1.2"
DSTU4145_GOST_ONB_BE: Final = f"{UA}.1.3.1.2.1.1"
DSTU4145_CURVES: Final = f"{UA}.1.3.1.1.2"  # .0 to .9: m163, m167, m173, m179, m191, m233, m257, m307, m367, m431
DSTU4145_KUPYNA256: Final = f"{UA}.1.3.6.1"
DSTU4145_KUPYNA256_PB: Final = f"{UA}.1.3.6.1.1"
DSTU4145_KUPYNA384: Final = f"{UA}.1.3.6.2"
DSTU4145_KUPYNA384_PB: Final = f"{UA}.1.3.6.2.1"
DSTU4145_KUPYNA512: Final = f"{UA}.1.3.6.3"
DSTU4145_KUPYNA512_PB: Final = f"{UA}.1.3.6.3.1"

# Key agreement
DH_COFACTOR_GOST: Final = f"{UA}.1.3.4"
DH_GOST: Final = f"{UA}.1.3.5"
DH_COFACTOR_KUPYNA: Final = f"{UA}.1.3.7"
DH_KUPYNA: Final = f"{UA}.1.3.8"

# RSA, ECDSA, and their hashes
SHA1: Final = "1.3.14.3.2.26"
SHA256: Final = "2.16.840.1.101.3.4.2.1"
SHA384: Final = "2.16.840.1.101.3.4.2.2"
SHA512: Final = "2.16.840.1.101.3.4.2.3"
RSA_ENCRYPTION: Final = "1.2.840.113549.1.1.1"
RSA_PSS: Final = "1.2.840.113549.1.1.10"
MGF1: Final = "1.2.840.113549.1.1.8"
RSA_SHA256: Final = "1.2.840.113549.1.1.11"
RSA_SHA384: Final = "1.2.840.113549.1.1.12"
RSA_SHA512: Final = "1.2.840.113549.1.1.13"
EC_PUBLIC_KEY: Final = "1.2.840.10045.2.1"
ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"
ECDSA_SHA384: Final = "1.2.840.10045.4.3.3"
ECDSA_SHA512: Final = "1.2.840.10045.4.3.4"
P256: Final = "1.2.840.10045.3.1.7"
P384: Final = "1.3.132.0.34"
P521: Final = "1.3.132.0.35"

# Names
COMMON_NAME: Final = "2.5.4.3"
SURNAME: Final = "2.5.4.4"
SERIAL_NUMBER: Final = "2.5.4.5"
COUNTRY: Final = "2.5.4.6"
LOCALITY: Final = "2.5.4.7"
STATE: Final = "2.5.4.8"
STREET: Final = "2.5.4.9"
ORGANISATION: Final = "2.5.4.10"
ORGANISATION_UNIT: Final = "2.5.4.11"
TITLE: Final = "2.5.4.12"
GIVEN_NAME: Final = "2.5.4.42"
ORGANISATION_IDENTIFIER: Final = "2.5.4.97"
EMAIL_IN_NAME: Final = "1.2.840.113549.1.9.1"

# Certificate extensions
SUBJECT_DIRECTORY_ATTRIBUTES: Final = "2.5.29.9"
SUBJECT_KEY_ID: Final = "2.5.29.14"
KEY_USAGE: Final = "2.5.29.15"
SUBJECT_ALT_NAME: Final = "2.5.29.17"
ISSUER_ALT_NAME: Final = "2.5.29.18"
BASIC_CONSTRAINTS: Final = "2.5.29.19"
CRL_NUMBER: Final = "2.5.29.20"
CRL_REASON: Final = "2.5.29.21"
INVALIDITY_DATE: Final = "2.5.29.24"
DELTA_CRL_INDICATOR: Final = "2.5.29.27"
ISSUING_DISTRIBUTION_POINT: Final = "2.5.29.28"
CERTIFICATE_ISSUER: Final = "2.5.29.29"
NAME_CONSTRAINTS: Final = "2.5.29.30"
CRL_DISTRIBUTION_POINTS: Final = "2.5.29.31"
CERTIFICATE_POLICIES: Final = "2.5.29.32"
AUTHORITY_KEY_ID: Final = "2.5.29.35"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
FRESHEST_CRL: Final = "2.5.29.46"
AUTHORITY_ACCESS: Final = "1.3.6.1.5.5.7.1.1"
QC_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"
SUBJECT_ACCESS: Final = "1.3.6.1.5.5.7.1.11"

# What the extensions say
ACCESS_OCSP: Final = "1.3.6.1.5.5.7.48.1"
ACCESS_CA_ISSUERS: Final = "1.3.6.1.5.5.7.48.2"
ACCESS_TSP: Final = "1.3.6.1.5.5.7.48.3"
EKU_ANY: Final = "2.5.29.37.0"
EKU_EMAIL: Final = "1.3.6.1.5.5.7.3.4"
EKU_TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
EKU_OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
EKU_STAMP: Final = f"{UA}.3.9"  # the seal of an organisation («електронна печатка»)
POLICY_ANY: Final = "2.5.29.32.0"
POLICY_QUALIFIED: Final = f"{UA}.2.2"
QC_COMPLIANCE: Final = "0.4.0.1862.1.1"
QC_LIMIT_VALUE: Final = "0.4.0.1862.1.2"
QC_RETENTION: Final = "0.4.0.1862.1.3"
QC_IN_DEVICE: Final = "0.4.0.1862.1.4"
QC_PDS: Final = "0.4.0.1862.1.5"
QC_TYPE: Final = "0.4.0.1862.1.6"
QC_TYPE_SIGN: Final = "0.4.0.1862.1.6.1"
QC_TYPE_SEAL: Final = "0.4.0.1862.1.6.2"
QC_UA_QUALIFIED: Final = f"{UA}.2.1"

# Who the subject is to the Ukrainian registers
UA_DRFO: Final = f"{UA}.11.1.4.1.1"  # РНОКПП, the tax number of a person
UA_EDRPOU: Final = f"{UA}.11.1.4.2.1"  # the code of an organisation
UA_UNZR: Final = f"{UA}.11.1.4.11.1"  # the record's number in the demographic register
UA_ADDRESS: Final = f"{UA}.11.1.4.3.1"
UA_PERSON_DOCUMENT: Final = f"{UA}.11.1.4.7.1"

# CMS
CMS_DATA: Final = "1.2.840.113549.1.7.1"
CMS_SIGNED: Final = "1.2.840.113549.1.7.2"
CMS_ENVELOPED: Final = "1.2.840.113549.1.7.3"
CMS_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
ATTR_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
ATTR_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
ATTR_SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
ATTR_COUNTERSIGNATURE: Final = "1.2.840.113549.1.9.6"
ATTR_SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
ATTR_SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
ATTR_CONTENT_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.20"
ATTR_SIGNATURE_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.14"
ATTR_SIGNATURE_POLICY: Final = "1.2.840.113549.1.9.16.2.15"
ATTR_CERTIFICATE_REFS: Final = "1.2.840.113549.1.9.16.2.21"
ATTR_REVOCATION_REFS: Final = "1.2.840.113549.1.9.16.2.22"
ATTR_CERTIFICATE_VALUES: Final = "1.2.840.113549.1.9.16.2.23"
ATTR_REVOCATION_VALUES: Final = "1.2.840.113549.1.9.16.2.24"
ATTR_ESC_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.25"
ATTR_ARCHIVE_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.48"
ATTR_ARCHIVE_TIMESTAMP_V3: Final = "0.4.0.1733.2.4"
REVOCATION_INFO_OCSP: Final = "1.3.6.1.5.5.7.16.2"

# OCSP
OCSP_BASIC: Final = "1.3.6.1.5.5.7.48.1.1"
OCSP_NONCE: Final = "1.3.6.1.5.5.7.48.1.2"
OCSP_NOCHECK: Final = "1.3.6.1.5.5.7.48.1.5"

NAMES: Final = {value: name for name, value in list(globals().items()) if isinstance(value, str) and name.isupper()}


def name_of(oid: str) -> str:
    """The constant's name for people who read logs; the dotted number when it has none here."""
    return NAMES.get(oid, oid)

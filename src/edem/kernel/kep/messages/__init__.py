"""Signed and enveloped messages (CMS, CAdES, time-stamps, ASiC), read strictly."""

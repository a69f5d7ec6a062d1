"""Where allauth looks for providers; it does so only in an installation that has `allauth.socialaccount`."""

from edem.foundation.people.outside.connecting import StaffProvider

provider_classes = [StaffProvider]

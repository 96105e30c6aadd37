"""The pages as a WSGI application, for granian: `pactdesk serve` starts it."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactdesk.config.settings")

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Who asks and by which scheme, from the proxies that we are told to believe, and no others.
application = wrap_wsgi_with_proxy_headers(
    get_wsgi_application(), trusted_hosts=os.environ.get("TRUSTED_PROXIES", "127.0.0.1,::1")
)

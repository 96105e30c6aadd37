"""Tries deploy/Caddyfile and deploy/nginx.conf with the real servers, before a real desk.

    python scripts/try_proxies.py caddy nginx

Needs the named servers on the PATH (Debian: apt-get install caddy nginx-light). Everything
listens on 127.0.0.1 at free ports, with certificates made for the occasion; the desk's data lie
in a private PostgreSQL that is removed at the end. Exits 1 when anything is not as it must be.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from pactdesk.config.installation import PRIVATE, settings_in
from pactdesk.config.private_postgres import ADMIN, running
from pactdesk.config.serving import Address

ROOT = Path(__file__).resolve().parents[1]
DESK, LIVE = "desk.example.com", "live.example.com"
PATIENCE_S = 30
TICKET = """
import sys
from pathlib import Path
from pactdesk.config.installation import installation, use
with installation(Path(sys.argv[1]), {}) as environ:
    use(environ)
    from uuid import UUID
    from pactdesk.web.live.tickets import agent_ticket
    print(agent_ticket(UUID(sys.argv[2])))
"""


def main(names: list[str]) -> int:
    """Try each of the named servers."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        place = Path(folder)
        ports = {name: free_port() for name in ("pages", "live", "worker", "tls", "http")}
        config, person = stack.enter_context(a_desk(place, ports))
        ticket = run_python(TICKET, str(config), person)
        context = certificates(place)
        for name in names or ["caddy", "nginx"]:
            with PROXIES[name](place, ports):
                wait_for(ports["tls"])
                wrong += told(name, look(ports["tls"], context, ticket))
    return 1 if wrong else 0


def told(name: str, found: Mapping[str, bool | str]) -> int:
    """Print what was found; returns how much is wrong."""
    for what, holds in found.items():
        print(f"{'ok ' if holds is True else 'BAD'} {name}: {what}", "" if holds is True else holds)
    return sum(holds is not True for holds in found.values())


def look(port: int, context: ssl.SSLContext, ticket: str) -> dict[str, bool | str]:
    """Everything that a proxy before the desk must do."""

    def get(host: str, path: str) -> tuple[int, http.client.HTTPResponse, bytes]:
        connection = opened(host, port, context)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer, body

    status, page, _ = get(DESK, "/account/login/")
    cookies = page.headers.get_all("Set-Cookie") or []
    request_id = page.headers.get("X-Request-ID", "")
    return {
        "the log-in page over TLS": status == 200 or str(status),
        "cookies go over TLS only": all("Secure" in each for each in cookies) and bool(cookies),
        "browsers are told to stay with TLS": "Strict-Transport-Security" in page.headers,
        "a request id comes back": bool(re.fullmatch(r"[\w.-]{8,64}", request_id)) or request_id,
        "static files": get(DESK, "/static/ui/ui.css")[0] == 200,
        "the pages live": get(DESK, "/health/live")[0] == 200,
        "the live door lives": get(LIVE, "/health/live")[0] == 200,
        "metrics are not for everybody": get(DESK, "/metrics")[0] == 404,
        "metrics of the door neither": get(LIVE, "/metrics")[0] == 404,
        "events arrive at once": first_event(port, context, ticket),
        "half a request is not waited for": hangs_up(port, context),
    }


def first_event(port: int, context: ssl.SSLContext, ticket: str) -> bool | str:
    """The stream's greeting, while the stream stays open."""
    connection = opened(LIVE, port, context)
    started = time.monotonic()
    connection.request("GET", f"/v1/stream?ticket={quote(ticket)}")
    answer = connection.getresponse()
    line = answer.readline().decode()
    took = time.monotonic() - started
    answer.close()  # it holds the socket open, too
    connection.close()
    # The door pings every 15 s: a proxy that buffers shows nothing before, or nothing at all.
    fine = answer.status == 200 and line.strip() != "" and took < 5
    return fine or f"{answer.status} {line!r} after {took:.1f} s"


def hangs_up(port: int, context: ssl.SSLContext) -> bool | str:
    """Whether somebody who does not finish asking loses the line."""
    connection = opened(DESK, port, context)
    started = time.monotonic()
    connection.sock.sendall(f"GET / HTTP/1.1\r\nHost: {DESK}\r\nX-Slow: ".encode())
    try:
        while connection.sock.recv(4096):
            pass
    except TimeoutError:
        return f"still there after {time.monotonic() - started:.0f} s"
    except OSError:
        pass
    finally:
        connection.close()
    return True


def opened(host: str, port: int, context: ssl.SSLContext) -> http.client.HTTPSConnection:
    """A connection to the proxy on this machine, which believes it is the host."""
    connection = http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=context)
    plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    connection.sock = context.wrap_socket(plain, server_hostname=host)
    return connection


@contextmanager
def caddy(place: Path, ports: Mapping[str, int]) -> Iterator[None]:
    """Caddy with our file; ports, certificates and the administration's socket apart."""
    text = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    text = re.sub("127.0.0.1:8000", f"127.0.0.1:{ports['pages']}", text)
    text = re.sub("127.0.0.1:8001", f"127.0.0.1:{ports['live']}", text)
    for name in (DESK, LIVE):
        tls = f"\ttls {place}/tls.crt {place}/tls.key\n\tbind 127.0.0.1\n"
        text = text.replace(f"{name} {{\n", f"{name} {{\n{tls}", 1)
    head = (
        f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {ports['http']}\n"
        f"\thttps_port {ports['tls']}\n}}\n"
    )
    text = text.replace("{\n\t# Else", head.rstrip("}\n") + "\n\t# Else", 1)
    file = place / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    home = {"XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place), "HOME": str(place)}
    with process(["caddy", "run", "--config", str(file), "--adapter", "caddyfile"], home):
        yield


@contextmanager
def nginx(place: Path, ports: Mapping[str, int]) -> Iterator[None]:
    """nginx with our file inside of the smallest http block."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("127.0.0.1:8000", f"127.0.0.1:{ports['pages']}"),
        ("127.0.0.1:8001", f"127.0.0.1:{ports['live']}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{ports['tls']} ssl"),
        ("listen 80;", f"listen 127.0.0.1:{ports['http']};"),
        ("/var/log/nginx", str(place)),
    ):
        text = text.replace(old, new)
    text = re.sub(r"/etc/ssl/pactdesk/\w+\.(crt|key)", rf"{place}/tls.\1", text)
    temporary = "".join(
        f"{kind}_temp_path {place}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    whole = (
        f"{user} daemon off; pid {place}/nginx.pid; error_log {place}/error.log;"
        f" events {{}} http {{ {temporary} {text} }}"
    )
    file = place / "nginx.conf"
    file.write_text(whole, encoding="utf-8")
    with process(["nginx", "-c", str(file), "-p", str(place), "-e", f"{place}/error.log"], {}):
        yield


PROXIES: Mapping[str, Callable[[Path, Mapping[str, int]], AbstractContextManager[None]]] = {
    "caddy": caddy,
    "nginx": nginx,
}


@contextmanager
def process(command: list[str], more: Mapping[str, str]) -> Iterator[None]:
    """Run until the block ends; only this one is ended."""
    program = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise SystemExit(f"{command[0]} is not here; on Debian: apt-get install {command[0]}")
    started = subprocess.Popen([program, *command[1:]], env=os.environ | dict(more))  # noqa: S603  ours
    try:
        yield
    finally:
        started.terminate()
        try:
            started.wait(PATIENCE_S)
        finally:
            started.kill()


@contextmanager
def a_desk(place: Path, ports: Mapping[str, int]) -> Iterator[tuple[Path, str]]:
    """A desk, founded and served; its folder and its administrator."""
    config = place / "etc"
    cache = {"PACTDESK_CACHE": str(cache_beside(place))}
    command = [sys.executable, "-m", "pactdesk.cli"]
    environ = os.environ | cache
    try:
        subprocess.run(  # noqa: S603  ours
            [
                *(*command, "init", "--config", str(config), "--yes", "--private-postgres"),
                *("--organisation", "Try", "--person", "Try", "--email", "try@example.com"),
                *("--pages-url", f"https://{DESK}", "--live-url", f"https://{LIVE}"),
            ],
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        listen = [f"--{name}=127.0.0.1:{ports[name]}" for name in ("pages", "live", "worker")]
        serve = ["serve", "--config", str(config), "--private-postgres", "--json", *listen]
        log = (place / "serve.log").open("w")
        with log, subprocess.Popen([*command, *serve], env=environ, stdout=log) as served:  # noqa: S603  ours
            try:
                for name in ("pages", "live"):
                    wait_for(ports[name])
                yield config, administrator(config)
            finally:
                served.terminate()
    finally:
        shutil.rmtree(cache["PACTDESK_CACHE"], ignore_errors=True)


def administrator(config: Path) -> str:
    """The id of the only person."""
    server = running(Path(settings_in(config / "pactdesk.env")[PRIVATE]))
    if server is None:
        raise SystemExit("the desk's PostgreSQL does not run")
    with psycopg.connect(server.address(ADMIN, "pactdesk")) as connection:
        [row] = connection.execute("SELECT id::text FROM parties_person").fetchall()
    return str(row[0])


def cache_beside(place: Path) -> Path:
    """Where also the account that runs PostgreSQL for root may enter."""
    cache = Path(tempfile.mkdtemp(prefix="pactdesk-try-", dir=place.parent))
    cache.chmod(0o755)
    return cache


def run_python(code: str, *arguments: str) -> str:
    """What the code prints."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  ours
    return done.stdout.strip()


def certificates(place: Path) -> ssl.SSLContext:
    """A certificate for both names, and a context that trusts nothing else."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DESK)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(DESK), x509.DNSName(LIVE)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1))
    builder = builder.not_valid_after(now + timedelta(days=2)).add_extension(names, critical=False)
    pem = builder.sign(key, SHA256()).public_bytes(Encoding.PEM)
    (place / "tls.crt").write_bytes(pem)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (place / "tls.key").write_bytes(private)
    return ssl.create_default_context(cadata=pem.decode())


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until something answers there."""
    until = time.monotonic() + PATIENCE_S
    while not Address("127.0.0.1", port).answers():
        if time.monotonic() > until:
            raise SystemExit(json.dumps({"nothing listens at": port}))
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

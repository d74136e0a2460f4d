"""Web servers, each started with a printed configuration on a port of the loopback interface, and ended again."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

SECONDS = 20

NGINX = """\
daemon off;
pid "{place}/nginx.pid";
error_log "{place}/error.log";
{user}
events {{ }}
http {{
    access_log off;
    client_body_temp_path "{place}/body";
    proxy_temp_path "{place}/proxy";
    fastcgi_temp_path "{place}/fastcgi";
    uwsgi_temp_path "{place}/uwsgi";
    scgi_temp_path "{place}/scgi";
    server {{
        listen 127.0.0.1:{port};
        server_name post.example;
        root "{place}/www";
        # as in many a configuration; it must not get hold of the feeds
        location ~ \\.xml$ {{ return 418; }}
        include "{place}/feeds.conf";
        include "{place}/pages.conf";
    }}
}}
"""

CADDY = """\
{{
	admin off
	auto_https off
	storage file_system "{place}/storage"
}}
:{port} {{
	bind 127.0.0.1
	root * "{place}/www"
	file_server
	import "{place}/feeds.conf"
	import "{place}/pages.conf"
}}
"""

APACHE_MODULES = """
    alias allowmethods authz_core deflate dir env filter headers mime mpm_event rewrite setenvif unixd
""".split()
APACHE = """\
ServerRoot "{place}"
ServerName post.example
PidFile "{place}/apache.pid"
ErrorLog "{place}/error.log"
DefaultRuntimeDir "{place}"
Mutex pthread
Listen 127.0.0.1:{port}
{modules}
{user}
TypesConfig "{place}/mime.types"
AddType application/x-gzip .gz
DocumentRoot "{place}/www"
<VirtualHost *:{port}>
    ServerName post.example
    Include "{place}/feeds.conf"
    Include "{place}/pages.conf"
</VirtualHost>
"""


def nginx(place, port):
    (place / "nginx.conf").write_text(NGINX.format(place=place, port=port, user="user root;" if is_root() else ""))
    return ["nginx", "-p", str(place), "-c", str(place / "nginx.conf")]


def caddy(place, port):
    (place / "Caddyfile").write_text(CADDY.format(place=place, port=port))
    return ["caddy", "run", "--config", str(place / "Caddyfile"), "--adapter", "caddyfile"]


def apache(place, port):
    # it refuses to work as root
    user = "User #65534\nGroup #65534" if is_root() else ""
    modules = "/usr/lib/apache2/modules"
    built_in = subprocess.run([apache_program(), "-l"], capture_output=True, text=True, check=True).stdout
    loads = [
        f"LoadModule {name}_module {modules}/mod_{name}.so"
        for name in APACHE_MODULES
        if f"mod_{name}.c" not in built_in and Path(f"{modules}/mod_{name}.so").exists()
    ]
    (place / "mime.types").write_text("")
    (place / "apache.conf").write_text(APACHE.format(place=place, port=port, user=user, modules="\n".join(loads)))
    return [apache_program(), "-f", str(place / "apache.conf"), "-D", "FOREGROUND"]


def apache_program():
    return shutil.which("apache2") or shutil.which("httpd") or "/usr/sbin/apache2"


COMMANDS = {"nginx": nginx, "caddy": caddy, "apache": apache}


def is_there(server):
    return bool(shutil.which(server) or (server == "apache" and Path(apache_program()).exists()))


def is_root():
    return os.geteuid() == 0


@contextlib.contextmanager
def started(server, directory, feeds, pages):
    """Hands out the port, once it answers."""
    place = Path(directory) / server
    shutil.rmtree(place, ignore_errors=True)
    (place / "www").mkdir(parents=True)
    (place / "feeds.conf").write_text(feeds)
    (place / "pages.conf").write_text(pages)
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    with open(place / "said", "wb") as said:
        command = COMMANDS[server](place, port)
        process = subprocess.Popen(command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        wait_for(port, process, place)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port, process, place):
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    logs = [log.read_text() for log in (place / "said", place / "error.log") if log.exists()]
    raise RuntimeError(f"it does not answer: {' '.join(logs)[-2000:]}")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]

"""TLS, a password, and a user that may do no more than docs/scaling.md says, on a node with the real security plugin."""

import json
import re
import secrets
import shutil
import ssl
import subprocess
import time
import urllib.error
from pathlib import Path

import same
from library import Library
from nodes import ROOT, Cluster, ask

# Seconds within which a wrong setting is told: none of these becomes right by waiting.
TOLD_WITHIN = 30


def openssl(folder: Path, *arguments: str) -> None:
    """Runs openssl in a folder."""
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"openssl {' '.join(arguments)}: {done.stderr}"


def certificates(folder: Path) -> None:
    """An authority, and what it signed: the node's certificate, for 127.0.0.1 and not for localhost, and the admin's."""
    folder.mkdir(parents=True)
    key = ["-newkey", "rsa:2048", "-nodes"]
    openssl(folder, "req", "-x509", *key, "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem")
    for name, names in (("node", "subjectAltName=IP:127.0.0.1,DNS:node.test\n"), ("admin", "")):
        usage = f"basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n{names}"
        (folder / f"{name}.ext").write_text(usage, encoding="utf-8")
        openssl(folder, "req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext"]
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")


def settings(folder: Path) -> list[str]:
    """The settings of a node that speaks TLS only and asks who is there."""
    stated = [
        "plugins.security.allow_default_init_securityindex=true",
        "plugins.security.authcz.admin_dn=CN=admin",
        "plugins.security.nodes_dn=CN=node",
        "plugins.security.ssl.http.enabled=true",
    ]
    for layer in ("http", "transport"):
        for key, file in (("pemcert", "node.pem"), ("pemkey", "node.key"), ("pemtrustedcas", "ca.pem")):
            stated.append(f"plugins.security.ssl.{layer}.{key}_filepath={folder / file}")
    return stated


def roles() -> list[dict]:
    """The roles that docs/scaling.md shows: of who indexes, and of who only searches."""
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]


def change(cluster: Cluster, method: str, path: str, body: object = None) -> None:
    """Changes a rule of the plugin, as soon as it has read those that it ships."""
    node = cluster.nodes[0]
    end = time.monotonic() + 60
    while True:
        try:
            ask(f"{node.url}/_plugins/_security/api/{path}", method, body, trust=node.trust)
            return
        except urllib.error.HTTPError as error:
            assert time.monotonic() < end, f"{path}: {error}: {error.read().decode()}"
            time.sleep(0.5)


def users(cluster: Cluster) -> dict[str, str]:
    """Makes a user of each role, and gives their passwords."""
    # The plugin ships a rule that gives every user the index of its own name, and more.
    change(cluster, "DELETE", "rolesmapping/own_index")
    passwords = {}
    for name, role in zip(("writer", "reader"), roles(), strict=True):
        passwords[name] = secrets.token_urlsafe(24)
        change(cluster, "PUT", f"roles/{name}", role)
        change(
            cluster,
            "PUT",
            f"internalusers/{name}",
            {"password": passwords[name], "opendistro_security_roles": [name]},
        )
    return passwords


def followed(library: Library, reader: Library) -> None:
    """A server of the user who only searches follows an update and rebuilds by the other."""
    server = reader.serve()
    try:
        assert server.search("zyzzyva")[1]["hits"] == []
        (library.corpus / "new.md").write_text("# Weevils\n\nThe zyzzyva eats palms.\n", encoding="utf-8")
        assert library.json("opensearch", "index", "--json")["published"]
        for _ in range(2):
            assert library.json("opensearch", "index", "--rebuild", "--json")["published"]
        end = time.monotonic() + 10
        while time.monotonic() < end and not server.search("zyzzyva")[1]["hits"]:
            time.sleep(0.2)
        assert server.search("zyzzyva")[1]["total"] == 1
    finally:
        server.close()


def told(library: Library, commands: list[str], *words: str) -> None:
    """Commands say what is wrong: at once, on one line, with these words."""
    for command in commands:
        started = time.monotonic()
        code, out, err = library.run("opensearch", *command.split())
        took = time.monotonic() - started
        lines = [line for line in err.splitlines() if line.strip()]
        assert code == 4 and not out and len(lines) == 1, f"{command}: {code}\n{out}\n{err}"
        assert all(word in lines[0] for word in words), f"{command}: {words} are not all in {lines[0]}"
        assert took < TOLD_WITHIN, f"{command} took {took:.0f} s"


def resumed(cluster: Cluster, library: Library) -> None:
    """A writer that may do all but publish says so; once it may, the next run goes on from there."""
    library.fill(20, 5)
    whole, publish = roles()[0], "indices:admin/aliases"
    lacking = json.loads(json.dumps(whole))
    lacking["index_permissions"][0]["allowed_actions"].remove(publish)
    change(cluster, "PUT", "roles/writer", lacking)
    told(library, ["index"], "403", f"no permissions for [{publish}]", "[index] user")
    change(cluster, "PUT", "roles/writer", whole)
    done = library.json("opensearch", "index", "--json")
    assert done["published"] and done["resumed"], done
    shutil.rmtree(library.corpus)
    library.corpus.mkdir()


def secured(program: Path, folder: Path) -> str:
    """The same answers over TLS, for users with no more than their roles; and what is told where a setting is wrong."""
    made = folder / "certificates"
    certificates(made)
    trust = ssl.create_default_context(cafile=str(made / "ca.pem"))
    trust.load_cert_chain(made / "admin.pem", made / "admin.key")
    cluster = Cluster(1, folder / "node", settings(made), trust)
    try:
        url = cluster.urls[0]
        passwords = users(cluster)

        def library(url: str = url, user: str = "writer", **changed: object) -> Library:
            """The library as it is right for a user, with changes."""
            login = {"user": user, "password": passwords[user], "ca_file": str(made / "ca.pem")}
            stated = {"name": "wenyuan"} | login | changed
            return Library(program, folder / "library", [url], **{key: value for key, value in stated.items() if value})

        resumed(cluster, library())
        compared = same.same_for(library())
        followed(library(), library(user="reader"))
        both = ["search cell", "index"]
        who = ["401", "[index] user", "WENYUAN_INDEX__PASSWORD"]
        told(library(password="wrong"), both, url, *who)
        told(library(user="reader"), ["index --rebuild"], url, "403", "no permissions for", "[index] user")
        told(library(name="foreign"), ["index"], url, "403", "no permissions for", "[index] user")
        told(library(ca_file=None), both, url, "certificate", "[index] ca_file")
        elsewhere = url.replace("127.0.0.1", "localhost")
        told(library(elsewhere), both, elsewhere, "certificate", "localhost", "[index] urls")
    finally:
        cluster.close()
    return f"{compared}; a server of a user who may only read; five wrong settings told"

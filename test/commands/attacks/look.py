"""Looks everywhere for the canaries that the test has hidden, and tells what it found. Their head and tail lie apart, so that it does not find itself."""
import json
import os
import re
import socket
import stat
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "look.json"), encoding="utf-8") as file:
    plan = json.load(file)
canary = re.compile((plan["head"] + plan["tail"]).encode() + rb"_([a-z]+)")
roots = sys.argv[2:]
found = set()


def search(where, data):
    for what in canary.findall(data):
        found.add((re.sub(r"/[0-9]+(?=/|$)", "/N", where), what.decode()))


def read(path, most=2**25):
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        data = b""
        while len(data) < most:
            chunk = os.read(descriptor, 2**20)
            if not chunk:
                break
            data += chunk
        search(path, data)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def link(path):
    try:
        search(path, os.readlink(os.fsencode(path)))
    except OSError:
        pass


def look_in(folder, seen):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = os.path.join(folder, entry.name)
        search(path, os.fsencode(entry.name))
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            if path not in ("/proc", "/sys") and (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                look_in(path, seen)
        elif stat.S_ISLNK(status.st_mode):
            link(path)
        # What has not changed since the canaries were hidden cannot hold one; nobody can set this time back.
        elif stat.S_ISREG(status.st_mode) and status.st_ctime >= plan["since"]:
            read(path)


def look_at_processes():
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for name in ("environ", "cmdline", "comm", "maps", "cgroup", "mountinfo", "mounts", "net/unix"):
            read(f"/proc/{pid}/{name}")
        for name in ("cwd", "root", "exe"):
            link(f"/proc/{pid}/{name}")
        try:
            for descriptor in os.listdir(f"/proc/{pid}/fd"):
                link(f"/proc/{pid}/fd/{descriptor}")
        except OSError:
            pass


def connects(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(2)
        try:
            one.connect(address)
            return True
        except OSError:
            return False


def resolves(name):
    try:
        return bool(socket.getaddrinfo(name, 443))
    except OSError:
        return False


def sends():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            return one.sendto(b"\0", ("192.0.2.1", 53)) > 0
        except OSError:
            return False


def reaches():
    """The first is the control: a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as own:
        reached = {"own port": connects(socket.AF_INET, own.getsockname())}
    reached["port of the host"] = any(connects(socket.AF_INET, (host, plan["port"])) for host in plan["hosts"])
    reached["abstract socket of the host"] = connects(socket.AF_UNIX, "\0" + plan["abstract"])
    reached["name service"] = resolves("example.com")
    reached["datagram"] = sends()
    return sorted(name for name, yes in reached.items() if yes)


def leave_marks(name):
    for folder in ("/workspace/backend", "/tmp", "/home/agent", "/dev/shm"):
        with open(f"{folder}/mark", "w", encoding="utf-8") as file:
            file.write(f"{plan['head']}{plan['tail']}_{name}\n")


def meet(what):
    """Waits until the other trial has said the same. True where it came."""
    from ask import ask, user

    for _ in range(100):
        status, content = ask([user(f"{what}: {sys.argv[1]}")])
        if status == 200 and content[0]["text"] == "both":
            return True
        time.sleep(0.2)
    return False


name = sys.argv[1]
alone = name == "alone"
if not alone:
    leave_marks(name)
met = alone or meet("here")
for root in roots:
    look_in(root, set())
look_at_processes()
reached = reaches()
both_stayed = alone or meet("done")
report = {"found": sorted(found), "reached": reached, "met": met and both_stayed}
with open(os.environ["ASSAY_FINAL_MESSAGE_FILE"], "w", encoding="utf-8") as file:
    json.dump(report, file)

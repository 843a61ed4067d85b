"""slixmpp as a peer in tests: commands as JSON lines on standard input, events as JSON lines on standard output.

The first line is the account. Every command carries a number and is answered by {"done": number, ...}.
"""

import asyncio
import base64
import json
import sys
import uuid

import slixmpp
from jingle_files import JingleFiles
from slixmpp.xmlstream.handler import CoroutineCallback
from slixmpp.xmlstream.matcher import StanzaPath

SHOWS = ("chat", "away", "xa", "dnd")
CHAT_STATES = ("active", "composing", "paused", "inactive", "gone")
RECEIPTS = "urn:xmpp:receipts"


def tell(event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


class Peer(slixmpp.ClientXMPP):
    def __init__(self, account):
        jid = account["jid"]
        if account.get("resource"):
            jid = jid + "/" + account["resource"]
        super().__init__(
            jid,
            account["password"],
            plugin_config={"feature_mechanisms": {"unencrypted_plain": True}},
        )
        self.account = account
        for plugin in ("xep_0030", "xep_0085", "xep_0092", "xep_0184", "xep_0199", "xep_0203", "xep_0308"):
            self.register_plugin(plugin)
        self.jingle = None
        if account.get("files") == "jingle":
            self.register_plugin("xep_0047")
            self.jingle = JingleFiles(self, tell)
        else:
            self.take_si()
        # Requests are answered below, the same way in every peer.
        self.roster.auto_authorize = None
        self.roster.auto_subscribe = False
        self.add_filter("in", self.on_stanza)
        self.add_event_handler("session_start", self.on_start)
        self.add_event_handler("failed_all_auth", lambda _: self.failed("not-authorized"))
        self.add_event_handler("connection_failed", lambda reason: self.failed(str(reason)))
        self.add_event_handler("disconnected", lambda reason: self.on_end(reason))
        self.add_event_handler("message", self.on_message)
        self.add_event_handler("message_error", self.on_message)
        self.add_event_handler("chatstate", self.on_bare_chat_state)
        self.add_event_handler("receipt_received", self.on_receipt)
        for kind in ("subscribe", "subscribed", "unsubscribe", "unsubscribed"):
            self.add_event_handler("presence_" + kind, self.on_subscription)
        self.session = None
        self.told = None
        self.takes = "yes"

    def take_si(self):
        self.register_plugin("xep_0096")
        # slixmpp 1.8 never awaits its own handler.
        self.remove_handler("SI Request")
        self.register_handler(
            CoroutineCallback("SI Request", StanzaPath("iq@type=set/si"), self["xep_0095"]._handle_request)
        )
        self.add_event_handler("si_request", self.on_offer)

    async def open(self):
        self.session = asyncio.get_event_loop().create_future()
        self.connect(("127.0.0.1", self.account["port"]), disable_starttls=True)
        return await self.session

    def failed(self, reason):
        if self.session and not self.session.done():
            self.session.set_exception(RuntimeError(reason))

    def on_end(self, reason):
        self.failed("disconnected: %s" % reason)
        tell({"event": "end", "reason": str(reason)})

    async def on_start(self, _):
        await self.get_roster()
        if self.jingle:
            self.jingle.advertise()
        if not self.account.get("silent"):
            self.send_presence(ppriority=self.account.get("priority"))
            # Only its answer tells that the server knows us as available.
            await self["xep_0199"].send_ping(self.boundjid.host)
        if not self.session.done():
            self.session.set_result({"jid": str(self.boundjid)})

    def on_stanza(self, stanza):
        tell({"event": "raw", "xml": str(stanza)})
        if isinstance(stanza, slixmpp.Presence) and stanza["type"] in ("available", "unavailable") + SHOWS:
            self.on_any_presence(stanza)
        return stanza

    def on_any_presence(self, presence):
        kind = presence["type"]
        tell({
            "event": "presence",
            "from": str(presence["from"]),
            "available": kind != "unavailable",
            "show": kind if kind in SHOWS else None,
            "status": presence["status"],
            "priority": presence["priority"],
        })

    def on_subscription(self, presence):
        tell({"event": "subscription", "from": str(presence["from"]), "type": presence["type"]})
        if presence["type"] == "subscribe" and self.account.get("autoAccept"):
            self.send_presence(pto=presence["from"].bare, ptype="subscribed")
            if self.client_roster[presence["from"].bare]["subscription"] not in ("to", "both"):
                self.send_presence(pto=presence["from"].bare, ptype="subscribe")

    def on_bare_chat_state(self, message):
        if not message["body"]:
            self.on_message(message)

    def on_receipt(self, message):
        if not message["body"]:
            self.on_message(message)

    def on_message(self, message):
        # A message without a body may come by two of the events above.
        if message.xml is self.told:
            return
        self.told = message.xml
        tell({
            "event": "message",
            "from": str(message["from"]),
            "to": str(message["to"]) or None,
            "type": message["type"],
            "id": message["id"] or None,
            "body": message["body"] if message.xml.find("{jabber:client}body") is not None else None,
            "chatState": message["chat_state"] or None,
            "receiptRequested": message.xml.find("{%s}request" % RECEIPTS) is not None,
            "receiptFor": message["receipt"] or None,
            "replaces": message["replace"]["id"] or None,
            "delayed": message.xml.find("{urn:xmpp:delay}delay") is not None,
        })

    async def on_offer(self, iq):
        if self.takes == "never answers":
            return
        sid = iq["si"]["id"]
        if self.takes == "no":
            await self["xep_0095"].decline(iq["from"], sid, ifrom=iq["to"])
            return
        about = iq["si"].xml.find("{http://jabber.org/protocol/si/profile/file-transfer}file")
        name = about.get("name")

        def on_end(stream):
            if stream.sid != sid:
                return
            self.del_event_handler("ibb_stream_end", on_end)
            content = b""
            while not stream.recv_queue.empty():
                content += stream.recv_queue.get_nowait()
            tell({"event": "file", "name": name, "hash": about.get("hash"), "bytes": base64.b64encode(content).decode()})

        self.add_event_handler("ibb_stream_end", on_end)
        # The answer that takes it is no request: nothing answers it.
        asyncio.ensure_future(self["xep_0095"].accept(iq["from"], sid, ifrom=iq["to"]))

    async def offer(self, given):
        content = base64.b64decode(given["bytes"])
        sid = str(uuid.uuid4())
        to = slixmpp.JID(given["to"])
        if self.jingle:
            await self.jingle.offer(to, given, content)
            return
        await self["xep_0096"].request_file_transfer(
            to,
            sid=sid,
            name=given["name"],
            size=given["size"],
            hash=given.get("hash"),
            methods=[{"label": "", "value": "http://jabber.org/protocol/ibb"}],
            timeout=60,
        )
        stream = await self["xep_0047"].open_stream(to, sid=sid)
        await stream.sendall(content)
        await stream.close()

    async def carry_out(self, command, given):
        if command == "connect":
            return await self.open()
        if command == "disconnect":
            await asyncio.wait_for(self.disconnect(wait=2.0), 5)
        elif command == "cut":
            self.abort()
        elif command == "message":
            message = self.make_message(mto=given["to"], mbody=given["body"], mtype="chat")
            message["id"] = given.get("id") or str(uuid.uuid4())
            if given.get("requestReceipt"):
                message["request_receipt"] = True
            if given.get("chatState"):
                message["chat_state"] = given["chatState"]
            if given.get("replaces"):
                message["replace"]["id"] = given["replaces"]
            message.send()
            return {"id": message["id"]}
        elif command == "chatState":
            message = self.make_message(mto=given["to"], mtype="chat")
            message["chat_state"] = given["state"]
            message.send()
        elif command == "receipt":
            message = self.make_message(mto=given["to"], mtype="chat")
            message["receipt"] = given["id"]
            message.send()
        elif command == "presence":
            self.send_presence(
                pto=given.get("to"),
                ptype=given.get("type"),
                pshow=given.get("show"),
                pstatus=given.get("status"),
                ppriority=given.get("priority"),
            )
        elif command == "roster":
            # Without a version, with which a server may answer that nothing has changed.
            query = self.make_iq_get()
            query.enable("roster")
            answer = await query.send()
            return {"contacts": [contact(item) for item in answer["roster"]["substanzas"]]}
        elif command == "setContact":
            await self.update_roster(given["jid"], name=given.get("name") or "", groups=given.get("groups") or [])
        elif command == "removeContact":
            await self.update_roster(given["jid"], subscription="remove")
        elif command == "takes":
            self.takes = given["how"]
        elif command == "offer":
            await self.offer(given)
        elif command == "raw":
            self.send_raw(given["xml"])
        else:
            raise RuntimeError("no command " + command)
        return {}


def contact(item):
    return {
        "jid": str(item["jid"]),
        "name": item["name"],
        "subscription": item["subscription"],
        "groups": list(item["groups"]),
    }


async def run(peer, given):
    number = given["number"]
    try:
        tell({"done": number, **(await peer.carry_out(given["command"], given))})
    except Exception as error:
        tell({"done": number, "error": str(error) or type(error).__name__})


async def main():
    loop = asyncio.get_event_loop()
    reader = asyncio.StreamReader(limit=16 * 1024 * 1024)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    peer = Peer(json.loads(await reader.readline()))
    running = set()
    while True:
        line = await reader.readline()
        if not line:
            return
        task = loop.create_task(run(peer, json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())

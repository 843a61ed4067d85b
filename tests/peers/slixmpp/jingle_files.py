"""Files in Jingle sessions (XEP-0234 over XEP-0261) for the slixmpp peer.

slixmpp has no plugin for Jingle: its stanzas, bytestreams and service discovery carry it, the rest is said here.
"""

import asyncio
import base64
import hashlib
import uuid
from xml.etree import ElementTree as ET

from slixmpp.exceptions import XMPPError
from slixmpp.xmlstream.handler import CoroutineCallback
from slixmpp.xmlstream.matcher import MatchXPath

JINGLE = "urn:xmpp:jingle:1"
FILES = "urn:xmpp:jingle:apps:file-transfer:5"
STREAM = "urn:xmpp:jingle:transports:ibb:1"
HASHES = "urn:xmpp:hashes:2"


def element(around, namespace, tag, text=None, /, **attributes):
    """A new child of `around`, or one without a parent."""
    named = "{%s}%s" % (namespace, tag)
    made = ET.Element(named) if around is None else ET.SubElement(around, named)
    made.text = text
    for key, value in attributes.items():
        made.set(key, value)
    return made


def reason_of(jingle):
    why = jingle.find("{%s}reason" % JINGLE)
    return "none" if why is None or len(why) == 0 else why[0].tag.split("}")[1]


class JingleFiles:
    def __init__(self, peer, tell):
        self.peer = peer
        self.tell = tell
        # What the other side says in each session, by its name.
        self.said = {}
        peer.register_handler(
            CoroutineCallback("Jingle", MatchXPath("{jabber:client}iq/{%s}jingle" % JINGLE), self.on_jingle)
        )

    def advertise(self):
        for feature in (JINGLE, FILES, STREAM, HASHES):
            self.peer["xep_0030"].add_feature(feature)

    async def say(self, to, action, sid, *inside):
        jingle = element(None, JINGLE, "jingle", action=action, sid=sid)
        jingle.extend(inside)
        iq = self.peer.make_iq_set(ito=to)
        iq.append(jingle)
        return await iq.send(timeout=60)

    def terminate(self, to, sid, why):
        reason = element(None, JINGLE, "reason")
        element(reason, JINGLE, why)
        return self.say(to, "session-terminate", sid, reason)

    async def on_jingle(self, iq):
        if iq["type"] != "set":
            return
        jingle = iq.xml.find("{%s}jingle" % JINGLE)
        action, sid = jingle.get("action"), jingle.get("sid")
        if action == "session-initiate":
            self.said[sid] = asyncio.Queue()
            iq.reply().send()
            await self.on_offer(iq["from"], iq["to"], sid, jingle.find("{%s}content" % JINGLE))
        elif sid in self.said:
            iq.reply().send()
            self.said[sid].put_nowait(jingle)
        else:
            raise XMPPError("item-not-found")

    async def on_offer(self, sender, own, sid, content):
        if self.peer.takes == "never answers":
            return
        if self.peer.takes == "no":
            await self.terminate(sender, sid, "decline")
            return
        about = content.find("{%s}description/{%s}file" % (FILES, FILES))
        told = about.find("{%s}hash" % HASHES)
        stream_id = content.find("{%s}transport" % STREAM).get("sid")
        arrived = asyncio.get_event_loop().create_future()

        def on_end(stream):
            if stream.sid == stream_id and not arrived.done():
                arrived.set_result(stream)

        self.peer.add_event_handler("ibb_stream_end", on_end)
        await self.peer["xep_0047"].api["preauthorize_sid"](own, stream_id, sender)
        await self.say(sender, "session-accept", sid, content)
        stream = await arrived
        self.peer.del_event_handler("ibb_stream_end", on_end)
        came = b""
        while not stream.recv_queue.empty():
            came += stream.recv_queue.get_nowait()
        self.tell({
            "event": "file",
            "name": about.find("{%s}name" % FILES).text,
            "hash": base64.b64decode(told.text).hex() if told.get("algo") == "sha-256" else None,
            "bytes": base64.b64encode(came).decode(),
        })
        received = element(None, FILES, "received", creator="initiator", name=content.get("name"))
        await self.say(sender, "session-info", sid, received)
        await self.terminate(sender, sid, "success")

    async def offer(self, to, given, content):
        """Gives a file; raises what was said against it. Its hash is told at the end."""
        sid, stream_id = str(uuid.uuid4()), str(uuid.uuid4())
        said = self.said[sid] = asyncio.Queue()
        offer = element(None, JINGLE, "content", creator="initiator", name="file", senders="initiator")
        about = element(element(offer, FILES, "description"), FILES, "file")
        element(about, FILES, "name", given["name"])
        element(about, FILES, "size", str(given["size"]))
        element(about, HASHES, "hash", algo="sha-256")
        transport = element(offer, STREAM, "transport", sid=stream_id)
        transport.set("block-size", "4096")
        await self.say(to, "session-initiate", sid, offer)
        answer = await said.get()
        if answer.get("action") != "session-accept":
            raise RuntimeError(reason_of(answer))
        stream = await self.peer["xep_0047"].open_stream(to, sid=stream_id)
        await stream.sendall(content)
        digest = bytes.fromhex(given["hash"]) if given.get("hash") else hashlib.sha256(content).digest()
        checksum = element(None, FILES, "checksum", creator="initiator", name="file")
        told = base64.b64encode(digest).decode()
        element(element(checksum, FILES, "file"), HASHES, "hash", told, algo="sha-256")
        await self.say(to, "session-info", sid, checksum)
        await stream.close()
        end = await said.get()
        if reason_of(end) != "success":
            raise RuntimeError(reason_of(end))

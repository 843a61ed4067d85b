import java.util.Arrays;
import java.util.StringJoiner;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.roster.RosterEntry;
import org.jivesoftware.smack.roster.RosterGroup;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smackx.attention.packet.AttentionExtension;
import org.jivesoftware.smackx.carbons.CarbonManager;
import org.jivesoftware.smackx.chat_markers.element.ChatMarkersElements;
import org.jivesoftware.smackx.chatstates.ChatState;
import org.jivesoftware.smackx.chatstates.packet.ChatStateExtension;
import org.jivesoftware.smackx.delay.packet.DelayInformation;
import org.jivesoftware.smackx.message_correct.element.MessageCorrectExtension;
import org.jivesoftware.smackx.message_retraction.MessageRetractionManager;
import org.jivesoftware.smackx.receipts.DeliveryReceipt;
import org.jivesoftware.smackx.receipts.DeliveryReceiptRequest;
import org.jivesoftware.smackx.sid.element.OriginIdElement;
import org.jivesoftware.smackx.spoiler.element.SpoilerElement;
import org.jivesoftware.smackx.xhtmlim.XHTMLManager;
import org.jivesoftware.smackx.xhtmlim.XHTMLText;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** Messages, presence and the roster, by what Smack has for each of them. */
final class Talk {
    private final AbstractXMPPConnection connection;
    private final Roster roster;

    Talk(AbstractXMPPConnection connection, Roster roster) {
        this.connection = connection;
        this.roster = roster;
        // In the order in which they come.
        connection.addSyncStanzaListener(this::came, stanza -> true);
        CarbonManager.getInstanceFor(connection).addCarbonCopyReceivedListener((direction, copy, envelope) ->
            Peer.tell("copy", direction.name(), String.valueOf(copy.getTo()), copy.getBody()));
    }

    private static String flag(boolean set) {
        return set ? "yes" : "";
    }

    private void came(Stanza stanza) {
        Peer.tell("raw", stanza.toXML("jabber:client").toString());
        if (stanza instanceof Message) tellMessage((Message) stanza);
        if (!(stanza instanceof Presence)) return;
        Presence presence = (Presence) stanza;
        switch (presence.getType()) {
            case available:
            case unavailable:
                Presence.Mode mode = presence.getMode();
                Peer.tell(
                    "presence", String.valueOf(presence.getFrom()), flag(presence.isAvailable()),
                    mode == Presence.Mode.available ? "" : mode.name(), presence.getStatus(),
                    String.valueOf(presence.getPriority()));
                break;
            case subscribe:
            case subscribed:
            case unsubscribe:
            case unsubscribed:
                Peer.tell("subscription", String.valueOf(presence.getFrom()), presence.getType().name());
                break;
            default:
        }
    }

    private void tellMessage(Message message) {
        ChatStateExtension state = (ChatStateExtension) message.getExtension(ChatStateExtension.NAMESPACE);
        DeliveryReceipt receipt = DeliveryReceipt.from(message);
        MessageCorrectExtension correction = MessageCorrectExtension.from(message);
        Peer.tell(
            "message", String.valueOf(message.getFrom()), message.getTo() == null ? "" : message.getTo().toString(),
            message.getType().name(), message.getStanzaId(), message.getBody(),
            state == null ? "" : state.getChatState().name(), flag(DeliveryReceiptRequest.from(message) != null),
            receipt == null ? "" : receipt.getId(), correction == null ? "" : correction.getIdInitialMessage(),
            flag(DelayInformation.from(message) != null));
    }

    private MessageBuilder to(String jid, String id) throws Exception {
        Jid address = JidCreate.from(jid);
        MessageBuilder builder = id.isEmpty()
            ? connection.getStanzaFactory().buildMessageStanza()
            : StanzaBuilder.buildMessage(id);
        return builder.to(address).ofType(Message.Type.chat);
    }

    private String send(MessageBuilder builder) throws Exception {
        Message message = builder.build();
        connection.sendStanza(message);
        return message.getStanzaId();
    }

    /** A stanza as it is written, which need not name its namespace. */
    private static Stanza parsed(String xml) throws Exception {
        return PacketParserUtils.parseStanza(xml.replaceFirst("^<(\\w+)(?![^>]*\\sxmlns=)", "<$1 xmlns='jabber:client'"));
    }

    private void subscription(String to, Presence.Type type) throws Exception {
        connection.sendStanza(connection.getStanzaFactory().buildPresenceStanza().to(to).ofType(type).build());
    }

    /** What a text is beside that, as Smack says it. */
    private void adorn(MessageBuilder message, String what, String more) {
        switch (what) {
            case "receipt-request": message.addExtension(new DeliveryReceiptRequest()); break;
            case "chat-state": message.addExtension(new ChatStateExtension(ChatState.valueOf(more))); break;
            case "correction": message.addExtension(new MessageCorrectExtension(more)); break;
            case "spoiler": message.addExtension(new SpoilerElement(null, more)); break;
            case "thread": message.setThread(more); break;
            case "subject": message.setSubject(more); break;
            case "type": message.ofType(Message.Type.valueOf(more)); break;
            case "attention": message.addExtension(new AttentionExtension()); break;
            case "markable": message.addExtension(ChatMarkersElements.MarkableExtension.INSTANCE); break;
            case "displayed": message.addExtension(new ChatMarkersElements.DisplayedExtension(more)); break;
            case "receipt": message.addExtension(new DeliveryReceipt(more)); break;
            case "retraction":
                MessageRetractionManager.addRetractionElementToMessage(new OriginIdElement(more), message);
                break;
            case "file":
                // As Spark says it: Smack has nothing of its own for XEP-0066.
                message.addExtension(
                    StandardExtensionElement.builder("x", "jabber:x:oob").addElement("url", more).build());
                break;
            case "events":
                // XEP-0022, which Spark asks for with everything that it sends.
                message.addExtension(
                    StandardExtensionElement.builder("x", "jabber:x:event")
                        .addElement("offline", "").addElement("composing", "").build());
                break;
            case "formatted":
                XHTMLText text = new XHTMLText(null, "en");
                text.appendOpenParagraphTag(null).appendOpenStrongTag().append(more).appendCloseStrongTag()
                    .appendCloseParagraphTag().appendCloseBodyTag();
                XHTMLManager.addBody(message, text);
                break;
            default: throw new IllegalArgumentException("nothing is called " + what);
        }
    }

    /** Pairs of words: what goes along, and with which text. */
    String carryOut(String command, String[] words) throws Exception {
        switch (command) {
            case "message":
                MessageBuilder message = to(words[0], words[2]);
                if (!words[1].isEmpty()) message.setBody(words[1]);
                for (int i = 3; i + 1 < words.length; i += 2) adorn(message, words[i], words[i + 1]);
                return send(message);
            case "unavailable":
                connection.sendStanza(connection.getStanzaFactory().buildPresenceStanza()
                    .ofType(Presence.Type.unavailable).build());
                return "";
            case "subscription": subscription(words[0], Presence.Type.valueOf(words[1])); return "";
            case "set-contact":
                roster.createItem(
                    JidCreate.bareFrom(words[0]), words[1], Arrays.copyOfRange(words, 2, words.length));
                return "";
            case "remove-contact":
                BareJid jid = JidCreate.bareFrom(words[0]);
                roster.reloadAndWait();
                RosterEntry entry = roster.getEntry(jid);
                if (entry != null) roster.removeEntry(entry);
                return "";
            case "roster": return contacts();
            case "copies": CarbonManager.getInstanceFor(connection).enableCarbons(); return "";
            case "raw": connection.sendStanza(parsed(words[0])); return "";
            default: throw new IllegalArgumentException("no command " + command);
        }
    }

    /** A line for each contact, its parts and groups separated by tabs. */
    private String contacts() throws Exception {
        roster.reloadAndWait();
        StringJoiner lines = new StringJoiner("\n");
        for (RosterEntry one : roster.getEntries()) {
            StringJoiner line = new StringJoiner("\t");
            line.add(one.getJid().toString()).add(one.getName() == null ? "" : one.getName()).add(one.getType().name());
            for (RosterGroup group : one.getGroups()) line.add(group.getName());
            lines.add(line.toString());
        }
        return lines.toString();
    }
}

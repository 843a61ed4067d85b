import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChat.MucCreateConfigFormHandle;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.muc.UserStatusListener;
import org.jivesoftware.smackx.muc.packet.GroupChatInvitation;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Rooms, by Smack's own MultiUserChat, as Spark uses it. */
final class Rooms {
    private final AbstractXMPPConnection connection;
    private final MultiUserChatManager manager;

    Rooms(AbstractXMPPConnection connection) {
        this.connection = connection;
        manager = MultiUserChatManager.getInstanceFor(connection);
        manager.addInvitationListener((own, room, inviter, reason, password, message, invitation) ->
            Peer.tell("room", room.getRoom().toString(), "invited", reason));
    }

    private MultiUserChat room(String address) throws Exception {
        return manager.getMultiUserChat(JidCreate.entityBareFrom(address));
    }

    private void enter(String address, String nick) throws Exception {
        MultiUserChat room = room(address);
        room.addSubjectUpdatedListener((subject, by) -> Peer.tell("room", address, "subject", subject));
        room.addUserStatusListener(new UserStatusListener() {
            @Override
            public void kicked(Jid actor, String reason) {
                Peer.tell("room", address, "kicked", reason);
            }
        });
        room.addInvitationRejectionListener((invitee, reason, message, rejection) ->
            Peer.tell("room", address, "declined", String.valueOf(invitee)));
        MucCreateConfigFormHandle made = room.createOrJoin(Resourcepart.from(nick));
        if (made != null) made.makeInstant();
    }

    /** Answers null to what has nothing to do with rooms. */
    String carryOut(String command, String[] words) throws Exception {
        switch (command) {
            case "room-join": enter(words[0], words[1]); return "";
            case "room-say": room(words[0]).sendMessage(words[1]); return "";
            case "room-subject": room(words[0]).changeSubject(words[1]); return "";
            case "room-whisper":
                MessageBuilder whisper = connection.getStanzaFactory().buildMessageStanza()
                    .to(JidCreate.entityFullFrom(words[0] + "/" + words[1]))
                    .ofType(Message.Type.chat)
                    .setBody(words[2])
                    .addExtension(new MUCUser());
                connection.sendStanza(whisper.build());
                return "";
            case "room-invite":
                room(words[0]).invite(JidCreate.entityBareFrom(words[1]), words[2]);
                return "";
            case "room-invite-directly":
                connection.sendStanza(connection.getStanzaFactory().buildMessageStanza()
                    .to(JidCreate.entityBareFrom(words[1]))
                    .addExtension(new GroupChatInvitation(words[0]))
                    .build());
                return "";
            case "room-kick": room(words[0]).kickParticipant(Resourcepart.from(words[1]), words[2]); return "";
            case "room-leave": room(words[0]).leave(); return "";
            default: return null;
        }
    }
}

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.bosh.BOSHConfiguration;
import org.jivesoftware.smack.bosh.XMPPBOSHConnection;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.roster.SubscribeListener.SubscribeAnswer;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.ping.PingManager;

/**
 * Smack, what Spark is made of, as a peer in tests. On standard input: the account, then one command a line, its number first
 * and its words in base64; on standard output what happened, the same way. Every command is answered by `done` or `failed`.
 */
public class Peer {
    static synchronized void tell(String... words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0) line.append(' ');
            String text = word == null ? "" : word;
            line.append(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        System.out.println(line);
        System.out.flush();
    }

    private static String[] read(BufferedReader in) throws Exception {
        String line = in.readLine();
        if (line == null) return null;
        // A word may be empty, the last one too.
        String[] words = line.split(" ", -1);
        for (int i = 0; i < words.length; i++)
            words[i] = new String(Base64.getDecoder().decode(words[i]), StandardCharsets.UTF_8);
        return words;
    }

    private static <B extends ConnectionConfiguration.Builder<B, ?>> B signedIn(B builder, String[] account) throws Exception {
        return builder
            .setXmppDomain(account[0])
            .setHost("localhost")
            .setPort(Integer.parseInt(account[1]))
            .setUsernameAndPassword(account[2], account[3])
            .setResource(account[4])
            .setSendPresence(!account[8].equals("silent"))
            .setSecurityMode(SecurityMode.disabled);
    }

    private static AbstractXMPPConnection connection(String[] account, boolean tcp) throws Exception {
        if (tcp) return new XMPPTCPConnection(signedIn(XMPPTCPConnectionConfiguration.builder(), account).build());
        return new XMPPBOSHConnection(signedIn(BOSHConfiguration.builder().setFile("/http-bind/"), account).build());
    }

    private static void available(AbstractXMPPConnection connection, String show, String status, String priority)
        throws Exception {
        PresenceBuilder presence = connection.getStanzaFactory().buildPresenceStanza().ofType(Presence.Type.available);
        if (!show.isEmpty()) presence.setMode(Presence.Mode.valueOf(show));
        if (!status.isEmpty()) presence.setStatus(status);
        if (!priority.isEmpty()) presence.setPriority(Integer.parseInt(priority));
        connection.sendStanza(presence.build());
    }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Domain, port, name, password, resource, way of files, TCP or BOSH, whether it accepts and is silent, priority.
        String[] account = read(in);
        AbstractXMPPConnection connection = connection(account, account[6].equals("tcp"));
        connection.setReplyTimeout(30_000);
        connection.connect();
        Roster roster = Roster.getInstanceFor(connection);
        roster.setSubscriptionMode(Roster.SubscriptionMode.manual);
        if (account[7].equals("accepts"))
            roster.addSubscribeListener((from, request) -> SubscribeAnswer.ApproveAndAlsoRequestIfRequired);
        // Presence that comes before it is loaded would hold up all that comes after, for as long as the reply timeout.
        roster.setRosterLoadedAtLogin(false);
        Talk talk = new Talk(connection, roster);
        Rooms rooms = new Rooms(connection);
        DirectFiles files = new DirectFiles(connection, account[5].equals("jingle"));
        connection.login();
        if (!account[8].equals("silent")) {
            if (!account[9].isEmpty()) available(connection, "", "", account[9]);
            // Only its answer tells that the server knows us as available.
            PingManager.getInstanceFor(connection).pingMyServer();
        }
        tell("ready", connection.getUser().toString());
        for (String[] command = read(in); command != null; command = read(in)) {
            String[] words = Arrays.copyOfRange(command, 2, command.length);
            try {
                tell("done", command[0], carryOut(command[1], words, connection, talk, rooms, files));
            } catch (Exception error) {
                tell("failed", command[0], String.valueOf(error));
            }
        }
        connection.disconnect();
        System.exit(0);
    }

    private static String carryOut(
        String command, String[] words, AbstractXMPPConnection connection, Talk talk, Rooms rooms, DirectFiles files
    ) throws Exception {
        switch (command) {
            case "takes": files.take(words[0]); return "";
            case "offer": files.offer(words[0], words[1]); return "";
            case "available": available(connection, words[0], words[1], words[2]); return "";
            case "leave": connection.disconnect(); return "";
            default:
                String answer = rooms.carryOut(command, words);
                return answer == null ? talk.carryOut(command, words) : answer;
        }
    }
}

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.jivesoftware.openfire.*;
import org.jivesoftware.openfire.group.*;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.user.UserManager;

/**
 * Starts the server in this JVM and takes test commands from standard input, one a line:
 * NUMBER COMMAND ARGUMENT..., where each argument is base64url of UTF-8 (a lone "-" is the empty text).
 * Answers a line "#NUMBER ok TEXT" or "#NUMBER no REASON" on standard output, among the server's log.
 */
public class Main {
    public static void main(String[] args) throws Exception {
        XMPPServer server = new XMPPServer();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = in.readLine()) != null; ) {
            String[] words = line.trim().split(" ");
            String answer;
            try {
                answer = "ok " + run(server, words[1], arguments(words));
            } catch (Throwable t) {
                answer = "no " + t;
            }
            System.out.println("#" + words[0] + " " + answer.replace('\n', ' '));
        }
        System.exit(0); // the parent closed our input
    }

    static List<String> arguments(String[] words) {
        List<String> decoded = new ArrayList<>();
        for (int i = 2; i < words.length; i++)
            decoded.add(words[i].equals("-") ? "" : new String(Base64.getUrlDecoder().decode(words[i]), StandardCharsets.UTF_8));
        return decoded;
    }

    static String run(XMPPServer server, String command, List<String> w) throws Exception {
        UserManager users = UserManager.getInstance();
        switch (command) {
            case "user":     // user NAME PASSWORD
                return "" + users.createUser(w.get(0), w.get(1), w.get(0), null);
            case "unuser":   // unuser NAME   ends its sessions first: a session of nobody breaks the server's roster
                kick(w.get(0));
                users.deleteUser(users.getUser(w.get(0)));
                return w.get(0);
            case "password": // password NAME PASSWORD
                users.getUser(w.get(0)).setPassword(w.get(1));
                return w.get(0);
            case "group": {  // group NAME MEMBER...   shared among its members
                Group group = GroupManager.getInstance().createGroup(w.get(0));
                for (String member : w.subList(1, w.size())) group.getMembers().add(server.createJID(member, null));
                group.getProperties().put("sharedRoster.displayName", w.get(0));
                group.getProperties().put("sharedRoster.groupList", "");
                group.getProperties().put("sharedRoster.showInRoster", "onlyGroup");
                return w.get(0);
            }
            case "ungroup":  // ungroup NAME
                GroupManager.getInstance().deleteGroup(GroupManager.getInstance().getGroup(w.get(0)));
                return w.get(0);
            case "kick":     // kick NAME   ends every session of the account
                return "" + kick(w.get(0));
            case "set":      // set PROPERTY VALUE
                org.jivesoftware.util.JiveGlobals.setProperty(w.get(0), w.get(1));
                return w.get(0);
            case "ping":
                return "" + SessionManager.getInstance().getUserSessionsCount(true);
        }
        throw new IllegalArgumentException(command);
    }

    static int kick(String name) {
        int ended = 0;
        for (ClientSession session : SessionManager.getInstance().getSessions(name)) {
            session.close();
            ended++;
        }
        return ended;
    }
}
